/** What an authorization server puts into tokens: scopes and claims. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { authServerClaims, authServerScopes } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findServer } from './authServer.ts';

/** A scope in the vendor's shape; its server is shown in the address. */
export interface Scope {
  serverId: string;
  id: string;
  name: string;
  displayName: string | null;
  description: string | null;
  system: boolean;
  metadataPublish: string;
  consent: string;
  optional: boolean;
  default: boolean;
}

/** A claim in the vendor's shape; its server is shown in the address. */
export interface Claim {
  serverId: string;
  id: string;
  name: string;
  status: string;
  claimType: string;
  valueType: string;
  value?: string;
  conditions: { scopes: string[] };
  system: boolean;
  alwaysIncludeInToken: boolean;
  group_filter_type?: string;
}

export type ScopeInput = Partial<Omit<Scope, 'serverId' | 'id' | 'system'>>;
export type ClaimInput = Partial<Omit<Claim, 'serverId' | 'id' | 'system' | 'conditions'>> & {
  conditions?: { scopes?: string[] };
};

/** The scopes of a server. */
export const scopesOf = (world: World, serverId: string): Scope[] =>
  world.list(authServerScopes, { prefix: `${findServer(world, serverId).id}/` }).toArray();

/** One scope of a server, or E0000007. */
export function findScope(world: World, serverId: string, id: string): Scope {
  const server = findServer(world, serverId);
  return world.require(authServerScopes, `${server.id}/${id}`, () => notFound(id, 'OAuth2Scope'));
}

/** Adds a scope. Throws E0000001 for a missing or taken name. */
export function createScope(world: World, who: Who, serverId: string, input: ScopeInput | undefined): Scope {
  const server = findServer(world, serverId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  if (scopesOf(world, server.id).some((one) => one.name === input.name))
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  const scope = addScope(world, server.id, { ...input, name: input.name }, false);
  log(world, who, 'scope.created', scope);
  return scope;
}

/** Replaces a scope; the system's keep their name. */
export function replaceScope(
  world: World,
  who: Who,
  serverId: string,
  id: string,
  input: ScopeInput | undefined,
): Scope {
  const old = findScope(world, serverId, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  const changed = world.update(authServerScopes, `${old.serverId}/${id}`, {
    ...scopeParts(input),
    name: old.system ? old.name : input.name,
  });
  log(world, who, 'scope.updated', changed);
  return changed;
}

/** Removes a scope that is not the system's. */
export function deleteScope(world: World, who: Who, serverId: string, id: string): void {
  const scope = findScope(world, serverId, id);
  if (scope.system) throw invalid('system', 'system: A system scope cannot be deleted.');
  world.remove(authServerScopes, `${scope.serverId}/${id}`);
  log(world, who, 'scope.deleted', scope);
}

/** The claims of a server. */
export const claimsOf = (world: World, serverId: string): Claim[] =>
  world.list(authServerClaims, { prefix: `${findServer(world, serverId).id}/` }).toArray();

/** One claim of a server, or E0000007. */
export function findClaim(world: World, serverId: string, id: string): Claim {
  const server = findServer(world, serverId);
  return world.require(authServerClaims, `${server.id}/${id}`, () => notFound(id, 'OAuth2Claim'));
}

/** Adds a claim. */
export function createClaim(world: World, who: Who, serverId: string, input: ClaimInput | undefined): Claim {
  const server = findServer(world, serverId);
  const parts = claimParts(input);
  const claim = world.insert(authServerClaims, {
    serverId: server.id,
    id: newId(world, 'ocl'),
    ...parts,
    system: false,
  });
  log(world, who, 'claim.created', claim);
  return claim;
}

/** Replaces a claim. */
export function replaceClaim(
  world: World,
  who: Who,
  serverId: string,
  id: string,
  input: ClaimInput | undefined,
): Claim {
  const old = findClaim(world, serverId, id);
  const changed = world.update(authServerClaims, `${old.serverId}/${id}`, claimParts(input));
  log(world, who, 'claim.updated', changed);
  return changed;
}

/** Removes a claim that is not the system's. */
export function deleteClaim(world: World, who: Who, serverId: string, id: string): void {
  const claim = findClaim(world, serverId, id);
  if (claim.system) throw invalid('system', 'system: A system claim cannot be deleted.');
  world.remove(authServerClaims, `${claim.serverId}/${id}`);
  log(world, who, 'claim.deleted', claim);
}

/** Puts the scopes and claims in that every server has. */
export function addSystemParts(world: World, id: string): void {
  for (const name of SYSTEM_SCOPES) addScope(world, id, { name }, true);
  world.insert(authServerClaims, {
    serverId: id,
    id: newId(world, 'ocl'),
    name: 'sub',
    status: 'ACTIVE',
    claimType: 'RESOURCE',
    valueType: 'EXPRESSION',
    value: '(appuser != null) ? appuser.userName : app.clientId',
    conditions: { scopes: [] },
    system: true,
    alwaysIncludeInToken: true,
  });
  for (const [name, scope] of IDENTITY_CLAIMS)
    world.insert(authServerClaims, {
      serverId: id,
      id: newId(world, 'ocl'),
      name,
      status: 'ACTIVE',
      claimType: 'IDENTITY',
      valueType: 'SYSTEM',
      conditions: { scopes: [scope] },
      system: true,
      alwaysIncludeInToken: scope === 'email' || name === 'name',
    });
}

/** Takes all scopes and claims of a server that goes. */
export function removeParts(world: World, serverId: string): void {
  for (const row of world.list(authServerScopes, { prefix: `${serverId}/` }).toArray())
    world.remove(authServerScopes, `${serverId}/${row.id}`);
  for (const row of world.list(authServerClaims, { prefix: `${serverId}/` }).toArray())
    world.remove(authServerClaims, `${serverId}/${row.id}`);
}

/** Scopes that every issuer knows. */
export const SYSTEM_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'device_sso',
];
/** Claims about a person that every issuer knows, and the scope that lets each out. */
export const IDENTITY_CLAIMS: readonly (readonly [string, string])[] = [
  ['address', 'address'],
  ['birthdate', 'profile'],
  ['email', 'email'],
  ['email_verified', 'email'],
  ['family_name', 'profile'],
  ['gender', 'profile'],
  ['given_name', 'profile'],
  ['locale', 'profile'],
  ['middle_name', 'profile'],
  ['name', 'profile'],
  ['nickname', 'profile'],
  ['phone_number', 'phone'],
  ['picture', 'profile'],
  ['preferred_username', 'profile'],
  ['profile', 'profile'],
  ['updated_at', 'profile'],
  ['website', 'profile'],
  ['zoneinfo', 'profile'],
];

function addScope(
  world: World,
  serverId: string,
  input: ScopeInput & { name: string },
  system: boolean,
): Scope {
  return world.insert(authServerScopes, {
    serverId,
    id: newId(world, 'scp'),
    name: input.name,
    ...scopeParts(input),
    system,
    ...(system ? { metadataPublish: 'ALL_CLIENTS' } : {}),
  });
}

const scopeParts = (input: ScopeInput) => ({
  displayName: input.displayName ?? null,
  description: input.description ?? null,
  metadataPublish: input.metadataPublish ?? 'NO_CLIENTS',
  consent: input.consent ?? 'IMPLICIT',
  optional: input.optional ?? false,
  default: input.default ?? false,
});

function claimParts(input: ClaimInput | undefined) {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  const { claimType, valueType } = input;
  if (claimType !== 'RESOURCE' && claimType !== 'IDENTITY')
    throw invalid('claimType', 'claimType: Not a type of claim');
  return {
    name: input.name,
    status: input.status ?? 'ACTIVE',
    claimType,
    valueType: valueType ?? 'EXPRESSION',
    ...(input.value === undefined ? {} : { value: input.value }),
    conditions: { scopes: input.conditions?.scopes ?? [] },
    alwaysIncludeInToken: input.alwaysIncludeInToken ?? claimType === 'RESOURCE',
    ...(input.group_filter_type ? { group_filter_type: input.group_filter_type } : {}),
  };
}

function log(world: World, who: Who, change: string, { id, name, serverId }: Scope | Claim): void {
  const type = change.startsWith('scope') ? 'OAuth2Scope' : 'OAuth2Claim';
  const thing = { id, type, name, alternateId: serverId };
  recordChange(world, who, `oauth2.${change}`, `OAuth2 ${change.replace('.', ' ')}`, thing);
}
