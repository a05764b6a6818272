/** Cursors: base64 of a word and the place in the order. https://docs.slack.dev/apis/web-api/pagination */
import type { PageStyle } from '../../../src/twin.ts';
import { type Args, limit } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
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
