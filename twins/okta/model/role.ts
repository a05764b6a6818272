/** Administrator roles: who may do what, by standard role. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { groupMembers, roleAssignments } from '../world.ts';
import { findGroup, groupTarget } from './group.ts';
import { record, type Who } from './log.ts';
import { findUser, userTarget } from './user.ts';

export type RoleType = keyof typeof LABELS;

/** An assignment in the vendor's shape, less links; `assigneeId` and targets are shown elsewhere. */
export interface RoleAssignment {
  id: string;
  label: string;
  type: RoleType;
  status: 'ACTIVE';
  created: string;
  lastUpdated: string;
  assignmentType: 'USER' | 'GROUP';
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
} as const;

/** Scopes by role; `*` stands for all, `*.read` for all that read. */
const POWERS: Readonly<Record<RoleType, readonly string[]>> = {
  SUPER_ADMIN: ['*'],
  ORG_ADMIN: ['*.read', 'okta.users.', 'okta.groups.', 'okta.apps.', 'okta.policies.', 'okta.networkZones.'],
  APP_ADMIN: ['okta.apps.', 'okta.users.read', 'okta.groups.read', 'okta.appGrants.'],
  USER_ADMIN: ['okta.users.', 'okta.groups.'],
  HELP_DESK_ADMIN: ['okta.users.', 'okta.groups.read'],
  READ_ONLY_ADMIN: ['*.read'],
  MOBILE_ADMIN: ['okta.devices.', 'okta.users.read', 'okta.groups.read'],
  API_ACCESS_MANAGEMENT_ADMIN: ['okta.authorizationServers.', 'okta.apps.', 'okta.users.read'],
  REPORT_ADMIN: ['okta.logs.read', 'okta.users.read', 'okta.groups.read', 'okta.apps.read'],
  GROUP_MEMBERSHIP_ADMIN: ['okta.groups.', 'okta.users.read'],
  ACCESS_CERTIFICATIONS_ADMIN: ['okta.governance.', 'okta.users.read', 'okta.groups.read'],
  ACCESS_REQUESTS_ADMIN: ['okta.governance.', 'okta.users.read', 'okta.groups.read'],
};

/** Whether a user's roles, their own and their groups', allow one of `scopes` (all of them where there is none). */
export function mayUse(world: World, userId: string, scopes: readonly string[]): boolean {
  const powers = rolesHeldBy(world, userId).flatMap((role) => POWERS[role.type] ?? []);
  if (powers.includes('*')) return true;
  return scopes.some((scope) =>
    powers.some((power) =>
      power === '*.read'
        ? scope.endsWith('.read')
        : power.endsWith('.')
          ? scope.startsWith(power)
          : scope === power,
    ),
  );
}

/** Whether the user is an administrator of any kind. */
export const isAdministrator = (world: World, userId: string): boolean =>
  rolesHeldBy(world, userId).length > 0;

function rolesHeldBy(world: World, userId: string): RoleAssignment[] {
  const own = rolesOf(world, userId);
  const byGroup = world.list(groupMembers, { index: 'user', equals: userId }).toArray();
  return [...own, ...byGroup.flatMap((row) => rolesOf(world, row.groupId))];
}

/** The roles assigned to a user or group. */
export const rolesOf = (world: World, assigneeId: string): RoleAssignment[] =>
  world.list(roleAssignments, { prefix: `${assigneeId}/` }).toArray();

/** Ids of the users who have a role of their own. */
export const usersWithRoles = (world: World): string[] => [
  ...new Set(
    world
      .list(roleAssignments, { where: (role) => role.assignmentType === 'USER' })
      .toArray()
      .map((role) => role.assigneeId),
  ),
];

/** One role of a user or group, or E0000007. */
export const findRole = (world: World, assigneeId: string, id: string): RoleAssignment =>
  world.require(roleAssignments, `${assigneeId}/${id}`, () => notFound(id, 'RoleAssignment'));

/** Assigns a standard role. Throws E0000001 for an unknown one, E0000090 for one that is there already. */
export function assignRole(
  world: World,
  who: Who,
  assignmentType: RoleAssignment['assignmentType'],
  assigneeId: string,
  input: { type?: string } | undefined,
): RoleAssignment {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const type = input.type ?? '';
  if (!Object.hasOwn(LABELS, type)) throw invalid('type', 'type: The role type is not valid');
  const id = type === 'SUPER_ADMIN' ? newId(world, 'ra1') : base32(type);
  if (rolesOf(world, assigneeId).some((role) => role.type === type)) throw refuse('E0000090');
  const role = addRole(world, assignmentType, assigneeId, type as RoleType, id);
  logRole(world, who, role, 'grant', 'Grant user privilege');
  return role;
}

/** Puts an assignment in without asking anything. */
export function addRole(
  world: World,
  assignmentType: RoleAssignment['assignmentType'],
  assigneeId: string,
  type: RoleType,
  id: string,
): RoleAssignment {
  const now = stamp(world.now());
  return world.insert(roleAssignments, {
    id,
    label: LABELS[type],
    type,
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    assignmentType,
    assigneeId,
    groupTargets: [],
    appTargets: [],
  });
}

/** Takes a role away. */
export function unassignRole(world: World, who: Who, assigneeId: string, id: string): void {
  const role = findRole(world, assigneeId, id);
  world.remove(roleAssignments, `${assigneeId}/${id}`);
  logRole(world, who, role, 'revoke', 'Revoke user privilege');
}

/** Adds or removes what a role is limited to. */
export function changeTargets(
  world: World,
  assigneeId: string,
  id: string,
  kind: 'groupTargets' | 'appTargets',
  target: string,
  how: 'add' | 'remove',
): RoleAssignment {
  const role = findRole(world, assigneeId, id);
  const others = role[kind].filter((one) => one !== target);
  return world.update(roleAssignments, `${assigneeId}/${id}`, {
    [kind]: how === 'add' ? [...others, target] : others,
    lastUpdated: stamp(world.now()),
  });
}

function logRole(world: World, who: Who, role: RoleAssignment, verb: string, message: string): void {
  const ofUser = role.assignmentType === 'USER';
  record(world, who, {
    eventType: `${ofUser ? 'user.account' : 'group'}.privilege.${verb}`,
    displayMessage: message,
    target: [
      ofUser ? userTarget(findUser(world, role.assigneeId)) : groupTarget(findGroup(world, role.assigneeId)),
      { id: role.id, type: 'ROLE', alternateId: role.type, displayName: role.label, detailEntry: null },
    ],
    debugData: { privilegeGranted: role.label },
  });
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A standard role's assignment has its type in base 32, unpadded, for an id. */
function base32(text: string): string {
  let bits = '';
  for (const byte of Buffer.from(text)) bits += byte.toString(2).padStart(8, '0');
  let encoded = '';
  for (let i = 0; i < bits.length; i += 5)
    encoded += ALPHABET[Number.parseInt(bits.slice(i, i + 5).padEnd(5, '0'), 2)];
  return encoded;
}
