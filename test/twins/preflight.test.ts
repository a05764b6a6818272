/** What a browser hears before a page of another origin asks a twin. */
import { describe, expect, it } from 'vitest';
import { google } from '../../twins/google/twin.ts';
import { jira } from '../../twins/jira/twin.ts';
import { okta } from '../../twins/okta/twin.ts';
import { slack } from '../../twins/slack/twin.ts';
import { openUniverse } from '../universe.ts';

const PAGE = 'https://app.example.com';
const WORLD = { world: 'small', people: [{ email: 'ann@acme.example', name: 'Ann Admin' }] };

async function ask(path: string, before?: (u: Awaited<ReturnType<typeof openUniverse>>) => Promise<unknown>) {
  const opened = await openUniverse([okta, slack, jira, google], WORLD);
  await before?.(opened);
  const { status, headers } = await opened.fetch(path, {
    method: 'OPTIONS',
    headers: {
      origin: PAGE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  const said = (name: string) => headers.get(`access-control-allow-${name}`);
  const [entry] = opened.universe.journal.page({ limit: 99, kind: 'exchange' }).entries.slice(-1);
  return { status, origin: said('origin'), headers: said('headers'), operation: entry?.operation };
}

describe('a browser that asks first', () => {
  it('may ask Slack from anywhere, but not with an authorization header', async () => {
    const answer = await ask('/slack/api/chat.postMessage');
    expect(answer).toMatchObject({ status: 200, origin: '*', operation: 'preflight' });
    expect(answer.headers).not.toContain('authorization');
  });

  it('may ask Google from anywhere', async () => {
    expect(await ask('/google/drive/v3/files')).toMatchObject({
      status: 200,
      origin: PAGE,
      headers: 'authorization,content-type',
    });
  });

  it('may ask Okta from a trusted origin only', async () => {
    expect(await ask('/okta/api/v1/users')).toMatchObject({ status: 200, origin: null, headers: null });
    const trusted = await ask('/okta/api/v1/users', async ({ universe, fetch }) => {
      const { apiToken } = okta.credentials.document(universe.view('okta'), '').credentials;
      const res = await fetch('/okta/api/v1/trustedOrigins', {
        method: 'POST',
        headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'app', origin: PAGE, scopes: [{ type: 'CORS' }] }),
      });
      expect(res.status).toBe(200);
    });
    expect(trusted).toMatchObject({ status: 200, origin: PAGE, headers: 'authorization,content-type' });
  });

  it('may not ask a Jira site', async () => {
    expect(await ask('/jira/rest/api/3/myself')).toMatchObject({ origin: null, headers: null });
  });
});
