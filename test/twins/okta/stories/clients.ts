/** Keys of clients, APIs and identity providers; who is known to a provider; what people let clients have. */
import { createHash, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import type { Pkcs10CertificateRequest } from '@peculiar/x509';
import { expect } from 'vitest';
import { VERIFIER } from '../oauth.ts';
import { type Body, type Story, type Teller, told } from './teller.ts';

/** The library that makes certificates; it needs the other one before it. */
export async function x509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

const BACK = 'https://program.example/back';

/** A public key; making one takes long, and what tells keys apart is their id. */
const made = new Map<number, object>();
function rsa(bits = 2_048): object {
  const key =
    made.get(bits) ?? generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
  made.set(bits, key);
  return key;
}

/** An app that is an OAuth client. */
const client = (t: Teller, settings: object = {}, credentials: object = {}) =>
  t.send('POST', '/apps', {
    ...{ name: 'oidc_client', label: `Client ${Object.keys(settings)}`, signOnMode: 'OPENID_CONNECT' },
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic', ...credentials } },
    settings: {
      implicitAssignment: true,
      oauthClient: { redirect_uris: [BACK], response_types: ['code'], ...settings },
    },
  });

const clientKeys: Story = {
  says: 'a client’s keys are added, turned on and off, and removed; the only one of a client that needs it stays',
  async tell(t) {
    const app = await client(t, {}, { token_endpoint_auth_method: 'private_key_jwt' });
    const at = `/apps/${app.id}/credentials/jwks`;
    const first = await t.send('POST', at, { ...rsa(), kid: 'first', use: 'sig', alg: 'RS256' });
    expect(first).toMatchObject({ kid: 'first', status: 'ACTIVE', use: 'sig', alg: 'RS256' });
    expect(await t.get(`${at}/${first.id}`)).toEqual(first);
    const causes: [object, RegExp][] = [
      [{ ...rsa(1_024), kid: 'short' }, /less than '2,048' bits/],
      [{ ...rsa(), kid: 'first' }, /must have a unique `kid`/],
      [rsa(), /Each key should have a unique kid/],
    ];
    for (const [sent, cause] of causes) {
      const { status, body } = await t.org.call('POST', `/api/v1${at}`, sent);
      expect([status, body.errorSummary]).toEqual([400, 'Api validation failed: JsonWebKey']);
      expect(body.errorCauses[0].errorSummary).toMatch(cause);
    }
    await t.refused('E0000001', 'POST', `${at}/${first.id}/lifecycle/deactivate`);
    await t.refused('E0000001', 'DELETE', `${at}/${first.id}`);
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const second = await t.send('POST', at, { kty: 'EC', x: ec.x, y: ec.y, kid: 'second', use: 'sig' });
    await t.send('POST', `${at}/${first.id}/lifecycle/deactivate`);
    await t.send('POST', `${at}/${first.id}/lifecycle/activate`);
    await t.send('POST', `${at}/${second.id}/lifecycle/deactivate`);
    await t.send('DELETE', `${at}/${second.id}`);
    await t.refused('E0000007', 'GET', `${at}/${second.id}`);
    const [old, other] = [
      await t.send('POST', at, { ...rsa(), kid: 'enc1', use: 'enc' }),
      await t.send('POST', at, { ...rsa(), kid: 'enc2', use: 'enc' }),
    ];
    expect((await t.get(at)).map((key: Body) => [key.kid, key.status])).toEqual([
      ['first', 'ACTIVE'],
      ['enc1', 'INACTIVE'],
      ['enc2', 'ACTIVE'],
    ]);
    await t.refused('E0000001', 'POST', `${at}/${other.id}/lifecycle/deactivate`);
    await t.send('POST', `${at}/${old.id}/lifecycle/activate`);
    expect((await t.get(`${at}/${other.id}`)).status).toBe('INACTIVE');
    const shown = await t.get(`/apps/${app.id}`);
    expect(shown.settings.oauthClient.jwks.keys.map((key: Body) => key.id)).toContain(first.id);
    expect(await t.eventsOf(second.id)).toEqual(
      ['create', 'deactivate', 'delete'].map((verb) => `app.oauth2.credentials.lifecycle.${verb}`),
    );
  },
};

const resourceKeys: Story = {
  says: 'an API’s keys are added while they are off; one at a time is on, and five there are at most',
  async tell(t) {
    const at = '/authorizationServers/default/resourceservercredentials/keys';
    const key = { ...rsa(), use: 'enc', status: 'INACTIVE' };
    await t.refused('E0000001', 'POST', at, { ...key, kid: 'on', status: 'ACTIVE' });
    await t.refused('E0000001', 'POST', at, key);
    const [one, two] = [
      await t.send('POST', at, { ...key, kid: 'one' }),
      await t.send('POST', at, { ...key, kid: 'two' }),
    ];
    await t.refused('E0000001', 'POST', at, { ...key, kid: 'two' });
    await t.send('POST', `${at}/${one.id}/lifecycle/activate`);
    await t.refused('E0000001', 'DELETE', `${at}/${one.id}`);
    await t.send('POST', `${at}/${two.id}/lifecycle/activate`);
    expect((await t.get(at)).map((row: Body) => row.status)).toEqual(['INACTIVE', 'ACTIVE']);
    await t.send('DELETE', `${at}/${one.id}`);
    await t.refused('E0000007', 'GET', `${at}/${one.id}`);
    await t.send('POST', `${at}/${two.id}/lifecycle/deactivate`);
    expect(await t.get(`${at}/${two.id}`)).toMatchObject({ kid: 'two', status: 'INACTIVE' });
    for (const kid of ['three', 'four', 'five', 'six']) await t.send('POST', at, { ...key, kid });
    await t.refused('E0000001', 'POST', at, { ...key, kid: 'seven' });
  },
};

const serverKey: Story = {
  says: 'a key of an authorization server is shown by its id, and not that of another',
  async tell(t) {
    const at = '/authorizationServers/default/credentials/keys';
    const [key] = await t.get(at);
    expect(await t.get(`${at}/${key.kid}`)).toEqual(key);
    await t.refused('E0000007', 'GET', `${at}/nothing`);
  },
};

/** Bob signs in at the page with a client; returns what the token endpoint gave. */
async function tokens(t: Teller, app: Body, scope = 'openid offline_access'): Promise<Body> {
  const { client_id, client_secret } = app.credentials.oauthClient;
  const form = (fields: Record<string, string>) => ({
    method: 'POST',
    redirect: 'manual' as const,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ client_id, redirect_uri: BACK, ...fields })),
  });
  const led = await t.org.fetch(
    '/okta/oauth2/default/v1/authorize',
    form({
      ...{ response_type: 'code', scope, state: 's', identifier: 'bob@acme.example', decision: 'allow' },
      ...{ code_challenge: createHash('sha256').update(VERIFIER).digest('base64url') },
      code_challenge_method: 'S256',
    }),
  );
  const code = new URL(led.headers.get('location') ?? BACK).searchParams.get('code') ?? '';
  const given = await t.org.fetch(
    '/okta/oauth2/default/v1/token',
    form({ grant_type: 'authorization_code', code, client_secret, code_verifier: VERIFIER }),
  );
  return given.json();
}

const userTokens: Story = {
  says: 'what a person let clients have is listed by client, with scopes, and taken back one by one or all at once',
  async tell(t) {
    const { id: bob } = await t.get('/users/bob@acme.example');
    const grants = { grant_types: ['authorization_code', 'refresh_token'] };
    const app = await client(t, grants);
    const other = await client(t, { ...grants, application_type: 'web' });
    for (const one of [app, app, other]) expect((await tokens(t, one)).refresh_token).toBeTruthy();
    const of = (one: Body) => `/users/${bob}/clients/${one.credentials.oauthClient.client_id}`;
    const [first, second] = await t.get(`${of(app)}/tokens?limit=5`);
    expect(first).toMatchObject({ status: 'ACTIVE', userId: bob, scopes: ['openid', 'offline_access'] });
    const whole = await t.get(`${of(app)}/tokens/${first.id}?expand=scope`);
    expect(whole._embedded.scopes.map((scope: Body) => scope.name)).toEqual(first.scopes);
    const atServer = `/authorizationServers/default/clients/${app.credentials.oauthClient.client_id}/tokens`;
    expect((await t.get(`${atServer}/${first.id}`)).id).toBe(first.id);
    await t.send('DELETE', `${atServer}/${first.id}`);
    await t.refused('E0000007', 'GET', `${of(app)}/tokens/${first.id}`);
    await t.send('DELETE', `${of(app)}/tokens/${second.id}`);
    expect(await t.get(`${of(app)}/tokens`)).toEqual([]);
    expect(await t.get(`${of(other)}/tokens`)).toHaveLength(1);
    await t.send('DELETE', `${of(other)}/tokens`);
    expect(await t.get(`${of(other)}/tokens`)).toEqual([]);
    expect(await t.eventsOf(first.id)).toEqual(['app.oauth2.as.token.revoke']);
  },
};

const userGrants: Story = {
  says: 'consents of a person are listed by scope and client, and taken back, after which the person is asked again',
  async tell(t) {
    const { id: bob } = await t.get('/users/bob@acme.example');
    const at = '/authorizationServers/default/scopes';
    for (const name of ['crew', 'ship']) await t.send('POST', at, { name, consent: 'REQUIRED' });
    const [app, other] = [
      await client(t, { consent_method: 'REQUIRED' }),
      await client(t, { consent_method: 'REQUIRED', application_type: 'web' }),
    ];
    const agree = async () => {
      for (const one of [app, other]) await consentOf(t, one, 'openid crew ship');
    };
    await agree();
    const all = await t.get(`/users/${bob}/grants`);
    expect(all.map((row: Body) => row.scopeId).sort()).toEqual(['crew', 'crew', 'ship', 'ship']);
    const [crew] = await t.get(`/users/${bob}/grants?scopeId=crew&expand=scope`);
    expect(crew).toMatchObject({
      source: 'END_USER',
      status: 'ACTIVE',
      _embedded: { scope: { name: 'crew' } },
    });
    expect((await t.get(`/users/${bob}/grants/${crew.id}`)).id).toBe(crew.id);
    await t.send('DELETE', `/users/${bob}/grants/${crew.id}`);
    await t.refused('E0000007', 'GET', `/users/${bob}/grants/${crew.id}`);
    const ofClient = `/users/${bob}/clients/${other.credentials.oauthClient.client_id}/grants`;
    expect((await t.get(ofClient)).length).toBeGreaterThan(0);
    await t.send('DELETE', ofClient);
    expect(await t.get(ofClient)).toEqual([]);
    await t.send('DELETE', `/users/${bob}/grants`);
    expect(await t.get(`/users/${bob}/grants`)).toEqual([]);
    await agree();
    expect(await t.get(`/users/${bob}/grants`)).toHaveLength(4);
  },
};

/** Bob signs in, is asked, and agrees. */
async function consentOf(t: Teller, app: Body, scope: string): Promise<void> {
  const { client_id } = app.credentials.oauthClient;
  const send = (fields: Record<string, string>, cookie = '') =>
    t.org.fetch('/okta/oauth2/default/v1/authorize', {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      body: String(
        new URLSearchParams({
          ...{ client_id, redirect_uri: BACK, response_type: 'code', scope, state: 's', ...fields },
        }),
      ),
    });
  const asked = await send({ identifier: 'bob@acme.example' });
  expect(asked.status).toBe(200);
  const cookie = (asked.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  expect((await send({ decision: 'allow' }, cookie)).headers.get('location')).toContain('code=');
}

const everywhere: Story = {
  says: 'a person is signed out of everything by their id, their login, or the name that a provider has for them',
  async tell(t) {
    const { id: bob } = await t.get('/users/bob@acme.example');
    const app = await client(t, { grant_types: ['authorization_code', 'refresh_token'] });
    const idp = await t.send('POST', '/idps', OIDC);
    await t.send('POST', `/idps/${idp.id}/users/${bob}`, { externalId: 'b-9' });
    const revoke = (sub_id: object) => t.org.call('POST', '/oauth2/v1/global-token-revocation', { sub_id });
    const subjects = [
      { format: 'opaque', id: bob },
      { format: 'iss_sub', iss: 'https://partner.example', sub: 'b-9' },
      { format: 'iss_sub', iss: 'https://elsewhere.example', sub: 'bob@acme.example' },
    ];
    const held = `/users/${bob}/clients/${app.credentials.oauthClient.client_id}/tokens`;
    for (const subject of subjects) {
      expect((await tokens(t, app)).refresh_token).toBeTruthy();
      expect(await t.get(held)).toHaveLength(1);
      expect((await revoke(subject)).status).toBe(204);
      expect(await t.get(held)).toEqual([]);
    }
    told.add('globalTokenRevocation');
    expect((await revoke({ format: 'email', email: 'x' })).body.errorCode).toBe('E0000001');
    expect((await revoke({ format: 'opaque', id: 'nobody' })).body.errorCode).toBe('E0000007');
    expect(await t.eventsOf(bob)).toContain('user.authentication.universal_logout');
  },
};

const OIDC = {
  ...{ type: 'OIDC', name: 'Partner', issuerMode: 'DYNAMIC' },
  protocol: {
    ...{ type: 'OIDC', scopes: ['openid', 'email'] },
    issuer: { url: 'https://partner.example' },
    endpoints: {
      authorization: { url: 'https://partner.example/authorize', binding: 'HTTP-REDIRECT' },
      token: { url: 'https://partner.example/token', binding: 'HTTP-POST' },
      jwks: { url: 'https://partner.example/keys', binding: 'HTTP-REDIRECT' },
    },
    credentials: { client: { client_id: 'us', client_secret: 'hush-hush' } },
  },
};

const idpUsers: Story = {
  says: 'a user is linked to a provider once per external id, found there, and unlinked or gone with either of them',
  async tell(t) {
    const idp = await t.send('POST', '/idps', OIDC);
    const at = `/idps/${idp.id}/users`;
    const [bob, eve] = [await t.get('/users/bob@acme.example'), await t.get('/users/eve@acme.example')];
    await t.refused('E0000007', 'POST', `${at}/nobody`, { externalId: 'b-1' });
    await t.refused('E0000001', 'POST', `${at}/${bob.id}`, {});
    const linked = await t.send('POST', `${at}/${bob.id}`, { externalId: 'b-1' });
    expect(linked).toMatchObject({ id: bob.id, externalId: 'b-1' });
    await t.refused('E0000001', 'POST', `${at}/${eve.id}`, { externalId: 'b-1' });
    await t.send('POST', `${at}/${eve.id}`, { externalId: 'e-1' });
    expect((await t.get(`${at}?q=e-1`)).map((row: Body) => row.id)).toEqual([eve.id]);
    expect(await t.get(`${at}?limit=1`)).toHaveLength(1);
    const [whole] = await t.get(`${at}?expand=user&q=b-1`);
    expect(whole._embedded.user.profile.login).toBe('bob@acme.example');
    expect((await t.get(`${at}/${bob.id}`)).externalId).toBe('b-1');
    expect(await t.get(`${at}/${bob.id}/credentials/tokens`)).toEqual([]);
    expect((await t.get(`/users/${bob.id}/idps`)).map((row: Body) => row.id)).toEqual([idp.id]);
    await t.send('DELETE', `${at}/${bob.id}`);
    await t.refused('E0000007', 'GET', `${at}/${bob.id}`);
    for (let i = 0; i < 2; i++) await t.send('DELETE', `/users/${eve.id}`);
    expect(await t.get(at)).toEqual([]);
    await t.send('POST', `${at}/${bob.id}`, { externalId: 'b-2' });
    await t.send('DELETE', `/idps/${idp.id}`);
    expect(await t.get(`/users/${bob.id}/idps`)).toEqual([]);
  },
};

const idpKeys: Story = {
  says: 'a provider’s request for a certificate is signed by an authority and becomes its key; keys are cloned',
  async tell(t) {
    const provider = (name: string) => t.send('POST', '/idps', { ...OIDC, name, type: 'OIDC' });
    const [idp, target] = [await provider('One'), await provider('Two')];
    const at = `/idps/${idp.id}/credentials`;
    const subject = { countryName: 'US', organizationName: 'Acme', commonName: 'SP Issuer' };
    const asked = { subject, subjectAltNames: { dnsNames: ['dev.okta.com'] } };
    const given = await t.send('POST', `${at}/csrs`, asked);
    const request = new (await x509()).Pkcs10CertificateRequest(given.csr);
    expect(request.subject).toBe('C=US, O=Acme, CN=SP Issuer');
    expect(await request.verify(webcrypto as never)).toBe(true);
    expect((await t.get(`${at}/csrs`)).map((row: Body) => row.id)).toEqual([given.id]);
    expect(await t.get(`${at}/csrs/${given.id}`)).toEqual(given);
    const spare = await t.send('POST', `${at}/csrs`, asked);
    await t.send('DELETE', `${at}/csrs/${spare.id}`);
    const publish = (bytes: string) =>
      t.org.call('POST', `/api/v1${at}/csrs/${given.id}/lifecycle/publish`, bytes, {
        'content-type': 'application/x-pem-file',
      });
    expect((await publish('no certificate')).body.errorCode).toBe('E0000001');
    const now = t.org.universe.now();
    const short = await certified(request, now, 89);
    expect((await publish(short)).body.errorCauses[0].errorSummary).toContain('less than 90 days');
    const { status, body } = await publish(await certified(request, now, 365));
    expect([status, body.kid]).toEqual([201, given.id]);
    expect(createPublicKey({ key: body, format: 'jwk' }).asymmetricKeyType).toBe('rsa');
    told.add('publishCsrForIdentityProvider');
    await t.refused('E0000007', 'GET', `${at}/csrs/${given.id}`);
    const path = `${at}/keys/${body.kid}/clone?targetIdpId=${target.id}`;
    expect((await t.send('POST', path)).kid).toBe(body.kid);
    await t.refused('E0000001', 'POST', path);
    const saml = await t.send('POST', '/idps', { ...SAML, name: 'S' });
    const [active] = await t.get(`/idps/${saml.id}/credentials/keys/active`);
    expect(active.kid).toBe(saml.protocol.credentials.signing.kid);
    const next = await t.send('POST', `/idps/${saml.id}/credentials/keys/generate?validityYears=2`);
    saml.protocol.credentials.signing.kid = next.kid;
    await t.send('PUT', `/idps/${saml.id}`, saml);
    expect((await t.get(`/idps/${saml.id}/credentials/keys/active`))[0].kid).toBe(next.kid);
  },
};

const SAML = {
  type: 'SAML2',
  protocol: { type: 'SAML2', endpoints: { sso: { url: 'https://partner.example/sso' } }, credentials: {} },
};

const idpCertificate: Story = {
  says: 'the certificate that a provider signs with is replaced by another under the same id',
  async tell(t) {
    const now = t.org.universe.now();
    const [one, two] = [await selfSigned(now), await selfSigned(now)];
    const { kid } = await t.send('POST', '/idps/credentials/keys', { x5c: [one] });
    await t.refused('E0000001', 'PUT', `/idps/credentials/keys/${kid}`, { x5c: ['nothing'] });
    const changed = await t.send('PUT', `/idps/credentials/keys/${kid}`, { x5c: [two] });
    expect([changed.kid, changed.x5c]).toEqual([kid, [two]]);
    expect(await t.eventsOf(kid)).toEqual(['system.idp.key.create', 'system.idp.key.update']);
  },
};

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) };
const pair = () =>
  webcrypto.subtle.generateKey({ ...ALGORITHM, modulusLength: 2_048 }, true, ['sign', 'verify']);
const DAY_MS = 86_400_000;

/** A certificate for a request, as an authority makes it; PEM. */
export async function certified(
  request: Pkcs10CertificateRequest,
  now: number,
  days: number,
): Promise<string> {
  const made = await (await x509()).X509CertificateGenerator.create(
    {
      serialNumber: '01',
      subject: request.subject,
      issuer: 'CN=Authority',
      notBefore: new Date(now),
      notAfter: new Date(now + days * DAY_MS),
      signingAlgorithm: ALGORITHM,
      publicKey: request.publicKey,
      signingKey: (await pair()).privateKey as never,
    },
    webcrypto as never,
  );
  return made.toString('pem');
}

/** A certificate in base 64. */
async function selfSigned(now: number): Promise<string> {
  const made = await (await x509()).X509CertificateGenerator.createSelfSigned(
    {
      ...{ serialNumber: '01', name: 'CN=Partner', signingAlgorithm: ALGORITHM },
      ...{ notBefore: new Date(now), notAfter: new Date(now + 365 * DAY_MS), keys: (await pair()) as never },
    },
    webcrypto as never,
  );
  return Buffer.from(made.rawData).toString('base64');
}

export const clientStories = [
  clientKeys,
  resourceKeys,
  serverKey,
  userTokens,
  userGrants,
  everywhere,
  idpUsers,
  idpKeys,
  idpCertificate,
];
