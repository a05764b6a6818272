/** Texts that programs hold and that mean nothing by themselves: unguessable, and kept as a digest only. */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';

/** What is kept of a text that must not be readable in the rows. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Unguessable text for a new credential. */
export const drawn = (world: World, purpose: string, chars = 43): string =>
  world.secret([`okta.${purpose}`, world.next(`okta.${purpose}`)], chars, BASE64URL);
