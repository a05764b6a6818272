import { createPublicKey, sign } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { projects } from '../../../../twins/google/identity/world.ts';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, BOB, type Domain, openDomain } from '../domain.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const DRIVE = 'https://www.googleapis.com/auth/drive';

interface KeyFile {
  client_email: string;
  private_key: string;
  private_key_id: string;
  token_uri: string;
}

const documentOf = (domain: Domain) =>
  google.credentials.document(domain.universe.view('google'), domain.base('google')).credentials as {
    serviceAccount: KeyFile;
    refreshToken: string;
    clientId: string;
    clientSecret: string;
  };

function assertion(domain: Domain, claims: Record<string, unknown> = {}, key?: string): string {
  const { serviceAccount } = documentOf(domain);
  const iat = Math.floor(domain.universe.clock.now() / 1_000);
  return jwt.sign(
    {
      iss: serviceAccount.client_email,
      scope: DRIVE,
      aud: serviceAccount.token_uri,
      iat,
      exp: iat + 3_600,
      ...claims,
    },
    key ?? serviceAccount.private_key,
    { algorithm: 'RS256' },
  );
}

async function exchange(domain: Domain, form: Record<string, string>) {
  const response = await domain.fetch('/google/token', { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const byAssertion = (domain: Domain, claims?: Record<string, unknown>, key?: string) =>
  exchange(domain, { grant_type: GRANT, assertion: assertion(domain, claims, key) });

describe('a service account', () => {
  it('gets a token for its signed assertion and makes a file that is its own', async () => {
    const domain = await openDomain();
    const { status, body } = await byAssertion(domain);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3_599 });
    const made = await domain.call(
      'POST /drive/v3/files?fields=owners(emailAddress)',
      { name: 'x' },
      body.access_token,
    );
    expect(made.body.owners).toEqual([{ emailAddress: documentOf(domain).serviceAccount.client_email }]);
  });

  it('sees only what was shared with it', async () => {
    const domain = await openDomain();
    const { body } = await byAssertion(domain);
    const id = await domain.fileId('Budget');
    const path = `GET /v4/spreadsheets/${id}/values/A1`;
    expect((await domain.call(path, undefined, body.access_token)).status).toBe(403);
    const emailAddress = documentOf(domain).serviceAccount.client_email;
    await domain.call(`POST /drive/v3/files/${id}/permissions`, {
      type: 'user',
      role: 'writer',
      emailAddress,
    });
    expect((await domain.call(path, undefined, body.access_token)).body.values).toEqual([['Item']]);
  });

  it('acts in a person’s name by domain-wide delegation', async () => {
    const domain = await openDomain();
    const { body } = await byAssertion(domain, { sub: BOB });
    const about = await domain.call('GET /drive/v3/about?fields=user', undefined, body.access_token);
    expect(about.body.user).toMatchObject({ emailAddress: BOB, me: true });
  });

  it('with drive.file reaches only what it has made itself', async () => {
    const domain = await openDomain();
    domain.universe.work('google', (world) =>
      world.update(projects, 'project', (row) => ({ ...row, delegated: [`${DRIVE}.file`] })),
    );
    const { body } = await byAssertion(domain, { sub: ANN, scope: `${DRIVE}.file` });
    const token = body.access_token;
    const plan = await domain.fileId('Plan');
    expect((await domain.call(`GET /drive/v3/files/${plan}`, undefined, token)).status).toBe(404);
    const made = await domain.call('POST /drive/v3/files', { name: 'own' }, token);
    expect((await domain.call(`GET /drive/v3/files/${made.body.id}`, undefined, token)).status).toBe(200);
    expect((await domain.call('GET /drive/v3/files', undefined, token)).body.files).toHaveLength(1);
  });

  it('takes the audience that Google’s own libraries write', async () => {
    const domain = await openDomain();
    expect((await byAssertion(domain, { aud: 'https://oauth2.googleapis.com/token' })).status).toBe(200);
  });

  it.each([
    ['another key', {}, 'other', 'invalid_grant', /Invalid JWT Signature/],
    ['another issuer', { iss: 'x@y.example' }, '', 'invalid_grant', /account not found/],
    ['another audience', { aud: 'https://example.com' }, '', 'invalid_grant', /audience/],
    ['too long a life', { exp: 4_102_444_800 }, '', 'invalid_grant', /60 minutes/],
    ['a time long past', { iat: 1_000, exp: 4_000 }, '', 'invalid_grant', /60 minutes/],
    ['no scope', { scope: '' }, '', 'invalid_scope', /scope/],
    ['a scope that is none', { scope: 'everything' }, '', 'invalid_scope', /everything/],
    ['a person whom nobody knows', { sub: 'who@acme.example' }, '', 'invalid_grant', /Invalid email/],
    [
      'a scope without delegation',
      { sub: ANN, scope: 'https://mail.google.com/' },
      '',
      'unauthorized_client',
      /not authorized/,
    ],
  ])('is refused with %s', async (_what, claims, other, error, why) => {
    const domain = await openDomain();
    const { FIXED_KEYS } = await import('../../../../src/fixedKeys.ts');
    const { status, body } = await byAssertion(domain, claims, other ? FIXED_KEYS[3]?.privateKey : undefined);
    expect(status).toBe(error === 'unauthorized_client' ? 401 : 400);
    expect(body.error).toBe(error);
    expect(body.error_description).toMatch(why);
  });

  it('gets an ID token for a target audience, which the published keys verify', async () => {
    const domain = await openDomain();
    const { body } = await byAssertion(domain, { target_audience: 'https://service.example' });
    const certs = await domain.call('GET /oauth2/v3/certs', undefined, null);
    const [key] = certs.body.keys as unknown as import('node:crypto').JsonWebKey[];
    const claims = jwt.verify(
      body.id_token as string,
      createPublicKey({ key: key as never, format: 'jwk' }),
      {
        clockTimestamp: domain.universe.clock.now() / 1_000,
      },
    );
    expect(claims).toMatchObject({ aud: 'https://service.example', iss: domain.base('google') });
  });

  it('loses its access when its key is revoked', async () => {
    const domain = await openDomain();
    const { private_key_id } = documentOf(domain).serviceAccount;
    const signed = assertion(domain);
    domain.universe.work('google', (world) => google.credentials.revoke(world, private_key_id));
    const { body } = await exchange(domain, { grant_type: GRANT, assertion: signed });
    expect(body.error).toBe('invalid_grant');
  });
});

describe('a refresh token', () => {
  const refresh = (domain: Domain, more: Record<string, string> = {}) => {
    const { refreshToken, clientId, clientSecret } = documentOf(domain);
    return exchange(domain, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
      ...more,
    });
  };

  it('is good for an access token of the administrator', async () => {
    const domain = await openDomain();
    const { body } = await refresh(domain);
    expect(body.scope).toContain(DRIVE);
    const info = await domain.call('GET /oauth2/v3/userinfo', undefined, body.access_token);
    expect(info.body).toMatchObject({ email: ANN, hd: 'acme.example', name: 'Ann Admin' });
  });

  it('is refused with a wrong client secret and when it is unknown', async () => {
    const domain = await openDomain();
    expect(await refresh(domain, { client_secret: 'no' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await refresh(domain, { refresh_token: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('takes its access tokens with it when it is revoked', async () => {
    const domain = await openDomain();
    const { body } = await refresh(domain);
    const revoked = await domain.fetch(
      `/google/revoke?token=${encodeURIComponent(documentOf(domain).refreshToken)}`,
      { method: 'POST' },
    );
    expect(revoked.status).toBe(200);
    expect((await domain.call('GET /drive/v3/files', undefined, body.access_token)).status).toBe(401);
    expect((await refresh(domain)).body.error).toBe('invalid_grant');
  });
});

describe('token information', () => {
  it('says whose token it is, what it may, and for how long', async () => {
    const domain = await openDomain();
    const token = domain.tokenFor(BOB, ['drive', 'userinfo.email']);
    const info = await domain.call(`GET /tokeninfo?access_token=${token}`, undefined, null);
    expect(info.body).toMatchObject({ email: BOB, expires_in: '3599', access_type: 'online' });
    expect(info.body.scope).toContain(DRIVE);
  });

  it('of an unknown token is refused', async () => {
    const domain = await openDomain();
    const info = await domain.call('GET /tokeninfo?access_token=no', undefined, null);
    expect(info).toMatchObject({ status: 400, body: { error: 'invalid_token' } });
  });
});

describe('an assertion', () => {
  it('is taken with padded parts, as older Python libraries write and sign them', async () => {
    const domain = await openDomain();
    const { serviceAccount } = documentOf(domain);
    const iat = Math.floor(domain.universe.clock.now() / 1_000);
    const claims = { iss: serviceAccount.client_email, scope: DRIVE, aud: serviceAccount.token_uri, iat };
    const padded = (bytes: Uint8Array) =>
      Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    const part = (value: object) => padded(Buffer.from(JSON.stringify(value)));
    const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...claims, exp: iat + 3_600 })}`;
    const signature = sign('RSA-SHA256', Buffer.from(text), serviceAccount.private_key);
    expect(text).toContain('=');
    const grant = { grant_type: GRANT, assertion: `${text}.${padded(signature)}` };
    expect((await exchange(domain, grant)).status).toBe(200);
    const other = { grant_type: GRANT, assertion: `${text}.${padded(signature.subarray(1))}` };
    expect((await exchange(domain, other)).body.error_description).toBe('Invalid JWT Signature.');
  });

  it('that is none is refused', async () => {
    for (const assertion of ['x', 'a.b.c', 'e30.e30', 'bnVsbA.bnVsbA.x'])
      expect((await exchange(await openDomain(), { grant_type: GRANT, assertion })).body).toMatchObject({
        error: 'invalid_grant',
        error_description: 'Invalid JWT: Token must be a JWT with three parts.',
      });
  });
});

describe('a client that signs in by HTTP’s own header', () => {
  const by = (domain: Domain, secret: string) => {
    const { refreshToken, clientId } = documentOf(domain);
    return domain.fetch('https://oauth2.googleapis.com/token', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
  };

  it('gets tokens whose issuer is Google’s, where it came by Google’s host', async () => {
    const domain = await openDomain();
    const response = await by(domain, documentOf(domain).clientSecret);
    expect(response.status).toBe(200);
    const { id_token } = (await response.json()) as { id_token: string };
    expect(jwt.decode(id_token)).toMatchObject({ iss: 'https://accounts.google.com' });
  });

  it('is refused with a secret that is not its own', async () => {
    const response = await by(await openDomain(), 'wrong');
    expect([response.status, await response.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });
});

describe('the token information', () => {
  it('of the first version says it in words of its own', async () => {
    const { call, token } = await openDomain();
    const { body } = await call(`GET /oauth2/v1/tokeninfo?access_token=${token}`, undefined, null);
    expect(body).toMatchObject({
      email: ANN,
      verified_email: true,
      access_type: 'online',
      expires_in: 3_599,
    });
    expect(body.issued_to).toBe(body.audience);
  });

  it('does not say whose a token is that was not granted to tell', async () => {
    const { call, tokenFor } = await openDomain();
    const { body } = await call(`GET /tokeninfo?access_token=${tokenFor(BOB, ['drive'])}`, undefined, null);
    expect(body).not.toHaveProperty('sub');
    expect(body).not.toHaveProperty('email');
    expect(body.scope).toBe(DRIVE);
  });

  it('wants a token, and one that is good', async () => {
    const { call } = await openDomain();
    const none = await call('GET /tokeninfo', undefined, null);
    expect([none.status, none.body.error]).toEqual([400, 'invalid_request']);
    const { body } = await call('GET /tokeninfo?id_token=a.b.c', undefined, null);
    expect(body).toEqual({ error: 'invalid_token', error_description: 'Invalid Value' });
  });
});

describe('the user information', () => {
  it('is refused without a good token in each version’s words', async () => {
    const { call } = await openDomain();
    const older = await call('GET /oauth2/v2/userinfo', undefined, 'ya29.no');
    expect(older.body.error).toMatchObject({ code: 401, status: 'UNAUTHENTICATED' });
    const newer = await call('GET /oauth2/v3/userinfo', undefined, 'ya29.no');
    expect([newer.status, newer.body]).toEqual([
      401,
      { error: 'invalid_request', error_description: 'Invalid Credentials' },
    ]);
  });
});
