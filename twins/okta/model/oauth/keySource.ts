/**
 * Where public keys come from: a client's own settings, or an address (`jwks_uri`) that is asked when an unknown key is
 * named, and again when what it said is old.
 */
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { CLIENT_KEYS_MAX, KEY_SET_FRESH_MS, KEY_SET_LASTS_MS, KEY_SETS_KEPT_MAX } from '../../limits.ts';
import { keySets } from '../../world/oauth.ts';
import type { App } from '../apps/app.ts';
import { settingsOf } from './client.ts';
import type { PublicKey } from './publicKey.ts';

/** What an address said. */
export interface KeySet {
  url: string;
  keys: readonly PublicKey[];
  /** Universe milliseconds. */
  fetchedAt: number;
}

/** The keys of a client that are on; `kid` is the one that is looked for. */
export function activeKeys(world: World, app: App, use: 'sig' | 'enc', kid?: string): PublicKey[] {
  const { jwks, jwks_uri: url } = settingsOf(app);
  const keys = jwks?.keys ?? (url === undefined ? [] : keysAt(world, url, kid));
  return keys.filter((key) => key.status !== 'INACTIVE' && (key.use === 'enc') === (use === 'enc'));
}

/** The keys at an address; none where it does not answer with any. */
export function keysAt(world: World, url: string, kid?: string): readonly PublicKey[] {
  const known = world.get(keySets, url);
  const ageMs = known ? world.now() - known.fetchedAt : Number.POSITIVE_INFINITY;
  const isKnown = kid === undefined || known?.keys.some((key) => key.kid === kid);
  if (known && ageMs < KEY_SET_LASTS_MS && (isKnown || ageMs < KEY_SET_FRESH_MS)) return known.keys;
  const outcome = world.ask(`jwks ${url}`, { channel: 'fetch', event: 'jwks', to: url, payload: {} });
  const oldest = world.list(keySets).count() >= KEY_SETS_KEPT_MAX ? world.list(keySets).first() : undefined;
  if (oldest) world.remove(keySets, oldest.url);
  return world.put(keySets, { url, keys: keysIn(outcome), fetchedAt: world.now() }).keys;
}

function keysIn({ status, body }: DeliveryOutcome): PublicKey[] {
  const keys = status === 200 ? parsedObject(body)?.keys : undefined;
  const isKey = (key: unknown): key is PublicKey => typeof (key as PublicKey | null)?.kty === 'string';
  return Array.isArray(keys) ? keys.filter(isKey).slice(0, CLIENT_KEYS_MAX) : [];
}
