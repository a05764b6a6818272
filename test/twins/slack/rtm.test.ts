import { afterEach, describe, expect, it } from 'vitest';
import { Link, type Office, office } from './links.ts';
import { ANN, type Answer, BOB, CAT } from './workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A token of a classic app's bot, or of a person, who listen to everything. */
const classic = (o: Office, as?: string): string =>
  o.mint(
    as
      ? { kind: 'user', as, scopes: ['client', 'chat:write:user'] }
      : { kind: 'bot', scopes: ['identify', 'bot:basic'] },
  );

async function listening(o: Office, token = classic(o)): Promise<Link> {
  const { url } = await o.api('rtm.connect', {}, token);
  const link = new Link(url);
  closing.unshift(async () => link.socket.terminate());
  expect(await link.next()).toMatchObject({ type: 'hello' });
  return link;
}

const say = (link: Link, what: object) => link.socket.send(JSON.stringify(what));
const channelNamed = async (o: Office, name: string): Promise<string> => {
  const { channels } = await o.api('conversations.list', { types: 'public_channel,private_channel' });
  return channels.find((one: Answer) => one.name === name).id;
};

describe('rtm.connect', () => {
  it('says who listens, where, and at what address', async () => {
    const o = await office(closing);
    const answer = await o.api('rtm.connect', {}, classic(o));
    expect(answer).toEqual({
      ok: true,
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/u\/office\/slack\/websocket\/\w{36}$/),
      team: { id: expect.stringMatching(/^T/), name: 'acme', domain: 'acme' },
      self: { id: expect.stringMatching(/^U/), name: 'desk' },
    });
  });

  it('is for classic apps; rtm.start is no more', async () => {
    const o = await office(closing);
    const today = o.mint({ kind: 'bot', scopes: ['chat:write', 'channels:read'] });
    expect((await o.api('rtm.connect', {}, today)).error).toBe('not_allowed_token_type');
    expect((await o.api('rtm.start', {}, classic(o))).error).toBe('method_deprecated');
  });

  it('gives addresses that are good once', async () => {
    const o = await office(closing);
    const { url } = await o.api('rtm.connect', {}, classic(o));
    const first = new Link(url);
    closing.unshift(async () => first.socket.terminate());
    expect(await first.next()).toMatchObject({ type: 'hello' });
    expect(await new Link(url).closed).toBe(403);
  });
});

describe('a stream', () => {
  it('ends when the account of its user is closed', async () => {
    const o = await office(closing);
    const cat = await listening(o, classic(o, CAT));
    o.universe.gesture({
      twin: 'slack',
      gesture: 'deactivate',
      as: ANN,
      by: 'person',
      with: { member: CAT },
    });
    await o.settle();
    expect(await cat.next()).toEqual({ type: 'goodbye' });
    expect(await cat.closed).toBe(1_000);
  });

  it('tells of what happens in the channels that its user is in, and of no others', async () => {
    const o = await office(closing);
    const bot = await listening(o);
    const cat = await listening(o, classic(o, CAT));
    o.gesture('post', { channel: 'random', text: 'only for some' });
    o.gesture('post', { channel: 'general', text: 'for all' });
    await o.settle();
    expect(await bot.next()).toMatchObject({ type: 'message', text: 'only for some' });
    expect(await bot.next()).toMatchObject({ type: 'message', text: 'for all', user: expect.anything() });
    const heard = await cat.next();
    expect(heard).toMatchObject({ type: 'message', text: 'for all' });
    expect(heard).not.toHaveProperty('channel_type');
  });

  it('posts what its program says, and answers instead of telling it of that', async () => {
    const o = await office(closing);
    const bot = await listening(o);
    const bob = await listening(o, classic(o, BOB));
    const general = await channelNamed(o, 'general');
    say(bot, { id: 7, type: 'message', channel: general, text: 'over the wire' });
    const answer = await bot.next();
    expect(answer).toEqual({ ok: true, reply_to: 7, ts: expect.any(String), text: 'over the wire' });
    await o.settle();
    expect(await bob.next()).toMatchObject({ type: 'message', ts: answer.ts, text: 'over the wire' });
    say(bot, { id: 8, type: 'ping', time: 5 });
    expect(await bot.next()).toEqual({ type: 'pong', reply_to: 8, time: 5 });
  });

  it('says what is wrong with what its program says', async () => {
    const o = await office(closing);
    const bot = await listening(o);
    const refused = async (what: object) => {
      say(bot, { id: 1, ...what });
      return (await bot.next()).error;
    };
    expect(await refused({ type: 'message', channel: 'C0', text: '' })).toEqual({
      code: 2,
      msg: 'message text is missing',
    });
    expect((await refused({ type: 'message', channel: 'C0', text: 'x' })).msg).toBe('channel not found');
    expect((await refused({ type: 'shout' })).msg).toBe('unknown message type');
    bot.socket.send('no JSON');
    say(bot, { id: 2, type: 'ping' });
    expect((await bot.next()).reply_to).toBe(2);
  });

  it('is no more after a restore, and costs nothing then', async () => {
    const o = await office(closing);
    const bot = await listening(o);
    o.universe.restore(o.universe.snapshot('s1', 'listening'));
    expect(await bot.closed).toBe(1_001);
    const tried = async () => {
      o.gesture('post', { channel: 'general', text: 'anybody?' });
      await o.settle();
      const { entries } = o.universe.journal.page({ limit: 500, kind: 'delivery' });
      return (entries as Answer[]).filter(({ to }) => String(to).startsWith('socket:U')).length;
    };
    const once = await tried();
    expect(await tried()).toBe(once);
  });

  it('tells of typing, reactions, and the presence that it subscribed to', async () => {
    const o = await office(closing);
    const bot = await listening(o);
    const token = classic(o, BOB);
    const bob = await listening(o, token);
    const general = await channelNamed(o, 'general');
    const self = (await o.api('auth.test', {}, token)).user_id;
    say(bob, { id: 1, type: 'typing', channel: general });
    expect(await bot.next()).toEqual({ type: 'user_typing', channel: general, user: self });
    say(bot, { type: 'presence_sub', ids: [self] });
    say(bot, { type: 'presence_query', ids: [self] });
    expect(await bot.next()).toMatchObject({ type: 'presence_change', user: self });
    await o.api(
      'users.setPresence',
      { presence: 'away' },
      o.mint({ kind: 'user', as: BOB, scopes: ['users:write'] }),
    );
    await o.settle();
    expect(await bot.next()).toEqual({ type: 'presence_change', user: self, presence: 'away' });
  });
});
