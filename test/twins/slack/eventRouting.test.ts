import { describe, expect, it } from 'vitest';
import type { SlackAppPart, WorldFile } from '../../../src/world/file.ts';
import { ANN, type Answer, BOB, openWorkspace, WORLD } from './workspace.ts';

const [desk] = (WORLD.slack?.apps ?? []) as SlackAppPart[];

/** The workspace with one app, as `part` has it. */
const withApp = (part: Partial<SlackAppPart>): WorldFile => ({
  ...WORLD,
  slack: { ...WORLD.slack, apps: [{ ...(desk as SlackAppPart), ...part }] },
});
const url = 'http://127.0.0.1:9/events';
const types = (payloads: Answer[]) => payloads.map(({ event }) => event.type);

describe('an event on behalf of a person', () => {
  it('comes where the person is and the bot is not, and says whose authorization let it through', async () => {
    const events = { url, subscriptions: [], userSubscriptions: ['message.groups', 'message.channels'] };
    const w = await openWorkspace(withApp({ events }));
    w.gesture('post', ANN, { channel: 'secret', text: 'between us' });
    const [payload] = await w.heard();
    const { team_id } = await w.api('auth.test');
    expect(payload).toMatchObject({
      event: { text: 'between us', channel_type: 'group' },
      authorizations: [
        {
          enterprise_id: null,
          team_id,
          user_id: w.person(ANN),
          is_bot: false,
          is_enterprise_install: false,
        },
      ],
    });
    // The person is in no conversation of the others'.
    w.gesture('post', BOB, { channel: '@Desk', text: 'not for Ann' });
    expect(await w.heard()).toEqual([]);
  });

  it('comes once where the bot hears it too', async () => {
    const events = { url, subscriptions: ['message.channels'], userSubscriptions: ['message.channels'] };
    const w = await openWorkspace(withApp({ events }));
    w.gesture('post', BOB, { channel: 'general', text: 'all' });
    const heard = await w.heard();
    expect(heard.map(({ authorizations }) => authorizations[0].is_bot)).toEqual([true]);
  });

  it('of what is one’s own reaches nobody else’s app', async () => {
    const events = { url, subscriptions: ['star_added', 'dnd_updated'] };
    const w = await openWorkspace(withApp({ events }));
    const bob = w.mint({ kind: 'user', app: 'Desk', as: BOB, scopes: ['dnd:write'] });
    await w.api('dnd.setSnooze', { num_minutes: 10 }, bob);
    await w.heard();
    await w.api('dnd.setSnooze', { num_minutes: 10 }, w.user);
    const heard = await w.heard();
    expect(types(heard)).toEqual(['dnd_updated']);
    expect(heard[0].authorizations[0].user_id).toBe(w.person(ANN));
  });
});

describe('an app’s scopes', () => {
  it('decide what it hears of', async () => {
    const events = { url, subscriptions: ['member_joined_channel', 'reaction_added'] };
    const w = await openWorkspace(withApp({ scopes: ['channels:read', 'reactions:read'], events }));
    await w.api('conversations.invite', { channel: w.channel('secret'), users: w.person(BOB) }, w.user);
    expect(await w.heard()).toEqual([]);
    const { user_id } = await w.api('auth.test');
    await w.api('conversations.invite', { channel: w.channel('secret'), users: user_id }, w.user);
    await w.api('conversations.kick', { channel: w.channel('secret'), user: w.person(BOB) }, w.user);
    await w.api('conversations.invite', { channel: w.channel('secret'), users: w.person(BOB) }, w.user);
    expect(types(await w.heard())).toEqual([]);
    const { channel, ts } = w.gesture('post', ANN, { channel: 'secret', text: 'x' });
    w.gesture('react', ANN, { channel, ts, name: 'eyes' });
    expect(types(await w.heard())).toEqual(['reaction_added']);
  });
});

describe('too many events', () => {
  it('are held back while limits hold, and the app is told once a minute', async () => {
    const w = await openWorkspace(WORLD, { rateLimits: { Events: 2 } });
    for (const text of ['1', '2', '3', '4']) w.gesture('post', BOB, { channel: 'general', text });
    const heard = await w.heard();
    expect(heard.map((one) => one.event?.text ?? one.type)).toEqual(['1', '2', 'app_rate_limited']);
    expect(heard[2]).toMatchObject({
      minute_rate_limited: Math.floor(w.universe.now() / 60_000) * 60,
      team_id: expect.stringMatching(/^T/),
      api_app_id: expect.stringMatching(/^A/),
      token: expect.any(String),
    });
    await w.universe.advance(w.universe.now() + 3_600_000);
    w.gesture('post', BOB, { channel: 'general', text: '5' });
    expect((await w.heard()).map((one) => one.event?.text)).toEqual(['5']);
  });
});

describe('an app that fails nearly everything it is sent', () => {
  /** Bob writes so many messages, each event answered or refused once. */
  const send = async (answers: (nth: number) => number, count: number) => {
    const w = await openWorkspace(withApp({ events: { url, subscriptions: ['message.channels'] } }));
    let nth = 0;
    w.answer(() => ({ status: answers(nth++), headers: { 'x-slack-no-retry': '1' } }));
    for (let i = 0; i < count; i++) w.gesture('post', BOB, { channel: 'general', text: `${i}` });
    await w.heard();
    w.answer(() => ({}));
    w.gesture('post', BOB, { channel: 'general', text: 'after' });
    return w;
  };

  it('hears of nothing more, until somebody switches its events on again', async () => {
    const w = await send(() => 500, 1_000);
    expect(await w.heard()).toEqual([]);
    w.gesture('enableEvents', ANN, { app: 'Desk' });
    w.gesture('post', BOB, { channel: 'general', text: 'again' });
    expect((await w.heard()).map(({ event }) => event.text)).toEqual(['again']);
  });

  it('goes on hearing where it is sent little, or takes one in twenty', async () => {
    const little = await send(() => 500, 200);
    expect((await little.heard()).map(({ event }) => event.text)).toEqual(['after']);
    const some = await send((nth) => (nth % 20 === 0 ? 200 : 500), 1_000);
    expect((await some.heard()).map(({ event }) => event.text)).toEqual(['after']);
  });
});

describe('a message with links to an app’s domains', () => {
  it('is told to the app, wherever it was written, but not its own', async () => {
    const events = { url, subscriptions: ['link_shared'] };
    const w = await openWorkspace(withApp({ events, unfurlDomains: ['example.com', 'tracker.test'] }));
    const text =
      'see https://example.com/a and https://www.tracker.test/b?c=1&d=2 but https://elsewhere.test/';
    const { channel, ts } = w.gesture('post', ANN, { channel: 'secret', text });
    await w.api('chat.postMessage', { channel: w.channel('general'), text: 'https://example.com/own' });
    const heard = await w.heard();
    expect(types(heard)).toEqual(['link_shared']);
    expect(heard[0].event).toMatchObject({
      user: w.person(ANN),
      channel,
      message_ts: ts,
      is_bot_user_member: false,
      source: 'conversations_history',
      unfurl_id: expect.stringMatching(/^C\w+\.\d+\.\d+\.[0-9a-f]{64}$/),
      links: [
        { domain: 'example.com', url: 'https://example.com/a' },
        { domain: 'tracker.test', url: 'https://www.tracker.test/b?c=1&d=2' },
      ],
    });
  });
});
