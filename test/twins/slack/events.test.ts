import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const types = (payloads: { event: { type: string; subtype?: string } }[]) =>
  payloads.map(({ event }) => (event.subtype ? `${event.type}/${event.subtype}` : event.type));

describe('an event', () => {
  it('comes signed by the universe’s clock, in Slack’s envelope', async () => {
    const w = await openWorkspace();
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    const [payload] = await w.heard();
    const { headers, body, url } = w.received[0] as (typeof w.received)[number];
    expect(url).toBe('http://127.0.0.1:9/events');
    const timestamp = String(w.universe.now() / 1_000);
    const digest = createHmac('sha256', w.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers).toMatchObject({
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
      'content-type': 'application/json',
    });
    expect(headers).not.toHaveProperty('x-slack-retry-num');
    const { team_id, user_id } = await w.api('auth.test');
    expect(payload).toMatchObject({
      type: 'event_callback',
      team_id,
      api_app_id: expect.stringMatching(/^A/),
      event_id: expect.stringMatching(/^Ev/),
      event_time: w.universe.now() / 1_000,
      is_ext_shared_channel: false,
      authorizations: [{ enterprise_id: null, team_id, user_id, is_bot: true, is_enterprise_install: false }],
      event: {
        type: 'message',
        user: w.person(BOB),
        text: 'hello',
        channel: w.channel('general'),
        channel_type: 'channel',
        client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        blocks: [{ type: 'rich_text' }],
      },
    });
    expect(payload.event.event_ts).toBe(payload.event.ts);
  });

  it('reaches an app where its bot is, its own messages too', async () => {
    const w = await openWorkspace();
    w.gesture('post', ANN, { channel: 'secret', text: 'unheard' });
    expect(await w.heard()).toEqual([]);
    await w.api('chat.postMessage', { channel: w.channel('general'), text: 'mine' });
    const { bot_id } = await w.api('auth.test');
    expect((await w.heard()).map(({ event }) => [event.text, event.bot_id])).toEqual([['mine', bot_id]]);
    w.gesture('post', ANN, { channel: '@Desk', text: 'to you' });
    expect((await w.heard()).map(({ event }) => event.channel_type)).toEqual(['im']);
  });

  it('of a mention comes besides the message', async () => {
    const w = await openWorkspace();
    w.gesture('post', BOB, { channel: 'general', text: 'hey @Desk, help' });
    const heard = await w.heard();
    const { user_id } = await w.api('auth.test');
    expect(types(heard)).toEqual(['message', 'app_mention']);
    expect(heard[1].event.text).toBe(`hey <@${user_id}>, help`);
    w.gesture('post', BOB, { channel: '@Desk', text: 'you there, @Desk?' });
    expect(types(await w.heard())).toEqual(['message']);
  });

  it('tells of changes, reactions, pins, joins and new channels', async () => {
    const w = await openWorkspace();
    const { channel, ts } = w.gesture('post', BOB, { channel: 'general', text: 'one' });
    await w.heard();
    w.gesture('edit', BOB, { channel, ts, text: 'two' });
    w.gesture('react', ANN, { channel, ts, name: 'eyes' });
    await w.api('pins.add', { channel, timestamp: ts });
    w.gesture('delete', BOB, { channel, ts });
    w.gesture('join', CAT, { channel: 'random' });
    await w.api('conversations.create', { name: 'fresh' });
    const heard = await w.heard();
    expect(types(heard)).toEqual([
      'message/message_changed',
      'reaction_added',
      'pin_added',
      'message/message_deleted',
      'member_joined_channel',
      'message/channel_join',
      'channel_created',
      'member_joined_channel',
      'message/channel_join',
    ]);
    expect(heard[0].event).toMatchObject({
      hidden: true,
      message: { text: 'two', edited: { user: w.person(BOB) } },
      previous_message: { text: 'one' },
    });
    expect(heard[1].event).toMatchObject({
      reaction: 'eyes',
      item: { type: 'message', channel, ts },
      item_user: w.person(BOB),
    });
  });

  it('that is not taken is tried again at once, after a minute and after five', async () => {
    const w = await openWorkspace();
    w.answer(() => ({ status: 500 }));
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    await w.universe.advance(w.universe.now());
    const retries = () =>
      w.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
    expect(retries()).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
    w.answer(() => ({ failure: 'timeout', status: 0 }));
    await w.universe.advance(w.universe.now() + 60_000);
    await w.universe.advance(w.universe.now() + 86_400_000);
    expect(retries().slice(2)).toEqual([
      ['2', 'http_error'],
      ['3', 'http_timeout'],
    ]);
    expect(new Set(w.received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it('is not tried again where the app says so', async () => {
    const w = await openWorkspace();
    w.answer(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    await w.universe.advance(w.universe.now() + 86_400_000);
    expect(w.received).toHaveLength(1);
  });

  it('goes nowhere while a name in the app’s address is not bound', async () => {
    const bound = structuredClone(WORLD);
    const app = bound.slack?.apps?.[0];
    if (app?.events) app.events.url = '${desk}';
    const without = await openWorkspace(bound);
    without.gesture('post', BOB, { channel: 'general', text: 'hello' });
    expect(await without.heard()).toEqual([]);
    const w = await openWorkspace(bound, { bind: { desk: 'http://127.0.0.1:7/slack' } });
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    expect(await w.heard()).toHaveLength(1);
    expect(w.received[0]?.url).toBe('http://127.0.0.1:7/slack');
  });
});

describe('a new request URL', () => {
  const set = (w: Workspace) =>
    w.gesture('setRequestUrl', ANN, { app: 'Desk', url: 'http://127.0.0.1:8/new' });

  it('counts once it has echoed the challenge', async () => {
    const w = await openWorkspace();
    w.answer(({ body }) => ({ body: JSON.parse(body).challenge ?? '' }));
    set(w);
    expect(await w.heard()).toMatchObject([{ type: 'url_verification', challenge: expect.any(String) }]);
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    await w.heard();
    expect(w.received.at(-1)?.url).toBe('http://127.0.0.1:8/new');
  });

  it('that does not echo it hears of nothing', async () => {
    const w = await openWorkspace();
    w.answer(() => ({ body: 'what?' }));
    set(w);
    await w.heard();
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    expect(await w.heard()).toEqual([]);
  });
});
