/** Cursors: a place in an order, bound to the list it was made for. Vendors dress them in their own form. */
import { createHash } from 'node:crypto';

/** A cursor's text for `position` of the list that `scope` names (its operation and filters). */
export const sealCursor = (position: string, scope: string): string =>
  Buffer.from(JSON.stringify([stamp(scope), position])).toString('base64url');

/** The position in a cursor; undefined where it is none of ours or was made for another list. */
export function openCursor(cursor: string, scope: string): string | undefined {
  try {
    const [made, position] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [
      unknown,
      unknown,
    ];
    return made === stamp(scope) && typeof position === 'string' ? position : undefined;
  } catch {
    return undefined;
  }
}

const stamp = (scope: string): string => createHash('sha256').update(scope).digest('base64url').slice(0, 8);
