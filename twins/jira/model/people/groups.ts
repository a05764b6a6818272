/**
 * Groups of people: the site's own, and those that administrators make.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/
 */
import { uuid } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing } from '../../errors.ts';
import { GROUP_NAME_CHARS_MAX } from '../../limits.ts';
import {
  applicationRoles,
  comments,
  type Group,
  groups,
  type Membership,
  memberships,
  permissionGrants,
  roleActors,
  securityMembers,
  type User,
  users,
  worklogs,
} from '../../world.ts';
import { audit } from '../site/audit.ts';

/** How a request names a group: by id, or by name; Jira asks for one of them. */
export interface GroupName {
  groupId?: string | null | undefined;
  name?: string | null | undefined;
}

/** The group so named; undefined where there is none. */
export const groupNamed = (world: World, { groupId, name }: GroupName): Group | undefined =>
  groupId ? world.get(groups, groupId) : name ? groupByName(world, name) : undefined;

/** The group of this name, case aside. */
export const groupByName = (world: World, name: string): Group | undefined =>
  world.list(groups, { index: 'name', equals: name.toLowerCase() }).first();

/** The group that is named; 400 where none is or both are, 404 where there is no such group. */
export function requireGroup(world: World, named: GroupName): Group {
  const { groupId, name } = named;
  if (groupId && name) throw badQuery("The 'groupname' and 'groupId' parameters are mutually exclusive.");
  if (!groupId && !name)
    throw badQuery("Either the 'groupname' or the 'groupId' parameter must be provided.");
  const found = groupNamed(world, named);
  if (!found)
    throw missing(
      groupId
        ? `The group with id '${groupId}' does not exist.`
        : `The group named '${name}' does not exist.`,
    );
  return found;
}

/** A new group; 400 for a missing, long or taken name. */
export function createGroup(world: World, author: User, name: unknown): Group {
  if (typeof name !== 'string' || name.trim() === '')
    throw badQuery('A group name must be specified and must not be empty.');
  if (name.length > GROUP_NAME_CHARS_MAX)
    throw badQuery(`The group name must not exceed ${GROUP_NAME_CHARS_MAX} characters in length.`);
  if (groupByName(world, name)) throw badQuery('A group or user with this name already exists.');
  const made = world.insert(groups, {
    groupId: uuid(world.drawFor('jira.group', name, world.next('jira.group'))),
    name: name.trim(),
  });
  audit(world, { summary: 'Group created', category: 'group management', author, object: groupItem(made) });
  return made;
}

/**
 * Deletes a group; what was restricted to it goes to `swap`. 403 for a group by which the site is administered; 400
 * where comments or worklogs are restricted to it and no other group was named.
 */
export function deleteGroup(world: World, author: User, group: Group, swap: Group | undefined): void {
  if (group.administers || isDefault(world, group))
    throw forbidden(`The group '${group.name}' is managed by the system and cannot be deleted.`);
  if (swap?.groupId === group.groupId)
    throw badQuery('The group to delete and the group to swap to must be different.');
  restrictedTo(world, group, swap);
  for (const { accountId } of membersOf(world, group.groupId).toArray())
    world.remove(memberships, `${group.groupId}/${accountId}`);
  for (const row of world.list(roleActors, { index: 'holder', equals: group.groupId }).toArray())
    world.remove(roleActors, roleActors.key(row));
  const holder = `group/${group.groupId}`;
  for (const row of world.list(permissionGrants, { index: 'holder', equals: holder }).toArray())
    world.remove(permissionGrants, permissionGrants.key(row));
  for (const row of world.list(securityMembers, { index: 'holder', equals: holder }).toArray())
    world.remove(securityMembers, row.id);
  world.remove(groups, group.groupId);
  audit(world, { summary: 'Group deleted', category: 'group management', author, object: groupItem(group) });
}

const isDefault = (world: World, group: Group): boolean =>
  world
    .list(applicationRoles)
    .toArray()
    .some(({ defaultGroups }) => defaultGroups.includes(group.groupId));

/** Gives what only a group sees to another group; 400 where there is some and no other group. */
function restrictedTo(world: World, group: Group, swap: Group | undefined): void {
  const query = { index: 'restrictedTo', equals: `group/${group.groupId}` };
  const said = world.list(comments, query).toArray();
  const logged = world.list(worklogs, query).toArray();
  if (said.length + logged.length === 0) return;
  if (!swap)
    throw badQuery(
      `The group '${group.name}' is used to restrict comments or worklogs. Specify the swapGroup or swapGroupId parameter.`,
    );
  const visibility = { type: 'group', value: swap.name, identifier: swap.groupId } as const;
  for (const row of said) world.put(comments, { ...row, visibility });
  for (const row of logged) world.put(worklogs, { ...row, visibility });
}

const groupItem = ({ groupId, name }: Group) => ({ id: groupId, name, typeName: 'GROUP' });

/** A group's members, in the order of their account ids. */
export const membersOf = (world: World, groupId: string): Range<Membership> =>
  world.list(memberships, { index: 'group', equals: groupId });

/** A person's groups, by name. */
export const groupsOf = (world: World, accountId: string): Group[] =>
  world
    .list(memberships, { index: 'account', equals: accountId })
    .toArray()
    .flatMap(({ groupId }) => world.get(groups, groupId) ?? [])
    .sort(byName);

const byName = (a: Group, b: Group): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Makes a person a member of a group; once is enough. */
export const enter = (world: World, groupId: string, accountId: string): Membership =>
  world.put(memberships, { groupId, accountId });

/** Adds a person on an administrator's word; 400 for one who is a member already. */
export function addMember(world: World, author: User, group: Group, user: User): void {
  if (world.get(memberships, `${group.groupId}/${user.accountId}`))
    throw badQuery(`Cannot add user '${user.displayName}', user is already a member of '${group.name}'`);
  enter(world, group.groupId, user.accountId);
  audit(world, {
    summary: 'User added to group',
    category: 'group management',
    author,
    object: groupItem(group),
    associatedItems: [{ id: user.accountId, name: user.accountId, typeName: 'USER' }],
  });
}

/** Takes a person out of a group; 404 where they are no member, 400 for the last administrator of the site. */
export function removeMember(world: World, author: User, group: Group, user: User): void {
  const key = `${group.groupId}/${user.accountId}`;
  if (!world.get(memberships, key))
    throw badQuery(
      `Cannot remove user '${user.displayName}' from group '${group.name}' since user is not a member`,
    );
  if (group.administers === 'site' && administratorsWithout(world, key) === 0)
    throw badQuery('You cannot remove the last administrator of the site.');
  world.remove(memberships, key);
  audit(world, {
    summary: 'User removed from group',
    category: 'group management',
    author,
    object: groupItem(group),
    associatedItems: [{ id: user.accountId, name: user.accountId, typeName: 'USER' }],
  });
}

/** How many memberships by which active people administer the site would be left. */
const administratorsWithout = (world: World, key: string): number =>
  world
    .list(groups, { where: (row) => row.administers === 'site' })
    .toArray()
    .flatMap(({ groupId }) => membersOf(world, groupId).toArray())
    .filter((row) => memberships.key(row) !== key && world.get(users, row.accountId)?.active).length;

/** Groups whose name holds `query`, by name; all for an empty one. */
export function findGroups(world: World, query: string, caseInsensitive = false): Group[] {
  const fold = (text: string) => (caseInsensitive ? text.toLowerCase() : text);
  const wanted = fold(query.trim());
  return world
    .list(groups, { where: ({ name }) => fold(name).includes(wanted) })
    .toArray()
    .sort(byName);
}
