/** What keeps tokens from those who are not to have them: each rule broken once, and refused in the vendor's words. */
import { createHash, createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { jwt } from '../../../src/jwt.ts';
import { addApp, BACK, basicOf, type Fields, type OAuthOrg, openOAuthOrg, VERIFIER } from './oauth.ts';

const AT = '/oauth2/default';
const HOUR_MS = 3_600_000;

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same claims, unsigned. */
const unsigned = (token: string) => `${encoded({ alg: 'none' })}.${token.split('.')[1]}.`;

/** The same claims, signed with the public key of the issuer as if that were a secret. */
async function confused(org: OAuthOrg, token: string): Promise<string> {
  const [key] = (await org.call('GET', `${AT}/v1/keys`)).body.keys;
  const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const text = `${encoded({ alg: 'HS256', kid: key.kid })}.${token.split('.')[1]}`;
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

async function tokensOf(org: OAuthOrg, fields: Fields = {}) {
  return (await org.redeem((await org.signIn(fields)).get('code'))).body;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a code', () => {
  it('is redeemed once; the second time takes back all that came of it', async () => {
    const org = await openOAuthOrg();
    const code = (await org.signIn()).get('code');
    const { access_token, refresh_token } = (await org.redeem(code)).body;
    expect((await org.redeem(code)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The authorization code is invalid or has expired.',
    });
    for (const token of [access_token, refresh_token])
      expect((await org.post(`${AT}/v1/introspect`, { token })).body).toEqual({ active: false });
  });

  it.each<[string, Fields, string]>([
    ['another verifier', { code_verifier: `${VERIFIER}x` }, 'PKCE verification failed.'],
    ['no verifier', { code_verifier: '' }, 'PKCE verification failed.'],
    [
      'another address',
      { redirect_uri: 'https://elsewhere.example/back' },
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    ],
    ['another issuer', { at: '/oauth2' }, 'The authorization code is invalid or has expired.'],
  ])('is refused with %s', async (_, { at, ...fields }, says) => {
    const org = await openOAuthOrg();
    const { status, body } = await org.redeem((await org.signIn()).get('code'), fields, at);
    expect([status, body]).toEqual([400, { error: 'invalid_grant', error_description: says }]);
  });

  it('is refused after five minutes, to another client, and with a verifier where no challenge was', async () => {
    const org = await openOAuthOrg();
    const late = (await org.signIn()).get('code');
    org.universe.advance(org.universe.clock.now() + 300_000);
    expect((await org.redeem(late)).body.error).toBe('invalid_grant');
    const other = await addApp(org);
    const code = (await org.signIn()).get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER };
    const { body } = await org.post(`${AT}/v1/token`, form, basicOf(other));
    expect(body.error_description).toContain('The grant was issued to another client.');
    const bare = (await org.signIn({ code_challenge: '', code_challenge_method: '' })).get('code');
    expect((await org.redeem(bare)).body.error_description).toBe('PKCE verification failed.');
  });
});

describe('a refresh token', () => {
  it('that was rotated away and comes back takes its family with it', async () => {
    const org = await openOAuthOrg({ refresh_token: { rotation_type: 'ROTATE', leeway: 0 } });
    const { refresh_token } = await tokensOf(org);
    const use = (token: string) =>
      org.post(`${AT}/v1/token`, { grant_type: 'refresh_token', refresh_token: token });
    const next = (await use(refresh_token)).body;
    expect((await use(refresh_token)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or expired.',
    });
    expect((await use(next.refresh_token)).body.error).toBe('invalid_grant');
    const logged = (
      await org.call('GET', '/api/v1/logs?filter=eventType eq "app.oauth2.as.token.detect_reuse"')
    ).body;
    expect(logged).toHaveLength(1);
  });

  it('is of no use to another client, for more scopes, or when the person or the app is off', async () => {
    const org = await openOAuthOrg();
    const { refresh_token } = await tokensOf(org, { scope: 'openid offline_access' });
    const use = (fields: Fields = {}, headers = org.basic) =>
      org.post(`${AT}/v1/token`, { grant_type: 'refresh_token', refresh_token, ...fields }, headers);
    expect((await use({}, basicOf(await addApp(org)))).body.error).toBe('invalid_grant');
    expect((await use({ scope: 'openid email' })).body.error).toBe('invalid_scope');
    await org.call('POST', '/api/v1/users/bob@acme.example/lifecycle/suspend');
    expect((await use()).body.error).toBe('access_denied');
    await org.call('POST', '/api/v1/users/bob@acme.example/lifecycle/unsuspend');
    await org.call('POST', `/api/v1/apps/${org.app.id}/lifecycle/deactivate`);
    const off = await use();
    expect([off.status, off.body.errorCode]).toEqual([401, 'invalid_client']);
  });
});

describe('tokens', () => {
  it('go with the app, the authorization server and the person that they are of', async () => {
    const org = await openOAuthOrg();
    const made = (
      await org.call('POST', '/api/v1/authorizationServers', { name: 'Other', audiences: ['api://x'] })
    ).body;
    const at = `/api/v1/authorizationServers/${made.id}`;
    const policy = (
      await org.call('POST', `${at}/policies`, {
        ...{ type: 'OAUTH_AUTHORIZATION_POLICY', name: 'P', description: 'p', priority: 1 },
        conditions: { clients: { include: ['ALL_CLIENTS'] } },
      })
    ).body;
    await org.call('POST', `${at}/policies/${policy.id}/rules`, {
      ...{ type: 'RESOURCE_ACCESS', name: 'R', priority: 1 },
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        ...{ grantTypes: { include: ['authorization_code'] }, scopes: { include: ['*'] } },
      },
      actions: { token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0 } },
    });
    const issuer = `/oauth2/${made.id}`;
    const clients = async () => (await org.call('GET', '/api/v1/users/bob@acme.example/clients')).body.length;
    const given = await org.redeem((await org.signIn({}, undefined, issuer)).get('code'), {}, issuer);
    expect([given.body.refresh_token !== undefined, await clients()]).toEqual([true, 1]);
    await org.call('POST', `${at}/lifecycle/deactivate`);
    await org.call('DELETE', at);
    expect(await clients()).toBe(0);
    await tokensOf(org);
    expect(await clients()).toBe(1);
    await org.call('POST', `/api/v1/apps/${org.app.id}/lifecycle/deactivate`);
    await org.call('DELETE', `/api/v1/apps/${org.app.id}`);
    expect(await clients()).toBe(0);
  });
});

describe('a token that is none of the issuer’s', () => {
  it.each(['userinfo', 'introspect', 'the management API', 'id_token_hint'])(
    'is refused at %s: unsigned, signed with the public key, tampered with',
    async (where) => {
      const org = await openOAuthOrg();
      const { access_token, id_token } = await tokensOf(org);
      const token = where === 'id_token_hint' ? id_token : access_token;
      const forged = [unsigned(token), await confused(org, token), `${token.slice(0, -6)}AAAAAA`];
      for (const one of forged) {
        if (where === 'introspect')
          expect((await org.post(`${AT}/v1/introspect`, { token: one })).body).toEqual({ active: false });
        else if (where === 'id_token_hint')
          expect((await org.fetch(`/okta${AT}/v1/logout?id_token_hint=${one}`)).status).toBe(400);
        else {
          const path = where === 'userinfo' ? `${AT}/v1/userinfo` : '/api/v1/users/me';
          const { status, headers } = await org.call('GET', path, undefined, bearer(one));
          expect([status, headers.get('www-authenticate')]).toEqual([
            401,
            expect.stringContaining('invalid_token'),
          ]);
        }
      }
    },
  );

  it('is refused at another issuer, an ID token in the place of an access token, and one whose time is over', async () => {
    const org = await openOAuthOrg();
    const { access_token, id_token } = await tokensOf(org);
    const status = async (token: string, path: string) =>
      (await org.call('GET', path, undefined, bearer(token))).status;
    expect(await status(access_token, `${AT}/v1/userinfo`)).toBe(200);
    expect(await status(access_token, '/oauth2/v1/userinfo')).toBe(401);
    expect(await status(access_token, '/api/v1/users/me')).toBe(401);
    expect(await status(id_token, `${AT}/v1/userinfo`)).toBe(401);
    org.universe.advance(org.universe.clock.now() + HOUR_MS);
    expect(await status(access_token, `${AT}/v1/userinfo`)).toBe(401);
    expect((await org.post(`${AT}/v1/introspect`, { token: id_token })).body).toEqual({ active: false });
  });
});

describe('a request for somebody', () => {
  it('is told on a page where the address is not registered, and nobody is sent on', async () => {
    const org = await openOAuthOrg();
    for (const redirect_uri of ['https://elsewhere.example', `${BACK}/`, `${BACK}?x=1`, `${BACK}#x`]) {
      const back = await org.signIn({ redirect_uri });
      expect(back.get('page'), redirect_uri).toBe('400');
    }
  });

  it('is refused to a client that is off, or that lacks the grant', async () => {
    const org = await openOAuthOrg();
    const only = await addApp(org, { grant_types: ['client_credentials'], response_types: ['token'] });
    const back = await org.signIn({ client_id: only.client_id });
    expect(back.get('error')).toBe('unsupported_response_type');
    const form = { grant_type: 'password', username: 'x', password: 'y' };
    const refused = (await org.post(`${AT}/v1/token`, form, basicOf(only))).body;
    expect(refused.error_description).toContain('Configured grant types: [client_credentials]');
    await org.call('POST', `/api/v1/apps/${org.app.id}/lifecycle/deactivate`);
    expect((await org.signIn()).get('page')).toBe('400');
  });

  it('gives the nonce back in the ID token, and the state beside the code', async () => {
    const org = await openOAuthOrg();
    const back = await org.signIn({ nonce: 'n-7', state: 's-7' });
    expect(back.get('state')).toBe('s-7');
    const { id_token } = (await org.redeem(back.get('code'))).body;
    expect((jwt().decode(id_token) as { nonce: string }).nonce).toBe('n-7');
  });
});

describe('a client’s assertion', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });

  /** A service that signs its assertions, and a way to ask with one. */
  async function open() {
    const org = await openOAuthOrg();
    await org.call('POST', '/api/v1/authorizationServers/default/scopes', { name: 'fleet' });
    const app = await addApp(
      org,
      {
        jwks: { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }] },
        ...{ grant_types: ['client_credentials'], response_types: ['token'] },
      },
      { token_endpoint_auth_method: 'private_key_jwt' },
    );
    const now = Math.floor(org.universe.clock.now() / 1_000);
    const claims = (more: object = {}) => ({
      ...{ iss: app.client_id, sub: app.client_id, iat: now, exp: now + 60, jti: 'j-1' },
      aud: `${org.base('okta')}${AT}/v1/token`,
      ...more,
    });
    const signed = (more: object = {}) =>
      jwt().sign(claims(more), pair.privateKey, { algorithm: 'RS256', keyid: 'k' });
    const send = async (client_assertion: string) =>
      org.post(
        `${AT}/v1/token`,
        {
          ...{ grant_type: 'client_credentials', scope: 'fleet', client_assertion },
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        },
        {},
      );
    return { org, app, now, claims, signed, send };
  }

  it('is taken once', async () => {
    const { signed, send } = await open();
    expect((await send(signed())).status).toBe(200);
    expect((await send(signed())).body).toEqual({
      error: 'invalid_client',
      error_description: 'The client_assertion token has already been used. The jti claim must be unique.',
    });
  });

  it.each<[string, (now: number) => object, string]>([
    ['too old', (now) => ({ exp: now - 1 }), 'is expired'],
    ['too long', (now) => ({ exp: now + 3_601 }), 'too far into the future'],
    ['for somebody else', () => ({ aud: 'https://elsewhere.example' }), 'The audience claim'],
    ['by somebody else', () => ({ iss: 'other' }), 'The issuer or subject'],
  ])('is refused when it is %s', async (_, more, says) => {
    const { now, signed, send } = await open();
    const { status, body } = await send(signed(more(now)));
    expect([status, body.error]).toEqual([401, 'invalid_client']);
    expect(body.error_description).toContain(says);
  });

  it('is refused unsigned, and signed with the public key as if that were a secret', async () => {
    const { claims, send } = await open();
    const text = `${encoded({ alg: 'HS256', kid: 'k' })}.${encoded(claims())}`;
    const hmac = createHmac('sha256', pem).update(text).digest('base64url');
    for (const forged of [`${encoded({ alg: 'none' })}.${encoded(claims())}.`, `${text}.${hmac}`])
      expect((await send(forged)).body.error_description).toBe('The client_assertion signature is invalid.');
  });

  it('is refused with a key that was turned off; a key keeps its id when the app is replaced', async () => {
    const { org, app, signed, send } = await open();
    const at = `/api/v1/apps/${app.id}/credentials/jwks`;
    const spare = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' });
    await org.call('POST', at, { ...spare, kid: 'spare', use: 'sig' });
    const [{ id }] = (await org.call('GET', at)).body;
    await org.call('POST', `${at}/${id}/lifecycle/deactivate`);
    expect((await send(signed())).body.error).toBe('invalid_client');
    const shown = (await org.call('GET', `/api/v1/apps/${app.id}`)).body;
    await org.call('PUT', `/api/v1/apps/${app.id}`, shown);
    expect((await org.call('GET', `${at}/${id}`)).body).toMatchObject({ id, kid: 'k', status: 'INACTIVE' });
  });
});

describe('a proof of possession', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.publicKey.export({ format: 'jwk' });

  /** A bound token, and a way to make proofs. */
  async function open() {
    const org = await openOAuthOrg({ dpop_bound_access_tokens: true });
    let nth = 0;
    const proof = (claims: object) => {
      const iat = Math.floor(org.universe.clock.now() / 1_000);
      const header = { alg: 'ES256', typ: 'dpop+jwt', jwk } as never;
      return jwt().sign({ jti: `p${nth++}`, iat, ...claims }, pair.privateKey, {
        algorithm: 'ES256',
        header,
      });
    };
    const tokenUrl = `${org.base('okta')}${AT}/v1/token`;
    const redeem = async (dpop: string) => {
      const code = (await org.signIn()).get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER };
      return org.post(`${AT}/v1/token`, form, { ...org.basic, dpop });
    };
    const asked = await redeem(proof({ htm: 'POST', htu: tokenUrl }));
    const nonce = asked.headers.get('dpop-nonce') ?? '';
    return { org, proof, redeem, tokenUrl, nonce, asked };
  }

  it('needs the nonce of the server, and is taken once', async () => {
    const { proof, redeem, tokenUrl, nonce, asked } = await open();
    expect([asked.status, asked.body]).toEqual([
      400,
      { error: 'use_dpop_nonce', error_description: 'Authorization server requires nonce in DPoP proof.' },
    ]);
    const right = proof({ htm: 'POST', htu: tokenUrl, nonce });
    expect((await redeem(right)).body.token_type).toBe('DPoP');
    expect((await redeem(right)).body).toEqual({
      error: 'invalid_dpop_proof',
      error_description: "The DPoP proof JWT's 'jti' claim has already been used.",
    });
  });

  it.each<[string, object, string]>([
    ['another method', { htm: 'GET' }, "'htm' claim"],
    ['another address', { htu: 'https://elsewhere.example/token' }, "'htu' claim"],
    ['another time', { iat: 1 }, "'iat' claim"],
    ['a nonce that is made up', { nonce: 'x' }, 'requires nonce'],
  ])('for %s is refused', async (_, wrong, says) => {
    const { proof, redeem, tokenUrl, nonce } = await open();
    const { body } = await redeem(proof({ htm: 'POST', htu: tokenUrl, nonce, ...wrong }));
    expect(body.error_description).toContain(says);
  });

  it('goes with its own token at an API, once; a bound token without it is worth nothing', async () => {
    const { org, proof, redeem, tokenUrl, nonce } = await open();
    const { access_token } = (await redeem(proof({ htm: 'POST', htu: tokenUrl, nonce }))).body;
    const htu = `${org.base('okta')}${AT}/v1/userinfo`;
    const ath = createHash('sha256').update(access_token).digest('base64url');
    const ask = (headers: Record<string, string>) =>
      org.call('GET', `${AT}/v1/userinfo`, undefined, { authorization: `DPoP ${access_token}`, ...headers });
    const right = proof({ htm: 'GET', htu, ath });
    expect((await ask({ dpop: right })).status).toBe(200);
    expect((await ask({ dpop: right })).headers.get('www-authenticate')).toContain('invalid_dpop_proof');
    expect((await ask({ dpop: proof({ htm: 'GET', htu, ath: 'x' }) })).status).toBe(401);
    expect((await ask({})).status).toBe(401);
    expect((await ask(bearer(access_token))).status).toBe(401);
  });
});
