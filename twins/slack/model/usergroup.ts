/**
 * Groups of people that can be mentioned together. https://docs.slack.dev/reference/objects/usergroup-object
 */
import { shaped, UPPER36 } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { type Json, type Token, type UserGroup, userGroups } from '../world.ts';
import { theTeam } from './team.ts';
import { seconds } from './timestamp.ts';
import { theUser } from './user.ts';

/** What may be said of a user group. */
export interface GroupDraft {
  name?: string;
  handle?: string;
  description?: string;
  channels?: string[];
}

/** A new group with nobody in it. Throws `name_already_exists`, `handle_already_exists`. */
export function createGroup(world: World, actor: Token, draft: GroupDraft & { name: string }): UserGroup {
  const now = seconds(world);
  const handle = draft.handle ?? draft.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  requireFree(world, handle, draft.name);
  return world.insert(userGroups, {
    id: shaped(world.draw('slack.usergroup'), 'S0', 9, UPPER36),
    team_id: theTeam(world).id,
    is_usergroup: true,
    is_subteam: true,
    name: draft.name,
    description: draft.description ?? '',
    handle,
    is_external: false,
    date_create: now,
    date_update: now,
    date_delete: 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: '',
    created_by: actor.user,
    updated_by: actor.user,
    deleted_by: null,
    prefs: { channels: draft.channels ?? [], groups: [] },
    users: [],
  });
}

/** Changes what is given. */
export function updateGroup(world: World, actor: Token, group: UserGroup, draft: GroupDraft): UserGroup {
  if (draft.handle !== undefined && draft.handle !== group.handle) requireFree(world, draft.handle);
  if (draft.name !== undefined && draft.name !== group.name) requireFree(world, undefined, draft.name);
  const { channels, ...said } = draft;
  return touch(world, actor, group, {
    ...said,
    ...(channels ? { prefs: { ...group.prefs, channels } } : {}),
  });
}

/** Puts a group to rest or wakes it. Throws `already_disabled`, `already_enabled`. */
export function enable(world: World, actor: Token, group: UserGroup, on: boolean): UserGroup {
  if (on === (group.date_delete === 0)) throw refuse(on ? 'already_enabled' : 'already_disabled');
  return touch(world, actor, group, {
    date_delete: on ? 0 : seconds(world),
    deleted_by: on ? null : actor.user,
  });
}

/** Sets who is in a group. Throws `no_users_provided`, `invalid_users`. */
export function setUsers(world: World, actor: Token, group: UserGroup, users: readonly string[]): UserGroup {
  if (users.length === 0) throw refuse('no_users_provided');
  for (const id of users) if (theUser(world, id).deleted) throw refuse('invalid_users');
  return touch(world, actor, group, { users: [...new Set(users)] });
}

/** The group with this id. Throws `no_such_subteam`. */
export const theGroup = (world: World, id: string): UserGroup =>
  world.require(userGroups, id, () => refuse('no_such_subteam'));

/** A group as Slack shows it. */
export function groupView(group: UserGroup, withUsers: boolean, withCount: boolean): Json {
  const { users, ...shown } = group;
  return {
    ...shown,
    ...(withUsers ? { users } : {}),
    ...(withUsers || withCount ? { user_count: users.length } : {}),
    channel_count: group.prefs.channels.length,
  };
}

const touch = (world: World, actor: Token, group: UserGroup, to: Partial<UserGroup>): UserGroup =>
  world.update(userGroups, group.id, { ...to, updated_by: actor.user, date_update: seconds(world) });

function requireFree(world: World, handle?: string, name?: string): void {
  if (handle !== undefined && world.list(userGroups, { index: 'handle', equals: handle }).first())
    throw refuse('handle_already_exists');
  if (name !== undefined && world.list(userGroups, { where: (row) => row.name === name }).first())
    throw refuse('name_already_exists');
}
