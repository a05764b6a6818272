/** Authorization servers: who issues tokens for which API, with which scopes and claims. */
import { BASE64URL } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { accessPolicies, accessRules, authServerClaims, authServerScopes, authServers } from '../world.ts';

/** A server in the vendor's shape, less issuer and links. */
export interface AuthServer {
  id: string;
  name: string;
  description: string | null;
  audiences: string[];
  issuerMode: string;
  status: 'ACTIVE' | 'INACTIVE';
  created: string;
  lastUpdated: string;
  credentials: {
    signing: { kid: string; rotationMode: string; lastRotated: string; nextRotation?: string };
  };
  default: boolean;
  /** Servers whose tokens this one takes in exchange. */
  associated: string[];
}

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

export type AuthServerInput = Partial<
  Pick<AuthServer, 'name' | 'description' | 'audiences' | 'issuerMode'>
> & {
  credentials?: { signing?: { rotationMode?: string } };
};
export type ScopeInput = Partial<Omit<Scope, 'serverId' | 'id' | 'system'>>;
export type ClaimInput = Partial<Omit<Claim, 'serverId' | 'id' | 'system' | 'conditions'>> & {
  conditions?: { scopes?: string[] };
};

const KID_CHARS = 43;
const ROTATION_MS = 90 * 86_400_000;

/** The server with this id (`default` names the org's own), or E0000007. */
export function findServer(world: World, id: string): AuthServer {
  if (id === 'default') {
    const found = world.list(authServers, { where: (one) => one.default }).first();
    if (found) return found;
  }
  return world.require(authServers, id, () => notFound(id, 'AuthorizationServer'));
}

/** Makes a server with the scopes and claims that every server has. */
export function createServer(world: World, input: AuthServerInput | undefined): AuthServer {
  const sent = checkedServer(input);
  return addServer(world, sent, false);
}

/** Puts a server in without asking anything. */
export function addServer(
  world: World,
  sent: {
    name: string;
    description: string | null;
    audiences: string[];
    issuerMode?: string;
    rotationMode?: string;
  },
  isDefault: boolean,
): AuthServer {
  const now = world.now();
  const id = newId(world, 'aus');
  const server = world.insert(authServers, {
    id,
    name: sent.name,
    description: sent.description,
    audiences: sent.audiences,
    issuerMode: sent.issuerMode ?? 'DYNAMIC',
    status: 'ACTIVE',
    created: stamp(now),
    lastUpdated: stamp(now),
    credentials: { signing: signingOf(world, id, sent.rotationMode ?? 'AUTO', now) },
    default: isDefault,
    associated: [],
  });
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
  return server;
}

/** Replaces a server's settings. */
export function replaceServer(world: World, id: string, input: AuthServerInput | undefined): AuthServer {
  const old = findServer(world, id);
  const sent = checkedServer(input);
  const rotationMode = sent.rotationMode ?? old.credentials.signing.rotationMode;
  return world.update(authServers, old.id, {
    name: sent.name,
    description: sent.description,
    audiences: sent.audiences,
    issuerMode: sent.issuerMode ?? old.issuerMode,
    credentials: { signing: { ...old.credentials.signing, rotationMode } },
    lastUpdated: stamp(world.now()),
  });
}

/** Turns a server on or off. */
export function setServerStatus(world: World, id: string, status: AuthServer['status']): void {
  const { id: own } = findServer(world, id);
  world.update(authServers, own, { status, lastUpdated: stamp(world.now()) });
}

/** Removes a server with all that hangs on it. */
export function deleteServer(world: World, id: string): void {
  const server = findServer(world, id);
  if (server.default)
    throw invalid('default', 'default: The default authorization server cannot be deleted.');
  for (const row of world.list(authServerScopes, { prefix: `${server.id}/` }).toArray())
    world.remove(authServerScopes, `${server.id}/${row.id}`);
  for (const row of world.list(authServerClaims, { prefix: `${server.id}/` }).toArray())
    world.remove(authServerClaims, `${server.id}/${row.id}`);
  for (const policy of world.list(accessPolicies, { index: 'parent', equals: server.id }).toArray()) {
    for (const rule of world.list(accessRules, { index: 'parent', equals: policy.id }).toArray())
      world.remove(accessRules, rule.id);
    world.remove(accessPolicies, policy.id);
  }
  world.remove(authServers, server.id);
}

/** Gives a server a new signing key at once. */
export function rotateKeys(world: World, id: string): AuthServer {
  const server = findServer(world, id);
  const now = world.now();
  return world.update(authServers, server.id, {
    credentials: {
      signing: signingOf(world, `${server.id}.${now}`, server.credentials.signing.rotationMode, now),
    },
  });
}

/** Lets a server take the tokens of others in exchange. */
export function associate(world: World, id: string, trusted: readonly string[]): AuthServer[] {
  const server = findServer(world, id);
  const added = trusted.map((one) => findServer(world, one));
  world.update(authServers, server.id, {
    associated: [...new Set([...server.associated, ...added.map((one) => one.id)])],
  });
  return added;
}

/** Ends that. */
export function dissociate(world: World, id: string, other: string): void {
  const server = findServer(world, id);
  world.update(authServers, server.id, { associated: server.associated.filter((one) => one !== other) });
}

/** The scopes of a server. */
export const scopesOf = (world: World, serverId: string): Scope[] =>
  world.list(authServerScopes, { prefix: `${findServer(world, serverId).id}/` }).toArray();

/** One scope of a server, or E0000007. */
export function findScope(world: World, serverId: string, id: string): Scope {
  const server = findServer(world, serverId);
  return world.require(authServerScopes, `${server.id}/${id}`, () => notFound(id, 'OAuth2Scope'));
}

/** Adds a scope. Throws E0000001 for a missing or taken name. */
export function createScope(world: World, serverId: string, input: ScopeInput | undefined): Scope {
  const server = findServer(world, serverId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  if (scopesOf(world, server.id).some((one) => one.name === input.name))
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  return addScope(world, server.id, { ...input, name: input.name }, false);
}

/** Replaces a scope; the system's keep their name. */
export function replaceScope(
  world: World,
  serverId: string,
  id: string,
  input: ScopeInput | undefined,
): Scope {
  const old = findScope(world, serverId, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  return world.update(authServerScopes, `${old.serverId}/${id}`, {
    ...scopeParts(input),
    name: old.system ? old.name : input.name,
  });
}

/** Removes a scope that is not the system's. */
export function deleteScope(world: World, serverId: string, id: string): void {
  const scope = findScope(world, serverId, id);
  if (scope.system) throw invalid('system', 'system: A system scope cannot be deleted.');
  world.remove(authServerScopes, `${scope.serverId}/${id}`);
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
export function createClaim(world: World, serverId: string, input: ClaimInput | undefined): Claim {
  const server = findServer(world, serverId);
  const parts = claimParts(input);
  return world.insert(authServerClaims, {
    serverId: server.id,
    id: newId(world, 'ocl'),
    ...parts,
    system: false,
  });
}

/** Replaces a claim. */
export function replaceClaim(
  world: World,
  serverId: string,
  id: string,
  input: ClaimInput | undefined,
): Claim {
  const old = findClaim(world, serverId, id);
  return world.update(authServerClaims, `${old.serverId}/${id}`, claimParts(input));
}

/** Removes a claim that is not the system's. */
export function deleteClaim(world: World, serverId: string, id: string): void {
  const claim = findClaim(world, serverId, id);
  if (claim.system) throw invalid('system', 'system: A system claim cannot be deleted.');
  world.remove(authServerClaims, `${claim.serverId}/${id}`);
}

const SYSTEM_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];
const IDENTITY_CLAIMS: readonly (readonly [string, string])[] = [
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

const signingOf = (world: World, purpose: string, rotationMode: string, now: number) => ({
  kid: world.drawFor('okta.kid', purpose).chars(BASE64URL, KID_CHARS),
  rotationMode,
  lastRotated: stamp(now),
  ...(rotationMode === 'AUTO' ? { nextRotation: stamp(now + ROTATION_MS) } : {}),
});

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

function checkedServer(input: AuthServerInput | undefined) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  if (!Array.isArray(input.audiences) || input.audiences.length === 0) throw blank('audiences');
  return {
    name: input.name,
    description: input.description ?? null,
    audiences: input.audiences,
    ...(input.issuerMode ? { issuerMode: input.issuerMode } : {}),
    ...(input.credentials?.signing?.rotationMode
      ? { rotationMode: input.credentials.signing.rotationMode }
      : {}),
  };
}
