/** Administrator roles: which standard role a user, a group or a service app has. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { apps, groupMembers, roleAssignments } from '../../world.ts';
import { appTarget, findApp } from '../apps/app.ts';
import { findGroup, groupTarget } from '../groups/group.ts';
import { type LogParty, record, type Who } from '../log/log.ts';
import { findUser, userTarget } from '../people/user.ts';
import { bindingsOf, membersByType } from './roleBinding.ts';

export type RoleType = keyof typeof LABELS;

/** Who has a role. The id of a client is that of its app. */
export interface Holder {
  type: 'USER' | 'GROUP' | 'CLIENT';
  id: string;
}

/** An assignment in the vendor's shape, less links; `assigneeId` and targets are shown elsewhere. */
export interface RoleAssignment {
  id: string;
  label: string;
  type: RoleType;
  status: 'ACTIVE';
  created: string;
  lastUpdated: string;
  assignmentType: Holder['type'];
  assigneeId: string;
  /** Groups that the role is limited to; none: all. */
  groupTargets: string[];
  /** Apps by name, or `name/id` for one instance. */
  appTargets: string[];
}

/** https://developer.okta.com/docs/api/openapi/okta-management/guides/roles/#standard-roles */
const LABELS = {
  SUPER_ADMIN: 'Super Administrator',
  ORG_ADMIN: 'Organization Administrator',
  APP_ADMIN: 'Application Administrator',
  USER_ADMIN: 'Group Administrator',
  HELP_DESK_ADMIN: 'Help Desk Administrator',
  READ_ONLY_ADMIN: 'Read-only Administrator',
  MOBILE_ADMIN: 'Mobile Administrator',
  API_ACCESS_MANAGEMENT_ADMIN: 'API Access Management Administrator',
  REPORT_ADMIN: 'Report Administrator',
  GROUP_MEMBERSHIP_ADMIN: 'Group Membership Administrator',
  ACCESS_CERTIFICATIONS_ADMIN: 'Access Certifications Administrator',
  ACCESS_REQUESTS_ADMIN: 'Access Requests Administrator',
  WORKFLOWS_ADMIN: 'Workflows Administrator',
} as const;

/**
 * Standard roles that are made of permissions in a resource set of Okta's own, and are shown as such.
 * https://developer.okta.com/docs/api/openapi/okta-management/guides/roles/#iam-based-standard-roles
 */
export const IAM_POLICIES: Readonly<Partial<Record<RoleType, string>>> = {
  ACCESS_CERTIFICATIONS_ADMIN: 'ACCESS_CERTIFICATIONS_IAM_POLICY',
  ACCESS_REQUESTS_ADMIN: 'ACCESS_CERTIFICATIONS_IAM_POLICY',
  WORKFLOWS_ADMIN: 'WORKFLOWS_IAM_POLICY',
};

/** Roles that targets can limit have their type in base 32 for an id; the others are numbered. */
const LIMITED: ReadonlySet<RoleType> = new Set([
  'APP_ADMIN',
  'USER_ADMIN',
  'HELP_DESK_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
]);

/** Whether there is a standard role of this type. */
export const isStandardRole = (type: string): type is RoleType => Object.hasOwn(LABELS, type);

/** What a standard role is called. */
export const labelOf = (type: RoleType): string => LABELS[type];

/** Whether the user is an administrator of any kind. */
export const isAdministrator = (world: World, userId: string): boolean =>
  holdersBehind(world, { type: 'USER', id: userId }).some(
    ({ id }) => rolesOf(world, id).length > 0 || bindingsOf(world, id).length > 0,
  );

/**
 * Whose roles somebody has: their own, and those of the groups they are in. Costs as much as there are groups with
 * roles, however many groups the user is in.
 */
export function holdersBehind(world: World, holder: Holder): Holder[] {
  if (holder.type !== 'USER') return [holder];
  const ofGroups = new Set([
    ...world
      .list(roleAssignments, { index: 'type', equals: 'GROUP' })
      .toArray()
      .map((row) => row.assigneeId),
    ...membersByType(world, 'GROUP'),
  ]);
  const mine = [...ofGroups].filter((id) => world.get(groupMembers, `${id}/${holder.id}`));
  return [holder, ...mine.map((id): Holder => ({ type: 'GROUP', id }))];
}

/** The standard roles assigned to a user, group or client, by type. */
export const rolesOf = (world: World, assigneeId: string): RoleAssignment[] =>
  world
    .list(roleAssignments, { prefix: `${assigneeId}/` })
    .toArray()
    .sort((a, b) => (a.type < b.type ? -1 : 1));

/** Ids of the users who have a role of their own, by age. */
export const usersWithRoles = (world: World): string[] => {
  const standard = world.list(roleAssignments, { index: 'type', equals: 'USER' }).toArray();
  return [...new Set([...standard.map((role) => role.assigneeId), ...membersByType(world, 'USER')])].sort();
};

/** One standard role of a user, group or client, or E0000007. */
export const findRole = (world: World, assigneeId: string, id: string): RoleAssignment =>
  world.require(roleAssignments, `${assigneeId}/${id}`, () => notFound(id, 'RoleAssignment'));

/** Assigns a standard role. Throws E0000001 for an unknown one, E0000090 for one that is there already. */
export function assignRole(
  world: World,
  who: Who,
  holder: Holder,
  input: { type?: string } | undefined,
): RoleAssignment {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const type = input.type ?? '';
  if (!isStandardRole(type)) throw invalid('type', 'type: The role type is not valid');
  if (rolesOf(world, holder.id).some((role) => role.type === type)) throw refuse('E0000090');
  const role = addRole(world, holder, type);
  logRole(world, who, holder, 'grant', role);
  return role;
}

/** Puts an assignment in without asking anything. */
export function addRole(world: World, holder: Holder, type: RoleType): RoleAssignment {
  const now = stamp(world.now());
  return world.insert(roleAssignments, {
    id: newRoleId(world, holder, type),
    label: LABELS[type],
    type,
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    assignmentType: holder.type,
    assigneeId: holder.id,
    groupTargets: [],
    appTargets: [],
  });
}

/** Takes a standard role away. Throws E0000007. */
export function unassignRole(world: World, who: Who, holder: Holder, id: string): void {
  const role = findRole(world, holder.id, id);
  world.remove(roleAssignments, `${holder.id}/${id}`);
  logRole(world, who, holder, 'revoke', role);
}

/** Notes in the System Log that somebody got a role, or lost it. */
export function logRole(
  world: World,
  who: Who,
  holder: Holder,
  verb: 'grant' | 'revoke',
  role: { id: string; type: string; label: string },
): void {
  record(world, who, {
    eventType: `${PRIVILEGES[holder.type]}.privilege.${verb}`,
    displayMessage: verb === 'grant' ? 'Grant user privilege' : 'Revoke user privilege',
    target: [
      holderTarget(world, holder),
      { id: role.id, type: 'ROLE', alternateId: role.type, displayName: role.label, detailEntry: null },
    ],
    debugData: { privilegeGranted: role.label },
  });
}

const PRIVILEGES = { USER: 'user.account', GROUP: 'group', CLIENT: 'app.oauth2.client' } as const;

function holderTarget(world: World, { type, id }: Holder): LogParty {
  if (type === 'USER') return userTarget(findUser(world, id));
  return type === 'GROUP' ? groupTarget(findGroup(world, id)) : appTarget(findApp(world, id));
}

/** The service app or other client with this id, as somebody who can have roles. Throws E0000007. */
export function clientHolder(world: World, clientId: string): Holder {
  const app = world.list(apps, { index: 'client', equals: clientId }).first();
  if (!app) throw notFound(clientId, 'PublicClientApp');
  return { type: 'CLIENT', id: app.id };
}

const newRoleId = (world: World, { type: of }: Holder, type: RoleType): string => {
  if (LIMITED.has(type)) return base32(type);
  if (IAM_POLICIES[type]) return newId(world, 'irb');
  return newId(world, of === 'GROUP' ? 'gra' : 'ra1');
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The base 32 of a text, unpadded. */
function base32(text: string): string {
  let bits = '';
  for (const byte of Buffer.from(text)) bits += byte.toString(2).padStart(8, '0');
  let encoded = '';
  for (let i = 0; i < bits.length; i += 5)
    encoded += ALPHABET[Number.parseInt(bits.slice(i, i + 5).padEnd(5, '0'), 2)];
  return encoded;
}
