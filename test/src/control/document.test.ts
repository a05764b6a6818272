/** The universe document of the twins that ship: what programs are configured with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';

let orrery: Orrery;
beforeAll(async () => {
  orrery = await startOrrery({ port: 0 });
});
afterAll(() => orrery.close());

const made = async (body: object) => {
  const response = await fetch(`${orrery.url}/v1/universes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as {
    twins: Record<string, { url: string; credentials: Record<string, unknown> }>;
    env: Record<string, string>;
  };
};

describe('a universe of the shipped twins', () => {
  it('says where every twin is and how to sign in to it', async () => {
    const { twins } = await made({ id: 'doc' });
    for (const [name, { url }] of Object.entries(twins)) expect(url).toBe(`${orrery.url}/u/doc/${name}`);
    const keys = Object.fromEntries(
      Object.entries(twins).map(([name, one]) => [name, Object.keys(one.credentials)]),
    );
    const wanted = {
      slack: ['botToken', 'userToken', 'appToken', 'signingSecret', 'clientId', 'clientSecret'],
      okta: ['apiToken', 'clientId', 'clientSecret'],
      jira: ['email', 'apiToken'],
      google: ['accessToken', 'refreshToken', 'clientId', 'clientSecret', 'serviceAccount'],
    };
    for (const [name, credentials] of Object.entries(wanted))
      expect([name, keys[name]]).toEqual([name, expect.arrayContaining(credentials)]);
    expect(twins.slack).toHaveProperty('team');
    expect(twins.jira).toHaveProperty('cloudId');
  });

  it('has the environment that the vendors’ SDKs read', async () => {
    const { env } = await made({});
    const wanted =
      'ORRERY_UNIVERSE SLACK_API_URL SLACK_BOT_TOKEN SLACK_USER_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET ' +
      'OKTA_CLIENT_ORGURL OKTA_CLIENT_TOKEN OKTA_TESTING_DISABLEHTTPSCHECK JIRA_HOST JIRA_BASE_URL JIRA_EMAIL ' +
      'JIRA_API_TOKEN GOOGLE_API_URL GOOGLE_ACCESS_TOKEN GOOGLE_REFRESH_TOKEN GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET ' +
      'SLACK_TEAM_ID';
    expect(Object.keys(env)).toEqual(expect.arrayContaining(wanted.split(' ')));
  });

  it('with the same seed has the same credentials, with another has others', async () => {
    const [a, b, c] = [await made({ seed: 5 }), await made({ seed: 5 }), await made({ seed: 6 })];
    expect(a.env.SLACK_BOT_TOKEN).toBe(b.env.SLACK_BOT_TOKEN);
    expect(a.env.SLACK_BOT_TOKEN).not.toBe(c.env.SLACK_BOT_TOKEN);
  });
});
