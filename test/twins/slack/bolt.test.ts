/** One help desk, written with Slack's own framework and nothing of ours, lives through a day by both transports. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { networkOutbound } from '../../../src/outbound.ts';
import { Registry } from '../../../src/registry.ts';
import { serve } from '../../../src/server.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { slack } from '../../../twins/slack/twin.ts';
import type { Received } from '../../universe.ts';
import { ANN, type Answer, BOB, CAT, WORLD } from './workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const text = (said: string) => ({ type: 'plain_text' as const, text: said });

const WORLD_OF: Readonly<Record<'http' | 'socket', WorldFile>> = {
  http: world('http'),
  socket: world('socket'),
};

function world(transport: 'http' | 'socket'): WorldFile {
  const url = transport === 'http' ? { url: '${desk}' } : {};
  const subscriptions = [
    'app_home_opened',
    'app_mention',
    'message.channels',
    'message.im',
    'reaction_added',
    'member_joined_channel',
    'link_shared',
    'team_join',
  ];
  return {
    ...WORLD,
    slack: {
      ...WORLD.slack,
      apps: [
        {
          name: 'Desk',
          scopes: ['chat:write', 'commands', 'reactions:write', 'users:read', 'links:write', 'im:write'],
          commands: [{ command: '/desk', ...url }],
          events: { ...url, subscriptions },
          interactivity: url,
          shortcuts: [
            { name: 'New ticket', callbackId: 'new_ticket' },
            { name: 'File this', callbackId: 'file_this', type: 'message' },
          ],
          unfurlDomains: ['tickets.test'],
          socketMode: transport === 'socket',
        },
      ],
    },
  };
}

/** The program: what a team would write, by the book. `heard` notes what it was told. */
function helpDesk(app: App, heard: string[]): void {
  const form = (why: string): Answer => ({
    type: 'modal',
    callback_id: 'ticket',
    notify_on_close: true,
    private_metadata: why,
    title: text('Ticket'),
    submit: text('File'),
    blocks: [
      {
        type: 'input',
        block_id: 'what',
        label: text('What'),
        element: { type: 'plain_text_input', action_id: 'said' },
      },
      {
        type: 'input',
        block_id: 'who',
        label: text('Who'),
        element: { type: 'external_select', action_id: 'owner', min_query_length: 1 },
      },
      {
        type: 'input',
        block_id: 'due',
        optional: true,
        label: text('Due'),
        element: { type: 'datepicker', action_id: 'day' },
      },
    ],
  });

  app.event('app_home_opened', async ({ event, client }) => {
    heard.push(`home ${event.tab}`);
    const button = { type: 'button' as const, action_id: 'open_form', text: text('New') };
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button] }] },
    });
  });
  app.action('open_form', async ({ ack, body, client }: Answer) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form('home') });
  });
  app.options('owner', async ({ ack, payload }: Answer) => {
    heard.push(`owner? ${payload.value}`);
    await ack({ options: [{ text: text('On call'), value: 'oncall' }] });
  });
  app.view(
    { callback_id: 'ticket', type: 'view_submission' },
    async ({ ack, view, client, body }: Answer) => {
      const { said } = view.state.values.what;
      if (said.value.length < 5) {
        await ack({ response_action: 'errors', errors: { what: 'Say more' } });
        return;
      }
      await ack({ response_action: 'update', view: { type: 'modal', title: text('Filed'), blocks: [] } });
      const { owner } = view.state.values.who;
      const due = view.state.values.due.day.selected_date;
      await client.chat.postMessage({
        channel: body.user.id,
        text: `Filed: ${said.value} for ${owner.selected_option.value} by ${due}`,
      });
    },
  );
  app.view({ callback_id: 'ticket', type: 'view_closed' }, async ({ ack, body }: Answer) => {
    await ack();
    heard.push(`closed ${body.is_cleared}`);
  });
  app.command('/desk', async ({ ack, command, respond }) => {
    await ack({ response_type: 'ephemeral', text: `Looking at ${command.text}` });
    await respond({ response_type: 'in_channel', text: `Status of ${command.text}: fine` });
  });
  app.shortcut('new_ticket', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form('shortcut') });
  });
  app.shortcut('file_this', async ({ ack, shortcut, respond }: Answer) => {
    await ack();
    await respond({ response_type: 'in_channel', text: `Noted: ${shortcut.message.text}` });
  });
  app.message(/printer/, async ({ message, say }: Answer) => {
    const menu: Answer = {
      type: 'static_select',
      action_id: 'severity',
      placeholder: text('How bad?'),
      options: ['low', 'high'].map((value) => ({ text: text(value), value })),
    };
    await say({
      thread_ts: message.ts,
      text: 'How bad is it?',
      blocks: [{ type: 'actions', block_id: 'ask', elements: [menu] }],
    });
  });
  app.action('severity', async ({ ack, action, respond }: Answer) => {
    await ack();
    await respond({ replace_original: true, text: `Severity: ${action.selected_option.value}` });
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.reactions.add({ channel: event.channel, timestamp: event.ts, name: 'eyes' });
  });
  app.event('reaction_added', async ({ event }) => void heard.push(`${event.reaction} by ${event.user}`));
  app.event('member_joined_channel', async ({ event }) => void heard.push(`joined ${event.user}`));
  app.event('team_join', async ({ event }: Answer) => void heard.push(`welcome ${event.user.real_name}`));
  app.event('link_shared', async ({ event, client }: Answer) => {
    const unfurls = Object.fromEntries(event.links.map(({ url }: Answer) => [url, { text: `About ${url}` }]));
    await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
  });
}

/** A workspace, the help desk at work in it, and what went over HTTP. */
async function opened(transport: 'http' | 'socket') {
  const network = networkOutbound({ reach: 'loopback' });
  const sent: Received[] = [];
  const outbound: typeof network = {
    ...network,
    send: (request) => {
      sent.push(request);
      return network.send(request);
    },
  };
  let base = '';
  const registry = new Registry({ twins: [slack], outbound, publicUrl: () => base });
  const nothing = { fetch: () => new Response('', { status: 404 }) };
  const server = await serve({ registry, host: '127.0.0.1', port: 0, app: nothing });
  base = server.url;
  closing.push(async () => {
    await server.close(500);
    registry.close();
    await network.close();
  });
  // It stands still, so that no trigger expires on a busy machine; Bolt compares signatures with the machine's clock.
  const clock = { mode: 'frozen', now: Date.now() } as const;
  const universe = await registry.create({ id: transport, seed: 1, world: WORLD_OF[transport], clock });
  const api = universe.publicBase('slack');
  const { credentials } = slack.credentials.document(universe.view('slack', api), api);
  const { botToken, appToken, signingSecret } = credentials as Record<string, string>;
  const common = {
    token: botToken as string,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: `${api}/api/`, retryConfig: { retries: 0 } },
  };
  const receiver = new HTTPReceiver({ signingSecret: signingSecret as string });
  const app = new App(
    transport === 'http'
      ? { ...common, receiver }
      : { ...common, appToken: appToken as string, socketMode: true },
  );
  const heard: string[] = [];
  const failures: unknown[] = [];
  app.error(async (error) => void failures.push(error));
  helpDesk(app, heard);
  const started = (await app.start(0)) as unknown as { address?(): AddressInfo };
  closing.push(() => app.stop());
  const desk = `http://127.0.0.1:${started.address?.().port}/slack/events`;
  if (transport === 'http') universe.bindings = { desk };
  const rows = (name: string): Answer[] => [...universe.state.list({ name } as never)];
  return {
    universe,
    sent,
    desk,
    heard,
    failures,
    signingSecret: signingSecret as string,
    rows,
    person: (email: string) => rows('slack.users').find((one) => one.profile.email === email).id as string,
    gesture: (name: string, given: object, as = BOB): Answer =>
      universe.gesture({ twin: 'slack', gesture: name, as, with: given, by: 'person' }),
    /** Resolves when `seen` gives something, while what falls due is sent. */
    async until<T>(seen: () => T | undefined | false): Promise<T> {
      const started = performance.now();
      for (;;) {
        await universe.advance(universe.now());
        const found = seen();
        if (found) return found;
        if (performance.now() - started > 10_000)
          throw new Error(`never came: ${seen}; ${JSON.stringify([heard, failures.map(String)])}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

describe.each(['http', 'socket'] as const)('a help desk in Bolt, by %s', (transport) => {
  it('lives through a day', async () => {
    const d = await opened(transport);
    const said = (start: string) => d.rows('slack.messages').find((one) => one.text.startsWith(start));
    const bob = d.person(BOB);

    // A home is published when it is opened; its button opens a form.
    d.gesture('openHome', { app: 'Desk' });
    const home = await d.until(() => d.rows('slack.views').find((one) => one.type === 'home'));
    d.gesture('click', { view: home.id, button: { action: 'open_form' } });
    const modal = (meta: string) => () => d.rows('slack.views').find((one) => one.private_metadata === meta);
    const form = await d.until(modal('home'));

    // Its menu asks the app; what is too short comes back with an error; what is good is filed.
    d.gesture('suggest', { view: form.id, element: { action: 'owner' }, value: 'on' });
    await d.until(() => d.heard.includes('owner? on') && d.rows('slack.suggestions').length === 1);
    const values = { owner: 'oncall', day: '2026-04-01' };
    d.gesture('submit', { view: form.id, values: { ...values, said: 'eh' } });
    await d.until(() => d.rows('slack.views').find((one) => one.errors?.what === 'Say more'));
    d.gesture('submit', { view: form.id, values: { ...values, said: 'The printer burns' } });
    await d.until(() => d.rows('slack.views').find((one) => one.title.text === 'Filed'));
    const filed = await d.until(() => said('Filed:'));
    expect(filed.text).toBe('Filed: The printer burns for oncall by 2026-04-01');

    // A message is answered in its thread; the menu there is replaced by what was picked.
    const asked = d.gesture('post', { channel: 'general', text: 'the printer again' });
    const answer = await d.until(() => said('How bad'));
    expect(answer.thread_ts).toBe(asked.ts);
    const element = { action: 'severity', value: 'high' };
    d.gesture('click', { message: { channel: asked.channel, ts: answer.ts }, element });
    await d.until(() => said('Severity: high'));

    // A mention gets a reaction; of another's reaction the app hears in its turn.
    const { ts } = d.gesture('post', { channel: 'general', text: '@Desk look' }, ANN);
    await d.until(
      () => d.rows('slack.messages').find((one) => one.ts === ts)?.reactions?.[0]?.name === 'eyes',
    );
    d.gesture('react', { channel: 'general', ts, name: '+1' });
    await d.until(() => d.heard.includes(`+1 by ${bob}`));

    // A command: a word to the caller at once, another to all later.
    d.gesture('command', { channel: 'general', command: '/desk', text: 'mail' });
    await d.until(() => said('Status of mail: fine'));
    const whispered = await d.until(() =>
      d.rows('slack.ephemerals').find((one) => one.text === 'Looking at mail'),
    );
    expect(whispered.to).toBe(bob);

    // Shortcuts, everywhere and beside a message; a form that is closed is told of.
    d.gesture('shortcut', { shortcut: 'New ticket' });
    const second = await d.until(modal('shortcut'));
    d.gesture('closeView', { view: second.id });
    await d.until(() => d.heard.includes('closed false'));
    d.gesture('shortcut', { shortcut: 'File this', message: { channel: asked.channel, ts: asked.ts } }, ANN);
    await d.until(() => said('Noted: the printer again'));

    // People come, and share links.
    d.gesture('join', { channel: 'random' }, CAT);
    d.gesture('joinWorkspace', { name: 'Dan Dale' }, 'dan@acme.example');
    d.gesture('post', { channel: 'general', text: 'see https://tickets.test/7' });
    const unfurled = await d.until(() => {
      const shared = said('see <https://tickets.test/7>');
      return shared?.attachments?.length > 0 && shared;
    });
    expect(unfurled.attachments[0].text).toBe('About <https://tickets.test/7>');
    expect(d.heard).toEqual(expect.arrayContaining([`joined ${d.person(CAT)}`, 'welcome Dan Dale']));
    expect(d.failures).toEqual([]);
    expect(d.sent.length > 0).toBe(transport === 'http');
  }, 60_000);
});

/** As https://docs.slack.dev/authentication/verifying-requests-from-slack has it, in the words of that page. */
function isFromSlack(
  secret: string,
  { headers, body }: Pick<Received, 'headers' | 'body'>,
  nowSeconds: number,
): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  if (!/^\d+$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > 60 * 5) return false;
  const mine = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const theirs = headers['x-slack-signature'] ?? '';
  return mine.length === theirs.length && timingSafeEqual(Buffer.from(mine), Buffer.from(theirs));
}

describe('the signature of what an app is sent', () => {
  it('is good of every delivery, and of none that was tampered with, is old or is another app’s', async () => {
    const d = await opened('http');
    d.gesture('openHome', { app: 'Desk' });
    d.gesture('command', { channel: 'general', command: '/desk', text: 'ünï & <co>' });
    d.gesture('post', { channel: 'general', text: 'Größe 😀 & more' });
    d.gesture('shortcut', { shortcut: 'New ticket' });
    await d.until(() => d.sent.length >= 4);
    const now = d.universe.now() / 1_000;
    const [{ headers, body }] = d.sent as [Received];
    const sentOn = (text: string) => fetch(d.desk, { method: 'POST', headers, body: text });
    expect((await sentOn(body.replace('home', 'hole'))).status).toBe(401);
    expect((await sentOn(body)).status).toBe(200);
    for (const request of d.sent) {
      expect(isFromSlack(d.signingSecret, request, now)).toBe(true);
      expect(isFromSlack(d.signingSecret, { ...request, body: `${request.body} ` }, now)).toBe(false);
      expect(isFromSlack(d.signingSecret, request, now + 301)).toBe(false);
      expect(isFromSlack(`${d.signingSecret}0`, request, now)).toBe(false);
    }
  });
});
