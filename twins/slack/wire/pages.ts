/** Cursors: base64 of a word and the place in the order. https://docs.slack.dev/apis/web-api/pagination */
import type { PageStyle } from '../../../src/twin.ts';
import { type Args, integer, limit, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { refuse } from '../errors.ts';
import { COUNTED_PAGES_MAX } from '../limits.ts';
import type { Json } from '../world.ts';

/**
 * The common style: items under the endpoint's key, `response_metadata.next_cursor` always there, empty at
 * the end.
 * Traits: `cursor` (its word), `offset` (name of the next row's id, which `users.list` says besides).
 */
export const cursorPage: PageStyle = (call, listing, spec) => {
  const args = call.input as Args;
  const word = String(call.endpoint.traits?.cursor ?? 'team');
  const after = opened(args, word);
  const page = listing.range.page({ limit: limit(args, spec.default, spec.max), after });
  const following =
    page.next !== undefined && call.endpoint.traits?.offset === true
      ? (listing.range.page({ limit: 1, after: page.next }).items[0] as Json | undefined)
      : undefined;
  return {
    value: {
      ...(following ? { offset: following.id } : {}),
      [spec.key ?? 'items']: page.items.map((row) => listing.view(row)),
      ...listing.extra,
      response_metadata: { next_cursor: page.next === undefined ? '' : sealed(word, page.next) },
    },
  };
};

/**
 * The older style: `count` and `page`, told under `paging`; who gives a `cursor` or a `limit` is answered in the common
 * one. Throws `over_pagination_limit`.
 */
export const countedPage: PageStyle = (call, listing, spec) => {
  const args = call.input as Args;
  if (text(args, 'cursor') || Number(text(args, 'limit') ?? 0) > 0) return cursorPage(call, listing, spec);
  const count = Math.max(integer(args, 'count') ?? spec.default, 1);
  const page = Math.max(integer(args, 'page') ?? 1, 1);
  if (count > spec.max || page > COUNTED_PAGES_MAX) throw refuse('over_pagination_limit');
  const total = listing.range.count();
  const { items } = listing.range.page({ limit: count, offset: (page - 1) * count });
  return {
    value: {
      [spec.key ?? 'items']: items.map((row) => listing.view(row)),
      ...listing.extra,
      paging: { count, total, page, pages: Math.ceil(total / count) },
    },
  };
};

/** The common style, but an object in the place of the list: views are pairs of a key and what stands under it. */
export const keyedPage: PageStyle = (call, listing, spec) => {
  const { value } = cursorPage(call, listing, spec);
  const key = spec.key ?? 'items';
  const rows = (value as Json)[key] as readonly (readonly [string, unknown])[];
  return { value: { ...(value as Json), [key]: Object.fromEntries(rows) } };
};
