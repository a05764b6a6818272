import { afterEach, describe, expect, it } from 'vitest';
import { diffOf } from '../../../src/control/diff.ts';
import { Origins } from '../../../src/origins.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { Link, type Office, office } from './links.ts';
import { type Answer, BOB } from './workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = (options?: Parameters<typeof office>[1]) => office(closing, options);
const entries = ({ universe }: Office, kind: string): Answer[] =>
  universe.journal.page({ limit: 500, kind }).entries;
const deliveries = (from: Office): Answer[] =>
  entries(from, 'delivery').map(({ event, status }) => [event, status]);

/** Posts into #general as Bob and lets Slack send what it has to. */
async function post(from: Office, text: string): Promise<Answer> {
  const sent = from.gesture('post', { channel: 'general', text });
  await from.settle();
  return sent;
}

const BUTTONS = [
  {
    type: 'actions',
    block_id: 'row',
    elements: [{ type: 'button', action_id: 'yes', text: { type: 'plain_text', text: 'Yes' } }],
  },
];

describe('apps.connections.open', () => {
  it('takes an app-level token with connections:write, and no other', async () => {
    const o = await open();
    expect(await o.api('apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    const { secret } = o.universe.work('slack', (world) =>
      slack.credentials.mint(world, { kind: 'app', scopes: ['authorizations:read'] }),
    );
    expect(await o.api('apps.connections.open', {}, String(secret.token))).toMatchObject({
      error: 'missing_scope',
      needed: 'connections:write',
    });
  });

  it('hands out an address that is good once and for half a minute', async () => {
    const o = await open();
    const address = async () => String((await o.api('apps.connections.open', {}, o.appToken)).url);
    const first = await address();
    expect(first).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/u\/office\/slack\/link\/\?ticket=\w+&app_id=A0\w+$/);
    const link = new Link(first);
    expect((await link.next()).type).toBe('hello');
    expect(await new Link(first).closed).toBe(403);
    const late = await address();
    await o.universe.advance(o.universe.now() + 30_000);
    expect(await new Link(late).closed).toBe(403);
    link.socket.terminate();
  });

  it('keeps the address out of the journal', async () => {
    const o = await open();
    const { url } = await o.api('apps.connections.open', {}, o.appToken);
    const ticket = new URL(url).searchParams.get('ticket') ?? '-';
    closing.unshift(async () => link.socket.terminate());
    const link = new Link(url);
    await link.next();
    expect(JSON.stringify(o.universe.journal.page({ limit: 100 }).entries)).not.toContain(ticket);
  });

  it('leaves the workspace as it was, connection and all', async () => {
    const o = await open();
    const before = o.universe.state.snapshot();
    await o.link();
    expect(diffOf(before, o.universe.state.snapshot(), 100)).toEqual({
      twins: {},
      rows: 0,
      truncated: false,
    });
  });

  it('answers a plain request to that address with Slack’s page for what is not there', async () => {
    const o = await open();
    const { url } = await o.api('apps.connections.open', {}, o.appToken);
    expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(404);
  });
});

describe('a connection', () => {
  it('is greeted with how many there are and how long it will last', async () => {
    const o = await open();
    const first = await o.link();
    expect(first.said[0]).toMatchObject({
      type: 'hello',
      num_connections: 1,
      debug_info: { approximate_connection_time: 18_060, started: '2026-03-02 09:00:00.000' },
      connection_info: { app_id: expect.stringMatching(/^A0/) },
    });
    const second = await o.link('&debug_reconnects=true');
    expect(second.said[0]).toMatchObject({
      num_connections: 2,
      debug_info: { approximate_connection_time: 360 },
    });
  });

  it('hears an event in an envelope, and its acknowledgement is written down', async () => {
    const o = await open();
    const link = await o.link('', true);
    const { ts } = await post(o, 'hello');
    expect(link.said[1]).toEqual({
      envelope_id: expect.stringMatching(/^[0-9a-f]{8}-/),
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: '',
      payload: expect.objectContaining({
        type: 'event_callback',
        event: expect.objectContaining({ type: 'message', text: 'hello', ts }),
      }),
    });
    expect(deliveries(o)).toEqual([
      ['greeting', 200],
      ['message', 200],
    ]);
    const acknowledged = entries(o, 'note').find((one) => one.heard);
    expect(acknowledged).toMatchObject({ heard: expect.stringContaining(link.said[1].envelope_id) });
  });

  it('that acknowledges nothing in three seconds hears the event again', async () => {
    const o = await open();
    const link = await o.link();
    const posted = post(o, 'hello');
    const first = await link.next();
    link.acks = true;
    await posted;
    const again = link.said[2];
    expect(first).toMatchObject({ retry_attempt: 0 });
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
    expect(again.payload.event_id).toBe(first.payload.event_id);
  }, 15_000);

  it('that comes late hears what was not taken, by the universe’s clock', async () => {
    const o = await open();
    await post(o, 'early');
    const link = await o.link('', true);
    await o.universe.advance(o.universe.now() + 59_000);
    expect(link.said).toHaveLength(1);
    await o.universe.advance(o.universe.now() + 1_000);
    expect(link.said[1]).toMatchObject({ retry_attempt: 2, payload: { event: { text: 'early' } } });
  });

  it('shares an app’s events with the others', async () => {
    const o = await open();
    const links = [await o.link(), await o.link(), await o.link()];
    for (const link of links) link.acks = true;
    for (let i = 0; i < 6; i++) await post(o, `nr ${i}`);
    expect(links.map((link) => link.said.length - 1)).toEqual([2, 2, 2]);
    links[1]?.socket.close();
    await links[1]?.closed;
    await post(o, 'nr 6');
    await post(o, 'nr 7');
    expect(links.map((link) => link.said.length - 1)).toEqual([3, 2, 3]);
  });

  it('that breaks with an event unanswered leaves it to another', async () => {
    const o = await open();
    const first = await o.link();
    const sent = post(o, 'hello');
    await first.next();
    const second = await o.link('', true);
    first.socket.terminate();
    await sent;
    expect(second.said[1]).toMatchObject({ retry_attempt: 1, payload: { event: { text: 'hello' } } });
  });

  it('is one of ten at most', async () => {
    const o = await open();
    for (let i = 0; i < 10; i++) await o.link();
    const eleventh = await o.link();
    expect(eleventh.said).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
    expect(await eleventh.closed).toBe(1000);
  });

  it('is not troubled by what is no acknowledgement', async () => {
    const o = await open();
    const link = await o.link();
    for (const text of ['', 'no json', '[]', '{"envelope_id":7}', '{"envelope_id":"unknown"}'])
      link.socket.send(text);
    link.acks = true;
    await post(o, 'hello');
    expect(deliveries(o)).toContainEqual(['message', 200]);
  });
});

describe('the end of a connection', () => {
  it('is announced ten seconds before it comes; nothing more is said over it', async () => {
    const o = await open();
    const link = await o.link('&debug_reconnects=true');
    link.acks = true;
    await o.universe.advance(o.universe.now() + 350_000);
    expect(await link.next()).toMatchObject({ type: 'disconnect', reason: 'warning' });
    await o.universe.advance(o.universe.now() + 10_000);
    expect(await link.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    expect(await link.closed).toBe(1000);
  });

  it('does not cost an event: what is due waits for the program to come back', async () => {
    const o = await open();
    const first = await o.link('&debug_reconnects=true');
    await o.universe.advance(o.universe.now() + 350_000);
    const sent = post(o, 'hello');
    const second = await o.link('', true);
    await sent;
    expect(first.said).toHaveLength(2);
    expect(second.said[1]).toMatchObject({ retry_attempt: 0, payload: { event: { text: 'hello' } } });
  });

  it('comes to all of them when Socket Mode is switched off, until it is on again', async () => {
    const o = await open();
    const links = [await o.link(), await o.link()];
    o.gesture('setSocketMode', { app: 'Desk', on: false });
    await o.settle();
    for (const link of links) {
      expect(await link.next()).toMatchObject({ type: 'disconnect', reason: 'link_disabled' });
      await link.closed;
    }
    expect((await o.link()).said).toMatchObject([{ reason: 'link_disabled' }]);
    o.gesture('setSocketMode', { app: 'Desk', on: true });
    expect((await o.link()).said).toMatchObject([{ type: 'hello', num_connections: 1 }]);
  });

  it('comes with a reset, a restore and the universe’s end', async () => {
    const o = await open();
    const beginning = o.universe.journal.hash();
    const snapshot = o.universe.snapshot('s1', 'before');
    const ended = async (how: () => unknown) => {
      const link = await o.link();
      how();
      return link.closed;
    };
    expect(await ended(() => o.universe.restore(snapshot))).toBe(1001);
    expect(await ended(() => o.universe.reset())).toBe(1001);
    expect(o.universe.journal.hash()).toBe(beginning);
    expect(await ended(() => o.registry.drop('office'))).toBe(1001);
  });

  it('comes with the server’s, at once', async () => {
    const o = await open();
    const link = await o.link();
    const began = performance.now();
    for (const close of closing.splice(0).slice(-1)) await close();
    expect(await link.closed).toBe(1001);
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe('interactivity', () => {
  it('reaches the app: a click, with a response URL that works', async () => {
    const o = await open();
    const link = await o.link('', true);
    const { ts, channel } = await o.api('chat.postMessage', {
      channel: '#general',
      text: 'Well?',
      blocks: BUTTONS,
    });
    await o.settle();
    const before = link.said.length;
    expect(o.gesture('click', { message: { channel, ts }, button: { action: 'yes' } })).toMatchObject({
      delivered: true,
    });
    await o.settle();
    const envelope = link.said[before];
    expect(envelope).toMatchObject({
      type: 'interactive',
      accepts_response_payload: false,
      payload: { type: 'block_actions', actions: [{ action_id: 'yes' }] },
    });
    expect(envelope).not.toHaveProperty('retry_attempt');
    const answered = await fetch(envelope.payload.response_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Done', replace_original: true }),
    });
    expect(answered.status).toBe(200);
    const { messages } = await o.api('conversations.history', { channel, limit: 1 });
    expect(messages[0].text).toBe('Done');
  });

  it('takes the answer to a modal with the acknowledgement', async () => {
    const o = await open();
    const link = await o.link();
    link.acks = ({ payload }) =>
      payload.type === 'view_submission'
        ? { response_action: 'errors', errors: { why: 'Say more' } }
        : undefined;
    const { ts, channel } = await o.api('chat.postMessage', {
      channel: '#general',
      text: 'Well?',
      blocks: BUTTONS,
    });
    o.gesture('click', { message: { channel, ts }, button: { action: 'yes' } });
    await o.settle();
    const { trigger_id } = link.said.at(-1).payload;
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Ask' },
      submit: { type: 'plain_text', text: 'Send' },
      blocks: [
        {
          type: 'input',
          block_id: 'why',
          label: { type: 'plain_text', text: 'Why' },
          element: { type: 'plain_text_input', action_id: 'reason' },
        },
      ],
    };
    const opened = await o.api('views.open', { trigger_id, view });
    o.gesture('submit', { view: opened.view.id, values: { reason: 'x' } });
    await o.settle();
    expect(link.said.at(-1)).toMatchObject({ type: 'interactive', accepts_response_payload: true });
    const shown = [
      ...o.universe.state.list(slack.tables.find((one) => one.name === 'slack.views') as Answer),
    ];
    expect(shown).toMatchObject([{ errors: { why: 'Say more' } }]);
  });

  it('posts what answers a command, to whoever called it or to all', async () => {
    const o = await open();
    const link = await o.link();
    let answer: object = { text: 'for all', response_type: 'in_channel' };
    link.acks = ({ type }) => (type === 'slash_commands' ? answer : undefined);
    o.gesture('command', { channel: 'general', command: '/desk', text: 'now' });
    await o.settle();
    expect(link.said[1]).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/desk', text: 'now', response_url: expect.stringContaining('/actions/') },
    });
    const texts = async () =>
      (await o.api('conversations.history', { channel: link.said[1].payload.channel_id })).messages.map(
        (one: Answer) => one.text,
      );
    expect((await texts())[0]).toBe('for all');
    answer = { text: 'between us' };
    o.gesture('command', { channel: 'general', command: '/desk' });
    await o.settle();
    expect((await texts())[0]).toBe('for all');
    const whispered = slack.tables.find((one) => one.name === 'slack.ephemerals') as Answer;
    expect([...o.universe.state.list(whispered)]).toMatchObject([{ text: 'between us' }]);
  });
});

describe('faults', () => {
  const heard = (link: Link): Answer[] => link.said.slice(1).map((one) => one.payload?.event?.text);

  it('double, lose and delay what is said', async () => {
    const o = await open();
    const link = await o.link('', true);
    const { id: doubling } = o.universe.addFault({ kind: 'doubleEvents', match: { operation: 'message' } });
    await post(o, 'twice');
    o.universe.removeFault(doubling);
    const [, one, two] = link.said;
    expect(two.payload.event_id).toBe(one.payload.event_id);
    expect(two.envelope_id).not.toBe(one.envelope_id);
    o.universe.addFault({ kind: 'dropEvents', count: 1 });
    await post(o, 'never');
    o.universe.addFault({ kind: 'lateEvents', params: { by: '5s' }, count: 1 });
    await post(o, 'late');
    expect(heard(link)).toEqual(['twice', 'twice']);
    await o.universe.advance(o.universe.now() + 5_000);
    expect(heard(link)).toEqual(['twice', 'twice', 'late']);
  });

  it('cut the connection under an acknowledgement, and the event comes again', async () => {
    const o = await open();
    const first = await o.link('', true);
    o.universe.addFault({ kind: 'reset', match: { operation: 'socketMode' }, count: 1 });
    const second = await o.link('', true);
    await post(o, 'hello');
    expect(await first.closed).toBe(1006);
    expect(second.said[1]).toMatchObject({ retry_attempt: 1 });
    expect(entries(o, 'note').some((one) => one.fault?.length === 1)).toBe(true);
  });

  it('refuse the handshake while Slack is down', async () => {
    const o = await open();
    const { url } = await o.api('apps.connections.open', {}, o.appToken);
    o.universe.addFault({ kind: 'outage', match: { twin: 'slack' } });
    expect(await new Link(url).closed).toBe(503);
  });
});

describe('two universes', () => {
  it('never hear each other, whoever speaks and connects in what order', async () => {
    const first = await open({ id: 'first' });
    const second = await open({ id: 'second', beside: first });
    const offices = [first, second];
    const links: Link[][] = [[], []];
    // A fixed walk over both: connect, speak and leave in an order that looks like none.
    for (let step = 0, drawn = 7; step < 60; step++) {
      drawn = (drawn * 16_807) % 2_147_483_647;
      const which = drawn % 2;
      const mine = links[which] as Link[];
      const here = offices[which] as Office;
      const action = (drawn >> 4) % 4;
      if (action === 0 && mine.length < 5) {
        mine.push(await here.link('', true));
      } else if (action === 1 && mine.length > 1) mine[0]?.socket.terminate();
      else await post(here, `from ${here.universe.id}`);
    }
    const texts = links.map((all) => new Set(all.flatMap((one) => one.said.slice(1).map(textOf))));
    expect(texts.map((one) => [...one])).toEqual([['from first'], ['from second']]);
  });
});

const textOf = (envelope: Answer): unknown => envelope.payload?.event?.text;

describe('an address for a connection', () => {
  it('is under Slack’s own name for who came by Slack’s own name, and finds its universe by its ticket', async () => {
    const o = await open();
    await open({ id: 'other', beside: o });
    const { port } = new URL(o.url);
    const link = await asSlack(o, port);
    expect(link).toMatch(/^ws:\/\/wss-primary\.slack\.com\/link\/\?ticket=/);
    const there = new Link(link.replace('wss-primary.slack.com', `127.0.0.1:${port}`), {
      host: 'wss-primary.slack.com',
    });
    closing.unshift(async () => there.socket.terminate());
    expect((await there.next()).type).toBe('hello');
    expect(entries(o, 'exchange').at(-1)).toMatchObject({
      operation: 'apps.connections.link',
      via: 'host',
      actor: 'Desk',
    });
  });

  it('is at the twin’s own port for who came by it', async () => {
    const o = await open();
    const origins = new Origins(o.registry);
    await origins.open(o.universe);
    const origin = String(o.universe.origins?.get('slack'));
    const answer = await fetch(`${origin}/api/apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${o.appToken}` },
    });
    const { url } = (await answer.json()) as Answer;
    expect(url.startsWith(`${origin.replace('http', 'ws')}/link/?ticket=`)).toBe(true);
    const link = new Link(url);
    expect((await link.next()).type).toBe('hello');
    await origins.close(2_000);
    expect(await link.closed).toBe(1001);
  });

  it('does not change where response URLs lead', async () => {
    const o = await open();
    const link = await o.link('', true);
    o.gesture('command', { channel: 'general', command: '/desk' });
    await o.settle();
    expect(link.said[1].payload.response_url.startsWith(`${o.url}/u/office/slack/actions/`)).toBe(true);
  });
});

/** Asks for a connection with Slack's host name in the request. */
async function asSlack(o: Office, port: string): Promise<string> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const headers = {
      host: 'slack.com',
      authorization: `Bearer ${o.appToken}`,
      'x-orrery-universe': 'office',
    };
    const asked = request(
      { host: '127.0.0.1', port, method: 'POST', path: '/api/apps.connections.open', headers },
      (res) => {
        let text = '';
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('end', () => resolve(JSON.parse(text).url));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

it('says what the person did, not what the app heard, as the gesture’s result', async () => {
  const o = await open();
  expect(o.gesture('command', { channel: 'general', command: '/desk' })).toMatchObject({ delivered: true });
  await o.settle();
  expect(entries(o, 'delivery')).toMatchObject([{ event: 'slash_command', failure: 'connection' }]);
  expect(entries(o, 'gesture')[0]).toMatchObject({ as: BOB });
});
