/** `@okta/jwt-verifier` and `jose`, which resource servers check tokens with. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { found, imported, type Library, required } from '../../library.ts';
import { makeApp, type Org, openServedOrg, signInAt } from './program.ts';

const there = [found('@okta/jwt-verifier'), found('jose'), found('openid-client')].every(Boolean);
const HOUR_MS = 3_600_000;

describe.skipIf(!there)('a resource server', () => {
  let org: Org;
  let app: { id: string; client_id: string; client_secret: string };
  let Verifier: Library;
  let jose: Library;

  beforeAll(async () => {
    org = await openServedOrg();
    app = await makeApp(org, {});
    Verifier = required('@okta/jwt-verifier');
    jose = await imported('jose');
    // The verifier warns of every address without TLS.
    vi.spyOn(console, 'warn').mockImplementation(() => {});
  });
  afterAll(() => org?.close());

  const issuer = (server = 'default') => `${org.at}/oauth2/${server}`;
  const verifier = (at = issuer(), more = {}) =>
    new Verifier({ issuer: at, clientId: app.client_id, testing: { disableHttpsCheck: true }, ...more });

  /** What somebody gets who signs in. */
  async function tokens(nonce = 'once', server = issuer()): Promise<Library> {
    const openid = await imported('openid-client');
    const config = await openid.discovery(new URL(server), app.client_id, app.client_secret, undefined, {
      execute: [openid.allowInsecureRequests],
    });
    const redirect_uri = 'http://localhost/back';
    const ask = openid.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: 'openid email',
      state: 's',
      nonce,
    });
    const back = await signInAt(ask, org.people[1] ?? '');
    return openid.authorizationCodeGrant(config, back, { expectedState: 's', expectedNonce: nonce });
  }

  it('believes an access token for its audience and its scopes, and no other', async () => {
    const { access_token } = await tokens();
    const { claims } = await verifier().verifyAccessToken(access_token, 'api://default');
    expect(claims).toMatchObject({ iss: issuer(), cid: app.client_id, sub: org.people[1] });
    const asserting = (scopes: string[]) => verifier(issuer(), { assertClaims: { 'scp.includes': scopes } });
    await asserting(['email']).verifyAccessToken(access_token, 'api://default');
    await expect(asserting(['fleet']).verifyAccessToken(access_token, 'api://default')).rejects.toThrow(
      'fleet',
    );
    await expect(verifier().verifyAccessToken(access_token, 'api://other')).rejects.toThrow('audience');
    const tampered = `${access_token.slice(0, -4)}AAAA`;
    await expect(verifier().verifyAccessToken(tampered, 'api://default')).rejects.toThrow('Signature');
  });

  it('believes an ID token for its client and its nonce, and no other', async () => {
    const { id_token } = await tokens('mine');
    const { claims } = await verifier().verifyIdToken(id_token, app.client_id, 'mine');
    expect(claims.email).toBe(org.people[1]);
    await expect(verifier().verifyIdToken(id_token, app.client_id, 'yours')).rejects.toThrow('nonce');
    await expect(verifier().verifyIdToken(id_token, 'another', 'mine')).rejects.toThrow('client id');
  });

  it('does not believe a token of another issuer, whose keys it does not have', async () => {
    const made = await org.call('POST', '/api/v1/authorizationServers', {
      ...{ name: 'Other', audiences: ['api://default'] },
    });
    const { access_token } = await tokens();
    await expect(verifier(issuer(made.id)).verifyAccessToken(access_token, 'api://default')).rejects.toThrow(
      'signing key',
    );
    const keys = jose.createRemoteJWKSet(new URL(`${issuer()}/v1/keys`));
    await expect(jose.jwtVerify(access_token, keys, { issuer: issuer(made.id) })).rejects.toThrow('iss');
  });

  it('does not believe a token whose time is over', async () => {
    const now = org.universe.clock.now();
    org.universe.clock.set({ now: now - 2 * HOUR_MS });
    const old = await fetchedTokens();
    org.universe.clock.set({ now });
    await expect(verifier().verifyAccessToken(old.access_token, 'api://default')).rejects.toThrow('expired');
    await expect(verifier().verifyIdToken(old.id_token, app.client_id)).rejects.toThrow('expired');
  });

  it('goes on through a rotation of keys in mid-session: old and new tokens, by the key ids in them', async () => {
    const keys = jose.createRemoteJWKSet(new URL(`${issuer()}/v1/keys`), { cooldownDuration: 0 });
    const [before, own] = [await tokens(), verifier()];
    await jose.jwtVerify(before.access_token, keys, { issuer: issuer(), audience: 'api://default' });
    await org.call('POST', '/api/v1/authorizationServers/default/credentials/lifecycle/keyRotate', {
      use: 'sig',
    });
    const after = await tokens();
    const kids = [before, after].map((one) => jose.decodeProtectedHeader(one.access_token).kid);
    expect(new Set(kids).size).toBe(2);
    for (const { access_token } of [before, after]) {
      await jose.jwtVerify(access_token, keys, { issuer: issuer(), audience: 'api://default' });
      await own.verifyAccessToken(access_token, 'api://default');
    }
  });

  it('sees by half a hash that the access token and the ID token belong together', async () => {
    const { access_token, id_token } = await tokens();
    const half = (text: string) =>
      import('node:crypto').then(({ createHash }) =>
        createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url'),
      );
    expect(jose.decodeJwt(id_token).at_hash).toBe(await half(access_token));
  });

  /** The same, by a program that does not look at what it gets. */
  async function fetchedTokens(): Promise<Library> {
    const ask = new URL(`${issuer()}/v1/authorize`);
    ask.search = String(
      new URLSearchParams({
        ...{ client_id: app.client_id, response_type: 'code', scope: 'openid', state: 's' },
        redirect_uri: 'http://localhost/back',
      }),
    );
    const back = await signInAt(ask, org.people[1] ?? '');
    const given = await fetch(`${issuer()}/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ client_id: app.client_id, client_secret: app.client_secret, grant_type: 'authorization_code' },
        ...{ code: back.searchParams.get('code') ?? '', redirect_uri: 'http://localhost/back' },
      }),
    });
    return given.json();
  }
});
