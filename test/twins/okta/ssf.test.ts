import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { openOrg, type TestOrg, WORLD } from './org.ts';

const CAEP = 'https://schemas.openid.net/secevent/caep/event-type';
const VERIFICATION = 'https://schemas.openid.net/secevent/ssf/event-type/verification';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };

let receiver: Receiver;
let org: TestOrg;

beforeEach(async () => {
  receiver = await openReceiver();
  org = await openOrg(WORLD, { outbound: receiver.outbound });
});

afterEach(() => receiver.close());

const seconds = () => Math.floor(org.universe.now() / 1_000);
const pass = () => org.universe.advance(org.universe.now() + 5_000);
const signed = (claims: JWTPayload, typ: string) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ }).sign(privateKey);

/** An app that receives, and a caller with its token. */
async function openApp() {
  const app = (
    await org.call('POST', '/api/v1/apps', {
      ...{ name: 'oidc_client', label: 'Receiver', signOnMode: 'OPENID_CONNECT' },
      credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
      settings: {
        oauthClient: {
          ...{ application_type: 'service', grant_types: ['client_credentials'] },
          jwks: { keys: [jwk] },
        },
      },
    })
  ).body;
  const issuer = org.base('okta');
  for (const scopeId of ['ssf.manage', 'ssf.read'])
    await org.call('POST', `/api/v1/apps/${app.id}/grants`, { scopeId, issuer });
  const clientId = app.credentials.oauthClient.client_id as string;
  await org.call('POST', `/oauth2/v1/clients/${clientId}/roles`, { type: 'SUPER_ADMIN' });
  const aud = `${issuer}/oauth2/v1/token`;
  const claims = { iss: clientId, sub: clientId, aud, iat: seconds(), exp: seconds() + 300 };
  const response = await org.fetch('/okta/oauth2/v1/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(
      new URLSearchParams({
        ...{ grant_type: 'client_credentials', scope: 'ssf.manage ssf.read' },
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await signed(claims, 'JWT'),
      }),
    ),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const call = (method: string, path: string, body?: unknown) =>
    org.call(method, `/api/v1/ssf/stream${path}`, body, { authorization: `Bearer ${token}` });
  return { app, clientId, call };
}

const stream = () => ({
  delivery: {
    method: 'urn:ietf:rfc:8935',
    endpoint_url: `${receiver.url}/events`,
    authorization_header: 'Bearer mine',
  },
  events_requested: [`${CAEP}/session-revoked`, `${CAEP}/credential-change`, 'https://other.example/event'],
});

/** The claims of what the receiver got, by the keys that the transmitter's metadata leads to. */
async function received(audience: string) {
  const metadata = (await org.call('GET', '/.well-known/ssf-configuration')).body;
  const keys = (await org.call('GET', metadata.jwks_uri.slice(org.base('okta').length))).body;
  const tokens = receiver.calls.map(async ({ body }) => {
    const options = { audience, issuer: metadata.issuer, typ: 'secevent+jwt' };
    return (await jwtVerify(body, createLocalJWKSet(keys), options)).payload as JWTPayload & {
      events: Record<string, Record<string, unknown>>;
      sub_id: Record<string, string>;
    };
  });
  return Promise.all(tokens);
}

describe('a stream of security events', () => {
  it('is an app’s own, one of its kind, changed in parts or whole, and ends', async () => {
    const { call, clientId } = await openApp();
    const made = await call('POST', '', stream());
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      stream_id: expect.stringMatching(/^esc/),
      iss: org.base('okta'),
      aud: clientId,
      delivery: { method: 'urn:ietf:rfc:8935', endpoint_url: `${receiver.url}/events` },
      events_supported: [`${CAEP}/session-revoked`, `${CAEP}/credential-change`],
      events_requested: stream().events_requested,
      events_delivered: [`${CAEP}/session-revoked`, `${CAEP}/credential-change`],
      format: 'iss_sub',
      min_verification_interval: 0,
    });
    const id = made.body.stream_id;
    expect((await call('POST', '', stream())).status).toBe(409);
    expect((await call('GET', '')).body).toEqual([made.body]);
    expect((await call('GET', `/status?stream_id=${id}`)).body).toEqual({ stream_id: id, status: 'enabled' });
    const events_requested = [`${CAEP}/session-revoked`];
    expect((await call('PATCH', '', { stream_id: id, events_requested })).body.events_delivered).toEqual(
      events_requested,
    );
    expect((await call('PUT', '', { delivery: { method: 'carrier' }, events_requested })).status).toBe(400);
    expect((await call('PUT', '', { ...stream(), stream_id: 'esc' })).status).toBe(404);
    expect((await call('PUT', '', { ...stream(), stream_id: id })).status).toBe(200);
    expect((await org.call('GET', '/api/v1/ssf/stream')).status).toBe(403);
    expect((await call('DELETE', `?stream_id=${id}`)).status).toBe(204);
    expect((await call('GET', `?stream_id=${id}`)).status).toBe(404);
  });

  it('is verified by a signed token with the receiver’s state', async () => {
    const { call, clientId } = await openApp();
    const { stream_id } = (await call('POST', '', stream())).body;
    expect((await call('POST', '/verification', { stream_id, state: 'mine' })).status).toBe(204);
    await pass();
    expect(receiver.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer mine',
      'content-type': 'application/secevent+jwt',
    });
    const [claims] = await received(clientId);
    expect(claims?.events).toEqual({ [VERIFICATION]: { state: 'mine' } });
    expect(claims?.sub_id).toEqual({ format: 'opaque', id: stream_id });
  });

  it('tells whose sessions were ended, and by whom', async () => {
    const { call, clientId } = await openApp();
    await call('POST', '', stream());
    const { id } = (await org.call('GET', '/api/v1/users/bob')).body;
    await org.call('DELETE', `/api/v1/users/${id}/sessions`);
    await pass();
    const [claims] = await received(clientId);
    expect(claims?.sub_id).toEqual({ format: 'iss_sub', iss: org.base('okta'), sub: id });
    expect(claims?.events[`${CAEP}/session-revoked`]).toMatchObject({ initiating_entity: 'admin' });
  });
});

describe('a security events provider', () => {
  const RISK = 'https://schemas.okta.com/secevent/okta/event-type/user-risk-change';

  async function trust() {
    const settings = { issuer: 'https://partner.example', jwks_url: `${receiver.url}/keys` };
    receiver.says(() => ({ body: JSON.stringify({ keys: [jwk] }) }));
    return (
      await org.call('POST', '/api/v1/security-events-providers', { name: 'Partner', type: 'x', settings })
    ).body;
  }

  const report = async (claims: object = {}, typ = 'secevent+jwt') => {
    const user = { format: 'email', email: 'bob@acme.example' };
    const event = {
      current_level: 'high',
      previous_level: 'low',
      event_timestamp: seconds(),
      subject: { user },
    };
    const token = await signed(
      {
        ...{ iss: 'https://partner.example', aud: org.base('okta'), iat: seconds(), jti: 'one' },
        events: { [RISK]: event },
        ...claims,
      },
      typ,
    );
    const response = await org.fetch('/okta/security/api/v1/security-events', {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body: token,
    });
    const text = await response.text();
    return [response.status, text ? JSON.parse(text).err : undefined];
  };

  it('raises the risk of a person by a token that its keys signed', async () => {
    await trust();
    expect(await report()).toEqual([202, undefined]);
    const { id } = (await org.call('GET', '/api/v1/users/bob')).body;
    expect((await org.call('GET', `/api/v1/users/${id}/risk`)).body.riskLevel).toBe('HIGH');
    const filter = encodeURIComponent('eventType eq "security.events.provider.receive_event"');
    expect((await org.call('GET', `/api/v1/logs?filter=${filter}`)).body).toHaveLength(1);
  });

  it('is not believed where something about it is wrong', async () => {
    expect(await report()).toEqual([400, 'invalid_issuer']);
    const { id } = await trust();
    expect(await report({ aud: 'https://other.example' })).toEqual([400, 'invalid_audience']);
    expect(await report({}, 'JWT')).toEqual([400, 'invalid_request']);
    expect(await report({ events: { 'https://x.example/y': {} } })).toEqual([400, 'invalid_request']);
    await org.call('POST', `/api/v1/security-events-providers/${id}/lifecycle/deactivate`);
    expect(await report()).toEqual([400, 'invalid_issuer']);
  });

  it('is known by its own metadata where only their address is given', async () => {
    receiver.says(() => ({
      body: JSON.stringify({ issuer: 'https://partner.example', jwks_uri: 'https://p.example/k' }),
    }));
    const settings = { well_known_url: `${receiver.url}/.well-known/ssf-configuration` };
    const { body } = await org.call('POST', '/api/v1/security-events-providers', {
      name: 'P',
      type: 'x',
      settings,
    });
    expect(body.settings).toEqual({
      ...settings,
      issuer: 'https://partner.example',
      jwks_url: 'https://p.example/k',
    });
  });
});
