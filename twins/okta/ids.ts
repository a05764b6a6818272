/** The vendor's identifiers: 20 characters, a prefix by type, later ones sort after earlier ones. */
import { BASE62, HEX, LOWER36, shaped } from '../../src/ids.ts';
import type { World } from '../../src/world/world.ts';

const ORG_SUFFIX_CHARS = 2;
const SEQUENCE_CHARS = 5;
const ID_CHARS = 20;
/** Where sequences begin, so that first ids do not start with a row of zeros. */
const SEQUENCE_START = 500_000_000;

/**
 * A new id of the type that `prefix` (three characters, as `00u`) says. Its middle counts up, so that lists by id
 * are lists by age; its end is the same for all ids of an org, and holds a digit as the vendor's do.
 */
export function newId(world: World, prefix: string): string {
  const n = world.next(`okta.${prefix}`);
  const drawn = ID_CHARS - prefix.length - SEQUENCE_CHARS - ORG_SUFFIX_CHARS - 1;
  return (
    prefix +
    base62(SEQUENCE_START + n, SEQUENCE_CHARS) +
    world.drawFor('okta.id', prefix, n).chars(BASE62, drawn) +
    world.drawFor('okta.orgSuffix').chars(LOWER36, ORG_SUFFIX_CHARS) +
    '7'
  );
}

/** `oae` and 22 characters: one per refused request. */
export const errorId = (world: World, requestId: string): string =>
  shaped(world.drawFor('okta.errorId', requestId), 'oae', 22, `${BASE62}-_`);

/** 32 hexadecimal characters that belong to one request. */
export const requestId = (world: World): string =>
  world.drawFor('okta.requestId', world.exchange).chars(HEX, 32);

function base62(n: number, width: number): string {
  let text = '';
  for (let rest = n; text.length < width; rest = Math.floor(rest / 62)) text = BASE62[rest % 62] + text;
  return text;
}
