/** What a browser has of its session with the org, and what else comes of a password. */
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openOAuthOrg } from './oauth.ts';
import { openOrg, type TestOrg } from './org.ts';

const PASSWORD = 'Corr3ctHorse';
const BOB = 'bob@acme.example';

async function withPassword(org: TestOrg): Promise<string> {
  const { body: bob } = await org.call('GET', `/api/v1/users/${BOB}`);
  await org.call('POST', `/api/v1/users/${bob.id}`, { credentials: { password: { value: PASSWORD } } });
  return bob.id;
}

const tokenOf = async (org: TestOrg): Promise<string> =>
  (await org.call('POST', '/api/v1/authn', { username: BOB, password: PASSWORD })).body.sessionToken;

describe('a browser', () => {
  it('gets a cookie for a token, sees its own session by it, lets it last and ends it', async () => {
    const org = await openOrg();
    const id = await withPassword(org);
    const enter = async (redirectUrl: string) =>
      org.fetch(
        `/okta/login/sessionCookieRedirect?${new URLSearchParams({ token: await tokenOf(org), redirectUrl })}`,
        { redirect: 'manual' },
      );
    expect((await enter('https://program.example/home')).status).toBe(400);
    await org.call('POST', '/api/v1/trustedOrigins', {
      ...{ name: 'Program', origin: 'https://program.example', scopes: [{ type: 'REDIRECT' }] },
    });
    const led = await enter('https://program.example/home');
    expect(led.headers.get('location')).toBe('https://program.example/home');
    const cookie = (led.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const mine = async (method: string, path = '') => {
      const response = await org.fetch(`/okta/api/v1/sessions/me${path}`, { method, headers: { cookie } });
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : {} };
    };
    expect((await mine('GET')).body).toMatchObject({ userId: id, login: BOB, amr: ['pwd'] });
    expect((await mine('GET')).body._links.self.href).toMatch(/\/sessions\/me$/);
    await org.universe.advance(org.universe.now() + 3_600_000);
    const { expiresAt } = (await mine('POST', '/lifecycle/refresh')).body;
    expect(Date.parse(expiresAt)).toBeGreaterThan(org.universe.now() + 7_000_000);
    expect((await mine('DELETE')).status).toBe(204);
    expect((await mine('GET')).body.errorCode).toBe('E0000007');
  });

  it('has a session for as long as the global session policy says', async () => {
    const org = await openOrg();
    const id = await withPassword(org);
    const [policy] = (await org.call('GET', '/api/v1/policies?type=OKTA_SIGN_ON')).body;
    const session = { maxSessionIdleMinutes: 10, maxSessionLifetimeMinutes: 15, usePersistentCookie: false };
    await org.call('POST', `/api/v1/policies/${policy.id}/rules`, {
      ...{
        type: 'SIGN_ON',
        name: 'Short',
        conditions: { people: { users: { include: [id], exclude: [] } } },
      },
      actions: { signon: { access: 'ALLOW', requireFactor: false, session } },
    });
    const made = await org.call('POST', '/api/v1/sessions', { sessionToken: await tokenOf(org) });
    expect(Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)).toBe(600_000);
    await org.universe.advance(org.universe.now() + 540_000);
    const later = await org.call('POST', `/api/v1/sessions/${made.body.id}/lifecycle/refresh`);
    expect(Date.parse(later.body.expiresAt) - Date.parse(made.body.createdAt)).toBe(900_000);
  });
});

describe('a password', () => {
  it('goes with a short name, too, and signs out elsewhere where its change says so', async () => {
    const org = await openOrg();
    const id = await withPassword(org);
    const { body } = await org.call('POST', '/api/v1/authn', { username: 'bob', password: PASSWORD });
    const made = await org.call('POST', '/api/v1/sessions', { sessionToken: body.sessionToken });
    const changed = await org.call('POST', `/api/v1/users/${id}/credentials/change_password`, {
      ...{ oldPassword: { value: PASSWORD }, newPassword: { value: 'Newer1234!' }, revokeSessions: true },
    });
    expect(changed.status).toBe(200);
    expect((await org.call('GET', `/api/v1/sessions/${made.body.id}`)).status).toBe(404);
  });

  it('gets no tokens by itself for an app whose rule asks for more', async () => {
    const org = await openOAuthOrg();
    await withPassword(org);
    const ask = () =>
      org.post('/oauth2/default/v1/token', {
        ...{ grant_type: 'password', username: BOB, password: PASSWORD, scope: 'openid' },
      });
    expect((await ask()).status).toBe(200);
    const { body: policy } = await org.call('POST', '/api/v1/policies', {
      type: 'ACCESS_POLICY',
      name: 'Two',
    });
    await org.call('PUT', `/api/v1/apps/${org.app.id}/policies/${policy.id}`);
    expect((await ask()).body).toEqual({
      error: 'access_denied',
      error_description: 'Resource owner password credentials authentication denied by sign on policy.',
    });
  });
});

describe('a security key', () => {
  it('is registered by what it says of itself, and known by its signatures', async () => {
    const org = await openOrg();
    const id = await withPassword(org);
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = (text: string) => Buffer.from(text, 'base64url');
    const bytes = (data: Buffer) => Buffer.concat([Buffer.from([0x58, data.length]), data]);
    const cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(point(x)),
      Buffer.from([0x22]),
      bytes(point(y)),
    ]);
    const site = createHash('sha256').update('acme.okta.com').digest();
    const dataOf = (flags: number, count: number) => {
      const data = Buffer.concat([site, Buffer.alloc(5)]);
      data[32] = flags;
      data.writeUInt32BE(count, 33);
      return data;
    };
    const credentialId = Buffer.from('the-key-of-bob-1');
    const authData = Buffer.concat([
      dataOf(0x41, 1),
      Buffer.alloc(16),
      Buffer.from([0, credentialId.length]),
      credentialId,
      cose,
    ]);
    const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
    const long = Buffer.concat([Buffer.from([0x59, authData.length >> 8, authData.length & 255]), authData]);
    const attestation = Buffer.concat([
      ...[Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
      ...[text('authData'), long],
    ]);
    const client = (type: string, challenge: string) =>
      Buffer.from(JSON.stringify({ type, challenge, origin: 'https://acme.okta.com' }));
    const all = `/api/v1/users/${id}/factors`;
    const made = (await org.call('POST', all, { factorType: 'webauthn', provider: 'FIDO' })).body;
    const first = client('webauthn.create', made._embedded.activation.challenge).toString('base64');
    const active = await org.call('POST', `${all}/${made.id}/lifecycle/activate`, {
      ...{ attestation: attestation.toString('base64'), clientData: first },
    });
    expect(active.body).toMatchObject({
      ...{ status: 'ACTIVE', profile: { credentialId: credentialId.toString('base64url') } },
    });
    const verify = `${all}/${made.id}/verify`;
    const signed = async (count: number) => {
      const { challenge } = (await org.call('POST', verify)).body._embedded.challenge;
      const clientData = client('webauthn.get', challenge);
      const data = dataOf(0x01, count);
      const over = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
      return org.call('POST', verify, {
        clientData: clientData.toString('base64'),
        authenticatorData: data.toString('base64'),
        signatureData: createSign('sha256').update(over).sign(privateKey).toString('base64'),
      });
    };
    expect((await signed(2)).body).toEqual({ factorResult: 'SUCCESS' });
    expect((await signed(2)).body.errorCode).toBe('E0000068');
  });
});
