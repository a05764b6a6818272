/**
 * Keys of the API behind an authorization server, for which its access tokens are encrypted.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/OAuth2ResourceServerCredentialsKeys/
 */
import type { World } from '../../../../src/world/world.ts';
import { notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { RESOURCE_KEYS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { authServers } from '../../world.ts';
import { type AuthServer, findServer } from '../authServers/authServer.ts';
import { record, type Who } from '../log/log.ts';
import { badKey, checkedKey, type PublicKey, type PublicKeyInput } from './publicKey.ts';

/** The keys of a server by age. */
export const resourceKeys = (world: World, serverId: string): readonly PublicKey[] =>
  findServer(world, serverId).resourceKeys ?? [];

/** One key by its id or key id, or E0000007. */
export function findResourceKey(world: World, serverId: string, id: string): PublicKey {
  const found = resourceKeys(world, serverId).find((key) => key.id === id || key.kid === id);
  if (!found) throw notFound(id, 'OAuth2ResourceServerJsonWebKey');
  return found;
}

/** Adds a key that is off. Throws E0000001 for a key id that is missing or taken, a short key, an active or sixth one. */
export function addResourceKey(
  world: World,
  who: Who,
  serverId: string,
  sent: PublicKeyInput | undefined,
): PublicKey {
  const server = findServer(world, serverId);
  if (!sent || typeof sent !== 'object') throw notWellFormed();
  const before = resourceKeys(world, serverId);
  const members = checkedKey(sent, ['RSA']);
  if (!sent.kid || before.some(({ kid }) => kid === sent.kid))
    throw badKey("Each key must have a unique 'kid'.");
  if (sent.use !== undefined && sent.use !== 'enc') throw badKey("use: The value must be 'enc'.");
  if (sent.status === 'ACTIVE')
    throw badKey(
      "You can't add a key with an 'ACTIVE' status. Add an 'INACTIVE' key first, then activate it.",
    );
  if (before.length >= RESOURCE_KEYS_MAX)
    throw badKey(
      `You can't create a new key. You have reached the maximum number of keys allowed (${RESOURCE_KEYS_MAX}). ` +
        'To add another key, you must first delete an existing one.',
    );
  const now = stamp(world.now());
  const key = {
    id: newId(world, 'apk'),
    ...members,
    use: 'enc',
    status: 'INACTIVE',
    created: now,
    lastUpdated: now,
  } as PublicKey;
  keep(world, server, [...before, key]);
  log(world, who, 'create', server, key);
  return key;
}

/** Turns a key on in the place of the one that is. */
export function activateResourceKey(world: World, who: Who, serverId: string, id: string): PublicKey {
  const key = findResourceKey(world, serverId, id);
  return key.status === 'ACTIVE' ? key : turn(world, who, serverId, key, 'ACTIVE');
}

/** Turns a key off. Throws E0000001 for the active one of a server that encrypts its tokens. */
export function deactivateResourceKey(world: World, who: Who, serverId: string, id: string): PublicKey {
  const key = findResourceKey(world, serverId, id);
  if (key.status === 'INACTIVE') return key;
  if (findServer(world, serverId).accessTokenEncryptedResponseAlgorithm)
    throw badKey('You cannot deactivate the active key when access token encryption is enabled.');
  return turn(world, who, serverId, key, 'INACTIVE');
}

/** Removes a key that is off. */
export function removeResourceKey(world: World, who: Who, serverId: string, id: string): void {
  const server = findServer(world, serverId);
  const key = findResourceKey(world, serverId, id);
  if (key.status === 'ACTIVE')
    throw badKey("'ACTIVE' keys cannot be deleted. Activate another key before deleting this one.");
  keep(
    world,
    server,
    resourceKeys(world, serverId).filter((one) => one !== key),
  );
  log(world, who, 'delete', server, key);
}

function turn(
  world: World,
  who: Who,
  serverId: string,
  { id }: PublicKey,
  status: PublicKey['status'],
): PublicKey {
  const server = findServer(world, serverId);
  const lastUpdated = stamp(world.now());
  const changed = resourceKeys(world, serverId).map((key): PublicKey => {
    if (key.id === id) return { ...key, status, lastUpdated };
    return key.status === 'ACTIVE' ? { ...key, status: 'INACTIVE', lastUpdated } : key;
  });
  keep(world, server, changed);
  const key = findResourceKey(world, serverId, id);
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', server, key);
  return key;
}

const keep = (world: World, { id }: AuthServer, keys: readonly PublicKey[]): AuthServer =>
  world.update(authServers, id, { resourceKeys: keys });

function log(world: World, who: Who, verb: string, server: AuthServer, { id, kid }: PublicKey): void {
  record(world, who, {
    eventType: `app.oauth2.as.resource_server.credentials.lifecycle.${verb}`,
    displayMessage: `Resource server JSON Web Key ${verb}`,
    target: [
      {
        id: server.id,
        type: 'AuthorizationServer',
        alternateId: server.name,
        displayName: server.name,
        detailEntry: null,
      },
      { id, type: 'JsonWebKey', alternateId: kid ?? id, displayName: kid ?? id, detailEntry: null },
    ],
  });
}
