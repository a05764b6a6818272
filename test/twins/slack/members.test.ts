import { describe, expect, it } from 'vitest';
import { ANN, BOB, openWorkspace } from './workspace.ts';

describe('members of the workspace', () => {
  it('are listed, Slackbot first, in pages', async () => {
    const w = await openWorkspace();
    const whole = await w.api('users.list');
    expect(whole.members.map((one: { name: string }) => one.name)).toEqual(
      expect.arrayContaining(['slackbot', 'ann', 'bob', 'cat', 'desk']),
    );
    expect(whole.members[0].id).toBe('USLACKBOT');
    expect(whole.cache_ts).toBe(w.universe.now() / 1_000);
    const first = await w.api('users.list', { limit: 2 });
    const second = await w.api('users.list', { limit: 10, cursor: first.response_metadata.next_cursor });
    expect(first.offset).toBe(second.members[0].id);
    expect([...first.members, ...second.members]).toEqual(whole.members);
  });

  it('are found by id and by e-mail, with the e-mail where the scope allows it', async () => {
    const w = await openWorkspace();
    const { user } = await w.api('users.lookupByEmail', { email: 'Bob@Acme.example' });
    expect(user).toMatchObject({ id: w.person(BOB), real_name: 'Bob Baker', profile: { email: BOB } });
    expect((await w.api('users.lookupByEmail', { email: 'x@y.z' })).error).toBe('users_not_found');
    expect((await w.api('users.info', { user: 'U404' })).error).toBe('user_not_found');
    const token = w.mint({ kind: 'bot', scopes: ['users:read'] });
    expect((await w.api('users.info', { user: user.id }, token)).user.profile).not.toHaveProperty('email');
  });

  it('change their own profile', async () => {
    const w = await openWorkspace();
    const bob = w.mint({ kind: 'user', as: BOB });
    const set = (profile: object) => w.api('users.profile.set', { profile }, bob);
    expect((await set({ real_name: 'Robert Baker', status_emoji: ':palm_tree:' })).profile).toMatchObject({
      real_name: 'Robert Baker',
      first_name: 'Robert',
      status_emoji: ':palm_tree:',
    });
    expect((await w.api('users.info', { user: w.person(BOB) })).user.real_name).toBe('Robert Baker');
    expect(await set({ real_name: '' })).toEqual({
      ok: false,
      error: 'invalid_name_required',
      detail: 'Value passed for `name` was empty.',
      field: 'real_name',
    });
    expect((await w.api('users.profile.get', { user: w.person(BOB) })).profile.fields).toEqual({});
  });

  it('are away until they say otherwise', async () => {
    const w = await openWorkspace();
    const presence = async () => (await w.api('users.getPresence', { user: w.person(BOB) })).presence;
    expect(await presence()).toBe('away');
    await w.api('users.setPresence', { presence: 'auto' }, w.mint({ kind: 'user', as: BOB }));
    expect(await presence()).toBe('active');
    expect((await w.api('users.getPresence', { user: 'USLACKBOT' })).presence).toBe('active');
  });

  it('ask not to be disturbed for a while', async () => {
    const w = await openWorkspace();
    expect(await w.api('dnd.info', {}, w.user)).toMatchObject({ dnd_enabled: false, snooze_enabled: false });
    expect((await w.api('dnd.setSnooze', { num_minutes: 5 }, w.user)).snooze_remaining).toBe(300);
    expect((await w.api('dnd.info', {}, w.user)).snooze_enabled).toBe(true);
    await w.universe.advance(w.universe.now() + 300_000);
    expect((await w.api('dnd.endSnooze', {}, w.user)).error).toBe('snooze_not_active');
    const { users } = await w.api('dnd.teamInfo', { users: w.person(BOB) });
    expect(users[w.person(BOB)]).toMatchObject({ dnd_enabled: false });
  });

  it('keep reminders', async () => {
    const w = await openWorkspace();
    const now = w.universe.now() / 1_000;
    const { reminder } = await w.api('reminders.add', { text: 'milk', time: 'in 5 minutes' }, w.user);
    expect(reminder).toMatchObject({ id: expect.stringMatching(/^Rm/), time: now + 300, complete_ts: 0 });
    await w.api('reminders.complete', { reminder: reminder.id }, w.user);
    const { reminder: done } = await w.api('reminders.info', { reminder: reminder.id }, w.user);
    expect(done.complete_ts).toBe(now);
    await w.api('reminders.delete', { reminder: reminder.id }, w.user);
    expect((await w.api('reminders.list', {}, w.user)).reminders).toEqual([]);
    expect((await w.api('reminders.add', { text: 'x', time: 'whenever' }, w.user)).error).toBe(
      'cannot_parse',
    );
  });
});

describe('the workspace', () => {
  it('and its bots say who they are', async () => {
    const w = await openWorkspace();
    const { team } = await w.api('team.info');
    expect(team).toMatchObject({ name: 'acme', domain: 'acme', email_domain: 'acme.example' });
    const self = await w.api('auth.test');
    expect(self).toMatchObject({ url: `${w.base('slack')}/`, team_id: team.id, user: 'desk' });
    const { bot } = await w.api('bots.info', { bot: self.bot_id });
    expect(bot).toMatchObject({ name: 'Desk', user_id: self.user_id });
    expect((await w.api('bots.info', { bot: 'B404' })).error).toBe('bot_not_found');
    expect((await w.api('auth.test', {}, w.user)).user_id).toBe(w.person(ANN));
  });

  it('has emoji of its own, also those that were added', async () => {
    const w = await openWorkspace();
    expect((await w.api('emoji.list')).emoji.shipit).toBe('alias:squirrel');
    w.gesture('addEmoji', ANN, { name: 'acme', url: 'https://acme.example/logo.png' });
    expect((await w.api('emoji.list')).emoji.acme).toBe('https://acme.example/logo.png');
  });

  it('groups its people', async () => {
    const w = await openWorkspace();
    const { usergroup } = await w.api('usergroups.create', { name: 'On call', handle: 'oncall' });
    expect(usergroup).toMatchObject({
      handle: 'oncall',
      date_delete: 0,
      prefs: { channels: [], groups: [] },
    });
    const id = usergroup.id;
    expect((await w.api('usergroups.create', { name: 'x', handle: 'oncall' })).error).toBe(
      'handle_already_exists',
    );
    await w.api('usergroups.users.update', { usergroup: id, users: `${w.person(ANN)},${w.person(BOB)}` });
    expect((await w.api('usergroups.users.list', { usergroup: id })).users).toHaveLength(2);
    await w.api('usergroups.update', { usergroup: id, name: 'Pager' });
    const list = async (args: object) => (await w.api('usergroups.list', { ...args })).usergroups;
    expect(await list({ include_users: true })).toMatchObject([{ name: 'Pager', user_count: 2 }]);
    await w.api('usergroups.disable', { usergroup: id });
    expect(await list({})).toEqual([]);
    await w.api('usergroups.enable', { usergroup: id });
    expect(await list({})).toHaveLength(1);
    expect((await w.api('usergroups.users.list', { usergroup: 'S404' })).error).toBe('no_such_subteam');
  });

  it('says back what it was sent by api.test', async () => {
    const w = await openWorkspace();
    expect(await w.api('api.test', { foo: 'bar' })).toEqual({ ok: true, args: { foo: 'bar' } });
    expect(await w.api('api.test', { error: 'my_error' })).toMatchObject({ ok: false, error: 'my_error' });
  });
});
