import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LogLevel, type SayFn } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { ProxyAgent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { openAuthority } from '../../../src/proxy/authority.ts';
import { startProxy } from '../../../src/proxy/proxy.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { type Office, office } from './links.ts';
import type { Answer } from './workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Slack's clients wait so long before they connect again; five seconds unless told. */
const PATIENCE_MS = 300;
const open = () => office(closing, { clock: 'realtime' });

/** Resolves when `seen` does not throw any more; fails with what it threws after five seconds. */
async function eventually(seen: () => unknown): Promise<void> {
  await expect.poll(async () => seen(), { timeout: 5_000, interval: 20 }).toBeTruthy();
}

const hellos = ({ universe }: Office): number =>
  (universe.journal.page({ limit: 500, kind: 'delivery' }).entries as Answer[]).filter(
    (one) => one.event === 'greeting' && one.status === 200,
  ).length;

async function newestTexts(o: Office, limit: number): Promise<string[]> {
  const { channels } = await o.api('conversations.list');
  const { id } = channels.find((one: Answer) => one.name === 'general');
  const { messages } = await o.api('conversations.history', { channel: id, limit });
  return messages.map((one: Answer) => one.text);
}

describe('Bolt in Socket Mode', () => {
  it('hears a mention and answers, and takes a click of its button and a command', async () => {
    const o = await open();
    const app = new App({
      token: o.bot,
      appToken: o.appToken,
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: o.slackApiUrl },
    });
    const failures: unknown[] = [];
    app.error(async (error) => void failures.push(error));
    app.event('app_mention', async ({ say }: { say: SayFn }) => {
      await say({ text: 'Well?', blocks: [{ type: 'actions', elements: [BUTTON] }] });
    });
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'Gone' });
    });
    app.command('/desk', async ({ ack, command }) => {
      await ack({ text: `You said ${command.text}`, response_type: 'in_channel' });
    });
    await app.start();
    closing.unshift(() => app.stop());

    o.gesture('post', { channel: 'general', text: '@Desk are you there?' });
    await eventually(async () => (await newestTexts(o, 1))[0] === 'Well?');
    const { channels } = await o.api('conversations.list');
    const channel = channels.find((one: Answer) => one.name === 'general').id;
    const { messages } = await o.api('conversations.history', { channel, limit: 1 });
    o.gesture('click', { message: { channel, ts: messages[0].ts }, button: { action: 'go' } });
    await eventually(async () => (await newestTexts(o, 1))[0] === 'Gone');
    o.gesture('command', { channel: 'general', command: '/desk', text: 'hello' });
    await eventually(async () => (await newestTexts(o, 1))[0] === 'You said hello');
    expect(failures).toEqual([]);
  }, 20_000);
});

const BUTTON = {
  type: 'button' as const,
  action_id: 'go',
  text: { type: 'plain_text' as const, text: 'Go' },
};

const SILENT = {
  ...Object.fromEntries(
    ['debug', 'info', 'warn', 'error', 'setLevel', 'setName'].map((name) => [name, () => {}]),
  ),
  getLevel: () => 'error',
};

interface Client {
  on(event: string, listener: (args: Answer) => void): unknown;
  start(): Promise<unknown>;
  disconnect(): Promise<unknown>;
}
type NewClient = new (options: Answer) => Client;

const OLDER = new URL('../../programs/node_modules/@slack/socket-mode/dist/src/index.js', import.meta.url);
const older = existsSync(OLDER);
const loadOlder = async (): Promise<NewClient> =>
  ((await import(OLDER.href)) as { SocketModeClient: NewClient }).SocketModeClient;

describe('Slack’s client with no address given', () => {
  it('comes home through the proxy, its WebSocket too', async () => {
    const o = await open();
    const folder = mkdtempSync(join(tmpdir(), 'orrery-links-'));
    const authority = await openAuthority(folder, slack.hosts);
    const proxy = await startProxy({ registry: o.registry, authority });
    const dispatcher = new ProxyAgent({
      uri: proxy.url.replace('http://', `http://${o.universe.id}:x@`),
      requestTls: { ca: authority.certificatePem },
      allowH2: false,
    });
    closing.push(async () => {
      await dispatcher.destroy();
      await proxy.close(0);
      rmSync(folder, { recursive: true, force: true });
    });
    const client = new SocketModeClient({ appToken: o.appToken, dispatcher, logger: SILENT as never });
    const heard: string[] = [];
    client.on('app_mention', async ({ event, ack }) => {
      await ack();
      heard.push(event.text);
    });
    await client.start();
    o.gesture('post', { channel: 'general', text: '@Desk anybody home?' });
    await eventually(() => heard.length === 1);
    const { entries } = o.universe.journal.page({ limit: 100, kind: 'exchange' });
    expect(entries).toMatchObject([
      { operation: 'apps.connections.open', via: 'proxy' },
      { operation: 'apps.connections.link', via: 'proxy' },
    ]);
    await client.disconnect();
  }, 20_000);
});

describe.each([
  ['@slack/socket-mode 3 (undici)', true, async () => SocketModeClient as unknown as NewClient],
  [`@slack/socket-mode 2 (ws)${older ? '' : ' — left out: npm ci in test/programs'}`, older, loadOlder],
] as const)('%s', (_name, there, load) => {
  async function started(o: Office): Promise<{ client: Client; heard: Answer[] }> {
    const Constructor = await load();
    const client = new Constructor({
      appToken: o.appToken,
      logger: SILENT,
      clientPingTimeout: PATIENCE_MS,
      clientOptions: { slackApiUrl: o.slackApiUrl },
    });
    const heard: Answer[] = [];
    client.on('app_mention', async ({ event, ack }) => {
      await ack();
      heard.push(event.text);
    });
    await client.start();
    closing.unshift(() => client.disconnect());
    return { client, heard };
  }

  it.runIf(there)(
    'hears events and acknowledges them',
    async () => {
      const o = await open();
      const { heard } = await started(o);
      o.gesture('post', { channel: 'general', text: '@Desk one' });
      await eventually(() => heard.length === 1);
      await eventually(() =>
        (o.universe.journal.page({ limit: 100, kind: 'delivery' }).entries as Answer[]).some(
          (one) => one.event === 'app_mention' && one.status === 200,
        ),
      );
    },
    20_000,
  );

  it.runIf(there)(
    'comes back after a disconnect message, a broken connection and a reset',
    async () => {
      const o = await open();
      const { heard } = await started(o);
      const speak = async (text: string) => {
        const before = heard.length;
        o.gesture('post', { channel: 'general', text: `@Desk ${text}` });
        await eventually(() => heard.length > before);
      };
      await o.universe.advance(o.universe.now() + 18_050_000);
      await speak('after the warning');
      const beforeCut = hellos(o);
      const { id } = o.universe.addFault({ kind: 'reset', match: { operation: 'socketMode' }, count: 1 });
      o.gesture('post', { channel: 'general', text: '@Desk cut' });
      await eventually(() => hellos(o) > beforeCut);
      o.universe.removeFault(id);
      o.universe.reset();
      await eventually(() => hellos(o) === 1);
      await speak('after the reset');
      expect(heard.at(-1)).toContain('after the reset');
    },
    20_000,
  );
});
