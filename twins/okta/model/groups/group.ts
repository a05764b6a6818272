/** Groups and who is in them. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { GROUP_DESCRIPTION_CHARS_MAX, GROUP_NAME_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { groupPushMappings } from '../../world/apps.ts';
import { appGroups, groupMembers, groupOwners, groups, users } from '../../world.ts';
import { reconcileUser } from '../apps/appUser.ts';
import { type LogParty, record, type Who } from '../log/log.ts';
import { forgetIdentityGroup } from '../people/identityGroup.ts';
import { checkProfile, groupSchema } from '../people/schema.ts';
import { claimUnique, releaseUnique } from '../people/uniqueValue.ts';
import { findUser, type User, userTarget } from '../people/user.ts';
import { forgetInPolicies, isEnrolledInto } from '../policies/policyUse.ts';
import { groupChanged } from '../provisioning/groupProvisioning.ts';
import { forgetHolder } from '../roles/roleHolding.ts';
import { excludeFromRule, invalidateRulesOf, runRulesFor } from './groupRule.ts';

export type GroupProfile = Record<string, unknown> & { name: string; description: string | null };

/** A group in the vendor's shape, less links. */
export interface Group {
  id: string;
  created: string;
  lastUpdated: string;
  lastMembershipUpdated: string;
  objectClass: string[];
  type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';
  profile: GroupProfile;
  /** The app that an APP_GROUP comes from. */
  source?: { id: string };
}

/** One user in one group; `ruleId` where a rule put them there. */
export interface GroupMember {
  groupId: string;
  userId: string;
  ruleId?: string;
}

/** The body of a create or update. */
export interface GroupInput {
  profile?: Record<string, unknown>;
}

/** The group with this id, or E0000007. */
export const findGroup = (world: World, id: string): Group =>
  world.require(groups, id, () => notFound(id, 'UserGroup'));

/** The group with exactly this name, case aside. */
export const groupByName = (world: World, name: string): Group | undefined =>
  world.list(groups, { index: 'name', equals: name.toLowerCase() }).first();

/** Makes a group. Throws E0000001 for a missing, too long or taken name and for attributes that no schema has. */
export function createGroup(world: World, who: Who, input: GroupInput | undefined): Group {
  const profile = checkedProfile(world, input);
  if (groupByName(world, profile.name)) throw taken();
  const group = addGroup(world, profile, 'OKTA_GROUP');
  claimUnique(world, groupSchema(world), group.id, profile);
  record(world, who, {
    eventType: 'group.lifecycle.create',
    displayMessage: 'Create Okta group',
    target: [groupTarget(group)],
  });
  return group;
}

/** Puts a group in without asking anything. */
export function addGroup(world: World, profile: GroupProfile, type: Group['type'], sourceId?: string): Group {
  const now = stamp(world.now());
  return world.insert(groups, {
    id: newId(world, '00g'),
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
    objectClass: ['okta:user_group'],
    type,
    profile,
    ...(sourceId === undefined ? {} : { source: { id: sourceId } }),
  });
}

/** Replaces a group's profile. Throws E0000001 as a create does, E0000077 for a group that Okta owns. */
export function updateGroup(world: World, who: Who, id: string, input: GroupInput | undefined): Group {
  const group = findGroup(world, id);
  const profile = checkedProfile(world, input);
  if (group.type !== 'OKTA_GROUP') throw refuse('E0000077', { args: ['name'] });
  const other = groupByName(world, profile.name);
  if (other && other.id !== id) throw taken();
  const changed = world.update(groups, id, { profile, lastUpdated: stamp(world.now()) });
  claimUnique(world, groupSchema(world), id, profile);
  record(world, who, {
    eventType: 'group.profile.update',
    displayMessage: 'Update Okta group profile',
    target: [groupTarget(changed)],
  });
  groupChanged(world, id);
  return changed;
}

/**
 * Removes a group, its memberships and assignments; rules that assign to it become invalid. Throws E0000209 for one
 * that people who register are put into.
 */
export function deleteGroup(world: World, who: Who, id: string): void {
  const group = findGroup(world, id);
  if (group.type === 'BUILT_IN') throw refuse('E0000006');
  if (isEnrolledInto(world, id)) throw refuse('E0000209', { args: [group.profile.name] });
  const assignments = world.list(appGroups, { index: 'group', equals: id }).toArray();
  const members = membersOf(world, id).toArray();
  for (const row of members) world.remove(groupMembers, `${id}/${row.userId}`);
  for (const { appId } of assignments) {
    world.remove(appGroups, `${appId}/${id}`);
    for (const { userId } of members) reconcileUser(world, who, appId, userId);
  }
  removeRolesAndOwners(world, id);
  forgetInPolicies(world, id);
  world.remove(groups, id);
  invalidateRulesOf(world, who, id);
  record(world, who, {
    eventType: 'group.lifecycle.delete',
    displayMessage: 'Delete Okta group',
    target: [groupTarget(group)],
  });
}

/** What a group held, and what it owned, goes with it. */
function removeRolesAndOwners(world: World, id: string): void {
  forgetHolder(world, id);
  const owners = world.list(groupOwners, { prefix: `${id}/` }).toArray();
  const owned = world.list(groupOwners, { index: 'owner', equals: id }).toArray();
  for (const row of [...owners, ...owned]) world.remove(groupOwners, `${row.groupId}/${row.id}`);
  for (const row of world.list(groupPushMappings, { index: 'group', equals: id }).toArray())
    world.remove(groupPushMappings, `${row.appId}/${row.id}`);
  forgetIdentityGroup(world, id);
  releaseUnique(world, id);
}

/** The memberships of a group, by age of the user. */
export const membersOf = (world: World, groupId: string): Range<GroupMember> =>
  world.list(groupMembers, { prefix: `${groupId}/` });

/** The memberships of a user. */
export const membershipsOf = (world: World, userId: string): GroupMember[] =>
  world.list(groupMembers, { index: 'user', equals: userId }).toArray();

export const isMember = (world: World, groupId: string, userId: string): boolean =>
  world.get(groupMembers, `${groupId}/${userId}`) !== undefined;

/** Puts a user into a group; a member stays one. Throws E0000007; E0000006 for groups that Okta itself fills. */
export function addMember(world: World, who: Who, groupId: string, userId: string, ruleId?: string): void {
  const { type } = findGroup(world, groupId);
  findUser(world, userId);
  if (type !== 'OKTA_GROUP') throw invalid('group', `Cannot add users to a group of type ${type}`);
  joinGroup(world, who, groupId, userId, ruleId);
}

/** The same for whoever owns the group, as an app its own. */
export function joinGroup(world: World, who: Who, groupId: string, userId: string, ruleId?: string): void {
  const user = findUser(world, userId);
  const old = world.get(groupMembers, `${groupId}/${user.id}`);
  if (old) {
    // Whom an administrator adds by hand stays when the rule no longer holds.
    if (old.ruleId && !ruleId) world.update(groupMembers, `${groupId}/${user.id}`, withoutRule);
    return;
  }
  joinTogether(world, who, groupId, [user], ruleId);
  if (!ruleId) runRulesFor(world, user.id);
}

/** Puts users into a group that they are not in; other rules are not asked. */
export function joinTogether(
  world: World,
  who: Who,
  groupId: string,
  joining: readonly User[],
  ruleId?: string,
): void {
  findGroup(world, groupId);
  const group = touchMembers(world, groupId);
  const assignments = world.list(appGroups, { index: 'group', equals: groupId }).toArray();
  for (const user of joining) {
    world.insert(groupMembers, { groupId, userId: user.id, ...(ruleId ? { ruleId } : {}) });
    record(world, who, {
      eventType: 'group.user_membership.add',
      displayMessage: 'Add user to group membership',
      target: [userTarget(user), groupTarget(group)],
      ...(ruleId ? { debugData: { triggeredByGroupRuleId: ruleId } } : {}),
    });
    for (const { appId } of assignments) reconcileUser(world, who, appId, user.id);
  }
  groupChanged(world, groupId);
}

/** Takes a user out of a group. Throws E0000007; nothing happens where the user is not in it. */
export function removeMember(world: World, who: Who, groupId: string, userId: string, byRule = false): void {
  const { type } = findGroup(world, groupId);
  findUser(world, userId);
  if (type !== 'OKTA_GROUP') throw invalid('group', `Cannot remove users from a group of type ${type}`);
  quitGroup(world, who, groupId, userId, byRule);
}

/** The same for whoever owns the group, as an app its own. */
export function quitGroup(world: World, who: Who, groupId: string, userId: string, byRule = false): void {
  const group = findGroup(world, groupId);
  const user = findUser(world, userId);
  const row = world.get(groupMembers, `${groupId}/${user.id}`);
  if (!row) return;
  world.remove(groupMembers, `${groupId}/${user.id}`);
  touchMembers(world, groupId);
  record(world, who, {
    eventType: 'group.user_membership.remove',
    displayMessage: 'Remove user from group membership',
    target: [userTarget(user), groupTarget(group)],
  });
  for (const { appId } of world.list(appGroups, { index: 'group', equals: groupId }).toArray())
    reconcileUser(world, who, appId, user.id);
  groupChanged(world, groupId);
  if (row.ruleId && !byRule) excludeFromRule(world, who, row.ruleId, user);
  if (!byRule) runRulesFor(world, user.id);
}

/** Puts a new user into the built-in group that holds everyone. */
export function addToEveryone(world: World, userId: string): void {
  const everyone = world.list(groups, { index: 'type', equals: 'BUILT_IN' }).first();
  if (!everyone) return;
  world.insert(groupMembers, { groupId: everyone.id, userId });
  touchMembers(world, everyone.id);
}

/** Notes that a group's members changed. */
export const touchMembers = (world: World, groupId: string): Group =>
  world.update(groups, groupId, { lastMembershipUpdated: stamp(world.now()) });

/** How the System Log names a group. */
export const groupTarget = (group: Group): LogParty => ({
  id: group.id,
  type: 'UserGroup',
  alternateId: 'unknown',
  displayName: group.profile.name,
  detailEntry: null,
});

/** The users of a group, as rows of the user table. */
export const usersOf = (world: World, groupId: string): string[] =>
  membersOf(world, groupId)
    .toArray()
    .map((row) => row.userId)
    .filter((id) => world.get(users, id));

const withoutRule = ({ groupId, userId }: GroupMember): GroupMember => ({ groupId, userId });

const taken = (): Error =>
  invalid('name', 'name: An object with this field already exists in the current organization');

function checkedProfile(world: World, input: GroupInput | undefined): GroupProfile {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const sent = input.profile;
  if (!sent || typeof sent !== 'object') throw invalid('profile', 'profile: The field cannot be left blank');
  const { name, description, ...rest } = sent;
  if (typeof name !== 'string' || name === '') throw blank('name');
  if (name.length > GROUP_NAME_CHARS_MAX)
    throw invalid('name', `name: The field is too long. Maximum is ${GROUP_NAME_CHARS_MAX} characters`);
  if (typeof description === 'string' && description.length > GROUP_DESCRIPTION_CHARS_MAX)
    throw invalid(
      'description',
      `description: The field is too long. Maximum is ${GROUP_DESCRIPTION_CHARS_MAX} characters`,
    );
  checkProfile(groupSchema(world), { ...rest, name, description }, 'group');
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return { name, description: (description as string | undefined) ?? null, ...set };
}
