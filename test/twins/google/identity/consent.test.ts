/** The consent page as programs and people meet it: google-auth-library asks, a person allows, tokens come of it. */
import { OAuth2Client } from 'google-auth-library';
import { beforeEach, describe, expect, it } from 'vitest';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, BOB, type Domain, openDomain } from '../domain.ts';

const BACK = 'http://localhost:5000/back';
const DRIVE = 'https://www.googleapis.com/auth/drive.readonly';
const SHEETS = 'https://www.googleapis.com/auth/spreadsheets';

let domain: Domain;
let client: OAuth2Client;

beforeEach(async () => {
  domain = await openDomain();
  const { clientId, clientSecret } = google.credentials.document(
    domain.universe.view('google'),
    domain.base('google'),
  ).credentials as { clientId: string; clientSecret: string };
  client = clientFor(clientId, clientSecret);
});

/** The official client; its addresses and transport lead into the test's universe. */
function clientFor(clientId: string, clientSecret: string): OAuth2Client {
  return new OAuth2Client({
    clientId,
    clientSecret,
    redirectUri: BACK,
    endpoints: {
      oauth2AuthBaseUrl: 'http://twin.local/google/o/oauth2/v2/auth',
      oauth2TokenUrl: 'http://twin.local/google/token',
      tokenInfoUrl: 'http://twin.local/google/tokeninfo',
    },
    transporterOptions: {
      fetchImplementation: (input, init) => {
        const { pathname, search } = new URL(String(input));
        return domain.fetch(`${pathname}${search}`, init as RequestInit);
      },
    },
  });
}

const see = (url: string) => {
  const { pathname, search } = new URL(url);
  return domain.fetch(`${pathname}${search}`, { redirect: 'manual' });
};

/** Presses a button of the page at `url`; resolves to where that leads. */
async function press(url: string, email: string, scopes: readonly string[], decision = 'allow') {
  const { pathname, search } = new URL(url);
  const form = new URLSearchParams({ email, decision });
  for (const scope of scopes) form.append('scope', scope);
  const answer = await domain.fetch(`${pathname}${search}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

const codeOf = (back: URL) => back.searchParams.get('code') ?? '';

describe('the consent page', () => {
  it('says who may be chosen and what is asked, in words', async () => {
    const answer = await see(client.generateAuthUrl({ scope: [DRIVE, SHEETS], login_hint: BOB }));
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('See and download all your Google Drive files');
    expect(text).toMatch(/value="bob@acme\.example" required checked/);
    expect(text).toContain('Ann Admin');
    expect(text).not.toContain('iam.gserviceaccount.com');
  });

  it('leads back with the state and a code that the official client redeems, PKCE and all', async () => {
    const { codeVerifier, codeChallenge = '' } = await client.generateCodeVerifierAsync();
    const url = client.generateAuthUrl({
      scope: ['openid', 'email', DRIVE],
      state: 'a b&c',
      access_type: 'offline',
      code_challenge: codeChallenge,
      code_challenge_method: 'S256' as never,
    });
    const back = await press(url, ANN, ['openid', 'https://www.googleapis.com/auth/userinfo.email', DRIVE]);
    expect(`${back.origin}${back.pathname}`).toBe(BACK);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 'a b&c',
      hd: 'acme.example',
      prompt: 'consent',
      scope: `openid https://www.googleapis.com/auth/userinfo.email ${DRIVE}`,
    });
    const { tokens } = await client.getToken({ code: codeOf(back), codeVerifier });
    expect(tokens.refresh_token).toMatch(/^1\/\/0/);
    const info = await client.getTokenInfo(tokens.access_token ?? '');
    expect(info).toMatchObject({ email: ANN, access_type: 'offline' });
    client.setCredentials({ refresh_token: tokens.refresh_token ?? null });
    expect((await client.getAccessToken()).token).toMatch(/^ya29\./);
    const claims = JSON.parse(Buffer.from(tokens.id_token?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ email: ANN, hd: 'acme.example', at_hash: expect.any(String) });
  });

  it('gives only what the person left in, and the API holds to it', async () => {
    const url = client.generateAuthUrl({ scope: [DRIVE, SHEETS] });
    const { tokens } = await client.getToken(codeOf(await press(url, BOB, [DRIVE])));
    expect(tokens.scope).toBe(DRIVE);
    const token = tokens.access_token ?? '';
    expect((await domain.call('GET /drive/v3/files', undefined, token)).status).toBe(200);
    expect((await domain.call('POST /v4/spreadsheets', {}, token)).status).toBe(403);
  });

  it('leads back with access_denied when the person denies', async () => {
    const url = client.generateAuthUrl({ scope: DRIVE, state: 's' });
    const back = await press(url, ANN, [DRIVE], 'deny');
    expect(back.search).toBe('?error=access_denied&state=s');
  });

  it('is passed by who has agreed before, and then there is no second refresh token', async () => {
    const asking = { scope: DRIVE, access_type: 'offline', login_hint: ANN };
    const first = await press(client.generateAuthUrl(asking), ANN, [DRIVE]);
    expect((await client.getToken(codeOf(first))).tokens.refresh_token).toBeDefined();
    const silent = await see(client.generateAuthUrl({ ...asking, prompt: 'none' }));
    const back = new URL(silent.headers.get('location') ?? '');
    expect(back.searchParams.get('prompt')).toBe('none');
    expect((await client.getToken(codeOf(back))).tokens.refresh_token).toBeUndefined();
    const again = client.generateAuthUrl({ ...asking, prompt: 'consent' });
    expect((await see(again)).status).toBe(200);
    const { tokens } = await client.getToken(codeOf(await press(again, ANN, [DRIVE])));
    expect(tokens.refresh_token).toBeDefined();
  });

  it('is shown again once the token was revoked, and prompt=none says that it must be', async () => {
    const asking = { scope: DRIVE, login_hint: ANN };
    const { tokens } = await client.getToken(
      codeOf(await press(client.generateAuthUrl(asking), ANN, [DRIVE])),
    );
    await domain.fetch(`/google/revoke?token=${tokens.access_token}`, { method: 'POST' });
    expect((await see(client.generateAuthUrl(asking))).status).toBe(200);
    const silent = await see(client.generateAuthUrl({ ...asking, prompt: 'none' }));
    expect(silent.headers.get('location')).toBe(`${BACK}?error=interaction_required`);
  });

  it.each([
    ['redirect_uri', 'http://elsewhere.example/back', 400, 'redirect_uri_mismatch'],
    ['redirect_uri', 'https://app.example/#x', 400, 'redirect_uri_mismatch'],
    ['client_id', 'nobody', 401, 'invalid_client'],
    ['scope', 'https://www.googleapis.com/auth/drive nonsense', 400, 'invalid_scope'],
    ['access_type', 'sometimes', 400, 'invalid_request'],
    ['prompt', 'none consent', 400, 'invalid_request'],
    ['response_type', '', 400, 'invalid_request'],
  ])('tells the person, not the program, of a wrong %s: %s', async (name, value, status, error) => {
    const url = new URL(client.generateAuthUrl({ scope: DRIVE }));
    url.searchParams.set(name, value);
    const answer = await see(url.href);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBeNull();
    expect(await answer.text()).toContain(`Error ${status}: ${error}`);
  });
});

describe('an authorization code', () => {
  const getCode = async (more = {}) =>
    codeOf(await press(client.generateAuthUrl({ scope: DRIVE, ...more }), ANN, [DRIVE]));
  const refusal = (options: Parameters<OAuth2Client['getToken']>[0]) =>
    client.getToken(options as never).then(
      () => 'taken',
      (error) => `${error.response.data.error}: ${error.response.data.error_description}`,
    );

  it('is good once, for ten minutes', async () => {
    const code = await getCode();
    await client.getToken(code);
    expect(await refusal(code as never)).toBe('invalid_grant: Bad Request');
    const late = await getCode();
    await domain.universe.advance(domain.universe.clock.now() + 601_000);
    expect(await refusal(late as never)).toBe('invalid_grant: Bad Request');
  });

  it('wants the address that it was sent to, and the verifier of its challenge', async () => {
    const challenged = { code_challenge: 'plain-text', code_challenge_method: 'plain' };
    expect(await refusal({ code: await getCode(), redirect_uri: `${BACK}/x` })).toMatch(
      /^redirect_uri_mismatch/,
    );
    expect(await refusal({ code: await getCode(), codeVerifier: 'v' })).toMatch(/verifier is not needed/);
    expect(await refusal({ code: await getCode(challenged) })).toMatch(/Missing code verifier/);
    expect(await refusal({ code: await getCode(challenged), codeVerifier: 'v' })).toMatch(
      /Invalid code verifier/,
    );
    expect(await refusal({ code: 'made up' })).toBe('invalid_grant: Malformed auth code.');
    expect(await refusal({ code: await getCode(challenged), codeVerifier: 'plain-text' })).toBe('taken');
  });

  it('is given by the gesture too, and no journal shows it', async () => {
    const url = client.generateAuthUrl({ scope: DRIVE });
    const { location } = domain.universe.gesture({
      twin: 'google',
      gesture: 'consent',
      as: BOB,
      with: { url },
      by: 'person',
    }) as { location: string };
    const code = codeOf(new URL(location));
    const { tokens } = await client.getToken(code);
    expect((await client.getTokenInfo(tokens.access_token ?? '')).azp).toBe(client._clientId);
    const shown = JSON.stringify(domain.universe.journal.page({ after: 0, limit: 1_000 }).entries);
    expect(shown).not.toContain(code);
    expect(shown).not.toContain(tokens.access_token);
  });
});
