/**
 * What a standard role is limited to: groups, or apps by name and by instance. The first target limits a role, which
 * reaches everything until then; the last one cannot be taken away.
 */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { apps, groups, roleAssignments } from '../../world.ts';
import { type App, findApp } from '../apps/app.ts';
import { findGroup, type Group } from '../groups/group.ts';
import { findRole, holdersBehind, type RoleAssignment, type RoleType, rolesOf } from './role.ts';

type Kind = 'groupTargets' | 'appTargets';

/** The standard roles that a kind of target can limit. */
export const TAKES: Readonly<Record<Kind, readonly RoleType[]>> = {
  groupTargets: ['USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'],
  appTargets: ['APP_ADMIN'],
};

/** Limits a role to one more group. Throws E0000007, E0000091 for a role of another kind. */
export function addGroupTarget(world: World, assigneeId: string, roleId: string, groupId: string): void {
  const role = roleWith(world, assigneeId, roleId, 'groupTargets');
  const { id } = findGroup(world, groupId);
  setTargets(world, role, 'groupTargets', [...without(role.groupTargets, id), id]);
}

/** Takes a group from what a role is limited to. Throws E0000007; E0000001 for the last one. */
export function removeGroupTarget(world: World, assigneeId: string, roleId: string, groupId: string): void {
  const role = roleWith(world, assigneeId, roleId, 'groupTargets');
  if (!role.groupTargets.includes(groupId)) throw notFound(groupId, 'UserGroup');
  setTargets(world, role, 'groupTargets', without(role.groupTargets, groupId));
}

/** Limits a role to all apps of a name, which takes the place of single ones among them. */
export function addAppTarget(world: World, assigneeId: string, roleId: string, name: string): void {
  const role = roleWith(world, assigneeId, roleId, 'appTargets');
  if (!/^[\w-]+$/.test(name)) throw notFound(name, 'App');
  const others = role.appTargets.filter((one) => one !== name && !one.startsWith(`${name}/`));
  setTargets(world, role, 'appTargets', [...others, name]);
}

/** Limits a role to one app. Throws E0000007 for an app of another name, E0000001 where all of its name are in. */
export function addInstanceTarget(
  world: World,
  assigneeId: string,
  roleId: string,
  name: string,
  appId: string,
): void {
  const role = roleWith(world, assigneeId, roleId, 'appTargets');
  if (findApp(world, appId).name !== name) throw notFound(appId, 'AppInstance');
  if (role.appTargets.includes(name))
    throw invalid('appInstance', `appInstance: All instances of ${name} are targets of this role already`);
  const target = `${name}/${appId}`;
  setTargets(world, role, 'appTargets', [...without(role.appTargets, target), target]);
}

/** Takes an app, or all of a name, from what a role is limited to. Throws E0000007; E0000001 for the last target. */
export function removeAppTarget(
  world: World,
  assigneeId: string,
  roleId: string,
  name: string,
  appId?: string,
): void {
  const role = roleWith(world, assigneeId, roleId, 'appTargets');
  const target = appId === undefined ? name : `${name}/${appId}`;
  if (!role.appTargets.includes(target))
    throw notFound(appId ?? name, appId === undefined ? 'App' : 'AppInstance');
  setTargets(world, role, 'appTargets', without(role.appTargets, target));
}

/** Lets a role reach all apps again. */
export function clearAppTargets(world: World, assigneeId: string, roleId: string): void {
  const role = roleWith(world, assigneeId, roleId, 'appTargets');
  world.update(roleAssignments, `${assigneeId}/${role.id}`, {
    appTargets: [],
    lastUpdated: stamp(world.now()),
  });
}

/** The groups that a role is limited to, less those that are gone. Throws E0000091 for a role of another kind. */
export const groupTargetsOf = (world: World, assigneeId: string, roleId: string): Group[] =>
  groupsIn(world, roleWith(world, assigneeId, roleId, 'groupTargets'));

/** An app that a role is limited to, or all apps of a name. */
export interface AppTarget {
  name: string;
  app?: App;
}

/** The apps that a role is limited to, less those that are gone. Throws E0000091 for a role of another kind. */
export const appTargetsOf = (world: World, assigneeId: string, roleId: string): AppTarget[] =>
  appsIn(world, roleWith(world, assigneeId, roleId, 'appTargets'));

/** The groups among a role's targets. */
export const groupsIn = (world: World, role: RoleAssignment): Group[] =>
  role.groupTargets.flatMap((id) => world.get(groups, id) ?? []);

/** The apps among a role's targets, the newest first. */
export const appsIn = (world: World, role: RoleAssignment): AppTarget[] =>
  role.appTargets.toReversed().flatMap((target): AppTarget[] => {
    const [name = '', id] = target.split('/');
    if (id === undefined) return [{ name }];
    const app = world.get(apps, id);
    return app ? [{ name, app }] : [];
  });

/** The roles of one type (or id) that a user has, themselves or by a group. Throws E0000007 where there is none. */
export function rolesNamed(world: World, userId: string, key: string): RoleAssignment[] {
  const found = holdersBehind(world, { type: 'USER', id: userId })
    .flatMap((holder) => rolesOf(world, holder.id))
    .filter((role) => role.type === key || role.id === key);
  if (found.length === 0) throw notFound(key, 'RoleAssignment');
  return found;
}

function roleWith(world: World, assigneeId: string, roleId: string, kind: Kind): RoleAssignment {
  const role = findRole(world, assigneeId, roleId);
  if (!TAKES[kind].includes(role.type)) throw refuse('E0000091');
  return role;
}

function setTargets(world: World, role: RoleAssignment, kind: Kind, targets: string[]): void {
  if (targets.length === 0)
    throw invalid('targets', 'targets: The last target of a role assignment cannot be removed');
  world.update(roleAssignments, `${role.assigneeId}/${role.id}`, {
    [kind]: targets,
    lastUpdated: stamp(world.now()),
  });
}

const without = (targets: readonly string[], one: string): string[] => targets.filter((it) => it !== one);
