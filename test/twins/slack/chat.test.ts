import { describe, expect, it } from 'vitest';
import { ANN, BOB, openWorkspace } from './workspace.ts';

describe('a message', () => {
  it('that a bot posts is answered and kept with its bot, team and rich text', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const sent = await w.api('chat.postMessage', { channel, text: 'hello *there* <@U1> & you' });
    expect(sent).toMatchObject({ ok: true, channel, ts: expect.stringMatching(/^\d{10}\.\d{6}$/) });
    expect(sent.message).toMatchObject({
      type: 'message',
      text: 'hello *there* <@U1> &amp; you',
      bot_profile: { name: 'Desk', app_id: sent.message.app_id },
    });
    expect(sent.message.blocks[0].elements[0].elements).toEqual([
      { type: 'text', text: 'hello ' },
      { type: 'text', text: 'there', style: { bold: true } },
      { type: 'text', text: ' ' },
      { type: 'user', user_id: 'U1' },
      { type: 'text', text: ' & you' },
    ]);
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages).toEqual([sent.message]);
  });

  it('needs something to say and somewhere to go', async () => {
    const w = await openWorkspace();
    const post = async (args: object) => (await w.api('chat.postMessage', { ...args })).error;
    expect(await post({ channel: w.channel('general'), text: '' })).toBe('no_text');
    expect(await post({ channel: 'C000', text: 'x' })).toBe('channel_not_found');
    expect(await post({ channel: w.channel('secret'), text: 'x' })).toBe('channel_not_found');
    expect(await post({ channel: '@nobody', text: 'x' })).toBe('channel_not_found');
  });

  it('goes to a channel by its name and to a person by their id', async () => {
    const w = await openWorkspace();
    expect((await w.api('chat.postMessage', { channel: '#general', text: 'x' })).channel).toBe(
      w.channel('general'),
    );
    const first = await w.api('chat.postMessage', { channel: w.person(BOB), text: 'x' });
    const again = await w.api('chat.postMessage', { channel: w.person(BOB), text: 'y' });
    expect(first.channel).toMatch(/^D/);
    expect(again.channel).toBe(first.channel);
  });

  it('in a public channel asks for membership or chat:write.public', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    await w.api('conversations.leave', { channel });
    expect((await w.api('chat.postMessage', { channel, text: 'x' })).error).toBe('not_in_channel');
    const token = w.mint({ kind: 'bot', scopes: ['chat:write', 'chat:write.public'] });
    expect((await w.api('chat.postMessage', { channel, text: 'x' }, token)).ok).toBe(true);
  });

  it('under a name of its own is a bot_message with no user', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'bot', scopes: ['chat:write', 'chat:write.customize'] });
    const args = { channel: w.channel('general'), text: 'x', username: 'Owl', icon_emoji: ':owl:' };
    const { message } = await w.api('chat.postMessage', args, token);
    expect(message).toMatchObject({ subtype: 'bot_message', username: 'Owl', icons: { emoji: ':owl:' } });
    expect(message).not.toHaveProperty('user');
    expect((await w.api('chat.postMessage', args)).message).not.toHaveProperty('username');
  });

  it('can be changed and taken back by whoever wrote it, and by nobody else', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = await w.api('chat.postMessage', { channel, text: 'one' });
    const bob = w.mint({ kind: 'user', as: BOB });
    expect((await w.api('chat.update', { channel, ts, text: 'two' }, bob)).error).toBe('cant_update_message');
    const changed = await w.api('chat.update', { channel, ts, text: 'two' });
    expect(changed).toMatchObject({
      ok: true,
      text: 'two',
      message: { edited: { user: expect.any(String) } },
    });
    expect((await w.api('chat.delete', { channel, ts }, bob)).error).toBe('cant_delete_message');
    expect(await w.api('chat.delete', { channel, ts })).toEqual({ ok: true, channel, ts });
    expect((await w.api('chat.update', { channel, ts, text: 'three' })).error).toBe('message_not_found');
  });

  it('has an address on the web', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = await w.api('chat.postMessage', { channel, text: 'one' });
    const { permalink } = await w.api('chat.getPermalink', { channel, message_ts: ts });
    expect(permalink).toBe(`${w.base('slack')}/archives/${channel}/p${ts.replace('.', '')}`);
  });

  it('for one person alone is in no history', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const before = (await w.api('conversations.history', { channel })).messages.length;
    const { message_ts } = await w.api('chat.postEphemeral', { channel, user: w.person(BOB), text: 'psst' });
    expect(message_ts).toMatch(/^\d{10}\.\d{6}$/);
    expect((await w.api('conversations.history', { channel })).messages).toHaveLength(before);
    const stranger = w.person('cat@acme.example');
    expect((await w.api('chat.postEphemeral', { channel, user: stranger, text: 'psst' })).error).toBe(
      'user_not_in_channel',
    );
  });

  it('of the third person is a me_message', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = await w.api('chat.meMessage', { channel, text: 'waves' });
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0]).toMatchObject({ ts, subtype: 'me_message', text: 'waves' });
  });
});

describe('a scheduled message', () => {
  it('is written when the clock gets there', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const post_at = Math.floor(w.universe.now() / 1_000) + 600;
    const planned = await w.api('chat.scheduleMessage', { channel, post_at, text: 'later' });
    expect(planned).toMatchObject({ ok: true, post_at, scheduled_message_id: expect.stringMatching(/^Q/) });
    const { scheduled_messages } = await w.api('chat.scheduledMessages.list');
    expect(scheduled_messages).toEqual([
      {
        id: planned.scheduled_message_id,
        channel_id: channel,
        post_at,
        date_created: post_at - 600,
        text: 'later',
      },
    ]);
    const last = async () => (await w.api('conversations.history', { channel, limit: 1 })).messages[0].text;
    await w.universe.advance(w.universe.now() + 599_000);
    expect(await last()).not.toBe('later');
    await w.universe.advance(w.universe.now() + 1_000);
    expect(await last()).toBe('later');
    expect((await w.api('chat.scheduledMessages.list')).scheduled_messages).toEqual([]);
  });

  it('can be taken back, and must lie ahead', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const now = Math.floor(w.universe.now() / 1_000);
    const plan = (post_at: number) => w.api('chat.scheduleMessage', { channel, post_at, text: 'later' });
    expect((await plan(now - 1)).error).toBe('time_in_past');
    expect((await plan(now + 200 * 86_400)).error).toBe('time_too_far');
    const { scheduled_message_id } = await plan(now + 60);
    const remove = () => w.api('chat.deleteScheduledMessage', { channel, scheduled_message_id });
    expect(await remove()).toEqual({ ok: true });
    expect((await remove()).error).toBe('invalid_scheduled_message_id');
    const before = (await w.api('conversations.history', { channel })).messages.length;
    await w.universe.advance(w.universe.now() + 120_000);
    expect((await w.api('conversations.history', { channel })).messages).toHaveLength(before);
  });
});

describe('what people may do with a user token', () => {
  it('an administrator may take back the messages of others', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = w.gesture('post', BOB, { channel: 'general', text: 'oops' });
    expect((await w.api('chat.delete', { channel, ts }, w.user)).ok).toBe(true);
    expect((await w.api('auth.test', {}, w.user)).user_id).toBe(w.person(ANN));
  });
});
