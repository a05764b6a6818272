/** Who may use which operation: scopes, roles of administrators, and what everybody may do for themselves. */
import type { Call } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import type { OktaActor } from './actor.ts';
import { findUser } from './model/people/user.ts';
import {
  type Authority,
  authorityOf,
  may,
  mayAttribute,
  mayToAll,
  mayToSome,
  type Subject,
} from './model/roles/authority.ts';
import { type Holder, holdersBehind, rolesOf } from './model/roles/role.ts';
import { permissionOf, SELF_SERVICE } from './permissions.ts';
import { apiTokens, apps, users } from './world.ts';

type OktaCall = Call<OktaActor>;

/** Whether the caller's scopes allow the operation: always so for an API token, which has none. */
export function inScope(call: OktaCall): boolean {
  const { actor, endpoint } = call;
  if (actor.kind === 'ssws') return true;
  const held = actor.scopes ?? [];
  return (endpoint.scopes ?? []).some(
    (scope) => covers(held, scope) || (covers(held, `${scope}.self`) && isOwn(call)),
  );
}

/** Whether the caller's roles allow the operation on what it is asked for, or everybody may do it for themselves. */
export function inPower(call: OktaCall): boolean {
  // A person's own account is nobody else's, whatever roles they have.
  if (call.endpoint.traits?.myAccount) return call.actor.kind === 'oauth' && call.actor.who.type === 'User';
  return isOwn(call) || roleAllows(call, authorityOfCaller(call));
}

/** The roles of who calls: of the person, or of the service app. Computed once per call. */
export function authorityOfCaller(call: OktaCall): Authority {
  const known = authorities.get(call);
  if (known) return known;
  const authority = authorityOf(call.world, holderOf(call.actor));
  authorities.set(call, authority);
  return authority;
}

const authorities = new WeakMap<object, Authority>();

const holderOf = ({ who, app }: OktaActor): Holder =>
  who.type === 'User' ? { type: 'USER', id: who.id } : { type: 'CLIENT', id: app ?? '' };

/** Who may manage may read. */
const covers = (held: readonly string[], scope: string): boolean =>
  held.includes(scope) || (scope.includes('.read') && held.includes(scope.replace('.read', '.manage')));

/** Whether a person asks about themselves, or their own token, what everybody may. */
function isOwn({ world, actor, endpoint, params }: OktaCall): boolean {
  if (actor.who.type !== 'User' || !SELF_SERVICE.has(endpoint.id)) return false;
  if (params.apiTokenId !== undefined)
    return world.get(apiTokens, params.apiTokenId)?.userId === actor.who.id;
  const key = params.userId ?? params.id;
  return key === undefined || key === 'me' || key === actor.who.id || userId(world, key) === actor.who.id;
}

function roleAllows(call: OktaCall, authority: Authority): boolean {
  if (authority.isSuper) return true;
  const { world, endpoint } = call;
  const need = permissionOf(endpoint);
  if (!need) return authority.grants.length > 0;
  const subjects = subjectsOf(call, need.kind, need.param);
  if (need.all) return need.all.every((kind) => mayToAll(authority, need.permission, kind));
  if (subjects.length === 0)
    return need.kind ? mayToSome(authority, need.permission, need.kind) : may(authority, need.permission);
  return subjects.every(
    (subject) =>
      may(authority, need.permission, subject) &&
      !isAbove(world, need.permission, subject) &&
      sentAttributes(call).every((one) => mayAttribute(authority, need.permission, subject, one)),
  );
}

/** The attributes of a person that a request would set. */
function sentAttributes({ endpoint, body }: OktaCall): string[] {
  if (!CHANGES_PEOPLE.has(endpoint.id)) return [];
  const { profile } = (body.value ?? {}) as { profile?: unknown };
  return profile && typeof profile === 'object' ? Object.keys(profile) : [];
}

const CHANGES_PEOPLE: ReadonlySet<string> = new Set(['createUser', 'updateUser', 'replaceUser']);

/** An answer less what the caller's roles do not show: attributes of people, tokens of others. */
export function shownTo(call: OktaCall, value: unknown): unknown {
  if (call.endpoint.id === 'listApiTokens' && !authorityOfCaller(call).isSuper)
    return (value as { userId: string }[]).filter(({ userId: owner }) => owner === call.actor.who.id);
  if (!SHOWS_PEOPLE.has(call.endpoint.id) || !call.actor) return value;
  const authority = authorityOfCaller(call);
  if (!authority.hides) return value;
  const shown = (one: { id: string; profile?: Record<string, unknown> }) => ({
    ...one,
    profile: Object.fromEntries(
      Object.entries(one.profile ?? {}).filter(
        ([name]) =>
          ALWAYS_SHOWN.has(name) ||
          mayAttribute(authority, 'okta.users.read', { kind: 'users', id: one.id }, name),
      ),
    ),
  });
  return Array.isArray(value) ? value.map(shown) : shown(value as { id: string });
}

const SHOWS_PEOPLE: ReadonlySet<string> = new Set([
  ...CHANGES_PEOPLE,
  'getUser',
  'listUsers',
  'listGroupUsers',
]);

/** What names a person is never hidden. */
const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['login', 'email', 'firstName', 'lastName']);

/**
 * What an operation is asked to act on; nothing where it lists, and for what is not there, which is told as such. What
 * is made is in reach where the groups that it is put into are, or its name is.
 */
function subjectsOf(call: OktaCall, kind: string | undefined, param: string | undefined): Subject[] {
  const { world, params, endpoint, body } = call;
  if (!kind) return [];
  const key = param === undefined ? undefined : params[param];
  if (key !== undefined) {
    const id = idOf(world, kind, key, call.actor);
    return id === undefined ? [] : [{ kind, id }];
  }
  const sent = (body.value ?? {}) as Record<string, unknown>;
  if (endpoint.id === 'createUser' && Array.isArray(sent.groupIds) && sent.groupIds.length > 0)
    return sent.groupIds.map((id): Subject => ({ kind: 'groups', id: String(id) }));
  if (endpoint.route.startsWith('GET')) return [];
  return [{ kind, ...nameIn(kind, sent) }];
}

const nameIn = (kind: string, sent: Record<string, unknown>): { name?: string } => {
  if (kind === 'apps') return { name: String(sent.name ?? (sent.client_name ? 'oidc_client' : '')) };
  return kind === 'policies' ? { name: String(sent.type ?? '') } : {};
};

function idOf(world: World, kind: string, key: string, actor: OktaActor): string | undefined {
  if (kind === 'users') return key === 'me' ? actor.who.id : userId(world, key);
  if (kind === 'apps' && !world.get(apps, key))
    return world.list(apps, { index: 'client', equals: key }).first()?.id;
  return key;
}

function userId(world: World, key: string): string | undefined {
  if (world.get(users, key)) return key;
  try {
    return findUser(world, key).id;
  } catch {
    return undefined;
  }
}

/**
 * Super administrators are not for others to manage, but for what ends a danger or helps at once.
 * https://help.okta.com/oie/en-us/content/topics/security/administrators-admin-comparison.htm (the notes)
 */
function isAbove(world: World, permission: string, { kind, id }: Subject): boolean {
  if (kind !== 'users' || id === undefined || permission.endsWith('.read') || ON_ANYBODY.has(permission))
    return false;
  return holdersBehind(world, { type: 'USER', id }).some((holder) =>
    rolesOf(world, holder.id).some((role) => role.type === 'SUPER_ADMIN'),
  );
}

const ON_ANYBODY: ReadonlySet<string> = new Set([
  'okta.users.lifecycle.suspend',
  'okta.users.lifecycle.unsuspend',
  'okta.users.lifecycle.activate',
  'okta.users.lifecycle.clearSessions',
  'okta.users.groupMembership.manage',
  'okta.users.appAssignment.manage',
]);

/** Which rows of a list the caller's roles let them see; undefined where that is all of them. */
export function visibleTo(call: OktaCall): ((row: object) => boolean) | undefined {
  const shown = LISTS[call.endpoint.id];
  if (!shown || !call.actor) return undefined;
  const authority = authorityOfCaller(call);
  if (mayToAll(authority, shown.permission, shown.kind)) return undefined;
  return (row) => may(authority, shown.permission, { kind: shown.kind, id: shown.id(row as Row) });
}

interface Row {
  id: string;
  userId: string;
  groupId: string;
  appId: string;
}

/** Lists whose rows roles can be limited to: what the rows are about, and where they say which. */
const LISTS: Readonly<Record<string, { kind: string; permission: string; id: (row: Row) => string }>> = {
  listUsers: { kind: 'users', permission: 'okta.users.read', id: (row) => row.id },
  listGroupUsers: { kind: 'users', permission: 'okta.users.read', id: (row) => row.userId },
  listApplicationUsers: { kind: 'users', permission: 'okta.users.read', id: (row) => row.id },
  listGroups: { kind: 'groups', permission: 'okta.groups.read', id: (row) => row.id },
  listUserGroups: { kind: 'groups', permission: 'okta.groups.read', id: (row) => row.groupId },
  listApplicationGroupAssignments: { kind: 'groups', permission: 'okta.groups.read', id: (row) => row.id },
  listApplications: { kind: 'apps', permission: 'okta.apps.read', id: (row) => row.id },
  listClients: { kind: 'apps', permission: 'okta.apps.read', id: (row) => row.id },
  listAuthorizationServers: {
    kind: 'authorization_servers',
    permission: 'okta.authzServers.read',
    id: (row) => row.id,
  },
  listIdentityProviders: {
    kind: 'identity_providers',
    permission: 'okta.identityProviders.read',
    id: (row) => row.id,
  },
  listPolicies: { kind: 'policies', permission: 'okta.policies.read', id: (row) => row.id },
  listRealms: { kind: 'realms', permission: 'okta.realms.read', id: (row) => row.id },
  listAssignedApplicationsForGroup: { kind: 'apps', permission: 'okta.apps.read', id: (row) => row.appId },
};
