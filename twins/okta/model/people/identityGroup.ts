/** Groups of an identity source and who is in them; in the org they are groups of the source's app. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import {
  EXTERNAL_GROUP_ID_CHARS_MAX,
  GROUP_DESCRIPTION_CHARS_MAX,
  GROUP_NAME_CHARS_MAX,
} from '../../limits.ts';
import { stamp } from '../../time.ts';
import { identityGroups, identityMembers } from '../../world/identitySources.ts';
import { groups } from '../../world.ts';
import { addGroup, deleteGroup, joinGroup, quitGroup } from '../groups/group.ts';
import { recordChange, type Who } from '../log/log.ts';
import { byExternalId, checkedId, findSource, type IdentityUser } from './identityUser.ts';

/** A group in the vendor's shape; its id is that of the group in the org. `appId` is not shown. */
export interface IdentityGroup {
  appId: string;
  id: string;
  externalId: string;
  profile: { displayName: string; description: string | null };
}

/** One person in one group; `identityUserId` is the person's id in the source's app. */
export interface IdentityMember {
  appId: string;
  /** `{group}/{person}`. */
  id: string;
  externalId: string;
  identityUserId: string;
  userId: string;
}

export interface IdentityGroupInput {
  externalId?: string;
  profile?: { displayName?: string; description?: string | null };
}

/** The group that the source or the org knows by this id, or E0000007. */
export function findIdentityGroup(world: World, appId: string, key: string): IdentityGroup {
  findSource(world, appId);
  const found = groupOf(world, appId, key);
  if (!found) throw notFound(key, 'IdentitySourceGroup');
  return found;
}

/** The same, or undefined. */
export const groupOf = (world: World, appId: string, key: string): IdentityGroup | undefined =>
  world.get(identityGroups, `${appId}/${key}`) ??
  world.list(identityGroups, { index: 'external', equals: `${appId}/${key}` }).first();

/** Adds a group. Throws E0000001 for an id or name that is missing, too long or taken. */
export function addIdentityGroup(
  world: World,
  who: Who,
  appId: string,
  input: IdentityGroupInput | undefined,
): IdentityGroup {
  findSource(world, appId);
  const externalId = checkedId(input?.externalId, EXTERNAL_GROUP_ID_CHARS_MAX);
  if (groupOf(world, appId, externalId))
    throw invalid(
      'externalId',
      'externalId: An object with this field already exists in the current organization',
    );
  return upsertIdentityGroup(world, who, appId, externalId, input);
}

/** Changes what a group is called. Throws E0000007, and E0000001 as `addIdentityGroup` does. */
export function changeIdentityGroup(
  world: World,
  who: Who,
  appId: string,
  key: string,
  input: IdentityGroupInput | undefined,
): IdentityGroup {
  const { externalId } = findIdentityGroup(world, appId, key);
  return upsertIdentityGroup(world, who, appId, externalId, input);
}

/** Adds a group, or changes what it is called. */
export function upsertIdentityGroup(
  world: World,
  who: Who,
  appId: string,
  externalId: string,
  input: IdentityGroupInput | undefined,
): IdentityGroup {
  const profile = checkedProfile(input);
  const old = groupOf(world, appId, externalId);
  const inOrg = { name: profile.displayName, description: profile.description };
  const id = old?.id ?? addGroup(world, inOrg, 'APP_GROUP', appId).id;
  if (old) world.update(groups, id, { profile: inOrg, lastUpdated: stamp(world.now()) });
  const row = world.put(identityGroups, { appId, id, externalId, profile });
  logGroup(world, who, old ? 'update' : 'create', row);
  return row;
}

/** Removes a group, in the org too. */
export function removeIdentityGroup(world: World, who: Who, appId: string, key: string): void {
  const row = findIdentityGroup(world, appId, key);
  deleteGroup(world, who, row.id);
  logGroup(world, who, 'delete', row);
}

/** A group that is deleted in the org is known to no source any more. */
export function forgetIdentityGroup(world: World, groupId: string): void {
  for (const { appId, id } of world.list(identityGroups, { index: 'group', equals: groupId }).toArray()) {
    for (const member of membersOfIdentityGroup(world, appId, id).toArray())
      world.remove(identityMembers, `${appId}/${member.id}`);
    world.remove(identityGroups, `${appId}/${id}`);
  }
}

/** Who is in a group, by age. */
export const membersOfIdentityGroup = (world: World, appId: string, groupId: string): Range<IdentityMember> =>
  world.list(identityMembers, { prefix: `${appId}/${groupId}/` });

/** Puts somebody into a group; a member stays one. Throws E0000007 for a group or person that the source has not. */
export function joinIdentityGroup(
  world: World,
  who: Who,
  appId: string,
  key: string,
  memberExternalId: string | undefined,
): void {
  const group = findIdentityGroup(world, appId, key);
  if (!memberExternalId) throw blank('memberExternalId');
  const person = memberOf(world, appId, memberExternalId);
  const id = `${group.id}/${person.id}`;
  if (world.get(identityMembers, `${appId}/${id}`)) return;
  const { userId } = person;
  world.insert(identityMembers, {
    appId,
    id,
    externalId: memberExternalId,
    identityUserId: person.id,
    userId,
  });
  joinGroup(world, who, group.id, userId);
  logGroup(world, who, 'user.assign', group);
}

/** Takes somebody out of a group. Throws E0000007, also for somebody who is not in it. */
export function quitIdentityGroup(
  world: World,
  who: Who,
  appId: string,
  key: string,
  memberExternalId: string,
): void {
  const group = findIdentityGroup(world, appId, key);
  const id = `${group.id}/${memberOf(world, appId, memberExternalId).id}`;
  const row = world.get(identityMembers, `${appId}/${id}`);
  if (!row) throw notFound(memberExternalId, 'IdentitySourceGroupMembership');
  quit(world, who, row);
}

/** Somebody whom the source forgets is in none of its groups. */
export function leaveIdentityGroups(world: World, who: Who, person: IdentityUser): void {
  for (const row of world.list(identityMembers, { index: 'user', equals: person.id }).toArray())
    quit(world, who, row);
}

function quit(world: World, who: Who, row: IdentityMember): void {
  const [groupId = ''] = row.id.split('/', 1);
  world.remove(identityMembers, `${row.appId}/${row.id}`);
  quitGroup(world, who, groupId, row.userId);
  const group = groupOf(world, row.appId, groupId);
  if (group) logGroup(world, who, 'user.revoke', group);
}

function memberOf(world: World, appId: string, externalId: string): IdentityUser {
  const person = byExternalId(world, appId, externalId);
  if (!person) throw notFound(externalId, 'IdentitySourceUser');
  return person;
}

function checkedProfile(input: IdentityGroupInput | undefined): IdentityGroup['profile'] {
  const { displayName, description = null } = input?.profile ?? {};
  if (!displayName) throw blank('displayName');
  if (displayName.length > GROUP_NAME_CHARS_MAX)
    throw invalid(
      'displayName',
      `displayName: The field is too long. Maximum is ${GROUP_NAME_CHARS_MAX} characters`,
    );
  if (description !== null && description.length > GROUP_DESCRIPTION_CHARS_MAX)
    throw invalid(
      'description',
      `description: The field is too long. Maximum is ${GROUP_DESCRIPTION_CHARS_MAX} characters`,
    );
  return { displayName, description };
}

function logGroup(world: World, who: Who, what: string, row: IdentityGroup): void {
  const thing = { id: row.id, type: 'UserGroup', name: row.profile.displayName };
  recordChange(world, who, `system.identity_sources.group.${what}`, `Identity source group ${what}`, thing);
}
