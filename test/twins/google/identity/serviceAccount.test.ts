/** Service accounts as Google's own libraries use them, and as `jose` checks what they are given. */
import { createVerify, X509Certificate } from 'node:crypto';
import { GoogleAuth, Impersonated, JWT, OAuth2Client } from 'google-auth-library';
import { createLocalJWKSet, importPKCS8, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { universeFetch } from '../../../../src/inprocess/fetch.ts';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, BOB, type Domain, openDomain, WORLD } from '../domain.ts';

const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';
const DRIVE = 'https://www.googleapis.com/auth/drive';
const READ = 'https://www.googleapis.com/auth/drive.readonly';

interface KeyFile {
  client_email: string;
  private_key: string;
  private_key_id: string;
}

/** The libraries sign by the clock of the machine. */
const realtime = (world = WORLD) => openDomain(world, { clock: { mode: 'realtime' } });
const transporterOptions = (domain: Domain) => ({
  fetchImplementation: universeFetch(domain.universe) as typeof fetch,
});
const keyFileOf = (domain: Domain) =>
  google.credentials.document(domain.universe.view('google'), domain.base('google')).credentials
    .serviceAccount as KeyFile;

const aboutFrom = (domain: Domain, token: string) =>
  domain.call('GET /drive/v3/about?fields=user(emailAddress)', undefined, token);

describe('GoogleAuth with a key file', () => {
  it('signs in, and its ID tokens for a service are verified by the library and by jose', async () => {
    const domain = await realtime();
    const credentials = keyFileOf(domain);
    const auth = new GoogleAuth({
      credentials,
      scopes: [DRIVE],
      clientOptions: { transporterOptions: transporterOptions(domain) },
    });
    const token = (await auth.getAccessToken()) ?? '';
    expect((await aboutFrom(domain, token)).body.user).toEqual({ emailAddress: credentials.client_email });
    const client = await auth.getIdTokenClient('https://service.example');
    const headers = await client.getRequestHeaders();
    const idToken = headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const verifier = new OAuth2Client({
      transporterOptions: transporterOptions(domain),
      issuers: ['https://accounts.google.com'],
    });
    const ticket = await verifier.verifyIdToken({ idToken, audience: 'https://service.example' });
    expect(ticket.getPayload()).toMatchObject({ email: credentials.client_email, email_verified: true });
    await expect(verifier.verifyIdToken({ idToken, audience: 'https://other.example' })).rejects.toThrow(
      'Wrong recipient',
    );
    const { body } = await domain.call('GET /oauth2/v3/certs', undefined, null);
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(body as never), {
      audience: 'https://service.example',
    });
    expect(payload.iss).toBe('https://accounts.google.com');
  });

  it('acts in a person’s name with the scopes of its delegation, and no others', async () => {
    const domain = await realtime({ ...WORLD, google: { ...WORLD.google, delegation: [READ] } });
    const { client_email: email, private_key: key } = keyFileOf(domain);
    const acting = (scope: string) =>
      new JWT({
        email,
        key,
        scopes: [scope],
        subject: BOB,
        transporterOptions: transporterOptions(domain),
      }).getAccessToken();
    const { token } = await acting(READ);
    expect((await aboutFrom(domain, token ?? '')).body.user).toEqual({ emailAddress: BOB });
    await expect(acting(DRIVE)).rejects.toThrow('unauthorized_client');
  });
});

describe('a token of a service account’s own signing', () => {
  async function signed(domain: Domain, claims: Record<string, unknown>): Promise<string> {
    const { client_email: iss, private_key, private_key_id: kid } = keyFileOf(domain);
    const iat = Math.floor(domain.universe.clock.now() / 1_000);
    return new SignJWT({ iss, sub: iss, iat, exp: iat + 3_600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(await importPKCS8(private_key, 'RS256'));
  }

  it('is good at the API that it names, and with the scopes that it names', async () => {
    const domain = await openDomain();
    const { client_email } = keyFileOf(domain);
    const named = await signed(domain, { aud: 'https://drive.googleapis.com/' });
    expect((await aboutFrom(domain, named)).body.user).toEqual({ emailAddress: client_email });
    expect((await domain.call('POST /v4/spreadsheets', {}, named)).status).toBe(401);
    const scoped = await signed(domain, { scope: READ });
    expect((await aboutFrom(domain, scoped)).status).toBe(200);
    expect((await domain.call('POST /drive/v3/files', {}, scoped)).status).toBe(403);
  });

  it('is refused when it is old, for another, of a revoked key or changed', async () => {
    const domain = await openDomain();
    const now = Math.floor(domain.universe.clock.now() / 1_000);
    const aud = 'https://drive.googleapis.com/';
    for (const claims of [{ iat: now - 9_000, exp: now - 5_400 }, { exp: now + 86_400 }, { sub: ANN }])
      expect((await aboutFrom(domain, await signed(domain, { aud, ...claims }))).status).toBe(401);
    const good = await signed(domain, { aud });
    const [head, , signature] = good.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: ANN, sub: ANN, aud })).toString('base64url');
    expect((await aboutFrom(domain, `${head}.${forged}.${signature}`)).status).toBe(401);
    const { private_key_id } = keyFileOf(domain);
    domain.universe.work('google', (world) => google.credentials.revoke(world, private_key_id));
    expect((await aboutFrom(domain, good)).status).toBe(401);
  });
});

describe('a service account’s public keys', () => {
  it('are certificates, with which its signatures are checked', async () => {
    const domain = await openDomain();
    const { client_email, private_key_id } = keyFileOf(domain);
    const token = domain.tokenFor(ANN, [CLOUD]);
    const sign = `POST /v1/projects/-/serviceAccounts/${client_email}:signBlob`;
    const { body } = await domain.call(sign, { payload: Buffer.from('hello').toString('base64') }, token);
    expect(body.keyId).toBe(private_key_id);
    const certs = await domain.call(`GET /robot/v1/metadata/x509/${client_email}`, undefined, null);
    const certificate = new X509Certificate(String(certs.body[private_key_id]));
    expect(certificate.subject).toBe(`CN=${client_email}`);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    const check = createVerify('RSA-SHA256').update('hello');
    expect(check.verify(certificate.publicKey, String(body.signedBlob), 'base64')).toBe(true);
  });
});

describe('acting as a service account', () => {
  it('is for the project’s owner, through the official library', async () => {
    const domain = await realtime();
    const { client_email: targetPrincipal } = keyFileOf(domain);
    const actingFor = (email: string) => {
      const sourceClient = new OAuth2Client({ transporterOptions: transporterOptions(domain) });
      sourceClient.setCredentials({ access_token: domain.tokenFor(email, [CLOUD]) });
      return new Impersonated({
        sourceClient,
        targetPrincipal,
        targetScopes: [READ],
        lifetime: 600,
        delegates: [],
      });
    };
    const { token } = await actingFor(ANN).getAccessToken();
    expect((await aboutFrom(domain, token ?? '')).body.user).toEqual({ emailAddress: targetPrincipal });
    const idToken = await actingFor(ANN).fetchIdToken('https://service.example', { includeEmail: true });
    const info = await domain.call(`GET /tokeninfo?id_token=${idToken}`, undefined, null);
    expect(info.body).toMatchObject({ aud: 'https://service.example', email: targetPrincipal, alg: 'RS256' });
    await expect(actingFor(BOB).getAccessToken()).rejects.toThrow(/iam\.serviceAccounts\.getAccessToken/);
  });

  it('signs claims as they were given', async () => {
    const domain = await openDomain();
    const { client_email, private_key_id: kid } = keyFileOf(domain);
    const token = domain.tokenFor(ANN, [CLOUD]);
    const path = `POST /v1/projects/-/serviceAccounts/${client_email}:signJwt`;
    const { body } = await domain.call(path, { payload: '{"sub":"x"}' }, token);
    const keys = await domain.call(`GET /service_accounts/v1/jwk/${client_email}`, undefined, null);
    const { payload, protectedHeader } = await jwtVerify(
      String(body.signedJwt),
      createLocalJWKSet(keys.body as never),
    );
    expect([payload, protectedHeader.kid]).toEqual([{ sub: 'x' }, kid]);
    expect((await domain.call(path, { payload: 'no' }, token)).status).toBe(400);
  });
});
