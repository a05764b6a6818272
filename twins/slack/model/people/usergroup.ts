/**
 * Groups of people that can be mentioned together. https://docs.slack.dev/reference/objects/usergroup-object
 */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { GROUP_DESCRIPTION_CHARS_MAX, GROUP_HANDLE_CHARS_MAX, GROUP_NAME_CHARS_MAX } from '../../limits.ts';
import { channels, type Json, type Token, type UserGroup, userGroups, users } from '../../world.ts';
import { join } from '../channels/membership.ts';
import { tell, tellPerson } from '../events/event.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { theTeam } from './team.ts';

/** What may be said of a user group. `channels`: those that its members are brought into. */
export interface GroupDraft {
  name?: string;
  handle?: string;
  description?: string;
  channels?: string[];
}

/** Who changes a group. */
type Actor = Pick<Token, 'user'>;

/** Handles that Slack keeps for itself. */
const FORBIDDEN = new Set(['here', 'channel', 'everyone', 'group', 'subteam']);

/**
 * A new group with nobody in it. Throws `missing_subteam_name`, `name_too_long`, `bad_handle`, `forbidden_handle`,
 * `name_already_exists`, `handle_already_exists`, `description_too_long`, `invalid_channel_provided`.
 */
export function createGroup(world: World, actor: Actor, draft: GroupDraft & { name: string }): UserGroup {
  const now = seconds(world);
  const handle = draft.handle || handleOf(draft.name);
  requireGood(world, { ...draft, handle });
  const group = world.insert(userGroups, {
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
  announce(world, 'subteam_created', group);
  return group;
}

const handleOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

/** Puts somebody into the group of this name, which is made where there is none, or takes them out of it. */
export function setMembership(world: World, actor: Actor, name: string, user: string, isIn: boolean): void {
  const known = world.list(userGroups, { index: 'name', equals: name }).first();
  const others = known && known.date_delete === 0 ? known.users.filter((id) => id !== user) : [];
  if (isIn) {
    const group = known ?? createGroup(world, actor, { name, handle: freeHandle(world, name) });
    setUsers(world, actor, enable(world, actor, group, true), [
      ...others.filter((id) => isThere(world, id)),
      user,
    ]);
  } else if (known?.users.includes(user)) {
    // Slack has no group of nobody: it rests.
    if (others.length > 0)
      setUsers(
        world,
        actor,
        known,
        others.filter((id) => isThere(world, id)),
      );
    else enable(world, actor, known, false);
  }
}

const isThere = (world: World, id: string): boolean => world.get(users, id)?.deleted === false;

function freeHandle(world: World, name: string): string {
  const wanted = handleOf(name).slice(0, GROUP_HANDLE_CHARS_MAX - 3);
  let handle = wanted;
  for (let n = 2; isTaken(world, handle); n++) handle = `${wanted}-${n}`;
  return handle;
}

/** Changes what is given. Throws what `createGroup` throws. */
export function updateGroup(world: World, actor: Actor, group: UserGroup, draft: GroupDraft): UserGroup {
  const { channels: defaults, ...said } = draft;
  requireGood(world, draft, group);
  const changed = touch(world, actor, group, {
    ...said,
    ...(defaults ? { prefs: { ...group.prefs, channels: defaults } } : {}),
  });
  bringIn(world, changed, changed.users, actor.user);
  return changed;
}

/** Puts a group to rest or wakes it; nothing where it is so already. */
export function enable(world: World, actor: Actor, group: UserGroup, on: boolean): UserGroup {
  if (on === (group.date_delete === 0)) return group;
  return touch(world, actor, group, {
    date_delete: on ? 0 : seconds(world),
    deleted_by: on ? null : actor.user,
  });
}

/** Sets who is in a group, and brings them into its channels. Throws `no_users_provided`, `invalid_users`. */
export function setUsers(world: World, actor: Actor, group: UserGroup, given: readonly string[]): UserGroup {
  if (given.length === 0) throw refuse('no_users_provided');
  for (const id of given) if (world.get(users, id)?.deleted !== false) throw refuse('invalid_users');
  const now = [...new Set(given)];
  const added = now.filter((id) => !group.users.includes(id));
  const removed = group.users.filter((id) => !now.includes(id));
  const changed = touch(world, actor, group, { users: now });
  if (added.length + removed.length > 0) tellOfMembers(world, group, changed, added, removed);
  bringIn(world, changed, added, actor.user);
  return changed;
}

/** The group with this id. Throws `no_such_subteam`. */
export const theGroup = (world: World, id: string): UserGroup =>
  world.require(userGroups, id, () => refuse('no_such_subteam'));

/** A group as Slack shows it. */
export function groupView(group: UserGroup, withUsers: boolean, withCount: boolean): Json {
  const { users: inIt, ...shown } = group;
  return {
    ...shown,
    ...(withUsers ? { users: inIt } : {}),
    ...(withUsers || withCount ? { user_count: inIt.length } : {}),
    channel_count: group.prefs.channels.length,
  };
}

function touch(world: World, actor: Actor, group: UserGroup, to: Partial<UserGroup>): UserGroup {
  const changed = world.update(userGroups, group.id, {
    ...to,
    updated_by: actor.user,
    date_update: seconds(world),
  });
  announce(world, 'subteam_updated', changed);
  return changed;
}

function announce(world: World, type: 'subteam_created' | 'subteam_updated', group: UserGroup): void {
  tell(world, { type, subteam: groupView(group, true, true), event_ts: eventTs(world) });
}

function tellOfMembers(
  world: World,
  before: UserGroup,
  after: UserGroup,
  added: readonly string[],
  removed: readonly string[],
): void {
  const event_ts = eventTs(world);
  tell(world, {
    type: 'subteam_members_changed',
    subteam_id: after.id,
    team_id: after.team_id,
    date_previous_update: before.date_update,
    date_update: after.date_update,
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    event_ts,
  });
  const self = (type: string, ids: readonly string[]) => {
    for (const id of ids) tellPerson(world, id, { type, subteam_id: after.id, event_ts });
  };
  self('subteam_self_added', added);
  self('subteam_self_removed', removed);
}

function bringIn(world: World, group: UserGroup, ids: readonly string[], inviter: string): void {
  for (const id of group.prefs.channels) {
    const channel = world.get(channels, id);
    if (channel && !channel.is_archived) for (const user of ids) join(world, channel, user, inviter);
  }
}

function requireGood(world: World, draft: GroupDraft, now?: UserGroup): void {
  const { name, handle, description = '', channels: defaults = [] } = draft;
  if (name?.trim() === '') throw refuse('missing_subteam_name');
  if ((name?.length ?? 0) > GROUP_NAME_CHARS_MAX) throw refuse('name_too_long');
  if ([...description].length > GROUP_DESCRIPTION_CHARS_MAX) throw refuse('description_too_long');
  if (handle !== undefined && handle !== now?.handle) requireGoodHandle(world, handle);
  if (
    name !== undefined &&
    name !== now?.name &&
    world.list(userGroups, { index: 'name', equals: name }).first()
  )
    throw refuse('name_already_exists');
  for (const id of defaults) if (!world.get(channels, id)) throw refuse('invalid_channel_provided');
}

/** Handles are unique among groups, members and channels. */
function requireGoodHandle(world: World, handle: string): void {
  if (FORBIDDEN.has(handle)) throw refuse('forbidden_handle');
  if (!/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._-]*$/u.test(handle) || handle.length > GROUP_HANDLE_CHARS_MAX)
    throw refuse('bad_handle');
  if (isTaken(world, handle)) throw refuse('handle_already_exists');
}

const isTaken = (world: World, handle: string): boolean =>
  (world.list(userGroups, { index: 'handle', equals: handle }).first() ??
    world.list(users, { index: 'name', equals: handle }).first() ??
    world.list(channels, { index: 'name', equals: handle }).first()) !== undefined;
