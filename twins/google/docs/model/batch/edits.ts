/**
 * What edits do to places behind them: names stay on their text, and a request that was written against an older
 * revision finds its place in the present one.
 */

import type { Edit } from '../../world/edits.ts';
import type { Span } from '../../world.ts';

/** Names or anchors after edits of their tab; those that lost all their text are gone. */
export function shifted<T extends { readonly ranges: readonly Span[] }>(
  held: readonly T[],
  edits: readonly Edit[],
): readonly T[] {
  return held.flatMap((one) => {
    const ranges = one.ranges
      .map((span) => edits.reduce(shiftSpan, span))
      .filter((span) => span.endIndex > span.startIndex);
    return ranges.length > 0 ? [{ ...one, ranges }] : [];
  });
}

function shiftSpan(span: Span, edit: Edit): Span {
  if (edit.segmentId !== span.segmentId) return span;
  return {
    ...span,
    startIndex: moved(span.startIndex, edit, true),
    endIndex: moved(span.endIndex, edit, false),
  };
}

/** A place after an edit; what is put in at the very place goes before it (`pushed`) or behind it. */
export function moved(index: number, { at, removed, inserted }: Edit, pushed: boolean): number {
  const left = index <= at ? index : Math.max(index - removed, at);
  return left > at || (left === at && pushed) ? left + inserted : left;
}
