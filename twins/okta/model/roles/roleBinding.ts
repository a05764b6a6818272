/** Who has which custom role in which resource set. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { bindingMembers } from '../../world/admin.ts';
import { apps, groups, users } from '../../world.ts';
import type { Who } from '../log/log.ts';
import { findCustomRole } from './customRole.ts';
import { findResourceSet, logSet } from './resourceSet.ts';
import type { Holder } from './role.ts';

/** Somebody who has a role in a set, in the vendor's shape; the ids of set, role and member are shown in addresses. */
export interface BindingMember {
  setId: string;
  roleId: string;
  id: string;
  memberType: Holder['type'];
  memberId: string;
  created: string;
  lastUpdated: string;
}

/** https://help.okta.com/en-us/content/topics/security/custom-admin-role/work-with-resource-set.htm */
const MEMBERS_MAX = 1_000;

/** The members of one role in a set, or of every role there. */
export const membersOf = (world: World, setId: string, roleId?: string): BindingMember[] =>
  world.list(bindingMembers, { prefix: roleId ? `${setId}/${roleId}/` : `${setId}/` }).toArray();

/** The custom roles that a user, group or client holds itself. */
export const bindingsOf = (world: World, memberId: string): BindingMember[] =>
  world.list(bindingMembers, { index: 'member', equals: memberId }).toArray();

/** Ids of those of a kind who hold a custom role themselves. */
export const membersByType = (world: World, type: Holder['type']): string[] => [
  ...new Set(
    world
      .list(bindingMembers, { index: 'type', equals: type })
      .toArray()
      .map((row) => row.memberId),
  ),
];

/** The set, the role, and who has it there. Throws E0000007 for a role that nobody has there. */
export function findBinding(world: World, setKey: string, roleKey: string): BindingMember[] {
  const { id } = findResourceSet(world, setKey);
  const role = findCustomRole(world, roleKey);
  const members = membersOf(world, id, role.id);
  if (members.length === 0) throw notFound(roleKey, 'IAMPolicyRoleBinding');
  return members;
}

/** One member of a role in a set, or E0000007. */
export function findMember(world: World, setKey: string, roleKey: string, id: string): BindingMember {
  const found = findBinding(world, setKey, roleKey).find((one) => one.id === id);
  if (!found) throw notFound(id, 'IAMPolicyRoleBindingMember');
  return found;
}

/** A custom role that somebody holds, by the id of its binding; E0000007 for one of somebody else. */
export function findHeldBinding(world: World, memberId: string, id: string): BindingMember {
  const found = world.list(bindingMembers, { index: 'id', equals: id }).first();
  if (found?.memberId !== memberId) throw notFound(id, 'RoleAssignment');
  return found;
}

/**
 * Gives a custom role in a set to users, groups or clients, named by their addresses or ORNs; who has it keeps it.
 * Throws E0000007 for a set or role that is not there; E0000001 for members that are none, or more than 1,000.
 */
export function bind(
  world: World,
  who: Who,
  setKey: string,
  input: { role?: string; members?: string[] } | undefined,
): BindingMember[] {
  const set = findResourceSet(world, setKey);
  if (!input?.role) throw invalid('role', 'role: Role must be specified');
  if (!input.members?.length) throw invalid('members', 'members: Members must be specified');
  const role = findCustomRole(world, input.role);
  const holders = input.members.map((text) => memberNamed(world, text));
  for (const holder of holders) addMember(world, set.id, role.id, holder);
  if (membersOf(world, set.id, role.id).length > MEMBERS_MAX)
    throw invalid('members', `members: A binding cannot have more than ${MEMBERS_MAX} members`);
  logSet(world, who, 'iam.resourceset.bindings.add', set);
  return membersOf(world, set.id, role.id);
}

/** Gives one holder a custom role in a set. */
export function bindHolder(
  world: World,
  who: Who,
  holder: Holder,
  input: { role?: string; 'resource-set'?: string },
): BindingMember {
  if (!input.role) throw invalid('role', 'role: The field cannot be left blank');
  if (!input['resource-set']) throw invalid('resource-set', 'resource-set: The field cannot be left blank');
  const set = findResourceSet(world, input['resource-set']);
  const row = addMember(world, set.id, findCustomRole(world, input.role).id, holder);
  logSet(world, who, 'iam.resourceset.bindings.add', set);
  return row;
}

/** Takes a role in a set away: from one member, or from all where none is named. Throws E0000007. */
export function unbind(world: World, who: Who, setKey: string, roleKey: string, memberId?: string): void {
  const gone = memberId
    ? [findMember(world, setKey, roleKey, memberId)]
    : findBinding(world, setKey, roleKey);
  for (const one of gone) world.remove(bindingMembers, `${one.setId}/${one.roleId}/${one.id}`);
  logSet(world, who, 'iam.resourceset.bindings.delete', findResourceSet(world, setKey));
}

function addMember(world: World, setId: string, roleId: string, holder: Holder): BindingMember {
  const there = membersOf(world, setId, roleId).find((one) => one.memberId === holder.id);
  if (there) return there;
  const now = stamp(world.now());
  return world.insert(bindingMembers, {
    setId,
    roleId,
    id: newId(world, 'irb'),
    memberType: holder.type,
    memberId: holder.id,
    created: now,
    lastUpdated: now,
  });
}

/** `https://org/api/v1/users/00u…`, `…/groups/00g…`, `https://org/oauth2/v1/clients/0oa…`, or an ORN of one. */
function memberNamed(world: World, text: string): Holder {
  const [, kind, id = ''] =
    /\/api\/v1\/(users|groups)\/([^/?]+)$/.exec(text) ??
    /\/oauth2\/v1\/(clients)\/([^/?]+)$/.exec(text) ??
    /^orn:okta\w*:(?:directory|idp):[^:]+:(users|groups|apps):(?:[^:]+:)?([^:]+)$/.exec(text) ??
    [];
  if (kind === 'users' && world.get(users, id)) return { type: 'USER', id };
  if (kind === 'groups' && world.get(groups, id)) return { type: 'GROUP', id };
  if (kind === 'clients' || kind === 'apps') {
    const app = world.list(apps, { index: 'client', equals: id }).first();
    if (app) return { type: 'CLIENT', id: app.id };
  }
  throw invalid('members', `members: ${text} is not a valid member`);
}
