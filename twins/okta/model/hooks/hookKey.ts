/**
 * Key pairs of the org by which it proves itself where an inline hook's program asks for a token.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/HookKey/
 */
import { createPublicKey } from 'node:crypto';
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { hookKeys } from '../../world/delivery.ts';
import { inlineHooks } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A key in the vendor's shape, less what is computed; `keyId` names its public half. */
export interface HookKey {
  id: string;
  keyId: string;
  name: string;
  created: string;
  lastUpdated: string;
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/HookKey/#operation/createHookKey */
const KEYS_MAX = 50;
const NAME_CHARS_MAX = 255;

/** The key with this id, or E0000007. */
export const findHookKey = (world: World, id: string): HookKey =>
  world.require(hookKeys, id, () => notFound(id, 'HookKey'));

/** The public half with this alias, as a JSON Web Key. Throws E0000007. */
export function publicHookKey(world: World, keyId: string): Record<string, unknown> {
  const key = world.list(hookKeys, { index: 'keyId', equals: keyId }).first();
  if (!key) throw notFound(keyId, 'HookKey');
  const { n, e } = createPublicKey(world.rsaKey(0).publicKey).export({ format: 'jwk' });
  return { kty: 'RSA', alg: 'RSA', kid: key.keyId, use: null, e, n };
}

/** Whether an inline hook is called with this key. */
export const isUsed = (world: World, { id }: HookKey): boolean =>
  world.list(inlineHooks, { index: 'key', equals: id }).first() !== undefined;

/** Makes a key. Throws E0000001 for a name that is missing or taken, and for the 51st key. */
export function createHookKey(world: World, who: Who, input: { name?: string } | undefined): HookKey {
  const name = nameOf(world, input);
  if (world.list(hookKeys).count() >= KEYS_MAX)
    throw invalid('hookKey', `hookKey: The maximum number of ${KEYS_MAX} keys is reached`);
  const now = stamp(world.now());
  const id = newId(world, 'HKY');
  const keyId = uuid(world.drawFor('okta.hookKey', id));
  const key = world.insert(hookKeys, { id, keyId, name, created: now, lastUpdated: now });
  log(world, who, 'created', key);
  return key;
}

/** Gives a key another name. */
export function replaceHookKey(
  world: World,
  who: Who,
  id: string,
  input: { name?: string } | undefined,
): HookKey {
  findHookKey(world, id);
  const name = nameOf(world, input, id);
  const key = world.update(hookKeys, id, { name, lastUpdated: stamp(world.now()) });
  log(world, who, 'updated', key);
  return key;
}

/** Removes a key. Throws E0000001 for one that an inline hook is called with. */
export function deleteHookKey(world: World, who: Who, id: string): void {
  const key = findHookKey(world, id);
  if (isUsed(world, key)) throw invalid('hookKey', 'hookKey: The key is in use and cannot be deleted.');
  world.remove(hookKeys, id);
  log(world, who, 'deleted', key);
}

function nameOf(world: World, input: { name?: string } | undefined, own?: string): string {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name } = input;
  if (!name) throw blank('name');
  if (name.length > NAME_CHARS_MAX)
    throw invalid('name', `name: The field cannot exceed ${NAME_CHARS_MAX} characters`);
  const taken = world.list(hookKeys, { index: 'name', equals: name }).first();
  if (taken && taken.id !== own) throw invalid('name', 'name: The field must be unique');
  return name;
}

function log(world: World, who: Who, verb: string, { id, keyId, name }: HookKey): void {
  const thing = { id, type: 'HookKey', name, alternateId: keyId };
  recordChange(world, who, `system.hook.key.${verb}`, `Hook key ${verb}`, thing);
}
