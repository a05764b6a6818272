/** The sign-in page in a real browser (Debian's Chromium through playwright-core), asked for and read by `openid-client`. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { CHALLENGE, VERIFIER } from './oauth.ts';

const CHROMIUM = '/usr/bin/chromium';
const programs = createRequire(new URL('../../programs/package.json', import.meta.url));
const library = found(() => programs.resolve('openid-client'));
const there = existsSync(CHROMIUM) && library !== undefined;
if (!there) console.warn(`${CHROMIUM} or openid-client is not there: nobody signs in by a browser`);

let orrery: Orrery;
let program: Server;
let browser: Browser;
/** Where the program is, and the addresses by which browsers came to it. */
let back: string;
const heard: URL[] = [];

function found(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** Makes the program's app, for everybody. */
async function appOf(at: string, token: string) {
  const response = await fetch(`${at}/api/v1/apps`, {
    method: 'POST',
    headers: { authorization: `SSWS ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ name: 'oidc_client', label: 'Program', signOnMode: 'OPENID_CONNECT' },
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        implicitAssignment: true,
        oauthClient: {
          redirect_uris: [back],
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
          ...{ application_type: 'web', refresh_token: { rotation_type: 'ROTATE', leeway: 0 } },
        },
      },
    }),
  });
  const made = (await response.json()) as {
    credentials: { oauthClient: { client_id: string; client_secret: string } };
  };
  return made.credentials.oauthClient;
}

describe.skipIf(!there)('a person at the sign-in page', () => {
  beforeAll(async () => {
    program = createServer((request, response) => {
      const url = new URL(request.url ?? '/', back);
      if (url.pathname === '/back') heard.push(url);
      response.end('welcome back');
    });
    await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
    back = `http://127.0.0.1:${(program.address() as AddressInfo).port}/back`;
    orrery = await startOrrery({ port: 0 });
    await orrery.registry.create({ id: 'signin', seed: 1 });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await orrery?.close(0);
    program?.close();
  });

  it('signs in by keyboard, and the program gets tokens that its library believes', async () => {
    const universe = orrery.registry.get('signin');
    if (!universe) throw new Error('the universe is not there');
    const at = `${orrery.url}/u/signin/okta`;
    const { apiToken } = okta.credentials.document(universe.view('okta'), at).credentials;
    const app = await appOf(at, apiToken as string);
    const openid = await import(pathToFileURL(library as string).href);
    const server = new URL(`${at}/oauth2/default`);
    const config = await openid.discovery(server, app.client_id, app.client_secret, undefined, {
      execute: [openid.allowInsecureRequests],
    });
    const ask = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: back, scope: 'openid email profile offline_access', state: 'mine', nonce: 'once' },
      ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    });
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(ask.href);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    const person = universe.cast[1]?.email ?? '';
    await page.getByLabel('Username').fill('nobody@nowhere.example');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Unable to sign in').waitFor();
    await page.getByLabel('Username').fill(person);
    await page.keyboard.press('Enter');
    await page.getByText('welcome back').waitFor();

    const tokens = await openid.authorizationCodeGrant(config, heard.at(-1), {
      ...{ pkceCodeVerifier: VERIFIER, expectedState: 'mine', expectedNonce: 'once' },
    });
    expect(tokens.claims().preferred_username).toBe(person);
    const info = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    expect(info.email).toBe(person);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
    expect((await openid.tokenIntrospection(config, next.access_token)).active).toBe(true);
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect((await openid.tokenIntrospection(config, next.access_token)).active).toBe(false);

    await page.goto(ask.href);
    await page.getByText('welcome back').waitFor();
    expect(heard).toHaveLength(2);
  });
});
