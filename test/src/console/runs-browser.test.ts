/**
 * The runs' pages in a real browser (Debian's Chromium through playwright-core), with none, a few and 10,000 trials;
 * skips where there is none. With `ORRERY_SHOTS` set to a folder, what was seen is kept there as pictures.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import { buildOf, findingOf, openRuns, runOf, trialOf, V1, V2 } from './runsRecord.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the runs' pages are not looked at in a browser`);

const PAGES = [
  'runs',
  'trajectory',
  'runs/fresh',
  'runs/few',
  'runs/many',
  'runs/many/trials',
  'runs/many/trials?at=9900',
  'runs/few/trials/bad',
];
const TEXT = `A word that goes on ${'and-on-'.repeat(60)} and a sentence.`;

let runs: ReturnType<typeof openRuns>;
let orrery: Orrery;
let browser: Browser;
let page: Page;
/** What a page complained of. */
const troubles: string[] = [];

function record(): void {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    trialOf(`t${i}`, { index: i, build: i % 2 ? V1 : V2 }),
  );
  const failed = { verdict: 'unsatisfied', findings: [findingOf('unsatisfied', { says: TEXT })] };
  runs.write('fresh', runOf({ status: 'running', builds: [] }));
  runs.write('few', runOf(), [trialOf('bad', { ...failed, trajectory: 'trajectories/bad.jsonl' })]);
  runs.write('many', runOf({ trials: 5_000 }), many);
  const change = {
    twin: 'slack',
    table: 'messages',
    key: 'C1/1',
    before: { text: 'old' },
    after: { text: TEXT },
  };
  const call = { operation: 'chat.update', method: 'POST', path: `/api/${TEXT}`, outcome: 'ok', ms: 1 };
  runs.trajectory('few', 'bad', [
    ...Array.from({ length: 60 }, (_, t) => ({ t, kind: 'note', text: 'something', seq: 100 + t })),
    { t: 70, kind: 'state', text: 'slack.message.updated C1/1', seq: 3, change },
    {
      t: 71,
      kind: 'exchange',
      text: 'slack chat.update → 200 ok',
      seq: 4,
      ...call,
      response: { status: 200 },
    },
  ]);
}

describe.skipIf(!there)('the runs in a browser', () => {
  beforeAll(async () => {
    runs = openRuns();
    record();
    orrery = await startOrrery({ port: 0, runs: runs.root });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  });
  afterAll(async () => {
    await browser.close();
    await orrery.close();
    runs.close();
  });

  it.each([
    ['wide and light', 1280, 'light'],
    ['narrow and dark', 360, 'dark'],
  ] as const)(
    'fit their window when it is %s, and break no rule of the page',
    { timeout: 30_000 },
    async (how, width, scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of PAGES) {
        const answer = await page.goto(`${orrery.url}/console/${path}`);
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect([path, answer?.status(), await page.evaluate(overflow)]).toEqual([path, 200, 0]);
        const folder = process.env.ORRERY_SHOTS;
        if (folder) await page.screenshot({ path: `${folder}/${`${path} ${how}`.replace(/\W+/g, '-')}.png` });
      }
      expect(troubles).toEqual([]);
    },
  );

  it('lead from the list to the moment at which something went wrong', async () => {
    await page.goto(`${orrery.url}/console/runs`);
    await page.getByRole('link', { name: 'few', exact: true }).click();
    await page.getByRole('link', { name: '0/2' }).click();
    await page.getByRole('link', { name: 'desk/granted' }).click();
    await page.getByRole('link', { name: 'at 400 ms' }).click();
    await expect.poll(() => page.locator('li:target').isVisible()).toBe(true);
    expect(await page.locator('li:target ins').textContent()).toContain('A word that goes on');
    expect(await page.locator('li:target del').textContent()).toBe('old');
  });

  it('let the keyboard filter and follow a build of the chart', async () => {
    await page.goto(`${orrery.url}/console/runs/many/trials`);
    await page.getByLabel('Verdict').focus();
    await page.keyboard.type('unk');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/verdict=unknown/);
    await page.goto(`${orrery.url}/console/runs/many`);
    await page.getByRole('link', { name: /^desk 1\.0\.0: 25\.0/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`build=${V1.slice(0, 12)}`));
  });

  it('renew themselves while a run goes on', { timeout: 20_000 }, async () => {
    await page.goto(`${orrery.url}/console/runs/fresh`);
    const said = () => page.locator('main').innerText();
    expect(await said()).not.toContain('so far');
    runs.add('fresh', [trialOf('first')]);
    await expect.poll(said, { timeout: 15_000 }).toContain('so far 1 of 1 trial satisfied');
    runs.write('fresh', runOf({ builds: [buildOf('desk 1.0.0', V1, [2, 2])] }), [trialOf('first')]);
    await expect.poll(said, { timeout: 15_000 }).toContain('desk 1.0.0 satisfies 100.0');
  });
});
