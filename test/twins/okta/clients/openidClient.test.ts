/** `openid-client` 6: every grant and every way to prove who one is that it knows and the org has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import { found, imported, type Library } from '../../library.ts';
import { listen, makeApp, type Org, openServedOrg, signInAt } from './program.ts';

const there = ['openid-client', 'jose'].map(found).every(Boolean);
const BACK = 'http://localhost/back';
const CIBA = 'urn:openid:params:grant-type:ciba';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

describe.skipIf(!there)('openid-client', () => {
  let org: Org;
  let openid: Library;
  let jose: Library;
  let who: string;

  beforeAll(async () => {
    org = await openServedOrg();
    openid = await imported('openid-client');
    jose = await imported('jose');
    who = org.people[1] ?? '';
    await org.call('POST', '/api/v1/authorizationServers/default/scopes', { name: 'fleet' });
    await allowAll();
  });
  afterAll(() => org?.close());

  /** Every grant is let through by the rules of the default server. */
  async function allowAll(): Promise<void> {
    const at = '/api/v1/authorizationServers/default/policies';
    const [policy] = await org.call('GET', at);
    const [rule] = await org.call('GET', `${at}/${policy.id}/rules`);
    rule.conditions.grantTypes.include.push(CIBA, DEVICE, EXCHANGE);
    await org.call('PUT', `${at}/${policy.id}/rules/${rule.id}`, rule);
  }

  const configured = (app: Library, auth?: Library, more: Library = {}, server = '/oauth2/default') =>
    openid.discovery(
      new URL(org.at + server),
      app.client_id,
      auth ? more : { client_secret: app.client_secret, ...more },
      auth,
      { execute: [openid.allowInsecureRequests] },
    );

  /** Signs somebody in with a code and its proof; returns the answer of the token endpoint. */
  async function signIn(config: Library, asked: Library = {}, options: Library = {}): Promise<Library> {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
    const back = await signInAt(
      openid.buildAuthorizationUrl(config, {
        ...{ redirect_uri: BACK, scope: 'openid email offline_access', state: expectedState },
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        ...{ code_challenge_method: 'S256', nonce: expectedNonce, ...asked },
      }),
      who,
    );
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    return openid.authorizationCodeGrant(config, back, checks, undefined, options);
  }

  it.each(['ClientSecretPost', 'ClientSecretBasic', 'ClientSecretJwt'])(
    'signs in by code, refreshes, asks, revokes and ends the session (%s)',
    async (way) => {
      const method = way.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`).slice(1);
      const app = await makeApp(
        org,
        { post_logout_redirect_uris: [BACK] },
        { token_endpoint_auth_method: method },
      );
      const config = await configured(app, openid[way](app.client_secret));
      openid.enableNonRepudiationChecks(config);
      const tokens = await signIn(config);
      const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
      expect(info.email).toBe(who);
      const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
      expect((await openid.tokenIntrospection(config, next.access_token)).active).toBe(true);
      await openid.tokenRevocation(config, next.refresh_token);
      expect((await openid.tokenIntrospection(config, next.access_token)).active).toBe(false);
      const end = openid.buildEndSessionUrl(config, {
        ...{ id_token_hint: tokens.id_token, post_logout_redirect_uri: BACK, state: 'bye' },
      });
      const left = await fetch(end, { redirect: 'manual' });
      expect(left.headers.get('location')).toBe(`${BACK}?state=bye`);
    },
  );

  it('signs in as a public client, without any secret', async () => {
    const app = await makeApp(org, { application_type: 'browser' }, { token_endpoint_auth_method: 'none' });
    const tokens = await signIn(await configured(app, openid.None()), { scope: 'openid email' });
    expect(tokens.claims().email).toBe(who);
  });

  it('gets a token for a service by secret, and by a key of its own at either server', async () => {
    const service = {
      application_type: 'service',
      grant_types: ['client_credentials'],
      response_types: ['token'],
    };
    const app = await makeApp(org, service);
    const config = await configured(app);
    const { access_token } = await openid.clientCredentialsGrant(config, { scope: 'fleet' });
    expect(jose.decodeJwt(access_token)).toMatchObject({ sub: app.client_id, scp: ['fleet'] });
    const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'mine', use: 'sig' };
    const byKey = await makeApp(
      org,
      { ...service, jwks: { keys: [jwk] } },
      { token_endpoint_auth_method: 'private_key_jwt' },
    );
    const proof = openid.PrivateKeyJwt({ key: privateKey, kid: 'mine' });
    const own = await configured(byKey, proof);
    expect((await openid.clientCredentialsGrant(own, { scope: 'fleet' })).token_type).toBe('bearer');
    await org.call('POST', `/api/v1/apps/${byKey.id}/grants`, { scopeId: 'okta.users.read', issuer: org.at });
    await org.call('POST', `/oauth2/v1/clients/${byKey.client_id}/roles`, { type: 'READ_ONLY_ADMIN' });
    const atOrg = await configured(byKey, proof, {}, '');
    const forApi = await openid.clientCredentialsGrant(atOrg, { scope: 'okta.users.read' });
    const people = await openid.fetchProtectedResource(
      atOrg,
      forApi.access_token,
      new URL(`${org.at}/api/v1/users?limit=1`),
      'GET',
    );
    expect(await people.json()).toHaveLength(1);
  });

  it('registers a client with a token for that, and signs in as it', async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
    const robot = await makeApp(
      org,
      {
        ...{ application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
        jwks: { keys: [{ ...(await jose.exportJWK(publicKey)), kid: 'r', use: 'sig' }] },
      },
      { token_endpoint_auth_method: 'private_key_jwt' },
    );
    const grant = { scopeId: 'okta.clients.register', issuer: org.at };
    await org.call('POST', `/api/v1/apps/${robot.id}/grants`, grant);
    await org.call('POST', `/oauth2/v1/clients/${robot.client_id}/roles`, { type: 'SUPER_ADMIN' });
    const proof = openid.PrivateKeyJwt({ key: privateKey, kid: 'r' });
    const atOrg = await configured(robot, proof, {}, '');
    const { access_token } = await openid.clientCredentialsGrant(atOrg, { scope: grant.scopeId });
    const register = (metadata: object) =>
      openid.dynamicClientRegistration(new URL(`${org.at}/oauth2/default`), metadata, undefined, {
        ...{ initialAccessToken: access_token, execute: [openid.allowInsecureRequests] },
      });
    await expect(register({ client_name: 'No address', grant_types: ['implicit'] })).rejects.toMatchObject({
      error: 'invalid_client_metadata',
    });
    const made = await register({ client_name: 'Made', redirect_uris: [BACK], response_types: ['code'] });
    const metadata = made.clientMetadata();
    const { id } = (await org.call('GET', `/api/v1/apps?q=Made`))[0];
    const bob = await org.call('GET', `/api/v1/users/${who}`);
    await org.call('POST', `/api/v1/apps/${id}/users`, { id: bob.id });
    const config = await configured(metadata);
    expect((await signIn(config, { scope: 'openid email' })).claims().email).toBe(who);
  });

  it('proves itself by keys at an address of its own, which the org asks again when the key is new', async () => {
    let keys: Library[] = [];
    let asked = 0;
    const site = await listen((_request, response) => {
      asked++;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    const app = await makeApp(
      org,
      {
        ...{ application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
        jwks_uri: `${site.url}/keys`,
      },
      { token_endpoint_auth_method: 'private_key_jwt' },
    );
    for (const [nth, kid] of ['first', 'first', 'second'].entries()) {
      const pair = await jose.generateKeyPair('RS256', { extractable: true });
      if (nth !== 1) keys = [{ ...(await jose.exportJWK(pair.publicKey)), kid, use: 'sig' }];
      const config = await configured(app, openid.PrivateKeyJwt({ key: pair.privateKey, kid }));
      const given = openid.clientCredentialsGrant(config, { scope: 'fleet' });
      if (nth === 1) await expect(given).rejects.toMatchObject({ error: 'invalid_client' });
      else expect((await given).access_token).toBeTruthy();
      org.universe.clock.set({ now: org.universe.clock.now() + 2_000 });
    }
    expect(asked).toBe(2);
    await site.close();
  });

  it('asks by pushed request, and by a request that it signed; a changed or repeated one is refused', async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'jar', use: 'sig' };
    const app = await makeApp(org, { jwks: { keys: [jwk] }, request_object_signing_alg: 'RS256' });
    const config = await configured(app);
    const asking = { redirect_uri: BACK, scope: 'openid', state: 's', nonce: 'n' };
    const redeemed = (back: URL) =>
      openid.authorizationCodeGrant(config, back, { expectedState: 's', expectedNonce: 'n' });
    const pushed = await openid.buildAuthorizationUrlWithPAR(config, asking);
    expect((await redeemed(await signInAt(pushed, who))).claims().sub).toBeTruthy();
    const signed = await openid.buildAuthorizationUrlWithJAR(config, asking, { key: privateKey, kid: 'jar' });
    expect((await redeemed(await signInAt(signed, who))).claims().sub).toBeTruthy();
    await expect(signInAt(signed, who)).rejects.toThrow('jti');
    const changed = new URL(signed);
    changed.searchParams.set('request', `${changed.searchParams.get('request')?.slice(0, -6)}AAAAAA`);
    await expect(signInAt(changed, who)).rejects.toThrow('signature');
    await expect(
      openid.buildAuthorizationUrlWithPAR(config, { ...asking, redirect_uri: 'https://elsewhere.example' }),
    ).rejects.toMatchObject({ error: 'invalid_request' });
  });

  it('binds tokens to its key, with the nonce that the server asks for', async () => {
    const app = await makeApp(org, { dpop_bound_access_tokens: true });
    const config = await configured(app);
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
    const tokens = await signIn(config, {}, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    const sub = tokens.claims().sub;
    expect((await openid.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).email).toBe(who);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token, {}, { DPoP });
    expect(jose.decodeJwt(next.access_token).cnf.jkt).toBe(await DPoP.calculateThumbprint());
    const other = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
    await expect(
      openid.refreshTokenGrant(config, next.refresh_token, {}, { DPoP: other }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(openid.fetchUserInfo(config, tokens.access_token, sub, { DPoP: other })).rejects.toThrow();
  });

  it('signs a device in that somebody lets in elsewhere', async () => {
    const app = await makeApp(org, { grant_types: [DEVICE] });
    const config = await configured(app);
    const device = await openid.initiateDeviceAuthorization(config, { scope: 'openid email' });
    const [page, form] = [device.verification_uri, { user_code: device.user_code, decision: 'allow' }];
    await fetch(page, { method: 'POST', body: new URLSearchParams({ ...form, identifier: who }) });
    const tokens = await openid.pollDeviceAuthorizationGrant(config, { ...device, interval: 0 });
    expect(tokens.claims().email).toBe(who);
  });

  it('asks a person by backchannel, who approves or denies', async () => {
    const app = await makeApp(org, { grant_types: [CIBA], backchannel_token_delivery_mode: 'poll' });
    const config = await configured(app);
    const ask = () =>
      openid.initiateBackchannelAuthentication(config, {
        ...{ scope: 'openid email', login_hint: who, binding_message: 'Pay 5' },
      });
    const answer = (decision: 'approve' | 'deny') =>
      org.universe.work('okta', (world) =>
        okta.gestures.answerTransaction?.perform(world, who, { decision } as never),
      );
    const asked = await ask();
    answer('approve');
    const tokens = await openid.pollBackchannelAuthenticationGrant(config, { ...asked, interval: 0 });
    expect(tokens.claims().email).toBe(who);
    const again = await ask();
    answer('deny');
    await expect(
      openid.pollBackchannelAuthenticationGrant(config, { ...again, interval: 0 }),
    ).rejects.toMatchObject({ error: 'access_denied' });
  });

  it('exchanges a person’s token for one of a service', async () => {
    const tokens = await signIn(await configured(await makeApp(org, {})));
    const service = await configured(await makeApp(org, { grant_types: [EXCHANGE] }));
    const given = await openid.genericGrantRequest(service, EXCHANGE, {
      ...{ subject_token: tokens.access_token, scope: 'fleet', audience: 'api://default' },
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
    expect(jose.decodeJwt(given.access_token)).toMatchObject({ sub: who, scp: ['fleet'] });
  });

  it('reads ID tokens and access tokens that were encrypted for their reader', async () => {
    const pair = await jose.generateKeyPair('RSA-OAEP-256', { extractable: true });
    const jwk = { ...(await jose.exportJWK(pair.publicKey)), kid: 'enc', use: 'enc', alg: 'RSA-OAEP-256' };
    const app = await makeApp(org, {
      ...{ id_token_encrypted_response_alg: 'RSA-OAEP-256', jwks: { keys: [jwk] } },
    });
    const server = await org.call('GET', '/api/v1/authorizationServers/default');
    await org.call('PUT', '/api/v1/authorizationServers/default', {
      ...{ name: server.name, audiences: server.audiences, jwks: { keys: [{ ...jwk, status: 'ACTIVE' }] } },
      accessTokenEncryptedResponseAlgorithm: 'RSA-OAEP-384',
    });
    const config = await configured(app);
    openid.enableDecryptingResponses(config, ['A256GCM'], { key: pair.privateKey, kid: 'enc' });
    const tokens = await signIn(config);
    expect(tokens.claims().email).toBe(who);
    const { alg } = jose.decodeProtectedHeader(tokens.access_token);
    expect(alg).toBe('RSA-OAEP-384');
    const reading = await jose.importJWK({ ...(await jose.exportJWK(pair.privateKey)) }, alg);
    const { plaintext } = await jose.compactDecrypt(tokens.access_token, reading);
    const keys = jose.createRemoteJWKSet(new URL(`${org.at}/oauth2/default/v1/keys`));
    const { payload } = await jose.jwtVerify(new TextDecoder().decode(plaintext), keys);
    expect(payload.cid).toBe(app.client_id);
    expect((await openid.tokenIntrospection(config, tokens.access_token)).active).toBe(true);
    await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  });
});
