/** The pages of the sign-in in a real browser (Debian's Chromium through playwright-core); skips where there is none. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../../src/main.ts';
import { clientsOf, projectOf } from '../../../../twins/google/identity/world.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the pages of the sign-in are not looked at in a browser`);

const DRIVE = 'https://www.googleapis.com/auth/drive.readonly';
const SHEETS = 'https://www.googleapis.com/auth/spreadsheets';

let orrery: Orrery;
let program: Server;
let browser: Browser;
let page: Page;
/** Where the program is, and what it was led back with. */
let back: string;
const heard: URLSearchParams[] = [];

const asking = (more: Record<string, string> = {}): string => {
  const universe = orrery.registry.get('consent');
  const clientId = universe ? projectOf(universe.view('google')).clientId : '';
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: back,
    response_type: 'code',
    scope: `openid ${DRIVE} ${SHEETS}`,
    state: 'of mine',
    ...more,
  });
  return `${orrery.url}/u/consent/google/o/oauth2/v2/auth?${query}`;
};

describe.skipIf(!there)('the sign-in in a browser', () => {
  beforeAll(async () => {
    program = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/back' && request.method === 'GET') heard.push(searchParams);
      const posted: Buffer[] = [];
      request.on('data', (chunk: Buffer) => posted.push(chunk));
      request.on('end', () => {
        if (request.method === 'POST') heard.push(new URLSearchParams(Buffer.concat(posted).toString()));
        response.end('welcome back');
      });
    });
    await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
    back = `http://127.0.0.1:${(program.address() as AddressInfo).port}/back`;
    orrery = await startOrrery({ port: 0 });
    const world = {
      world: 'consent',
      people: ['Ann Admin', 'Bob Builder', 'Cem Clerk'].map((name) => ({
        name,
        email: `${name.slice(0, 3).toLowerCase()}@acme.example`,
      })),
      google: { clients: [{ name: 'Living room screen', type: 'tv' as const }] },
    };
    await orrery.registry.create({ id: 'consent', seed: 1, world });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  });
  afterAll(async () => {
    await browser?.close();
    await orrery?.close(0);
    program?.close();
  });

  it('lets a person choose who they are by keyboard, leave a scope out, and allow', async () => {
    await page.goto(asking());
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('input[type=radio]:checked').inputValue();
    await page.getByLabel(/See, edit, create, and delete all your Google Sheets/).uncheck();
    await page.getByRole('button', { name: 'Allow' }).press('Enter');
    await page.getByText('welcome back').waitFor();
    expect(heard.at(-1)?.get('state')).toBe('of mine');
    expect(heard.at(-1)?.get('scope')).toBe(`openid ${DRIVE}`);
    await page.goto(`${orrery.url}/console/u/consent/rooms/google?at=access`);
    await page.getByText('See and download all your Google Drive files').waitFor();
    await page.goto(`${orrery.url}/console/u/consent/rooms/google?at=person/${chosen}`);
    expect(await page.textContent('h2')).not.toBe('');
  });

  it('has the hinted person chosen, and leads back empty-handed from Deny', async () => {
    const email = orrery.registry.get('consent')?.cast[2]?.email ?? '';
    await page.goto(asking({ login_hint: email, prompt: 'consent' }));
    expect(await page.locator('input[type=radio]:checked').inputValue()).toBe(email);
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('welcome back').waitFor();
    expect(String(heard.at(-1))).toBe('error=access_denied&state=of+mine');
  });

  it('says on a page what is wrong with the program’s request, and sends nobody on', async () => {
    const before = heard.length;
    await page.goto(asking({ redirect_uri: 'http://elsewhere.example/' }));
    await page.getByRole('heading', { name: 'Access blocked' }).waitFor();
    await page.getByText('Error 400: redirect_uri_mismatch').waitFor();
    expect(heard.length).toBe(before);
  });

  it('sends its answer to the program by itself, where a form was asked for', async () => {
    await page.goto(asking({ response_mode: 'form_post', prompt: 'consent' }));
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('welcome back').waitFor();
    expect(heard.at(-1)?.get('code')).toMatch(/^4\/0A/);
    expect(heard.at(-1)?.get('state')).toBe('of mine');
  });

  it('lets a device in by the code that it shows', async () => {
    const google = `${orrery.url}/u/consent/google`;
    const universe = orrery.registry.get('consent');
    const client = universe && clientsOf(universe.view('google')).find(({ kind }) => kind === 'tv');
    const form = new URLSearchParams({ client_id: client?.clientId ?? '', scope: 'email' });
    const asked = await fetch(`${google}/device/code`, { method: 'POST', body: form });
    const { device_code, user_code, verification_url } = (await asked.json()) as Record<string, string>;
    await page.goto(verification_url ?? '');
    await page.getByLabel('Enter the code displayed on your device').fill('nope');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('alert').filter({ hasText: 'That code didn’t work' }).waitFor();
    await page.getByLabel('Enter the code displayed on your device').fill(user_code?.toLowerCase() ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Living room screen wants to access' }).waitFor();
    await page.getByText(user_code ?? '').waitFor();
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { name: 'Device connected' }).waitFor();
    const token = await fetch(`${google}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: client?.clientId ?? '',
        client_secret: client?.secret ?? '',
        device_code: device_code ?? '',
      }),
    });
    expect(await token.json()).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
  });
});
