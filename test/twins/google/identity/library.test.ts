/** A desktop program on google-auth-library: signs a person in, checks who it is, goes on without them, lets go. */
import { CodeChallengeMethod, GoogleAuth, OAuth2Client } from 'google-auth-library';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { universeFetch } from '../../../../src/inprocess/fetch.ts';
import { google } from '../../../../twins/google/twin.ts';
import { BOB, type Domain, openDomain, WORLD } from '../domain.ts';

const DRIVE = 'https://www.googleapis.com/auth/drive.file';
const BACK = 'http://127.0.0.1:54321/callback';

async function opened() {
  const clients = [{ name: 'Tool', type: 'desktop' as const }];
  const domain = await openDomain(
    { ...WORLD, google: { ...WORLD.google, clients } },
    { clock: { mode: 'realtime' } },
  );
  const { credentials } = google.credentials.document(domain.universe.view('google'), domain.base('google'));
  const [file] = credentials.clients as { installed: { client_id: string; client_secret: string } }[];
  const { client_id: clientId = '', client_secret: clientSecret = '' } = file?.installed ?? {};
  const fetchImplementation = universeFetch(domain.universe) as typeof fetch;
  const transporterOptions = { fetchImplementation };
  const client = new OAuth2Client({ clientId, clientSecret, redirectUri: BACK, transporterOptions });
  return { domain, client, clientId, clientSecret, transporterOptions };
}

/** What the person does with the page that the program opened; gives the code that it is led back with. */
function consent({ universe }: Domain, url: string): string {
  const given = { twin: 'google', gesture: 'consent', as: BOB, with: { url }, by: 'person' } as const;
  const { location } = universe.gesture(given) as { location: string };
  return new URL(location).searchParams.get('code') ?? '';
}

async function signedIn() {
  const all = await opened();
  const { domain, client } = all;
  const { codeVerifier, codeChallenge = '' } = await client.generateCodeVerifierAsync();
  const url = client.generateAuthUrl({
    access_type: 'offline',
    scope: ['openid', 'email', 'profile', DRIVE],
    code_challenge: codeChallenge,
    code_challenge_method: CodeChallengeMethod.S256,
    nonce: 'n-1',
  });
  const { tokens } = await client.getToken({ code: consent(domain, url), codeVerifier });
  client.setCredentials(tokens);
  return { ...all, tokens };
}

describe('a desktop program on google-auth-library', () => {
  it('knows who signed in, as the library and jose check it', async () => {
    const { domain, client, clientId, tokens } = await signedIn();
    const idToken = tokens.id_token ?? '';
    const ticket = await client.verifyIdToken({ idToken, audience: clientId });
    expect(ticket.getPayload()).toMatchObject({
      email: BOB,
      email_verified: true,
      name: 'Bob Builder',
      hd: 'acme.example',
      nonce: 'n-1',
      at_hash: expect.any(String),
    });
    const { body } = await domain.call('GET /oauth2/v3/certs', undefined, null);
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(body as never), { audience: clientId });
    expect(payload.sub).toBe(ticket.getUserId());
    const info = await client.getTokenInfo(tokens.access_token ?? '');
    expect(info).toMatchObject({ aud: clientId, sub: payload.sub, access_type: 'offline', email: BOB });
    await expect(client.verifyIdToken({ idToken, audience: 'another' })).rejects.toThrow('Wrong recipient');
  });

  it('goes on from a file of the person’s credentials', async () => {
    const { clientId, clientSecret, tokens, transporterOptions } = await signedIn();
    const auth = new GoogleAuth({
      credentials: {
        type: 'authorized_user',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: tokens.refresh_token ?? '',
      } as never,
      clientOptions: { transporterOptions },
    });
    const answer = await auth.request<{ user: object }>({
      url: 'https://www.googleapis.com/drive/v3/about?fields=user(emailAddress)',
    });
    expect(answer.data.user).toEqual({ emailAddress: BOB });
  });

  it('lets go, and has to ask again', async () => {
    const { domain, client, tokens } = await signedIn();
    await client.revokeCredentials();
    const about = await domain.call('GET /drive/v3/about?fields=user', undefined, tokens.access_token ?? '');
    expect(about.status).toBe(401);
    client.setCredentials({ refresh_token: tokens.refresh_token ?? null });
    await expect(client.getAccessToken()).rejects.toThrow('invalid_grant');
  });
});
