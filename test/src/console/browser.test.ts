/**
 * Every page of the console in a real browser (Debian's Chromium through playwright-core), wide and narrow, on a live
 * universe; skips where there is none. With `ORRERY_SHOTS` set to a folder, what was seen is kept there as pictures.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import type { Universe } from '../../../src/universe.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the console is not looked at in a browser`);

const WIDTHS = [
  ['wide', 1280],
  ['narrow', 360],
] as const;
const TABS = [
  '',
  '/clock',
  '/faults',
  '/deliveries',
  '/gaps',
  '/doors',
  '/snapshots',
  '/fork',
  '/reset',
  '/drop',
];

let orrery: Orrery;
let universe: Universe;
let browser: Browser;
let page: Page;
/** What a page complained of. */
const troubles: string[] = [];

const slack = (method: string, fields: Record<string, string>) =>
  fetch(`${orrery.url}/u/${universe.id}/slack/api/${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token()}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  });
const token = () => {
  const slackTwin = universe.twins.find(({ name }) => name === 'slack');
  const document = slackTwin?.credentials.document(universe.view('slack', universe.publicBase('slack')), '');
  return (document as { credentials: { botToken: string } }).credentials.botToken;
};

async function shot(name: string): Promise<void> {
  const folder = process.env.ORRERY_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name.replace(/\W+/g, '-')}.png`, fullPage: true });
}

async function opened(path: string): Promise<void> {
  const answer = await page.goto(`${orrery.url}${path}`);
  expect([path, answer?.status()]).toEqual([path, 200]);
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect([path, await page.evaluate(overflow)]).toEqual([path, 0]);
}

describe.skipIf(!there)('the console in a browser', () => {
  beforeAll(async () => {
    orrery = await startOrrery({ port: 0 });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') troubles.push(said.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(orrery.url)) troubles.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await orrery?.close(0);
  });

  it('with nothing on it, shows how to make a universe, and makes one', async () => {
    await opened('/');
    await shot('nothing');
    await page.fill('input[name=id]', 'first');
    await page.click('text=Make it');
    await page.waitForURL('**/console/u/first');
    universe = orrery.registry.get('first') as Universe;
    await shot('first journal');
    expect(await page.textContent('.notice')).toContain('first is made');
  });

  it('shows a request as it happens, and opens it below its row', async () => {
    await opened('/console/u/first');
    await slack('chat.postMessage', { channel: 'general', text: 'hello' });
    const link = page.locator('a[data-entry]', { hasText: 'chat.postMessage' });
    await link.first().waitFor();
    await link.first().click();
    await page.locator('.open-entry pre', { hasText: 'text = hello' }).waitFor();
    expect(await page.textContent('.open-entry')).not.toContain(token());
    await shot('journal');
  });

  it('leaves an entry that one reads where it is while others come in, and Escape closes it', async () => {
    await opened('/console/u/first');
    const link = page.locator('a[data-entry]', { hasText: 'chat.postMessage' }).first();
    await link.click();
    const entry = page.locator('.open-entry');
    await entry.waitFor();
    const top = async () => (await entry.boundingBox())?.y ?? 0;
    const before = await top();
    for (let i = 0; i < 400; i++) universe.note('note', undefined, { said: `line ${i}` });
    await page.locator('td', { hasText: 'line 399' }).waitFor();
    for (let i = 0; i < 40; i++) universe.note('note', undefined, { said: `later ${i}` });
    await page.locator('td', { hasText: 'later 39' }).waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await link.press('Escape');
    expect(await entry.count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toContain('chat.postMessage');
  });

  it('pauses and goes on', async () => {
    await opened('/console/u/first');
    await page.keyboard.press('p');
    await slack('auth.test', {});
    const seen = page.locator('a[data-entry]', { hasText: 'auth.test' });
    expect(await seen.count()).toBe(0);
    await page.click('text=Go on');
    await seen.first().waitFor();
  });

  it('has switches that make things go wrong, and shows the hits', async () => {
    await opened('/console/u/first/faults');
    await page.click('button[value="slack/ratelimited"]');
    await page.waitForURL('**/faults');
    expect(await page.getAttribute('button[value="slack/ratelimited"]', 'aria-checked')).toBe('true');
    await slack('chat.postMessage', { channel: 'general', text: 'once more' });
    await page.locator('#active-faults .badge', { hasText: '1' }).first().waitFor();
    await shot('faults');
  });

  it('moves the clock on, takes a snapshot, mints a credential', async () => {
    const before = universe.now();
    await opened('/console/u/first/clock');
    await page.click('button[value="1h"]');
    await page.locator('.notice').waitFor();
    expect(universe.now() - before).toBeGreaterThanOrEqual(3_600_000);
    await opened('/console/u/first/snapshots');
    await page.fill('input[name=name]', 'noon');
    await page.click('text=Take a snapshot');
    await page.locator('td', { hasText: 'noon' }).waitFor();
    await opened('/console/u/first/doors');
    await page.click('#mint summary');
    await page.click('form:has(input[value=okta]) >> text=Make it');
    await page.locator('.notice').waitFor();
  });

  it('copies an address with the clipboard’s permission and without', async () => {
    const context = await browser.newContext({ permissions: [] });
    try {
      const visitor = await context.newPage();
      await visitor.goto(`${orrery.url}/console/u/first/doors`);
      const copied = visitor.getByRole('button', { name: 'Copied' });
      await visitor.getByRole('button', { name: 'Copy' }).first().click();
      await copied.waitFor();
      await copied.waitFor({ state: 'detached' });
      await visitor.evaluate(
        'Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true })',
      );
      await visitor.getByRole('button', { name: 'Copy' }).first().click();
      await copied.waitFor();
      expect(await visitor.evaluate('getSelection().toString()')).toBe(`${orrery.url}/u/first/okta`);
    } finally {
      await context.close();
    }
  });

  it.each(WIDTHS)('has every page %s, with no error and nothing beside the window', async (how, width) => {
    await page.setViewportSize({ width, height: 900 });
    const rooms = universe.twins.map(({ name }) => `/rooms/${name}`);
    for (const tab of [...TABS, ...rooms]) {
      await opened(`/console/u/first${tab}`);
      await shot(`${how} ${tab || 'journal'}`);
    }
    for (const path of ['/', '/console/runs', '/console/api']) {
      await opened(path);
      await shot(`${how} ${path}`);
    }
    expect(troubles).toEqual([]);
  });

  it('follows the reader’s choice of dark or light', async () => {
    const ground = 'getComputedStyle(document.body).backgroundColor';
    await page.setViewportSize({ width: 1280, height: 900 });
    await opened('/console/u/first');
    const light = await page.evaluate(ground);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await page.evaluate(ground)).not.toBe(light);
    await shot('dark journal');
    await opened('/console/u/first/faults');
    await shot('dark faults');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('on a keyed server lets in who has a key', async () => {
    const keyed = await startOrrery({ port: 0, operatorKey: 'operator-key-of-tests' });
    const visitor = await browser.newPage();
    try {
      const guarded = await keyed.registry.create({ id: 'guarded', seed: 1 });
      await visitor.goto(`${keyed.url}/console/u/guarded`);
      await visitor.fill('input[name=key]', 'operator-key-of-tests');
      await visitor.press('input[name=key]', 'Enter');
      await visitor.locator('h1', { hasText: 'guarded' }).waitFor();
      guarded.note('note', undefined, { said: 'live for who is signed in' });
      await visitor.locator('td', { hasText: 'live for who is signed in' }).waitFor();
      await visitor.click('text=Sign out');
      await visitor.locator('input[name=key]').waitFor();
    } finally {
      await visitor.close();
      await keyed.close(0);
    }
  });

  it('is walked by keyboard alone: tabs by arrows, pages by letters, the list of keys by ?', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await opened('/console/u/first');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('tbody tr:nth-child(3).open-entry').waitFor();
    await page.focus('.tabs a');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/clock');
    await page.keyboard.press('?');
    expect(await page.locator('#keys').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.waitForURL(`${orrery.url}/`);
  });
});
