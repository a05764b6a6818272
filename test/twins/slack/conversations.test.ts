import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, hearing, openWorkspace, type Workspace } from './workspace.ts';

const names = (answer: { channels: { name: string }[] }) => answer.channels.map((one) => one.name).sort();
const membersOf = async (w: Workspace, channel: string) =>
  (await w.api('conversations.members', { channel })).members;

describe('the list of conversations', () => {
  it('shows public channels, and private ones to their members', async () => {
    const w = await openWorkspace();
    const list = async (types: string | undefined, token?: string) =>
      names(await w.api('conversations.list', { types }, token));
    expect(await list(undefined)).toEqual(['general', 'random']);
    expect(await list('public_channel,private_channel')).toEqual(['general', 'random']);
    expect(await list('public_channel,private_channel', w.user)).toEqual(['general', 'random', 'secret']);
    expect(await list('private_channel', w.mint({ kind: 'user', as: BOB }))).toEqual([]);
    expect((await w.api('conversations.list', { types: 'any' })).error).toBe('invalid_types');
  });

  it('comes in pages that stay right when channels appear between them', async () => {
    const w = await openWorkspace();
    for (const name of ['a', 'b', 'c']) await w.api('conversations.create', { name });
    const first = await w.api('conversations.list', { limit: 3 });
    await w.api('conversations.create', { name: 'late' });
    const cursor = first.response_metadata.next_cursor;
    expect(Buffer.from(cursor, 'base64').toString()).toMatch(/^team:/);
    const second = await w.api('conversations.list', { limit: 900, cursor });
    const seen = [...names(first), ...names(second)];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['a', 'b', 'c', 'general', 'random']));
    expect(second.response_metadata.next_cursor).toBe('');
    expect((await w.api('conversations.list', { cursor: 'nonsense' })).error).toBe('invalid_cursor');
    expect((await w.api('conversations.list', { limit: 1_001 })).error).toBe('invalid_limit');
  });

  it('counts members and says whether the caller is one', async () => {
    const w = await openWorkspace();
    const { channels } = await w.api('conversations.list');
    const general = channels.find((one: { name: string }) => one.name === 'general');
    expect(general).toMatchObject({ num_members: 4, is_member: true, is_general: true });
    expect(await membersOf(w, general.id)).toHaveLength(4);
  });

  it('of one’s own are those one is in', async () => {
    const w = await openWorkspace();
    const cat = w.mint({ kind: 'user', as: CAT });
    const types = 'public_channel,private_channel';
    expect(names(await w.api('users.conversations', { types }, cat))).toEqual(['general', 'secret']);
  });
});

describe('a channel', () => {
  it('is made by a name that is good and free', async () => {
    const w = await openWorkspace();
    const make = (name: string) => w.api('conversations.create', { name });
    const { channel } = await make('plans');
    expect(channel).toMatchObject({
      name: 'plans',
      is_member: true,
      last_read: '0000000000.000000',
      topic: { value: '', creator: '', last_set: 0 },
    });
    expect(channel.updated).toBe(w.universe.now());
    expect(channel.created).toBe(w.universe.now() / 1_000);
    expect((await make('plans')).error).toBe('name_taken');
    expect((await make('Plans!')).error).toBe('invalid_name_specials');
    expect((await make('x'.repeat(81))).error).toBe('invalid_name_maxlength');
    expect((await make('')).error).toBe('invalid_name_required');
    expect((await w.api('conversations.info', { channel: channel.id })).channel.name).toBe('plans');
  });

  it('takes people in and lets them go, and says so', async () => {
    const w = await openWorkspace();
    const { channel } = await w.api('conversations.create', { name: 'plans' });
    const invite = (users: string) => w.api('conversations.invite', { channel: channel.id, users });
    expect((await invite(`${w.person(BOB)},${w.person(CAT)}`)).ok).toBe(true);
    expect(await membersOf(w, channel.id)).toHaveLength(3);
    expect(await invite(w.person(BOB))).toMatchObject({
      error: 'already_in_channel',
      errors: [{ user: w.person(BOB), ok: false, error: 'already_in_channel' }],
    });
    expect((await invite('')).error).toBe('no_user');
    expect((await invite('U404')).error).toBe('user_not_found');
    await w.api('conversations.kick', { channel: channel.id, user: w.person(CAT) });
    expect(await membersOf(w, channel.id)).not.toContain(w.person(CAT));
    const { messages } = await w.api('conversations.history', { channel: channel.id });
    expect(messages.map((one: { subtype: string }) => one.subtype)).toEqual(Array(3).fill('channel_join'));
  });

  it('can be joined twice with a warning, left once', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    expect(await w.api('conversations.join', { channel })).toMatchObject({ warning: 'already_in_channel' });
    expect(await w.api('conversations.leave', { channel })).toEqual({ ok: true });
    expect((await w.api('conversations.leave', { channel })).error).toBe('not_in_channel');
    expect((await w.api('conversations.leave', { channel: w.channel('general') })).error).toBe(
      'cant_leave_general',
    );
    expect((await w.api('conversations.join', { channel })).channel.is_member).toBe(true);
  });

  it('is described, renamed and put away', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const at = w.universe.now() / 1_000;
    const { channel: named } = await w.api('conversations.setTopic', { channel, topic: 'Cats & dogs' });
    expect(named.topic).toMatchObject({ value: 'Cats &amp; dogs', last_set: at });
    await w.api('conversations.setPurpose', { channel, purpose: 'Pets' });
    expect((await w.api('conversations.setTopic', { channel, topic: 'x'.repeat(251) })).error).toBe(
      'too_long',
    );
    expect((await w.api('conversations.rename', { channel, name: 'pets' })).error).toBe('not_authorized');
    expect((await w.api('conversations.rename', { channel, name: 'pets' }, w.user)).channel).toMatchObject({
      name: 'pets',
      previous_names: ['random'],
      purpose: { value: 'Pets' },
    });
    expect(await w.api('conversations.archive', { channel })).toEqual({ ok: true });
    expect((await w.api('chat.postMessage', { channel, text: 'x' })).error).toBe('is_archived');
    expect((await w.api('conversations.rename', { channel, name: 'x' }, w.user)).error).toBe('is_archived');
    expect((await w.api('conversations.archive', { channel })).error).toBe('already_archived');
    expect(names(await w.api('conversations.list', { exclude_archived: true }))).toEqual(['general']);
    expect(await w.api('conversations.unarchive', { channel })).toEqual({ ok: true });
    expect((await w.api('chat.postMessage', { channel, text: 'x' })).ok).toBe(true);
  });
});

describe('a direct conversation', () => {
  it('is opened once and the same to both sides', async () => {
    const w = await openWorkspace();
    const users = w.person(BOB);
    const first = await w.api('conversations.open', { users });
    expect(first.channel).toEqual({ id: expect.stringMatching(/^D/) });
    expect(first).not.toHaveProperty('already_open');
    expect(await w.api('conversations.open', { users })).toEqual({
      ok: true,
      no_op: true,
      already_open: true,
      channel: first.channel,
    });
    const { channel } = await w.api('conversations.open', { users, return_im: true });
    expect(channel).toMatchObject({ is_im: true, user: users, updated: 0 });
    const bob = w.mint({ kind: 'user', as: BOB });
    const { channels } = await w.api('conversations.list', { types: 'im' }, bob);
    const { user_id } = await w.api('auth.test');
    // With Slackbot everybody has a conversation from the first day.
    const others = channels.map((one: { user: string }) => one.user);
    expect(others.sort()).toEqual([user_id, 'USLACKBOT'].sort());
    expect(channels.find((one: { user: string }) => one.user === user_id).id).toBe(first.channel.id);
    const { channel: unread } = await w.api('conversations.info', { channel: first.channel.id }, bob);
    expect(unread).toMatchObject({ unread_count: 0, latest: null });
    await w.api('chat.postMessage', { channel: first.channel.id, text: 'hi' });
    const { channel: read } = await w.api('conversations.info', { channel: first.channel.id }, bob);
    expect(read).toMatchObject({ unread_count: 1, latest: { text: 'hi' } });
    const { channel: own } = await w.api('conversations.info', { channel: first.channel.id });
    expect(own).toMatchObject({ unread_count: 0, latest: { text: 'hi' } });
    await w.api('conversations.mark', { channel: first.channel.id, ts: read.latest.ts }, bob);
    const { channel: after } = await w.api('conversations.info', { channel: first.channel.id }, bob);
    expect(after).toMatchObject({ unread_count: 0, last_read: read.latest.ts });
  });

  it('of several is a group, and needs somebody', async () => {
    const w = await openWorkspace();
    const users = `${w.person(BOB)},${w.person(CAT)}`;
    const { channel } = await w.api('conversations.open', { users });
    expect((await w.api('conversations.info', { channel: channel.id })).channel).toMatchObject({
      is_mpim: true,
      name: expect.stringMatching(/^mpdm-/),
    });
    expect((await w.api('conversations.open')).error).toBe('users_list_not_supplied');
    expect((await w.api('conversations.open', { users: 'U404' })).error).toBe('user_not_found');
    expect((await w.api('conversations.info', { channel: channel.id }, w.user)).error).toBe(
      'channel_not_found',
    );
  });

  it('can be closed and is open again when asked for', async () => {
    const w = await openWorkspace();
    const users = w.person(ANN);
    const { channel } = await w.api('conversations.open', { users });
    expect(await w.api('conversations.close', { channel: channel.id })).toEqual({ ok: true });
    expect(await w.api('conversations.close', { channel: channel.id })).toMatchObject({
      already_closed: true,
    });
    expect(await w.api('conversations.open', { users })).toEqual({ ok: true, channel });
  });
});

describe('who is in a channel', () => {
  it('lets the others in where some of the invited cannot come, if it is forced', async () => {
    const w = await openWorkspace();
    const { channel } = await w.api('conversations.create', { name: 'plans' });
    const users = `U404,${w.person(BOB)}`;
    const invite = (force: boolean) => w.api('conversations.invite', { channel: channel.id, users, force });
    expect((await invite(false)).error).toBe('user_not_found');
    expect(await membersOf(w, channel.id)).toHaveLength(1);
    expect(await invite(true)).toMatchObject({
      ok: true,
      errors: [{ user: 'U404', error: 'user_not_found' }],
    });
    expect(await membersOf(w, channel.id)).toContain(w.person(BOB));
  });

  it('cannot leave a private channel as the last one, nor join one that is not open', async () => {
    const w = await openWorkspace();
    const { channel } = await w.api('conversations.create', { name: 'mine', is_private: true });
    const of = (method: string, token?: string) => w.api(method, { channel: channel.id }, token);
    expect((await of('conversations.leave')).error).toBe('last_member');
    expect((await of('conversations.join')).error).toBe('method_not_supported_for_channel_type');
    expect((await of('conversations.join', w.user)).error).toBe('channel_not_found');
    expect((await of('conversations.info')).channel).toMatchObject({ is_private: true, is_open: true });
  });

  it('hears, being an app, that it was sent away', async () => {
    const w = await openWorkspace(hearing(['channel_left', 'member_left_channel']));
    const channel = w.channel('random');
    const { user_id: user } = await w.api('auth.test');
    await w.api('conversations.kick', { channel, user }, w.user);
    expect((await w.heard()).map((one) => one.event)).toMatchObject([
      { type: 'member_left_channel', user, channel },
      { type: 'channel_left', channel, actor_id: w.person(ANN) },
    ]);
  });

  it('need not be in a public channel to say what it is for', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    await w.api('conversations.leave', { channel });
    expect((await w.api('conversations.setPurpose', { channel, purpose: 'Pets' })).channel).toMatchObject({
      is_member: false,
      purpose: { value: 'Pets' },
    });
    expect((await w.api('conversations.setTopic', { channel, topic: 'x' })).error).toBe('not_in_channel');
  });
});

describe('a direct conversation and its apps', () => {
  it('hear it closed and opened', async () => {
    const w = await openWorkspace(hearing(['im_created', 'im_close', 'im_open']));
    const { channel } = await w.api('conversations.open', { users: w.person(BOB) });
    await w.api('conversations.close', { channel: channel.id });
    await w.api('conversations.open', { channel: channel.id });
    expect((await w.heard()).map((one) => one.event.type)).toEqual(['im_created', 'im_close', 'im_open']);
    const general = { channel: w.channel('general') };
    expect((await w.api('conversations.open', general)).error).toBe('method_not_supported_for_channel_type');
    expect((await w.api('conversations.close', general)).error).toBe('method_not_supported_for_channel_type');
  });

  it('are not opened between bots', async () => {
    const w = await openWorkspace();
    const { user_id } = await w.api('auth.test');
    expect((await w.api('conversations.open', { users: user_id })).error).toBe('cannot_dm_bot');
  });
});
