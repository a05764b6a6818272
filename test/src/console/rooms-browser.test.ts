/**
 * The twins' rooms in a real browser (Debian's Chromium through playwright-core): a person presses an app's button,
 * answers its modal, writes, moves a card, and sees what others do as it happens. Skips where there is no browser.
 * With `ORRERY_SHOTS` set to a folder, what was seen is kept there as pictures.
 */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import type { Universe } from '../../../src/universe.ts';

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the rooms are not looked at in a browser`);

const ANN = 'ann@acme.example';
const BOB = 'bob@acme.example';
const world = (app: string) => ({
  world: 'desk',
  people: [
    { email: ANN, name: 'Ann Archer' },
    { email: BOB, name: 'Bob Baker' },
  ],
  slack: {
    team: 'acme',
    channels: [{ name: 'general' }],
    apps: [
      { name: 'Desk', scopes: ['chat:write', 'channels:read', 'channels:join'], interactivity: { url: app } },
    ],
  },
  jira: {
    site: 'acme',
    projects: [{ key: 'ENG', name: 'Engineering' }],
    issues: [{ project: 'ENG', type: 'Task', summary: 'Mend the fence' }],
  },
  google: {
    domain: 'acme.example',
    drive: [
      { path: 'Team/Plan', type: 'document', content: 'Up the hill.' },
      { path: 'Team/Sums', type: 'spreadsheet', content: { sheets: [{ title: 'One', rows: [['a', 1]] }] } },
    ],
  },
});

interface Payload {
  type: string;
  trigger_id: string;
  actions?: { value: string }[];
  view?: { state: { values: Record<string, Record<string, { value: string }>> } };
}

let orrery: Orrery;
let universe: Universe;
let program: Server;
let browser: Browser;
let page: Page;
/** What the app behind the button heard. */
const heard: Payload[] = [];
const troubles: string[] = [];

async function slack(method: string, body: object): Promise<{ ok: boolean; channels?: { id: string }[] }> {
  const twin = universe.twins.find(({ name }) => name === 'slack');
  const document = twin?.credentials.document(universe.view('slack', universe.publicBase('slack')), '');
  const { botToken } = (document as { credentials: { botToken: string } }).credentials;
  const answer = await fetch(`${orrery.url}/u/${universe.id}/slack/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { ok: boolean };
}

/** The app: opens a modal when its button is pressed. */
const listening = () =>
  createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const payload = JSON.parse(new URLSearchParams(text).get('payload') ?? '{}') as Payload;
    response.end();
    if (payload.type === 'block_actions')
      await slack('views.open', { trigger_id: payload.trigger_id, view: MODAL });
    heard.push(payload);
  });

const plain = (text: string) => ({ type: 'plain_text', text });
const MODAL = {
  type: 'modal',
  title: plain('Why so?'),
  submit: plain('Tell'),
  blocks: [
    {
      type: 'input',
      block_id: 'b',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'a' },
    },
  ],
};
const ASKED = [
  { type: 'section', text: { type: 'mrkdwn', text: '*Bob* asks for `vault`' } },
  { type: 'actions', elements: [{ type: 'button', action_id: 'yes', value: 'v', text: plain('Approve') }] },
];

async function opened(twin: string, at: string, as = ANN): Promise<void> {
  const query = new URLSearchParams({ at, as });
  const answer = await page.goto(`${orrery.url}/console/u/${universe.id}/rooms/${twin}?${query}`);
  expect([at, answer?.status()]).toEqual([at, 200]);
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect([at, await page.evaluate(overflow)]).toEqual([at, 0]);
}

async function shot(name: string): Promise<void> {
  const folder = process.env.ORRERY_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/room-${name}.png`, fullPage: true });
}

const general = async () => `channel/${(await slack('conversations.list', {})).channels?.[0]?.id}`;

describe.skipIf(!there)('a room in a browser', () => {
  beforeAll(async () => {
    program = listening();
    await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
    orrery = await startOrrery({ port: 0 });
    const app = `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
    universe = await orrery.registry.create({ id: 'desk', seed: 1, world: world(app) as never });
    const channel = (await general()).slice('channel/'.length);
    await slack('conversations.join', { channel });
    await slack('chat.postMessage', { channel, text: 'May Bob in?', blocks: ASKED });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') troubles.push(said.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await orrery?.close(0);
    program?.close();
  });

  it('lets a person press the button in a message and answer the modal that comes of it', async () => {
    await opened('slack', await general());
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Reason').fill('she knows "why" <b>');
    await shot('modal');
    await page.getByRole('button', { name: 'Tell' }).click();
    await page.getByText('Tell: done, as Ann Archer').waitFor();
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['block_actions', 'view_submission']);
    expect(heard[1]?.view?.state.values.b?.a?.value).toBe('she knows "why" <b>');
  });

  it('shows what others say as they say it, but not under a hand that writes', async () => {
    await opened('slack', await general());
    const box = page.getByLabel('Message #general');
    await box.fill('half a');
    universe.gesture({
      twin: 'slack',
      gesture: 'post',
      as: BOB,
      with: { channel: 'general', text: 'came live' },
      by: 'person',
    });
    await box.press('End');
    await box.pressSequentially(' thought');
    expect(await box.inputValue()).toBe('half a thought');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('half a thought').waitFor();
    universe.gesture({
      twin: 'slack',
      gesture: 'post',
      as: BOB,
      with: { channel: 'general', text: 'and this' },
      by: 'person',
    });
    await page.getByText('and this').waitFor();
    await shot('channel');
  });

  it('replies in a thread and reacts, and takes the reaction back', async () => {
    await opened('slack', await general());
    const first = page.locator('.said', { hasText: 'asks for' });
    await first.locator('summary', { hasText: 'React' }).click();
    await first.getByLabel('Emoji').fill('tada');
    await first.locator('details[open] button').click();
    await page.getByRole('button', { name: ':tada: 1' }).click();
    await expect.poll(() => page.getByRole('button', { name: ':tada: 1' }).count()).toBe(0);
    await first.locator('summary', { hasText: 'Reply' }).click();
    await first.locator('details[open] textarea').fill('in the thread');
    await first.locator('details[open] button').click();
    await first.getByRole('link', { name: '1 reply' }).click();
    await page.getByText('in the thread').waitFor();
  });

  it('renews a page in place: what is open, written, marked and focused stays', async () => {
    await opened('slack', await general());
    const first = page.locator('.said', { hasText: 'asks for' });
    await first.locator('summary', { hasText: 'Reply' }).click();
    const box = first.locator('details[open] textarea');
    await box.fill('half an answer');
    await box.press('Shift+ArrowLeft');
    const given = { channel: 'general', text: 'something new' };
    universe.gesture({ twin: 'slack', gesture: 'post', as: BOB, with: given, by: 'person' });
    await page.getByText('something new').waitFor();
    expect(await box.inputValue()).toBe('half an answer');
    const held = '[document.activeElement.selectionStart, document.activeElement.selectionEnd]';
    expect(await page.evaluate(held)).toEqual([13, 14]);
    await box.press('Escape');
    expect(await first.locator('details[open]').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Reply');
  });

  it('says in words what a person may not do', async () => {
    await opened('slack', await general(), 'nobody@acme.example');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('alert').getByText('nobody in this workspace has the e-mail').waitFor();
  });

  it('moves a card, and the issue tells of it', async () => {
    await opened('jira', 'board/ENG', BOB);
    const card = page.locator('.ticket', { hasText: 'Mend the fence' });
    await card.locator('summary').click();
    await card.getByRole('button', { name: 'In Progress' }).click();
    await page.getByLabel('In Progress').getByText('Mend the fence').click();
    await page.getByRole('row', { name: /Bob Baker status To Do In Progress/ }).waitFor();
    await shot('issue');
  });

  it('comments on an issue, and suspends and lets in a user', async () => {
    await opened('jira', 'issue/ENG-1', BOB);
    await page.getByLabel('Comment').fill('It is mended.');
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.locator('.said', { hasText: 'It is mended.' }).waitFor();
    await opened('okta', 'people', ANN);
    await page.getByRole('link', { name: 'Bob Baker' }).click();
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('SUSPENDED').waitFor();
    await page.getByRole('button', { name: 'Unsuspend' }).click();
    await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  });

  it('shares a file and types into a cell', async () => {
    await opened('google', 'files');
    await page.getByRole('link', { name: 'Sums' }).click();
    await page.getByLabel('Cell, as B2').fill('C1');
    await page.getByLabel('Value or =formula').fill('=B1+41');
    await page.getByRole('button', { name: 'Type' }).click();
    await page.getByRole('cell', { name: '42', exact: true }).waitFor();
    await page.locator('summary', { hasText: 'Share' }).click();
    await page.getByLabel('With').fill(BOB);
    await page.locator('details[open] select').selectOption({ index: 1 });
    await page.locator('details[open] button').click();
    await page.getByRole('row', { name: /Bob Baker/ }).waitFor();
  });

  it('leads from a person to the same person elsewhere, still acting as whom one chose', async () => {
    await opened('okta', 'people', BOB);
    await page.getByRole('link', { name: 'Ann Archer' }).click();
    await page.locator('.place').getByRole('link', { name: 'Slack' }).click();
    await page.getByRole('heading', { name: 'Ann Archer' }).waitFor();
    expect(await page.getByLabel('Act as').inputValue()).toBe(BOB);
  });

  it.each([
    ['wide', 1280],
    ['narrow', 360],
  ] as const)('fits a %s screen', async (width, pixels) => {
    await page.setViewportSize({ width: pixels, height: 900 });
    for (const { name, room } of universe.twins) {
      for (const { to } of room?.shelves ?? []) await opened(name, to);
      await opened(name, room?.shelves[0]?.to ?? '');
      await page.locator('.rows a').first().click();
      await page.locator('.place .crumbs').waitFor();
      await shot(`${name}-${width}`);
    }
    await opened('google', 'files');
    await page.getByRole('link', { name: 'Sums' }).click();
    await page.getByRole('cell', { name: 'a', exact: true }).waitFor();
    await opened('jira', 'board/ENG');
    await opened('slack', await general());
    expect(troubles).toEqual([]);
  });
});
