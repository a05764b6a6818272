/** The report in a real browser (Debian's Chromium through playwright-core); skips where there is none. */
import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../harness/report/html.ts';
import { run, trial } from './sample-run.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the report is not looked at in a browser`);

describe.skipIf(!there)('the report in a browser', () => {
  let page: Page;
  let close: () => Promise<void>;
  const troubles: string[] = [];

  beforeAll(async () => {
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:') && !request.url().startsWith('about:'))
        troubles.push(request.url());
    });
    close = () => browser.close();
    await page.setContent(reportHtml(run, [trial], '/runs/1'));
  });
  afterAll(() => close());

  it.each([
    ['wide', 1280],
    ['narrow', 380],
  ])('fits its window when %s', async (_how, width) => {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('shows the builds and the chart, and fetches nothing', async () => {
    expect(await page.locator('svg').count()).toBeGreaterThan(0);
    expect(await page.locator('table').first().isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });
});
