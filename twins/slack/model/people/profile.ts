/** What members say of themselves. https://docs.slack.dev/reference/methods/users.profile.set */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { DISPLAY_NAME_CHARS_MAX, STATUS_TEXT_CHARS_MAX } from '../../limits.ts';
import { type Json, type Profile, type Token, type User, users } from '../../world.ts';
import { displayInfo, emojiCalled } from './emoji.ts';
import { normalized } from './newcomer.ts';
import { filledIn } from './profileField.ts';
import { administers, changeUser, isEmail } from './user.ts';

/** The twin's timer that ends a status. */
export const STATUS_TIMER = 'statusExpiry';

const SETTABLE = new Set<string>([
  'title',
  'phone',
  'skype',
  'pronouns',
  'start_date',
  'real_name',
  'display_name',
  'first_name',
  'last_name',
  'status_text',
  'status_emoji',
  'status_expiration',
  'email',
]);

/**
 * Changes a profile. Throws `not_admin`, `not_app_admin`, `cannot_update_admin_user`, `invalid_profile`,
 * `invalid_name_required`, `name_not_allowed`, `invalid_starts_with_at`, `email_taken`, `too_long`,
 * `must_clear_both_status_text_and_status_emoji`, `profile_status_set_failed_not_valid_emoji`, `profile_set_failed`.
 */
export function setProfile(world: World, actor: Token, user: User, changes: Json): User {
  requireMayChange(world, actor, user);
  const set: Json = {};
  for (const [name, value] of Object.entries(changes)) {
    if (!SETTABLE.has(name)) continue;
    if (typeof value !== 'string' && typeof value !== 'number') throw refuse('invalid_profile');
    set[name] = name === 'status_expiration' ? Math.max(0, Number(value) || 0) : String(value);
  }
  requireGoodNames(set);
  if (set.email !== undefined) requireMayHave(world, actor, user, String(set.email));
  const status = statusOf(world, user.profile, set);
  const fields =
    changes.fields === undefined ? user.profile.fields : filledIn(world, user.profile, changes.fields);
  const profile = named({ ...user.profile, ...set, ...status, fields } as Profile, set);
  if (status && profile.status_expiration > 0)
    world.schedule(profile.status_expiration * 1_000, STATUS_TIMER, {
      user: user.id,
      status_expiration: profile.status_expiration,
    });
  const events = [...(status ? (['user_status_changed'] as const) : []), 'user_profile_changed' as const];
  return changeUser(world, user, { profile, real_name: profile.real_name }, events);
}

/** Ends a status whose time has come, unless there is another by then. */
export function endStatus(world: World, due: { user: string; status_expiration: number }): void {
  const user = world.get(users, due.user);
  if (!user || user.profile.status_expiration !== due.status_expiration) return;
  const cleared = { status_text: '', status_emoji: '', status_emoji_display_info: [], status_expiration: 0 };
  const profile = { ...user.profile, ...cleared };
  changeUser(world, user, { profile }, ['user_status_changed', 'user_profile_changed']);
}

function requireMayChange(world: World, actor: Token, user: User): void {
  if (actor.user === user.id) return;
  const by = world.get(users, actor.user);
  if (!administers(world, actor)) throw refuse(user.is_bot ? 'not_app_admin' : 'not_admin');
  if (user.is_admin && by?.is_primary_owner !== true) throw refuse('cannot_update_admin_user');
}

function requireGoodNames(set: Json): void {
  if (set.real_name === '')
    throw refuse('invalid_name_required', {
      detail: 'Value passed for `name` was empty.',
      field: 'real_name',
    });
  for (const field of ['real_name', 'display_name', 'first_name', 'last_name']) {
    const name = String(set[field] ?? '');
    if (name.startsWith('@')) throw refuse('invalid_starts_with_at', { field });
    if (/https?:\/\//i.test(name)) throw refuse('name_not_allowed', { field });
    if ([...name].length > DISPLAY_NAME_CHARS_MAX) throw refuse('profile_set_failed', { field });
  }
}

/** E-mails are given by administrators. */
function requireMayHave(world: World, actor: Token, user: User, email: string): void {
  if (email.toLowerCase() === user.profile.email?.toLowerCase()) return;
  if (!administers(world, actor)) throw refuse('not_admin');
  if (!isEmail(email)) throw refuse('profile_set_failed');
  if (world.list(users, { index: 'email', equals: email.toLowerCase() }).first()) throw refuse('email_taken');
}

/** The status that `set` leaves; undefined where it says nothing of one. A text without an emoji gets Slack's own. */
function statusOf(world: World, now: Profile, set: Json): Partial<Profile> | undefined {
  const { status_text, status_emoji, status_expiration } = set;
  if (status_text === undefined && status_emoji === undefined && status_expiration === undefined)
    return undefined;
  const emoji = String(status_emoji ?? now.status_emoji);
  const text = String(status_text ?? now.status_text);
  const named = /^:([^:\s]+(?:::skin-tone-\d)?):$/.exec(emoji)?.[1];
  if (emoji !== '' && (named === undefined || !emojiCalled(world, named)))
    throw refuse('profile_status_set_failed_not_valid_emoji');
  if ([...text].length > STATUS_TEXT_CHARS_MAX) throw refuse('too_long');
  if (status_text === '' && status_emoji === undefined && emoji !== '')
    throw refuse('must_clear_both_status_text_and_status_emoji');
  const empty = text === '' && emoji === '';
  const shown = text !== '' && emoji === '' ? ':speech_balloon:' : emoji;
  return {
    status_text: text,
    status_emoji: shown,
    status_emoji_display_info: displayInfo(world, shown),
    status_expiration: empty ? 0 : Number(status_expiration ?? now.status_expiration),
  };
}

/** Keeps the names of a profile in step with one another. */
function named(profile: Profile, set: Json): Profile {
  const [first = '', ...rest] = profile.real_name.split(' ');
  const names =
    set.real_name !== undefined
      ? { first_name: first, last_name: rest.join(' ') }
      : set.first_name !== undefined || set.last_name !== undefined
        ? { real_name: `${profile.first_name} ${profile.last_name}`.trim() }
        : {};
  const whole = { ...profile, ...names };
  return {
    ...whole,
    real_name_normalized: normalized(whole.real_name),
    display_name_normalized: normalized(whole.display_name),
    status_text_canonical: '',
  };
}
