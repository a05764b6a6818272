/** Drive's pages: `pageSize` and `pageToken` in, `nextPageToken` out. */
import { openCursor, sealCursor } from '../../../src/page.ts';
import { Range } from '../../../src/range.ts';
import type { Call, PageStyle } from '../../../src/twin.ts';
import type { GoogleActor } from '../actor.ts';
import { badRequest } from '../errors.ts';

/** Page tokens begin so. */
const MARK = '~!!~';

/** Throws `invalid` for a size out of bounds and a token of another list. */
export const drivePage: PageStyle = (call, listing, spec) => {
  const limit = pageSizeOf(call, spec.default, spec.max);
  const { email } = call.actor as GoogleActor;
  const scope = [
    call.endpoint.id,
    email,
    ...['q', 'orderBy', 'corpora', 'driveId'].map((name) => call.query.get(name) ?? ''),
  ].join('\n');
  const token = call.query.get('pageToken') || undefined;
  const after = token?.startsWith(MARK) ? openCursor(token.slice(MARK.length), scope) : undefined;
  if (token !== undefined && after === undefined) throw badRequest('Invalid Value', 'pageToken');
  const page = listing.range.page({ limit, after });
  return {
    value: {
      ...listing.extra,
      ...(page.next === undefined ? {} : { nextPageToken: MARK + sealCursor(page.next, scope) }),
      [spec.key ?? 'items']: page.items.map((row) => listing.view(row)),
    },
  };
};

/** How many are asked for at a time. Throws `invalid` for a size out of bounds. */
export function pageSizeOf(call: Call, usual: number, max: number): number {
  const name = (call.endpoint.traits?.pageSize as string | undefined) ?? 'pageSize';
  const asked = call.query.get(name);
  const limit = asked === null ? usual : Number(asked);
  // Lists of files take too large a size for the largest.
  const allowed = call.endpoint.id === 'drive.files.list' ? Math.min(limit, max) : limit;
  if (!Number.isInteger(limit) || limit < 1 || allowed > max)
    throw badRequest(`Invalid value '${asked}'. Values must be within the range: [1, ${max}]`, name);
  return allowed;
}

/** A short list as something that pages are taken from. */
export const rangeOf = <E extends object>(rows: readonly E[]): Range<E> => {
  const places = rows.map((row, i) => [String(i), row] as const);
  return new Range<E>({
    scan: (after) => (after === undefined ? places : places.slice(Number(after) + 1)),
    size: () => rows.length,
  });
};
