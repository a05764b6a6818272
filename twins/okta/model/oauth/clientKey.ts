/**
 * The public keys of an OAuth client: those that sign its assertions and request objects, and the one that its ID
 * tokens are encrypted for. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationSSOPublicKeys/
 */
import type { World } from '../../../../src/world/world.ts';
import { notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { CLIENT_KEYS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { apps } from '../../world.ts';
import { type App, appTarget, findApp } from '../apps/app.ts';
import { record, type Who } from '../log/log.ts';
import { settingsOf } from './client.ts';
import { badKey, checkedKey, type PublicKey, type PublicKeyInput } from './publicKey.ts';

/** The keys of an app by age. */
export const clientKeys = (world: World, appId: string): PublicKey[] => keysOf(findApp(world, appId));

/** One key of an app, or E0000007. */
export function findClientKey(world: World, appId: string, id: string): PublicKey {
  const found = clientKeys(world, appId).find((key) => key.id === id);
  if (!found) throw notFound(id, 'OAuth2ClientJsonWebKey');
  return found;
}

/** Adds a key. Throws E0000001 for a key id that is missing or taken, a short key, or one too many. */
export function addClientKey(
  world: World,
  who: Who,
  appId: string,
  sent: PublicKeyInput | undefined,
): PublicKey {
  const app = findApp(world, appId);
  if (!sent || typeof sent !== 'object') throw notWellFormed();
  const before = keysOf(app);
  const isForSecrets = sent.use === 'enc';
  const members = checkedKey(sent, isForSecrets ? ['RSA'] : ['RSA', 'EC']);
  if (before.length > 0 && (!sent.kid || before.some(({ kid }) => !kid)))
    throw badKey(
      'Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid ' +
        'for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.',
    );
  if (before.some(({ kid }) => kid === sent.kid))
    throw badKey("All keys in the 'jwks' must have a unique `kid`.");
  if (before.length >= CLIENT_KEYS_MAX)
    throw badKey(
      `You can't create a new key. You have reached the maximum number of keys allowed (${CLIENT_KEYS_MAX}). ` +
        'To add another key, you must first delete an existing one.',
    );
  const now = stamp(world.now());
  const key = {
    id: newId(world, 'pks'),
    ...members,
    use: sent.use ?? null,
    status: sent.status ?? 'ACTIVE',
    created: now,
    lastUpdated: now,
  } as PublicKey;
  const others = key.status === 'ACTIVE' && isForSecrets ? retired(before, now) : before;
  keep(world, app, [...others, key]);
  log(world, who, 'create', app, key);
  return key;
}

/** Turns a key on; an encryption key takes the place of the one that was on. */
export function activateClientKey(world: World, who: Who, appId: string, id: string): PublicKey {
  const key = findClientKey(world, appId, id);
  if (key.status === 'ACTIVE') return key;
  const before = clientKeys(world, appId);
  const now = stamp(world.now());
  return turn(world, who, appId, key.use === 'enc' ? retired(before, now) : before, id, 'ACTIVE');
}

/** Turns a signing key off. Throws E0000001 for the last that its client needs, and for an encryption key. */
export function deactivateClientKey(world: World, who: Who, appId: string, id: string): PublicKey {
  const app = findApp(world, appId);
  const key = findClientKey(world, appId, id);
  if (key.status === 'INACTIVE') return key;
  if (key.use === 'enc') throw badKey("You can't deactivate the active encryption key.");
  const left = keysOf(app).filter((one) => one.id !== id && one.status === 'ACTIVE' && one.use !== 'enc');
  if (left.length === 0 && app.credentials.oauthClient?.token_endpoint_auth_method === 'private_key_jwt')
    throw badKey(
      "Can't deactivate the only active JSON Web Key when the value for `token_endpoint_auth_method` is `private_key_jwt`.",
    );
  const algorithm = settingsOf(app).request_object_signing_alg;
  if (algorithm && !algorithm.startsWith('HS') && !left.some((one) => signs(one, algorithm)))
    throw badKey(
      'The `jwks` must contain at least one key with an algorithm matching the `request_object_signature_algorithm`.',
    );
  return turn(world, who, appId, keysOf(app), id, 'INACTIVE');
}

/** Removes a key that is off. */
export function removeClientKey(world: World, who: Who, appId: string, id: string): void {
  const app = findApp(world, appId);
  const key = findClientKey(world, appId, id);
  if (key.status === 'ACTIVE')
    throw badKey("You can't delete an active JSON Web Key. Deactivate the key before deleting it.");
  keep(
    world,
    app,
    keysOf(app).filter((one) => one.id !== id),
  );
  log(world, who, 'delete', app, key);
}

/** Whether a key can have made a signature by `algorithm`. */
const signs = ({ kty, alg }: PublicKey, algorithm: string): boolean =>
  alg ? alg === algorithm : kty === (algorithm.startsWith('ES') ? 'EC' : 'RSA');

const keysOf = (app: App): PublicKey[] => settingsOf(app)?.jwks?.keys ?? [];

const retired = (keys: readonly PublicKey[], now: string): PublicKey[] =>
  keys.map((key) =>
    key.use === 'enc' && key.status === 'ACTIVE' ? { ...key, status: 'INACTIVE', lastUpdated: now } : key,
  );

function turn(
  world: World,
  who: Who,
  appId: string,
  keys: readonly PublicKey[],
  id: string,
  status: PublicKey['status'],
): PublicKey {
  const app = findApp(world, appId);
  const lastUpdated = stamp(world.now());
  keep(
    world,
    app,
    keys.map((key) => (key.id === id ? { ...key, status, lastUpdated } : key)),
  );
  const key = findClientKey(world, appId, id);
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', app, key);
  return key;
}

const keep = (world: World, { id, settings }: App, keys: readonly PublicKey[]): App =>
  world.update(apps, id, {
    settings: { ...settings, oauthClient: { ...settings.oauthClient, jwks: { keys } } },
  });

function log(world: World, who: Who, verb: string, app: App, { id, kid }: PublicKey): void {
  record(world, who, {
    eventType: `app.oauth2.credentials.lifecycle.${verb}`,
    displayMessage: `OAuth2 client JSON Web Key ${verb}`,
    target: [
      appTarget(app),
      { id, type: 'JsonWebKey', alternateId: kid ?? id, displayName: kid ?? id, detailEntry: null },
    ],
  });
}
