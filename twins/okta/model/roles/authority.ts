/**
 * What somebody may do: everything that one of their roles allows, as far as that role reaches. Roles add up.
 * https://developer.okta.com/docs/concepts/role-assignment/
 */
import type { World } from '../../../../src/world/world.ts';
import { setResources } from '../../world/admin.ts';
import { apiServices } from '../../world/integrations.ts';
import { apps, customRoles, groupMembers, policies, users } from '../../world.ts';
import { letsThrough, type Permission } from './customRole.ts';
import { fromOrn, type Resource } from './orn.ts';
import { includes } from './permission.ts';
import type { SetResource } from './resourceSet.ts';
import { type Holder, holdersBehind, type RoleAssignment, rolesOf } from './role.ts';
import { type BindingMember, bindingsOf } from './roleBinding.ts';
import { roleHas } from './standardRole.ts';

/** What something is done to. Without an id: something new, of this name (of an app) or type (of a policy). */
export interface Subject {
  /** As ORNs spell it: `users`, `groups`, `apps`, `authorization_servers` … */
  kind: string;
  id?: string;
  name?: string;
}

/** One role of somebody, as far as it reaches. */
interface Grant {
  has(permission: string): boolean;
  /** Whether it reaches this very thing. */
  reaches(subject: Subject): boolean;
  /** Whether it reaches all things of a kind. */
  reachesAll(kind: string): boolean;
  /** Whether it could reach something of a kind. */
  touches(kind: string): boolean;
  /** Whether it lets this attribute of a person be seen or changed. */
  shows(permission: string, attribute: string): boolean;
}

/** The roles of somebody, ready to be asked. */
export interface Authority {
  isSuper: boolean;
  grants: readonly Grant[];
  /** Whether one of the roles is limited to some attributes of people. */
  hides: boolean;
}

/** The authority of a user (with that of their groups) or a client. */
export function authorityOf(world: World, holder: Holder): Authority {
  // Super administrators are most of those who ask, and are found in one look-up.
  const own = rolesOf(world, holder.id);
  if (own.some((role) => role.type === 'SUPER_ADMIN')) return SUPER;
  // What an API service integration may do, its scopes alone say.
  if (world.get(apiServices, holder.id)) return SUPER;
  const holders = holdersBehind(world, holder);
  const standard = holders.flatMap(({ id }) => rolesOf(world, id));
  if (standard.some((role) => role.type === 'SUPER_ADMIN')) return SUPER;
  const custom = holders.flatMap(({ id }) => bindingsOf(world, id));
  return {
    isSuper: false,
    hides: custom.some(({ roleId }) => permissionsOf(world, roleId).some((one) => one.conditions)),
    grants: [
      ...standard.map((role) => standardGrant(world, role)),
      ...custom.map((row) => customGrant(world, row)),
    ],
  };
}

/** Whether somebody may do something to a thing, or to anything at all where none is named. */
export const may = (authority: Authority, permission: string, subject?: Subject): boolean =>
  authority.isSuper ||
  authority.grants.some((one) => one.has(permission) && (!subject || one.reaches(subject)));

/** Whether somebody may do something to things of a kind, be it only to some of them. */
export const mayToSome = (authority: Authority, permission: string, kind: string): boolean =>
  authority.isSuper || authority.grants.some((one) => one.has(permission) && one.touches(kind));

/** Whether somebody may do something to every thing of a kind. */
export const mayToAll = (authority: Authority, permission: string, kind: string): boolean =>
  authority.isSuper || authority.grants.some((one) => one.has(permission) && one.reachesAll(kind));

/** Whether somebody may see or change this attribute of a person by a permission. */
export const mayAttribute = (
  authority: Authority,
  permission: string,
  user: Subject,
  attribute: string,
): boolean =>
  !authority.hides ||
  authority.grants.some(
    (one) => one.has(permission) && one.reaches(user) && one.shows(permission, attribute),
  );

const SUPER: Authority = { isSuper: true, grants: [], hides: false };

function standardGrant(world: World, role: RoleAssignment): Grant {
  const { type, groupTargets, appTargets } = role;
  const has = (permission: string) => roleHas(type, permission);
  const reachesAll = (kind: string) => {
    if (kind === 'users' || kind === 'groups') return groupTargets.length === 0;
    if (kind === 'apps') return appTargets.length === 0 && type !== 'API_ACCESS_MANAGEMENT_ADMIN';
    return kind !== 'policies' || type !== 'APP_ADMIN';
  };
  const reaches = (subject: Subject): boolean => {
    const { kind, id, name } = subject;
    if (reachesAll(kind)) return true;
    if (kind === 'users') return isInOne(world, groupTargets, id);
    if (kind === 'groups') return id !== undefined && groupTargets.includes(id);
    if (kind === 'policies') return policyType(world, subject) === 'ACCESS_POLICY';
    const app = id === undefined ? undefined : world.get(apps, id);
    if (type === 'API_ACCESS_MANAGEMENT_ADMIN')
      return (app?.name ?? name) === 'oidc_client' || app?.signOnMode === 'OPENID_CONNECT';
    return (
      appTargets.includes(app?.name ?? name ?? '') ||
      (app && appTargets.includes(`${app.name}/${app.id}`)) === true
    );
  };
  return { has, reaches, reachesAll, touches: () => true, shows: () => true };
}

const permissionsOf = (world: World, roleId: string): readonly Permission[] =>
  world.get(customRoles, roleId)?.permissions ?? [];

function customGrant(world: World, { roleId, setId }: BindingMember): Grant {
  const permissions = permissionsOf(world, roleId);
  const rows = world.list(setResources, { prefix: `${setId}/` }).toArray();
  return {
    has: (permission) => permissions.some(({ label }) => includes(label, permission)),
    reaches: (subject) => rows.some((row) => covers(world, row, subject)),
    reachesAll: (kind) =>
      rows.some(({ resource, conditions }) => !conditions && resource.kind === kind && isWhole(resource)),
    touches: (kind) =>
      rows.some(({ resource }) => (resource.contained ? kind === 'users' : resource.kind === kind)),
    shows: (permission, attribute) =>
      permissions.some(
        ({ label, conditions }) => includes(label, permission) && letsThrough(conditions, attribute),
      ),
  };
}

const isWhole = ({ id, appName, contained }: Resource): boolean =>
  id === undefined && appName === undefined && !contained;

/** Whether a resource of a set is this thing, or holds it, and does not leave it out. */
function covers(world: World, { resource, conditions }: SetResource, subject: Subject): boolean {
  if (!holds(world, resource, subject)) return false;
  const excluded = conditions?.Exclude?.['okta:ORN'] ?? [];
  return !excluded.some((orn) => {
    const one = fromOrn(orn);
    return one !== undefined && holds(world, one, subject);
  });
}

function holds(world: World, resource: Resource, { kind, id, name }: Subject): boolean {
  if (resource.contained) {
    if (kind !== 'users' || id === undefined || resource.id === undefined) return false;
    return resource.kind === 'groups'
      ? isInOne(world, [resource.id], id)
      : world.get(users, id)?.realmId === resource.id;
  }
  if (resource.kind !== kind) return false;
  if (isWhole(resource)) return true;
  if (resource.id !== undefined) return resource.id === id;
  return resource.appName === (id === undefined ? name : world.get(apps, id)?.name);
}

const isInOne = (world: World, groupIds: readonly string[], userId: string | undefined): boolean =>
  userId !== undefined && groupIds.some((id) => world.get(groupMembers, `${id}/${userId}`) !== undefined);

const policyType = (world: World, { id, name }: Subject): string | undefined =>
  id === undefined ? name : world.get(policies, id)?.type;
