/** People and bots of the workspace. https://docs.slack.dev/reference/objects/user-object */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, type Json, type Profile, type Token, type User, users } from '../../world.ts';
import { goodToken } from '../apps/token.ts';
import { tellEach } from '../events/event.ts';
import { tellStreams } from '../events/stream.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { zoneAt } from './zone.ts';

/** The user with this id; throws `user_not_found`. */
export const theUser = (world: World, id: string): User =>
  world.require(users, id, () => refuse('user_not_found'));

/** Does this look like an e-mail address? */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

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
function userShown(world: World, user: Omit<User, 'has_2fa'>, more: Json = {}): Json {
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
export const profileView = (viewer: Token, profile: Profile): Profile =>
  viewer.scopes.includes('users:read.email') ? profile : withoutEmail(profile);

/** Changes a user's row and tells the apps: that it changed, and what else `types` say of it. */
export function changeUser(
  world: World,
  user: User,
  to: Partial<User>,
  types: readonly UserEvent[] = [],
): User {
  const changed = world.update(users, user.id, { ...to, updated: seconds(world) });
  for (const type of [...types, 'user_change'] as const) tellOfUser(world, type, changed);
  return changed;
}

type UserEvent =
  | 'user_change'
  | 'user_profile_changed'
  | 'user_status_changed'
  | 'user_huddle_changed'
  | 'team_join';

/** Tells the apps of a user, each as far as it may see them. */
export function tellOfUser(world: World, type: UserEvent, { has_2fa: _, ...user }: User): void {
  const said = (profile: Profile) => ({
    user: userShown(world, { ...user, profile }),
    cache_ts: seconds(world),
    event_ts: eventTs(world),
  });
  tellStreams(world, () => ({ type, ...said(withoutEmail(user.profile)) }));
  tellEach(world, type, (app) => said(profileFor(world, app, user.profile)));
}

const profileFor = (world: World, app: App, profile: Profile): Profile =>
  goodToken(world, app, 'bot')?.scopes.includes('users:read.email') ? profile : withoutEmail(profile);

function withoutEmail(profile: Profile): Profile {
  const { email: _, ...rest } = profile;
  return rest;
}
