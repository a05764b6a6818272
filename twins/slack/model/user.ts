/** People and bots of the workspace. https://docs.slack.dev/reference/objects/user-object */
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { type Json, type Profile, type Token, type User, users } from '../world.ts';
import { seconds } from './timestamp.ts';
import { zoneAt } from './zone.ts';

/** The user with this id; throws `user_not_found`. */
export const theUser = (world: World, id: string): User =>
  world.require(users, id, () => refuse('user_not_found'));

/** The user with this e-mail who is not deactivated; throws `users_not_found`. */
export function userByEmail(world: World, email: string): User {
  const found = world.list(users, { index: 'email', equals: email.trim().toLowerCase() }).first();
  if (!found || found.deleted) throw refuse('users_not_found');
  return found;
}

/** A user as `viewer` may see it: e-mails need a scope of their own, two-factor state an administrator. */
export function userView(world: World, viewer: Token, user: User): Json {
  const { has_2fa, ...shown } = user;
  const told = has_2fa !== undefined && (viewer.user === user.id || administers(world, viewer));
  return userShown(world, { ...shown, profile: profileView(viewer, user.profile) }, told ? { has_2fa } : {});
}

/** A user as events show it, with what `more` says besides; of who is deactivated Slack says little. */
export function userShown(world: World, user: Omit<User, 'has_2fa'>, more: Json = {}): Json {
  const { id, team_id, name, deleted, color, real_name, tz, profile, ...rest } = user;
  const head = { id, team_id, name, deleted };
  const { is_bot, is_app_user, updated } = rest;
  if (deleted) return { ...head, profile, is_bot, is_app_user, updated };
  return { ...head, color, real_name, tz, ...zoneAt(tz, world.now()), profile, ...rest, ...more };
}

/** Does this token act for an administrator of the workspace? */
export const administers = (world: World, viewer: Token): boolean =>
  viewer.kind === 'user' && world.get(users, viewer.user)?.is_admin === true;

/** A profile as `viewer` may see it. */
export function profileView(viewer: Token, profile: Profile): Profile {
  if (viewer.scopes.includes('users:read.email') || profile.email === undefined) return profile;
  const { email: _, ...rest } = profile;
  return rest;
}

const SETTABLE = new Set<string>([
  'title',
  'phone',
  'skype',
  'real_name',
  'display_name',
  'first_name',
  'last_name',
  'status_text',
  'status_emoji',
  'status_expiration',
  'email',
]);

/** Changes fields of a profile. Throws `invalid_name_required` for an empty name, `profile_set_failed`. */
export function setProfile(world: World, user: User, changes: Json): User {
  const set: Json = {};
  for (const [name, value] of Object.entries(changes)) {
    if (!SETTABLE.has(name)) continue;
    if (typeof value !== 'string' && typeof value !== 'number') throw refuse('invalid_profile');
    set[name] = value;
  }
  if (set.real_name === '')
    throw refuse('invalid_name_required', {
      detail: 'Value passed for `name` was empty.',
      field: 'real_name',
    });
  const emoji = set.status_emoji;
  if (typeof emoji === 'string' && emoji !== '' && !/^:[^:\s]+(?:::skin-tone-\d)?:$/.test(emoji))
    throw refuse('profile_status_set_failed_not_valid_emoji');
  const profile = named({ ...user.profile, ...set } as Profile, set);
  return world.update(users, user.id, {
    profile,
    real_name: profile.real_name,
    updated: seconds(world),
  });
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

const normalized = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '');
