import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, hearing, openWorkspace } from './workspace.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a profile', () => {
  it('is one’s own to change; others’ are the administrators’', async () => {
    const w = await openWorkspace();
    const bob = w.mint({ kind: 'user', as: BOB });
    const set = (profile: object, token: string, user?: string) =>
      w.api('users.profile.set', { profile, ...(user ? { user } : {}) }, token);
    expect((await set({ title: 'Boss' }, bob, w.person(CAT))).error).toBe('not_admin');
    expect((await set({ title: 'Boss' }, w.user, w.person(CAT))).profile.title).toBe('Boss');
    expect((await set({ email: 'b@acme.example' }, bob)).error).toBe('not_admin');
    expect((await set({ email: BOB }, w.user, w.person(CAT))).error).toBe('email_taken');
    const { profile, username } = await set({ real_name: 'Bobby Baker' }, bob);
    expect(profile).toMatchObject({ first_name: 'Bobby', last_name: 'Baker', email: BOB });
    expect(username).toBe('bob');
    expect((await set({ real_name: '@bob' }, bob)).error).toBe('invalid_starts_with_at');
    expect((await w.api('users.profile.set', { profile: '{bad' }, bob)).error).toBe('invalid_profile');
    expect((await w.api('users.profile.set', {}, bob)).error).toBe('invalid_profile');
  });

  it('shows a status until it expires, and the apps hear of both', async () => {
    const events = ['user_status_changed', 'user_profile_changed', 'user_change'];
    const w = await openWorkspace(hearing(events));
    const at = w.universe.now() / 1_000 + 60;
    const set = (profile: object) => w.api('users.profile.set', { profile }, w.user);
    const { profile } = await set({ status_text: 'Lunch', status_expiration: at });
    expect(profile).toMatchObject({
      status_text: 'Lunch',
      status_emoji: ':speech_balloon:',
      status_expiration: at,
    });
    const heard = await w.heard();
    expect(heard.map((one) => one.event.type)).toEqual(events);
    expect(heard[0].event.user).toMatchObject({
      id: w.person(ANN),
      profile: { status_text: 'Lunch', email: ANN },
    });
    await w.universe.advance(w.universe.now() + 61_000);
    expect((await w.api('users.profile.get', {}, w.user)).profile.status_text).toBe('');
    expect((await w.heard())[0].event).toMatchObject({
      type: 'user_status_changed',
      user: { profile: { status_emoji: '', status_expiration: 0 } },
    });
  });

  it('has a status of a hundred characters at most, cleared with its emoji', async () => {
    const w = await openWorkspace();
    const set = async (profile: object) => (await w.api('users.profile.set', { profile }, w.user)).error;
    expect(await set({ status_text: 'x'.repeat(101) })).toBe('too_long');
    expect(await set({ status_emoji: 'cloud' })).toBe('profile_status_set_failed_not_valid_emoji');
    await set({ status_text: 'Away', status_emoji: ':palm_tree:' });
    expect(await set({ status_text: '' })).toBe('must_clear_both_status_text_and_status_emoji');
    expect(await set({ status_text: '', status_emoji: '' })).toBe(undefined);
  });

  it('holds the fields that the workspace added, checked by their kind', async () => {
    const w = await openWorkspace();
    const { field: house } = w.gesture('addProfileField', ANN, {
      label: 'House',
      type: 'options_list',
      options: ['Raven', 'Lion'],
    });
    const { field: born } = w.gesture('addProfileField', ANN, { label: 'Born', type: 'date', hidden: true });
    const team = async (visibility?: string) =>
      (await w.api('team.profile.get', { visibility })).profile.fields.map(
        (one: { label: string }) => one.label,
      );
    expect([await team(), await team('visible'), await team('hidden')]).toEqual([
      ['House', 'Born'],
      ['House'],
      ['Born'],
    ]);
    const set = (fields: object) => w.api('users.profile.set', { profile: { fields } }, w.user);
    expect((await set({ [house]: { value: 'Snake', alt: '' } })).error).toBe('profile_set_failed');
    expect((await set({ [born]: { value: 'monday', alt: '' } })).error).toBe('profile_set_failed');
    expect((await set({ Xf404: { value: 'x', alt: '' } })).error).toBe('profile_set_failed');
    await set({ [house]: { value: 'Lion', alt: '' }, [born]: { value: '1999-12-31', alt: '' } });
    await w.api('users.profile.set', { name: born, value: '' }, w.user);
    const { profile } = await w.api('users.profile.get', { include_labels: true }, w.user);
    expect(profile.fields).toEqual({ [house]: { value: 'Lion', alt: '', label: 'House' } });
    expect(() => w.gesture('addProfileField', BOB, { label: 'x', type: 'text' })).toThrow('does not run');
  });

  it('gets a picture by a multipart upload, and loses it again', async () => {
    const w = await openWorkspace();
    const upload = async (bytes: Buffer) => {
      const form = new FormData();
      form.set('image', new Blob([new Uint8Array(bytes)]), 'me.png');
      const request = { method: 'POST', headers: { authorization: `Bearer ${w.user}` }, body: form };
      return (await w.fetch('/slack/api/users.setPhoto', request)).json();
    };
    const { profile } = (await upload(PIXEL)) as { profile: Record<string, string> };
    const shown = async () => (await w.api('users.info', { user: w.person(ANN) })).user.profile;
    expect(profile.image_512).toBe((await shown()).image_512);
    expect(profile.avatar_hash).toMatch(/^[0-9a-f]{12}$/);
    expect(await upload(Buffer.from('no picture'))).toMatchObject({ error: 'bad_image' });
    expect((await w.api('users.deletePhoto', {}, w.user)).ok).toBe(true);
    expect((await shown()).image_24).toMatch(/^https:\/\/secure\.gravatar\.com\//);
    expect(await shown()).not.toHaveProperty('is_custom_image');
  });

  it('says as much of its person’s identity as the token was granted', async () => {
    const w = await openWorkspace();
    const identity = (...scopes: string[]) =>
      w.api('users.identity', {}, w.mint({ kind: 'user', as: BOB, scopes }));
    const { team_id: id } = await w.api('auth.test');
    expect(await identity('identity.basic')).toEqual({
      ok: true,
      user: { name: 'Bob Baker', id: w.person(BOB) },
      team: { id },
    });
    const whole = await identity('identity.basic', 'identity.email', 'identity.avatar', 'identity.team');
    expect(whole).toMatchObject({
      user: { email: BOB, image_48: expect.any(String) },
      team: { name: 'acme' },
    });
    expect((await identity('users:read')).error).toBe('missing_scope');
  });
});

describe('the roll of members', () => {
  it('grows when somebody joins, and the apps hear of it', async () => {
    const w = await openWorkspace(hearing(['team_join', 'member_joined_channel']));
    const { user } = w.gesture('joinWorkspace', 'dan@acme.example', { name: 'Dan Dale' });
    const heard = await w.heard();
    expect(heard.map((one) => one.event.type)).toEqual(['team_join', 'member_joined_channel']);
    expect(heard[0].event.user).toMatchObject({ id: user, real_name: 'Dan Dale', deleted: false });
    const { members } = await w.api('users.list');
    const people = members
      .filter((one: { is_bot: boolean }) => !one.is_bot)
      .map((one: { id: string }) => one.id);
    expect(people.at(-1)).toBe(user);
    expect(people.slice(1)).toEqual([...people.slice(1)].sort());
  });

  it('says little of who left, whose tokens are good no more', async () => {
    const w = await openWorkspace(hearing(['user_change']));
    const bob = w.mint({ kind: 'user', as: BOB });
    w.gesture('deactivate', ANN, { member: BOB });
    expect((await w.api('auth.test', {}, bob)).error).toBe('account_inactive');
    expect((await w.heard())[0].event.user.deleted).toBe(true);
    const { user } = await w.api('users.info', { user: w.person(BOB) });
    expect(user).toMatchObject({ deleted: true, name: 'bob' });
    expect(user).not.toHaveProperty('tz');
    const { members } = await w.api('conversations.members', { channel: w.channel('general') });
    expect(members).not.toContain(w.person(BOB));
    expect((await w.api('users.lookupByEmail', { email: BOB })).error).toBe('users_not_found');
  });

  it('tells the time of the season', async () => {
    const summer = await openWorkspace(undefined, {
      clock: { mode: 'frozen', now: Date.parse('2026-07-01T00:00:00Z') },
    });
    const { user } = await summer.api('users.info', { user: summer.person(ANN) });
    expect(user).toMatchObject({ tz_label: 'Pacific Daylight Time', tz_offset: -25_200 });
    const winter = await openWorkspace(undefined, {
      clock: { mode: 'frozen', now: Date.parse('2026-01-01T00:00:00Z') },
    });
    expect((await winter.api('users.info', { user: winter.person(ANN) })).user.tz_offset).toBe(-28_800);
  });

  it('is of no Enterprise organisation', async () => {
    const w = await openWorkspace(hearing([], ['tokens.basic', 'conversations.connect:manage']));
    const users = w.person(ANN);
    expect((await w.api('migration.exchange', { users })).error).toBe('not_enterprise_team');
    const many = Array.from({ length: 401 }, () => users).join();
    expect((await w.api('migration.exchange', { users: many })).error).toBe('too_many_users');
    const lookup = (email: string) => w.api('users.discoverableContacts.lookup', { email });
    expect((await lookup('x@other.example')).error).toBe('not_an_enterprise');
    expect((await lookup('nobody')).error).toBe('invalid_arguments');
  });
});

describe('a guest', () => {
  const GIL = 'gil@guest.example';

  it('sees the channels that they were let into, and runs none', async () => {
    const w = await openWorkspace();
    const { user } = w.gesture('joinWorkspace', GIL, {
      name: 'Gil Guest',
      guest: 'multi',
      channels: ['random'],
    });
    const gil = w.mint({ kind: 'user', as: GIL });
    const call = (method: string, args: Record<string, unknown>) => w.api(method, args, gil);
    const random = { channel: w.channel('random') };
    const general = { channel: w.channel('general') };
    expect((await w.api('users.info', { user })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: false,
    });
    expect((await call('conversations.list', {})).channels).toMatchObject([{ name: 'random' }]);
    expect((await call('conversations.info', general)).error).toBe('channel_not_found');
    expect((await call('conversations.join', general)).error).toBe('channel_not_found');
    expect((await call('conversations.create', { name: 'mine' })).error).toBe('restricted_action');
    expect((await call('conversations.archive', random)).error).toBe('restricted_action');
    expect((await call('conversations.setTopic', { ...random, topic: 'x' })).error).toBe(
      'user_is_restricted',
    );
    expect((await call('conversations.leave', random)).error).toBe('user_is_restricted');
    expect((await call('conversations.kick', { ...random, user: w.person(BOB) })).error).toBe(
      'restricted_action',
    );
    expect((await call('chat.postMessage', { ...random, text: 'hi' })).ok).toBe(true);
    expect((await w.api('conversations.invite', { ...general, users: user })).ok).toBe(true);
    expect((await call('conversations.info', general)).channel.is_member).toBe(true);
  });

  it('of a single channel is let into no second one', async () => {
    const w = await openWorkspace();
    const { user } = w.gesture('joinWorkspace', GIL, { name: 'Gil', guest: 'single', channels: ['random'] });
    expect(await w.api('conversations.invite', { channel: w.channel('general'), users: user })).toMatchObject(
      {
        error: 'ura_max_channels',
        errors: [{ user, ok: false, error: 'ura_max_channels' }],
      },
    );
  });
});

describe('a member’s role', () => {
  it('is given by owners, and the apps hear of it', async () => {
    const w = await openWorkspace(hearing(['user_change']));
    w.gesture('setRole', ANN, { member: BOB, role: 'admin' });
    expect((await w.heard())[0].event.user).toMatchObject({
      id: w.person(BOB),
      is_admin: true,
      is_owner: false,
    });
    const bob = w.mint({ kind: 'user', as: BOB });
    const set = (user: string) => w.api('users.profile.set', { user, profile: { title: 'x' } }, bob);
    expect((await set(w.person(CAT))).ok).toBe(true);
    expect((await set(w.person(ANN))).error).toBe('cannot_update_admin_user');
    expect(() => w.gesture('setRole', BOB, { member: CAT, role: 'owner' })).toThrow('does not own');
    expect(() => w.gesture('setRole', ANN, { member: ANN, role: 'member' })).toThrow('primary owner');
  });
});
