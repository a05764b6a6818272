/** Signing keys of apps and identity providers: a key id and dates; the certificate is the org's own. */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { signingKeys } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A key of an app or identity provider (`ownerId`, not shown). */
export interface SigningKey {
  ownerId: string;
  kid: string;
  created: string;
  lastUpdated: string;
  expiresAt: string;
  /** One that somebody else signed; absent: the org's own. */
  certificate?: { x5c: string[]; 'x5t#S256': string; e: string; n: string };
}

const YEAR_MS = 365 * 86_400_000;
const KID_CHARS = 43;
const YEARS_DEFAULT = 10;

/** A new key id. */
export const newKid = (world: World, purpose: string): string =>
  world.draw(`okta.kid.${purpose}`).chars(BASE64URL, KID_CHARS);

/** Puts a key in; `years` from 2 to 10 is how long it is good. */
export function addKey(world: World, ownerId: string, kid: string, years = YEARS_DEFAULT): SigningKey {
  const now = world.now();
  return world.insert(signingKeys, {
    ownerId,
    kid,
    created: stamp(now),
    lastUpdated: stamp(now),
    expiresAt: stamp(now + years * YEAR_MS),
  });
}

/** Makes a key. Throws E0000001 for a validity that is not from 2 to 10 years. */
export function generateKey(
  world: World,
  who: Who,
  ownerId: string,
  validityYears: string | null,
): SigningKey {
  const years = Number(validityYears);
  if (!Number.isInteger(years) || years < 2 || years > 10)
    throw invalid('validityYears', 'validityYears: Validity years out of range. It should be 2 - 10 years');
  const key = addKey(world, ownerId, newKid(world, ownerId), years);
  log(world, who, 'app.keys.generate', 'Generate signing key', key);
  return key;
}

/** The keys of an app or identity provider. */
export const keysOf = (world: World, ownerId: string): SigningKey[] =>
  world.list(signingKeys, { prefix: `${ownerId}/` }).toArray();

/** One key, or E0000007. */
export const findKey = (world: World, ownerId: string, kid: string): SigningKey =>
  world.require(signingKeys, `${ownerId}/${kid}`, () => notFound(kid, 'JsonWebKey'));

/** The same key for another owner; one that has it keeps it. */
export function cloneKey(world: World, who: Who, ownerId: string, kid: string, targetId: string): SigningKey {
  const key = findKey(world, ownerId, kid);
  const there = world.get(signingKeys, `${targetId}/${kid}`);
  if (there) return there;
  const clone = world.insert(signingKeys, { ...key, ownerId: targetId });
  log(world, who, 'app.keys.clone', 'Clone signing key', clone);
  return clone;
}

const log = (
  world: World,
  who: Who,
  eventType: string,
  says: string,
  { kid, ownerId }: SigningKey,
): unknown =>
  recordChange(world, who, eventType, says, { id: kid, type: 'JsonWebKey', name: kid, alternateId: ownerId });

/** Takes all keys of an owner that goes. */
export function removeKeys(world: World, ownerId: string): void {
  for (const key of keysOf(world, ownerId)) world.remove(signingKeys, `${ownerId}/${key.kid}`);
}
