import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { addApp, basicOf, type OAuthOrg, openOAuthOrg } from './oauth.ts';

const DEFAULT = '/oauth2/default';
const MINUTE = 60_000;

/** The claims of a token, by the keys that the issuer publishes now. */
async function claimsOf(org: OAuthOrg, token: string, at = DEFAULT) {
  const keys = (await org.call('GET', `${at}/v1/keys`)).body;
  const currentDate = new Date(org.universe.clock.now());
  return (await jwtVerify(token, createLocalJWKSet(keys), { currentDate, algorithms: ['RS256'] })).payload;
}

const pass = (org: OAuthOrg, ms: number) => org.universe.advance(org.universe.clock.now() + ms);

const introspect = async (org: OAuthOrg, token: string) =>
  (await org.post(`${DEFAULT}/v1/introspect`, { token })).body;

async function tokensOf(org: OAuthOrg, fields = {}) {
  const { body } = await org.redeem((await org.signIn(fields)).get('code'));
  return body as { access_token: string; refresh_token: string; id_token: string };
}

describe('a program that was sent back with a code', () => {
  it('gets tokens that say who signed in, to whom and for what', async () => {
    const org = await openOAuthOrg();
    const back = await org.signIn({ nonce: 'n-1' });
    expect(back.get('state')).toBe('mine');
    const { status, body } = await org.redeem(back.get('code'));
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 3_600]);
    expect(body.scope).toBe('openid email profile offline_access');
    const access = await claimsOf(org, body.access_token);
    expect(access).toMatchObject({
      ver: 1,
      iss: `${org.base('okta')}${DEFAULT}`,
      aud: 'api://default',
      sub: 'bob@acme.example',
      cid: org.app.client_id,
      scp: ['openid', 'email', 'profile', 'offline_access'],
    });
    const id = await claimsOf(org, body.id_token);
    expect(id).toMatchObject({
      sub: access.uid,
      aud: org.app.client_id,
      nonce: 'n-1',
      amr: ['pwd'],
      name: 'Bob Builder',
      email: 'bob@acme.example',
      preferred_username: 'bob@acme.example',
    });
    expect(id.given_name).toBeUndefined();
    const person = await org.call('GET', `${DEFAULT}/v1/userinfo`, undefined, {
      authorization: `Bearer ${body.access_token}`,
    });
    expect(person.body).toMatchObject({ sub: access.uid, given_name: 'Bob', family_name: 'Builder' });
  });

  it('is refused another redirect address, another verifier and a code of another client', async () => {
    const org = await openOAuthOrg();
    const code = (await org.signIn()).get('code');
    const says = async (fields: Record<string, string>) => (await org.redeem(code, fields)).body;
    expect(await says({ redirect_uri: 'https://evil.example/' })).toEqual({
      error: 'invalid_grant',
      error_description:
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    });
    expect(await says({ code_verifier: `${'b'.repeat(50)}` })).toEqual({
      error: 'invalid_grant',
      error_description: 'PKCE verification failed.',
    });
    expect((await says({ code_verifier: '' })).error).toBe('invalid_grant');
    expect((await org.redeem('nothing')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The authorization code is invalid or has expired.',
    });
    expect((await org.redeem(code, {}, '/oauth2')).body.error).toBe('invalid_grant');
    expect((await org.redeem(code)).status).toBe(200);
  });

  it('loses all that came of a code when the code is shown again', async () => {
    const org = await openOAuthOrg();
    const code = (await org.signIn()).get('code');
    const { body } = await org.redeem(code);
    expect((await introspect(org, body.access_token)).active).toBe(true);
    expect((await org.redeem(code)).body.error).toBe('invalid_grant');
    expect(await introspect(org, body.access_token)).toEqual({ active: false });
    expect(await introspect(org, body.refresh_token)).toEqual({ active: false });
  });

  it('comes too late after five minutes', async () => {
    const org = await openOAuthOrg();
    const code = (await org.signIn()).get('code');
    await pass(org, 5 * MINUTE);
    expect((await org.redeem(code)).body.error).toBe('invalid_grant');
  });
});

describe('a refresh token', () => {
  it('stays the same where the app does not rotate, and asks for no more than it was given', async () => {
    const org = await openOAuthOrg();
    const { refresh_token } = await tokensOf(org);
    const form = { grant_type: 'refresh_token', refresh_token };
    const { body } = await org.post(`${DEFAULT}/v1/token`, { ...form, scope: 'openid' });
    expect([body.refresh_token, body.scope]).toEqual([refresh_token, 'openid']);
    expect((await org.post(`${DEFAULT}/v1/token`, { ...form, scope: 'openid phone' })).body.error).toBe(
      'invalid_scope',
    );
  });

  it('is replaced where the app rotates; one that comes back takes the whole family with it', async () => {
    const org = await openOAuthOrg({ refresh_token: { rotation_type: 'ROTATE', leeway: 0 } });
    const { refresh_token } = await tokensOf(org);
    const use = (token: string) =>
      org.post(`${DEFAULT}/v1/token`, { grant_type: 'refresh_token', refresh_token: token });
    const next = (await use(refresh_token)).body;
    expect(next.refresh_token).not.toBe(refresh_token);
    expect((await use(refresh_token)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or expired.',
    });
    expect((await use(next.refresh_token)).body.error).toBe('invalid_grant');
    expect(await introspect(org, next.access_token)).toEqual({ active: false });
  });

  it('ends after a week in which nobody used it', async () => {
    const org = await openOAuthOrg();
    const { refresh_token } = await tokensOf(org);
    const use = async () =>
      (await org.post(`${DEFAULT}/v1/token`, { grant_type: 'refresh_token', refresh_token })).status;
    await pass(org, 6 * 86_400_000);
    expect(await use()).toBe(200);
    await pass(org, 6 * 86_400_000);
    expect(await use()).toBe(200);
    await pass(org, 7 * 86_400_000);
    expect(await use()).toBe(400);
  });

  it('is taken back by its client, with its access tokens, and by no other', async () => {
    const org = await openOAuthOrg();
    const { refresh_token, access_token } = await tokensOf(org);
    expect((await introspect(org, access_token)).username).toBe('bob@acme.example');
    expect((await org.post(`${DEFAULT}/v1/revoke`, { token: refresh_token })).status).toBe(200);
    expect(await introspect(org, access_token)).toEqual({ active: false });
    expect((await org.post(`${DEFAULT}/v1/revoke`, { token: 'nothing' })).status).toBe(200);
  });
});

describe('an administrator', () => {
  it('sees the refresh tokens of an app, and takes one back', async () => {
    const org = await openOAuthOrg();
    const { access_token, refresh_token } = await tokensOf(org);
    const at = `/api/v1/apps/${org.app.id}/tokens`;
    const [row, ...more] = (await org.call('GET', at)).body;
    expect(more).toEqual([]);
    expect(row).toMatchObject({ clientId: org.app.client_id, status: 'ACTIVE' });
    expect(JSON.stringify(row)).not.toContain(refresh_token);
    const server = `/api/v1/authorizationServers/default/clients/${org.app.client_id}/tokens`;
    expect((await org.call('GET', server)).body).toEqual([row]);
    const clients = (await org.call('GET', '/api/v1/users/bob@acme.example/clients')).body;
    expect(clients.map((one: { client_id: string }) => one.client_id)).toEqual([org.app.client_id]);
    expect((await org.call('DELETE', `${at}/${row.id}`)).status).toBe(204);
    expect((await org.call('GET', `${at}/${row.id}`)).status).toBe(404);
    expect(await introspect(org, access_token)).toEqual({ active: false });
  });
});

describe('an administrator who ends the sessions of a person', () => {
  it('ends their tokens too where they say so', async () => {
    const org = await openOAuthOrg();
    const { access_token, refresh_token } = await tokensOf(org);
    const at = '/api/v1/users/bob@acme.example/sessions';
    await org.call('DELETE', at);
    expect((await introspect(org, access_token)).active).toBe(true);
    await org.call('DELETE', `${at}?oauthTokens=true`);
    expect(await introspect(org, access_token)).toEqual({ active: false });
    expect(await introspect(org, refresh_token)).toEqual({ active: false });
  });
});

describe('an access token', () => {
  it('lasts as long as the rule of the policy says, on the clock of the universe', async () => {
    const org = await openOAuthOrg();
    const { access_token } = await tokensOf(org);
    await pass(org, 59 * MINUTE);
    expect((await introspect(org, access_token)).active).toBe(true);
    await pass(org, MINUTE);
    expect(await introspect(org, access_token)).toEqual({ active: false });
    const { status, headers } = await org.call('GET', `${DEFAULT}/v1/userinfo`, undefined, {
      authorization: `Bearer ${access_token}`,
    });
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token", error_description="The access token is invalid."',
    ]);
  });

  it('survives one rotation of keys and is unknown after two', async () => {
    const org = await openOAuthOrg();
    const { access_token, id_token } = await tokensOf(org);
    const rotate = () =>
      org.call('POST', '/api/v1/authorizationServers/default/credentials/lifecycle/keyRotate', {
        use: 'sig',
      });
    await rotate();
    expect((await claimsOf(org, access_token)).sub).toBe('bob@acme.example');
    expect((await introspect(org, access_token)).active).toBe(true);
    await pass(org, MINUTE);
    await rotate();
    await expect(claimsOf(org, id_token)).rejects.toThrow('no applicable key');
    expect(await introspect(org, access_token)).toEqual({ active: false });
  });

  it('is worth nothing when it was signed by other means or made for another issuer', async () => {
    const org = await openOAuthOrg();
    const { access_token } = await tokensOf(org);
    const [, payload, signature] = access_token.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const hmac = Buffer.from('{"alg":"HS256"}').toString('base64url');
    for (const forged of [`${none}.${payload}.`, `${hmac}.${payload}.${signature}`])
      expect(await introspect(org, forged)).toEqual({ active: false });
    const elsewhere = await org.post('/oauth2/v1/introspect', { token: access_token });
    expect(elsewhere.body).toEqual({ active: false });
    const api = await org.call('GET', '/api/v1/users/me', undefined, {
      authorization: `Bearer ${access_token}`,
    });
    expect([api.status, api.body.errorCode]).toEqual([401, 'E0000011']);
  });

  it('carries the claims that its server was given, by scope', async () => {
    const org = await openOAuthOrg();
    const server = '/api/v1/authorizationServers/default';
    await org.call('POST', `${server}/scopes`, { name: 'crew' });
    const claim = { claimType: 'RESOURCE', valueType: 'EXPRESSION', conditions: { scopes: ['crew'] } };
    await org.call('POST', `${server}/claims`, {
      ...claim,
      name: 'dep',
      value: 'String.toUpperCase(user.department)',
    });
    await org.call('POST', `${server}/claims`, {
      ...claim,
      name: 'groups',
      valueType: 'GROUPS',
      value: 'Eng',
      group_filter_type: 'STARTS_WITH',
    });
    const with_ = await claimsOf(org, (await tokensOf(org, { scope: 'openid crew' })).access_token);
    expect([with_.dep, with_.groups]).toEqual(['ENGINEERING', ['Engineering']]);
    const without = await claimsOf(org, (await tokensOf(org)).access_token);
    expect([without.dep, without.groups]).toEqual([undefined, undefined]);
  });
});

describe('a client', () => {
  it('is told what is wrong with its credentials', async () => {
    const org = await openOAuthOrg();
    const form = { grant_type: 'client_credentials', scope: 'x' };
    const ask = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      org.post(`${DEFAULT}/v1/token`, { ...form, ...fields }, headers);
    expect((await ask({})).body.error).toBe('invalid_client');
    const unknown = await ask({ client_id: 'nobody', client_secret: 'x' });
    expect([unknown.status, unknown.body.errorCode]).toEqual([401, 'invalid_client']);
    const { client_id } = org.app;
    expect((await ask({ client_id, client_secret: 'wrong' })).body).toEqual({
      error: 'invalid_client',
      error_description: 'The client secret supplied for a confidential client is invalid.',
    });
    expect((await ask({ client_secret: 'x' }, org.basic)).body.error).toBe('invalid_request');
    const logged = (await org.call('GET', '/api/v1/logs?filter=outcome.result eq "FAILURE"')).body;
    expect(logged.at(-1)).toMatchObject({
      eventType: 'app.oauth2.as.token.grant',
      outcome: { reason: 'invalid_request' },
    });
  });

  it('gets a token for itself with a scope of the server, and is refused one that is not there', async () => {
    const org = await openOAuthOrg();
    await org.call('POST', '/api/v1/authorizationServers/default/scopes', { name: 'orders:read' });
    const ask = (scope: string) =>
      org.post(`${DEFAULT}/v1/token`, { grant_type: 'client_credentials', scope });
    const { body } = await ask('orders:read');
    expect(await claimsOf(org, body.access_token)).toMatchObject({
      sub: org.app.client_id,
      scp: ['orders:read'],
    });
    expect(body.refresh_token).toBeUndefined();
    for (const scope of ['orders:write', 'openid'])
      expect((await ask(scope)).body).toEqual({
        error: 'invalid_scope',
        error_description: 'One or more scopes are not configured for the authorization server resource.',
      });
  });

  it('is refused by a server that has no rule for it', async () => {
    const org = await openOAuthOrg();
    const server = (
      await org.call('POST', '/api/v1/authorizationServers', { name: 'Shop', audiences: ['api://shop'] })
    ).body;
    const back = await org.signIn({}, undefined, `/oauth2/${server.id}`);
    expect(back.get('error')).toBe('access_denied');
    expect(back.get('error_description')).toBe(
      'Policy evaluation failed for this request, please check the policy configurations.',
    );
  });

  it('signs a person in by password, and an account is locked after ten wrong ones', async () => {
    const org = await openOAuthOrg();
    const bob = (await org.call('GET', '/api/v1/users/bob@acme.example')).body;
    await org.call('PUT', `/api/v1/users/${bob.id}`, {
      ...bob,
      credentials: { password: { value: 'Corr3ctHorse' } },
    });
    const ask = (password: string) =>
      org.post(`${DEFAULT}/v1/token`, {
        grant_type: 'password',
        username: 'bob@acme.example',
        password,
        scope: 'openid',
      });
    expect((await ask('Corr3ctHorse')).body.id_token).toBeDefined();
    for (let i = 0; i < 10; i++)
      expect((await ask('wrong')).body).toEqual({
        error: 'invalid_grant',
        error_description: 'The credentials provided were invalid.',
      });
    expect((await ask('Corr3ctHorse')).body.error).toBe('invalid_grant');
    expect((await org.call('GET', `/api/v1/users/${bob.id}`)).body.status).toBe('LOCKED_OUT');
  });

  it('exchanges a person’s token for one of its own, while that is good', async () => {
    const org = await openOAuthOrg();
    const service = await addApp(org, {
      grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'],
    });
    const bob = (await org.call('GET', '/api/v1/users/bob@acme.example')).body;
    await org.call('POST', `/api/v1/apps/${service.id}/users`, { id: bob.id });
    await org.call('POST', '/api/v1/authorizationServers/default/scopes', { name: 'orders' });
    const { access_token } = await tokensOf(org);
    const exchange = async (subject_token: string, more = {}) =>
      (
        await org.post(
          `${DEFAULT}/v1/token`,
          {
            grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
            subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
            ...{ subject_token, scope: 'orders', audience: 'api://default', ...more },
          },
          basicOf(service),
        )
      ).body;
    const { access_token: own } = await exchange(access_token);
    expect(await claimsOf(org, own)).toMatchObject({
      sub: 'bob@acme.example',
      cid: service.client_id,
      scp: ['orders'],
    });
    expect((await exchange(access_token, { audience: 'api://other' })).error).toBe('invalid_target');
    expect((await exchange(`${access_token}x`)).error).toBe('invalid_request');
    await org.post(`${DEFAULT}/v1/revoke`, { token: access_token });
    expect((await exchange(access_token)).error).toBe('invalid_request');
  });

  it('that registered a key that cannot be read is refused like one with a wrong signature', async () => {
    const org = await openOAuthOrg();
    const app = await addApp(
      org,
      { jwks: { keys: [{ kty: 'RSA', kid: 'k', n: '?', e: '' }] } },
      { token_endpoint_auth_method: 'private_key_jwt' },
    );
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: app.client_id, sub: app.client_id };
    const { status, body } = await org.post(
      `${DEFAULT}/v1/token`,
      {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`,
      },
      {},
    );
    expect([status, body.error_description]).toEqual([401, 'The client_assertion signature is invalid.']);
  });

  it('leaves no code, token or secret in the journal', async () => {
    const org = await openOAuthOrg();
    const back = await org.signIn({ response_type: 'code token id_token', nonce: 'n' });
    const { body } = await org.redeem(back.get('code'));
    const written = JSON.stringify(org.universe.journal.page({ limit: 1_000 }));
    for (const secret of [
      back.get('code'),
      back.get('access_token'),
      body.access_token,
      body.refresh_token,
      body.id_token,
      org.app.client_secret,
    ]) {
      expect(secret).toBeTruthy();
      expect(written).not.toContain(secret);
    }
  });
});
