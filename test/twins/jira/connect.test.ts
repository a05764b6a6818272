import { createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { qsh, signed } from './connect.ts';
import { ADA, BEN, openSite, type TestSite } from './site.ts';

const DESCRIPTOR = {
  key: 'com.example.planner',
  name: 'Planner',
  baseUrl: 'https://app.example.com/base',
  scopes: ['READ', 'WRITE'],
  lifecycle: { installed: '/installed', uninstalled: '/uninstalled' },
  modules: {
    webhooks: [{ event: 'jira:issue_created', url: '/hooks/{issue.key}', filter: 'project = ENG' }],
  },
};

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const act = (gesture: string, input: unknown, as = ADA) =>
  site.universe.gesture({ twin: 'jira', gesture, as, with: input, by: 'person' });

const claimsOf = (token = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** Installs the app and takes what its callback was told. */
async function installed(): Promise<{ sharedSecret: string; clientKey: string }> {
  act('installApp', { descriptor: DESCRIPTOR });
  await site.universe.advance(site.universe.now());
  const [call] = site.received.splice(0);
  return JSON.parse(call?.body ?? '{}');
}

function ask(sharedSecret: string, method: string, path: string, more: Record<string, unknown> = {}) {
  const now = site.universe.now() / 1_000;
  const claims = { iss: DESCRIPTOR.key, iat: now, exp: now + 180, qsh: qsh(method, path), ...more };
  return site.callAs(signed(claims as never, sharedSecret), method, path);
}

describe('a Connect app', () => {
  it('is told its secret when it is installed, by a call that the site’s key signs', async () => {
    act('installApp', { descriptor: DESCRIPTOR });
    await site.universe.advance(site.universe.now());
    const [call] = site.received;
    expect(call?.url).toBe('https://app.example.com/base/installed');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      key: DESCRIPTOR.key,
      clientKey: expect.any(String),
      sharedSecret: expect.any(String),
      baseUrl: site.base('jira'),
      productType: 'jira',
      eventType: 'installed',
    });
    const token = (call?.headers.authorization ?? '').replace('JWT ', '');
    const [head = '', body = '', signature = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const key = await site.callAs(undefined, 'GET', `/${kid}`);
    expect(key.status).toBe(200);
    expect(
      verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        createPublicKey(String(key.body)),
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
    expect(claimsOf(token)).toMatchObject({ aud: DESCRIPTOR.baseUrl, qsh: qsh('POST', '/installed') });
  });

  it('acts as itself by tokens that it signs, each for one request', async () => {
    const { sharedSecret } = await installed();
    const me = await ask(sharedSecret, 'GET', '/rest/api/3/myself?expand=groups&b=2&a=1%202');
    expect([me.status, me.get('accountType'), me.get('displayName')]).toEqual([200, 'app', 'Planner']);
    expect((await ask(sharedSecret, 'GET', '/rest/api/3/issue/ENG-1')).status).toBe(200);
    for (const wrong of [
      { qsh: qsh('GET', '/rest/api/3/issue/ENG-2') },
      { qsh: 'context-qsh' },
      { exp: site.universe.now() / 1_000 - 60 },
      { iss: 'nobody' },
    ])
      expect((await ask(sharedSecret, 'GET', '/rest/api/3/issue/ENG-1', wrong)).status).toBe(401);
    expect((await ask('another secret', 'GET', '/rest/api/3/issue/ENG-1')).status).toBe(401);
  });

  it('has the webhooks of its descriptor, each with a token of the site’s', async () => {
    const { sharedSecret, clientKey } = await installed();
    await site.issue({});
    await site.universe.advance(site.universe.now());
    const [call] = site.received;
    expect(call?.url).toBe('https://app.example.com/base/hooks/ENG-4');
    const token = (call?.headers.authorization ?? '').replace('JWT ', '');
    const claims = claimsOf(token) as { iss: string; iat: number; exp: number; qsh: string };
    expect(claims).toMatchObject({ iss: clientKey, qsh: qsh('POST', '/hooks/ENG-4') });
    expect(signed(claims, sharedSecret).split('.')[1]).toBe(token.split('.')[1]);
  });

  it('is gone when it is uninstalled: its tokens, its webhooks, its properties', async () => {
    const { sharedSecret } = await installed();
    act('uninstallApp', { key: DESCRIPTOR.key });
    await site.universe.advance(site.universe.now());
    const [call, ...rest] = site.received.splice(0);
    expect([call?.url, rest]).toEqual(['https://app.example.com/base/uninstalled', []]);
    expect(claimsOf(call?.headers.authorization).qsh).toBe(qsh('POST', '/uninstalled'));
    expect((await ask(sharedSecret, 'GET', '/rest/api/3/myself')).status).toBe(401);
    await site.issue({});
    await site.universe.advance(site.universe.now());
    expect(site.received).toEqual([]);
  });

  it('is let in by administrators only, and once', () => {
    expect(() => act('installApp', { descriptor: DESCRIPTOR }, BEN)).toThrow();
    act('installApp', { descriptor: DESCRIPTOR });
    expect(() => act('installApp', { descriptor: DESCRIPTOR })).toThrow();
  });

  it('keeps its properties to itself', async () => {
    await installed();
    const at = `/rest/atlassian-connect/1/addons/${DESCRIPTOR.key}/properties`;
    const people = await site.call('GET', at);
    expect([people.status, people.body]).toEqual([
      401,
      { message: 'Access to this resource must be authenticated as an app.', statusCode: 401 },
    ]);
    site.actAs(site.connect('another'));
    expect((await site.call('PUT', `${at}/k`, 1)).status).toBe(401);
  });

  it('brings the properties of things along when it comes over with its data, all or none', async () => {
    site.actAs(site.connect('mover'));
    const transfer = { 'atlassian-transfer-id': 'b7f3a5f4-0000-4000-8000-000000000001' };
    const move = (kind: string, sent: unknown, headers: Record<string, string> = transfer) =>
      site.call('PUT', `/rest/atlassian-connect/1/migration/properties/${kind}`, sent, headers);
    const one = { entityId: 10_000, key: 'plan', value: 'soon' };
    for (const [answer, status] of [
      [move('IssueProperty', [one], {}), 400],
      [move('Nothing', [one]), 400],
      [move('IssueProperty', []), 400],
      [move('IssueProperty', [one, { ...one, entityId: 99 }]), 400],
    ] as const)
      expect((await answer).status).toBe(status);
    const plan = () => site.callAs(site.basic, 'GET', '/rest/api/3/issue/ENG-1/properties/plan');
    expect((await plan()).status).toBe(404);
    expect((await move('IssueProperty', [one])).status).toBe(200);
    expect((await plan()).get('value')).toBe('soon');
    site.actAs(site.basic);
    expect((await move('IssueProperty', [one])).status).toBe(403);
  });
});
