import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, hearing, openWorkspace } from './workspace.ts';

const types = (heard: { event: { type: string } }[]) => heard.map((one) => one.event.type);

describe('do not disturb', () => {
  it('is snoozed for so many minutes, and the apps hear of its beginning and its end', async () => {
    const w = await openWorkspace(hearing(['dnd_updated', 'dnd_updated_user']));
    const snooze = (num_minutes: number) => w.api('dnd.setSnooze', { num_minutes }, w.user);
    expect((await snooze(0)).error).toBe('missing_duration');
    expect((await snooze(1_000_000)).error).toBe('too_long');
    expect(await snooze(5)).toMatchObject({ snooze_enabled: true, snooze_remaining: 300 });
    const [updated, updatedUser] = await w.heard();
    expect(updated.event).toMatchObject({ type: 'dnd_updated', dnd_status: { snooze_enabled: true } });
    expect(updatedUser.event).toMatchObject({ type: 'dnd_updated_user', user: w.person(ANN) });
    await w.universe.advance(w.universe.now() + 301_000);
    expect(types(await w.heard())).toEqual(['dnd_updated', 'dnd_updated_user']);
    expect((await w.api('dnd.info', {}, w.user)).snooze_enabled).toBe(false);
  });

  it('ends at once where it was on', async () => {
    const w = await openWorkspace();
    expect((await w.api('dnd.endDnd', {}, w.user)).error).toBe('not_in_dnd');
    await w.api('dnd.setSnooze', { num_minutes: 5 }, w.user);
    expect((await w.api('dnd.endDnd', {}, w.user)).ok).toBe(true);
    expect((await w.api('dnd.info', {}, w.user)).snooze_enabled).toBe(false);
    expect((await w.api('dnd.teamInfo', { users: '' })).error).toBe('no_users_provided');
    expect(Object.keys((await w.api('dnd.teamInfo', { users: `${w.person(BOB)},U404` })).users)).toEqual([
      w.person(BOB),
    ]);
  });
});

describe('quiet hours', () => {
  const EVENING = Date.parse('2026-07-01T19:00:00-07:00');
  const at = (time: string) => Date.parse(`2026-07-${time}:00-07:00`) / 1_000;

  it('come every night, are seen by others, and can be ended', async () => {
    const w = await openWorkspace(undefined, { clock: { mode: 'frozen', now: EVENING } });
    w.gesture('keepQuietHours', ANN, { from: '22:00', to: '08:00' });
    const team = async () => (await w.api('dnd.teamInfo', { users: w.person(ANN) })).users[w.person(ANN)];
    const first = { dnd_enabled: true, next_dnd_start_ts: at('01T22:00'), next_dnd_end_ts: at('02T08:00') };
    expect(await team()).toEqual(first);
    expect((await w.api('dnd.endDnd', {}, w.user)).error).toBe('not_in_dnd');
    await w.universe.advance(at('02T01:00') * 1_000);
    expect(await team()).toEqual(first);
    expect((await w.api('dnd.endDnd', {}, w.user)).ok).toBe(true);
    expect(await w.api('dnd.info', {}, w.user)).toMatchObject({
      next_dnd_start_ts: at('02T22:00'),
      next_dnd_end_ts: at('03T08:00'),
      snooze_enabled: false,
    });
    w.gesture('keepQuietHours', ANN, {});
    expect((await team()).dnd_enabled).toBe(false);
  });
});

describe('a reminder', () => {
  const NOW = Date.parse('2026-07-01T16:00:00Z');
  const clock = { mode: 'frozen', now: NOW } as const;
  const hours = (time: number) => (time - NOW / 1_000) / 3_600;

  it.each([
    ['in 2 hours', 2],
    ['120', 1 / 30],
    ['at 10am', 1],
    ['8:30 am', 23.5],
    ['tomorrow', 24],
    ['tomorrow at 5pm', 32],
    ['friday', 48],
    ['next monday at noon', 5 * 24 + 3],
    ['2026-07-04 at 9am', 3 * 24],
    ['July 5th', 4 * 24],
    ['2026-07-02 16:00:00', 24],
  ])('is understood at “%s”, by the clock of its person', async (time, later) => {
    const w = await openWorkspace(undefined, { clock });
    const { reminder } = await w.api('reminders.add', { text: 'milk', time }, w.user);
    expect(hours(reminder.time)).toBeCloseTo(later, 5);
    expect(reminder).toMatchObject({ recurring: false, complete_ts: 0, user: w.person(ANN) });
  });

  it.each(['whenever', 'last friday', 'at 25:00', 'every blue moon'])('is refused at “%s”', async (time) => {
    const w = await openWorkspace(undefined, { clock });
    expect((await w.api('reminders.add', { text: 'x', time }, w.user)).error).toBe('cannot_parse');
  });

  it('is said by Slackbot when it is time, and again where it comes again', async () => {
    const w = await openWorkspace(undefined, { clock });
    const add = (text: string, time: string) => w.api('reminders.add', { text, time }, w.user);
    await add('milk', 'in 1 hour');
    const { reminder } = await add('stand up', 'every weekday at 10am');
    expect(reminder).toEqual(expect.objectContaining({ recurring: true, recurrence: expect.any(Object) }));
    expect(reminder).not.toHaveProperty('time');
    expect((await w.api('reminders.complete', { reminder: reminder.id }, w.user)).error).toBe(
      'cannot_complete_recurring',
    );
    await w.universe.advance(NOW + 7 * 24 * 3_600_000);
    const { channel } = await w.api('conversations.open', { users: 'USLACKBOT' }, w.user);
    const { messages } = await w.api('conversations.history', { channel: channel.id }, w.user);
    const said = messages.map((one: { text: string }) => one.text);
    expect(said.filter((text: string) => text === 'Reminder: milk.')).toHaveLength(1);
    expect(said.filter((text: string) => text === 'Reminder: stand up.')).toHaveLength(5);
  });

  it('is one’s own: nobody sets, sees or ends another’s', async () => {
    const w = await openWorkspace();
    const bob = w.mint({ kind: 'user', as: BOB });
    const add = async (user: string) =>
      (await w.api('reminders.add', { text: 'x', time: 'tomorrow', user }, w.user)).error;
    const { user_id: bot } = await w.api('auth.test');
    expect([await add(w.person(BOB)), await add('USLACKBOT'), await add(bot)]).toEqual([
      'cannot_add_others',
      'cannot_add_slackbot',
      'cannot_add_bot',
    ]);
    const { reminder } = await w.api('reminders.add', { text: 'x', time: 'tomorrow' }, w.user);
    expect((await w.api('reminders.info', { reminder: reminder.id }, bob)).error).toBe('not_found');
    expect((await w.api('reminders.delete', { reminder: reminder.id }, bob)).error).toBe('not_found');
  });
});

describe('a user group', () => {
  it('has a name, a handle and channels that are good', async () => {
    const w = await openWorkspace();
    const make = async (args: object) => (await w.api('usergroups.create', { name: 'x', ...args })).error;
    expect(await make({ name: '' })).toBe('missing_subteam_name');
    expect(await make({ handle: 'No Good' })).toBe('bad_handle');
    expect(await make({ handle: 'here' })).toBe('forbidden_handle');
    expect(await make({ handle: 'bob' })).toBe('handle_already_exists');
    expect(await make({ handle: 'general' })).toBe('handle_already_exists');
    expect(await make({ description: 'x'.repeat(141) })).toBe('description_too_long');
    expect(await make({ channels: 'C404' })).toBe('invalid_channel_provided');
    expect(await make({})).toBe(undefined);
    expect(await make({ handle: 'other' })).toBe('name_already_exists');
  });

  it('brings its members into its channels, and the apps hear who came and went', async () => {
    const events = ['subteam_created', 'subteam_updated', 'subteam_members_changed'];
    const w = await openWorkspace(hearing([...events, 'subteam_self_added', 'subteam_self_removed']));
    const channels = w.channel('random');
    const { usergroup } = await w.api('usergroups.create', { name: 'Pager', handle: 'pager', channels });
    const { user_id: bot } = await w.api('auth.test');
    const update = (users: string) => w.api('usergroups.users.update', { usergroup: usergroup.id, users });
    expect((await update('')).error).toBe('no_users_provided');
    expect((await update('U404')).error).toBe('invalid_users');
    await update(`${w.person(CAT)},${bot}`);
    await update(w.person(CAT));
    const { members } = await w.api('conversations.members', { channel: channels });
    expect(members).toContain(w.person(CAT));
    const heard = await w.heard();
    expect(types(heard).sort()).toEqual(
      [
        'subteam_created',
        'subteam_updated',
        'subteam_members_changed',
        'subteam_self_added',
        'subteam_updated',
        'subteam_members_changed',
        'subteam_self_removed',
      ].sort(),
    );
    const delta = heard.filter((one) => one.event.type === 'subteam_members_changed').at(-1);
    expect(delta.event).toMatchObject({ added_users: [], removed_users: [bot], removed_users_count: 1 });
  });

  it('that is disabled has no members to show, but to who asks for it', async () => {
    const w = await openWorkspace();
    const { usergroup } = await w.api('usergroups.create', { name: 'Pager' });
    await w.api('usergroups.users.update', { usergroup: usergroup.id, users: w.person(BOB) });
    await w.api('usergroups.disable', { usergroup: usergroup.id });
    const list = (args: object) => w.api('usergroups.users.list', { usergroup: usergroup.id, ...args });
    expect((await list({})).error).toBe('no_such_subteam');
    expect((await list({ include_disabled: true })).users).toEqual([w.person(BOB)]);
    const [shown] = (await w.api('usergroups.list', { include_disabled: true })).usergroups;
    expect(shown).toMatchObject({
      date_delete: w.universe.now() / 1_000,
      deleted_by: expect.stringMatching(/^U/),
    });
  });
});

describe('the emoji of a workspace', () => {
  it('are those of Unicode too: by category, in reactions, texts and statuses, and no others', async () => {
    const w = await openWorkspace();
    const { categories } = await w.api('emoji.list', { include_categories: true });
    expect(categories[0]).toMatchObject({ name: 'Smileys & People' });
    expect(categories[0].emoji_names).toContain('wave');
    const channel = w.channel('general');
    const text = 'hi :wave::skin-tone-3: at 10:30:45 :bowtie:';
    const { ts: timestamp, message } = await w.api('chat.postMessage', { channel, text });
    expect(message.blocks[0].elements[0].elements).toEqual([
      { type: 'text', text: 'hi ' },
      { type: 'emoji', name: 'wave', unicode: '1f44b-1f3fc', skin_tone: 3 },
      { type: 'text', text: ' at 10:30:45 ' },
      { type: 'emoji', name: 'bowtie' },
    ]);
    const react = async (name: string) => (await w.api('reactions.add', { channel, timestamp, name })).error;
    expect([
      await react('poop'),
      await react('hankey'),
      await react('bowtie'),
      await react('nonesuch'),
    ]).toEqual([undefined, 'already_reacted', undefined, 'invalid_name']);
    const status = (status_emoji: string) =>
      w.api('users.profile.set', { profile: { status_emoji } }, w.user);
    expect((await status(':house_with_garden:')).profile.status_emoji_display_info).toEqual([
      {
        emoji_name: 'house_with_garden',
        display_url: expect.stringMatching(/\/1f3e1\.png$/),
        unicode: '1f3e1',
      },
    ]);
    expect((await status(':nonesuch:')).error).toBe('profile_status_set_failed_not_valid_emoji');
  });

  it('come and go with those that stand for them, and the apps hear of it', async () => {
    const w = await openWorkspace(hearing(['emoji_changed'], ['emoji:read']));
    w.gesture('addEmoji', ANN, { name: 'parrot', url: 'https://acme.example/parrot.gif' });
    w.gesture('addEmoji', ANN, { name: ':bird:', url: 'alias:parrot' });
    expect(() => w.gesture('addEmoji', BOB, { name: 'parrot', url: 'https://x.example/' })).toThrow();
    expect((await w.api('emoji.list')).emoji).toMatchObject({ bird: 'alias:parrot' });
    w.gesture('removeEmoji', ANN, { name: 'parrot' });
    expect((await w.api('emoji.list')).emoji).not.toHaveProperty('bird');
    expect((await w.heard()).map((one) => one.event)).toMatchObject([
      { subtype: 'add', name: 'parrot', value: 'https://acme.example/parrot.gif' },
      { subtype: 'add', name: 'bird', value: 'alias:parrot' },
      { subtype: 'remove', names: ['parrot', 'bird'] },
    ]);
  });
});
