/** OAuth clients of a world file: their kinds, their addresses, devices, tokens at once. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, BOB, type Domain, openDomain, WORLD } from '../domain.ts';

const SHEETS = 'https://www.googleapis.com/auth/spreadsheets';
const FILE = 'https://www.googleapis.com/auth/drive.file';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

type Secrets = { client_id: string; client_secret: string; redirect_uris?: string[] };
/** What the token service says; which of it there is depends on the question. */
type Said = Record<'device_code' | 'user_code' | 'access_token' | 'refresh_token' | 'error', string>;
type ClientFile = { name: string; type: string; web?: Secrets; installed?: Secrets };

let domain: Domain;
let clients: Readonly<Record<string, Secrets>>;

beforeEach(async () => {
  domain = await openDomain({
    ...WORLD,
    google: {
      ...WORLD.google,
      clients: [
        { name: 'Site', type: 'web', redirectUris: ['https://site.example/back'] },
        { name: 'Tool', type: 'desktop' },
        { name: 'Screen', type: 'tv' },
      ],
    },
  });
  const { credentials } = google.credentials.document(domain.universe.view('google'), domain.base('google'));
  const files = credentials.clients as ClientFile[];
  clients = Object.fromEntries(
    files.map(({ name, web, installed }) => [name, (web ?? installed) as Secrets]),
  );
});

const addressOf = (name: string, more: Record<string, string>) =>
  `/google/o/oauth2/v2/auth?${new URLSearchParams({
    client_id: clients[name]?.client_id ?? '',
    redirect_uri: 'https://site.example/back',
    response_type: 'code',
    scope: SHEETS,
    ...more,
  })}`;

const secretsOf = (name: string) => {
  const { client_id = '', client_secret = '' } = clients[name] ?? {};
  return { client_id, client_secret };
};

const see = (name: string, more: Record<string, string>) =>
  domain.fetch(addressOf(name, more), { redirect: 'manual' });

async function allow(name: string, more: Record<string, string>, email = ANN) {
  const form = new URLSearchParams({ decision: 'allow', email });
  for (const scope of (more.scope ?? SHEETS).split(' ')) form.append('scope', scope);
  return domain.fetch(addressOf(name, more), { method: 'POST', body: form, redirect: 'manual' });
}

async function post(path: string, form: Record<string, string>) {
  const response = await domain.fetch(`/google${path}`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Said };
}

describe('a client', () => {
  it.each([
    ['Site', 'https://site.example/back', 200],
    ['Site', 'https://site.example/back/', 400],
    ['Site', 'http://localhost:1234/', 400],
    ['Tool', 'http://127.0.0.1:53412/any', 200],
    ['Tool', 'http://localhost:1', 200],
    ['Tool', 'https://site.example/back', 400],
    ['Screen', 'http://localhost:1', 400],
  ])('%s may lead people back to %s: %i', async (name, redirect_uri, status) => {
    const answer = await see(name, { redirect_uri });
    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.text()).toContain('Error 400: redirect_uri_mismatch');
    else expect(await answer.text()).toContain(`${name} wants to access your Google Account`);
  });

  it('that would show the code to be copied is told that this has been blocked', async () => {
    const answer = await see('Tool', { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' });
    expect(await answer.text()).toMatch(
      /out-of-band \(OOB\) flow has been blocked.*Error 400: invalid_request/s,
    );
  });

  it('redeems its own codes only', async () => {
    const back = new URL((await allow('Site', {})).headers.get('location') ?? '');
    const code = back.searchParams.get('code') ?? '';
    const redeem = (name: string) => {
      const redirect_uri = 'https://site.example/back';
      return post('/token', {
        grant_type: 'authorization_code',
        code,
        ...secretsOf(name),
        redirect_uri,
      });
    };
    expect((await redeem('Tool')).body).toMatchObject({ error: 'invalid_grant' });
    const { body } = await redeem('Site');
    const info = await domain.call(`GET /tokeninfo?access_token=${body.access_token}`, undefined, null);
    expect(info.body.aud).toBe(clients.Site?.client_id);
  });

  it('asks the people of one domain only, where it names one', async () => {
    expect(await (await see('Site', { hd: 'other.example' })).text()).not.toContain(ANN);
    expect(await (await see('Site', { hd: 'acme.example' })).text()).toContain(ANN);
    expect((await allow('Site', { hd: 'other.example' })).status).toBe(403);
  });
});

describe('tokens at once', () => {
  const site = { redirect_uri: 'https://site.example/back' };

  it('stand behind the # of the address', async () => {
    const answer = await allow('Site', { ...site, response_type: 'token', state: 'x' });
    const back = new URL(answer.headers.get('location') ?? '');
    const said = new URLSearchParams(back.hash.slice(1));
    expect(back.search).toBe('');
    expect(Object.fromEntries(said)).toMatchObject({ state: 'x', token_type: 'Bearer', expires_in: '3599' });
    const token = said.get('access_token') ?? '';
    expect((await domain.call('POST /v4/spreadsheets', {}, token)).status).toBe(200);
  });

  it('with an ID token, which holds the hashes of what came with it, go by a form that sends itself', async () => {
    const more = { response_type: 'code id_token token', nonce: 'once', response_mode: 'form_post' };
    const answer = await allow('Site', { ...site, ...more, scope: `openid email ${SHEETS}` });
    const text = await answer.text();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
    expect(text).toContain('<form method="post" action="https://site.example/back">');
    const claims = JSON.parse(Buffer.from(field('id_token').split('.')[1] ?? '', 'base64url').toString());
    const half = (value: string) =>
      createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');
    expect(claims).toMatchObject({
      nonce: 'once',
      at_hash: half(field('access_token')),
      c_hash: half(field('code')),
    });
  });

  it('want a nonce, and never a refresh token', async () => {
    const text = async (more: Record<string, string>) => (await see('Site', { ...site, ...more })).text();
    expect(await text({ response_type: 'id_token', scope: 'openid' })).toContain(
      'Required parameter is missing: nonce',
    );
    expect(await text({ response_type: 'token', access_type: 'offline' })).toContain(
      'Parameter not allowed for this message type: access_type',
    );
    expect(await text({ response_type: 'token', response_mode: 'query' })).toContain('invalid_request');
  });
});

describe('a device without a browser', () => {
  const ask = (name = 'Screen', scope = `email ${FILE}`) =>
    post('/device/code', { client_id: clients[name]?.client_id ?? '', scope });
  const poll = (device_code: string, more: Record<string, string> = {}) =>
    post('/token', { grant_type: DEVICE, device_code, ...secretsOf('Screen'), ...more });
  const answer = (user_code: string, decision: string) => {
    const form = new URLSearchParams({ user_code, decision, email: BOB });
    form.append('scope', FILE);
    return domain.fetch('/google/device', { method: 'POST', body: form });
  };

  it('waits until the person has typed its code, and then has tokens', async () => {
    const { body } = await ask();
    expect(body).toMatchObject({
      expires_in: 1_800,
      interval: 5,
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
    });
    const pending = await poll(body.device_code);
    expect(pending).toEqual({
      status: 428,
      body: { error: 'authorization_pending', error_description: 'Precondition Required' },
    });
    expect((await poll(body.device_code)).body.error).toBe('slow_down');
    await domain.universe.advance(domain.universe.clock.now() + 5_000);
    expect((await poll(body.device_code)).body.error).toBe('authorization_pending');
    const typed = body.user_code.toLowerCase().replace('-', ' ');
    const page = await domain.fetch(`/google/device?user_code=${encodeURIComponent(typed)}`);
    expect(await page.text()).toMatch(/Screen wants to access.*specific Google Drive files/s);
    expect(await (await answer(body.user_code, 'allow')).text()).toContain('Device connected');
    const { body: tokens } = await poll(body.device_code);
    expect(tokens).toMatchObject({ scope: FILE, refresh_token: expect.any(String), token_type: 'Bearer' });
    const made = await domain.call('POST /drive/v3/files', { name: 'x' }, tokens.access_token);
    expect(made.status).toBe(200);
    expect((await poll(body.device_code)).body.error).toBe('invalid_grant');
  });

  it('is told that the person denied, and that its code has run out', async () => {
    const { body: denied } = await ask();
    expect(await (await answer(denied.user_code, 'deny')).text()).toContain('Device not connected');
    expect(await poll(denied.device_code)).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    const { body: late } = await ask();
    await domain.universe.advance(domain.universe.clock.now() + 1_800_000);
    expect((await poll(late.device_code)).body.error).toBe('expired_token');
    const page = await domain.fetch(`/google/device?user_code=${late.user_code}`);
    expect(await page.text()).toContain('That code didn’t work');
  });

  it('must be of the right type, and may not ask for everything', async () => {
    expect(await ask('Tool')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await ask('Screen', SHEETS)).body).toEqual({
      error: 'invalid_scope',
      error_description: `Invalid device flow scope: ${SHEETS}`,
    });
  });

  it('is let in by a gesture too', async () => {
    const { body } = await ask();
    const { gestures } = google;
    const said = domain.universe.work('google', (world) =>
      gestures.connectDevice?.perform(world, BOB, { code: body.user_code } as never),
    );
    expect(said).toEqual({ answer: 'allowed' });
    expect((await poll(body.device_code)).status).toBe(200);
  });
});

describe('access that is taken away', () => {
  it('takes every token of the grant along, whichever was shown', async () => {
    const back = new URL((await allow('Site', { access_type: 'offline' })).headers.get('location') ?? '');
    const { body } = await post('/token', {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: 'https://site.example/back',
      ...secretsOf('Site'),
    });
    const refresh = () =>
      post('/token', {
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token,
        ...secretsOf('Site'),
      });
    const second = await refresh();
    expect((await post('/revoke', { token: second.body.access_token })).body).toEqual({});
    expect((await refresh()).body.error).toBe('invalid_grant');
    expect((await domain.call('GET /tokeninfo', undefined, body.access_token)).body.error).toBe(
      'invalid_token',
    );
    expect((await post('/revoke', { token: body.access_token })).body).toEqual({
      error: 'invalid_token',
      error_description: 'Token expired or revoked',
    });
    // Their own token, of another client, is as good as before.
    expect((await domain.call('GET /drive/v3/files')).status).toBe(200);
  });

  it('by the person in their account leaves the next sign-in to the consent page', async () => {
    await allow('Site', {});
    expect((await see('Site', { login_hint: ANN })).status).toBe(302);
    const perform = (app: string) =>
      domain.universe.work('google', (world) =>
        google.gestures.revokeAccess?.perform(world, ANN, { app } as never),
      );
    perform('Site');
    expect((await see('Site', { login_hint: ANN })).status).toBe(200);
    expect(() => perform('Site')).toThrow('has not let Site in');
    expect(() => perform('Nobody')).toThrow('there is no app Nobody');
  });

  it('by age: the hundred and first refresh token puts the first one out', async () => {
    const minted = Array.from({ length: 101 }, () =>
      domain.universe.work('google', (world) =>
        google.credentials.mint(world, { kind: 'refreshToken', as: BOB }),
      ),
    );
    const listed = domain.universe.work('google', (world) =>
      google.credentials.list(world).map(({ id }) => id),
    );
    expect(listed).not.toContain(minted[0]?.id);
    expect(listed).toContain(minted[1]?.id);
    expect(listed).toContain(minted[100]?.id);
  });
});
