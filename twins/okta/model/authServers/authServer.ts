/** Authorization servers: who issues tokens for which API, with which scopes and claims. */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { RESOURCE_KEYS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { accessPolicies, accessRules, authServers } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { KEY_ENCRYPTION_ALGORITHMS } from '../oauth/encryption.ts';
import { encryptionKeys, type PublicKey, type PublicKeyInput } from '../oauth/publicKey.ts';
import { forgetConsents } from '../oauth/scopeConsent.ts';
import { publishedKeys } from '../oauth/signing.ts';
import { revokeAllOf } from '../oauth/token.ts';
import { addSystemParts, removeParts } from './authServerPart.ts';

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
  /** Keys of the API that it guards. */
  resourceKeys?: readonly PublicKey[];
  /** How access tokens are encrypted for that API, as `RSA-OAEP-256`. */
  accessTokenEncryptedResponseAlgorithm?: string | undefined;
  /** The key before the one that signs: its tokens are still good. */
  retiredKid?: string;
}

export type AuthServerInput = Partial<
  Pick<AuthServer, 'name' | 'description' | 'audiences' | 'issuerMode'>
> & {
  credentials?: { signing?: { rotationMode?: string } };
  accessTokenEncryptedResponseAlgorithm?: string;
  jwks?: { keys?: PublicKeyInput[] };
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
export function createServer(world: World, who: Who, input: AuthServerInput | undefined): AuthServer {
  const sent = checkedServer(input);
  const added = addServer(world, sent, false);
  const server = world.update(authServers, added.id, encryptionOf(world, input, []));
  log(world, who, 'created', server);
  return server;
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
  addSystemParts(world, id);
  return server;
}

/** Replaces a server's settings. */
export function replaceServer(
  world: World,
  who: Who,
  id: string,
  input: AuthServerInput | undefined,
): AuthServer {
  const old = findServer(world, id);
  const sent = checkedServer(input);
  const rotationMode = sent.rotationMode ?? old.credentials.signing.rotationMode;
  const changed = world.update(authServers, old.id, {
    name: sent.name,
    description: sent.description,
    audiences: sent.audiences,
    issuerMode: sent.issuerMode ?? old.issuerMode,
    credentials: { signing: { ...old.credentials.signing, rotationMode } },
    ...encryptionOf(world, input, old.resourceKeys ?? []),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'updated', changed);
  return changed;
}

/** Turns a server on or off. */
export function setServerStatus(world: World, who: Who, id: string, status: AuthServer['status']): void {
  const { id: own } = findServer(world, id);
  const changed = world.update(authServers, own, { status, lastUpdated: stamp(world.now()) });
  log(world, who, status === 'ACTIVE' ? 'activated' : 'deactivated', changed);
}

/** Removes a server with all that hangs on it. */
export function deleteServer(world: World, who: Who, id: string): void {
  const server = findServer(world, id);
  if (server.default)
    throw invalid('default', 'default: The default authorization server cannot be deleted.');
  removeParts(world, server.id);
  for (const policy of world.list(accessPolicies, { index: 'parent', equals: server.id }).toArray()) {
    for (const rule of world.list(accessRules, { index: 'parent', equals: policy.id }).toArray())
      world.remove(accessRules, rule.id);
    world.remove(accessPolicies, policy.id);
  }
  revokeAllOf(world, 'issuer', server.id);
  forgetConsents(world, { issuerKey: server.id });
  world.remove(authServers, server.id);
  log(world, who, 'deleted', server);
}

/** Gives a server a new signing key at once. */
export function rotateKeys(world: World, who: Who, id: string): AuthServer {
  const server = findServer(world, id);
  const now = world.now();
  const thing = { id: server.id, type: 'AuthorizationServer', name: server.name };
  recordChange(world, who, 'app.oauth2.as.key.rollover', 'Roll over authorization server key', thing);
  return world.update(authServers, server.id, {
    retiredKid: publishedKeys(world, server)[0]?.kid ?? server.credentials.signing.kid,
    credentials: {
      signing: signingOf(world, `${server.id}.${now}`, server.credentials.signing.rotationMode, now),
    },
  });
}

/** Lets a server take the tokens of others in exchange. */
export function associate(world: World, who: Who, id: string, trusted: readonly string[]): AuthServer[] {
  const server = findServer(world, id);
  const added = trusted.map((one) => findServer(world, one));
  world.update(authServers, server.id, {
    associated: [...new Set([...server.associated, ...added.map((one) => one.id)])],
  });
  log(world, who, 'updated', server);
  return added;
}

/** Ends that. */
export function dissociate(world: World, who: Who, id: string, other: string): void {
  const server = findServer(world, id);
  world.update(authServers, server.id, { associated: server.associated.filter((one) => one !== other) });
  log(world, who, 'updated', server);
}

const signingOf = (world: World, purpose: string, rotationMode: string, now: number) => ({
  kid: world.drawFor('okta.kid', purpose).chars(BASE64URL, KID_CHARS),
  rotationMode,
  lastRotated: stamp(now),
  ...(rotationMode === 'AUTO' ? { nextRotation: stamp(now + ROTATION_MS) } : {}),
});

function log(world: World, who: Who, verb: string, { id, name }: AuthServer): void {
  const thing = { id, type: 'AuthorizationServer', name };
  recordChange(world, who, `oauth2.as.${verb}`, `Authorization server ${verb}`, thing);
}

/** How access tokens are encrypted from now on. Throws E0000001 for an unknown algorithm, or one without a key that is on. */
function encryptionOf(
  world: World,
  input: AuthServerInput | undefined,
  before: readonly PublicKey[],
): Pick<AuthServer, 'resourceKeys' | 'accessTokenEncryptedResponseAlgorithm'> {
  const { accessTokenEncryptedResponseAlgorithm: algorithm, jwks } = input ?? {};
  const sent = jwks?.keys;
  const resourceKeys = sent ? encryptionKeys(world, sent, before, RESOURCE_KEYS_MAX) : before;
  if (algorithm !== undefined && !KEY_ENCRYPTION_ALGORITHMS.some((one) => one === algorithm))
    throw invalid('accessTokenEncryptedResponseAlgorithm', 'The key encryption algorithm is not supported.');
  if (algorithm !== undefined && !resourceKeys.some(({ status }) => status === 'ACTIVE'))
    throw invalid('jwks', "The 'jwks' must have an active key when access token encryption is enabled.");
  return { resourceKeys, accessTokenEncryptedResponseAlgorithm: algorithm };
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
