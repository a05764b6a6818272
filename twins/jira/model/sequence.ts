/** Lists whose order people choose: some of it is taken out and put first, last, or behind another. */
import { badQuery } from '../errors.ts';
import { SEQUENCE_IDS_MAX } from '../limits.ts';

/** What such a move asks for. */
export interface SequenceMove {
  ids?: readonly (string | number)[] | null;
  after?: string | number | null;
  position?: string | null;
}

/** The ids in their new order. 400 for a move that makes no sense, what `missing` makes for an id that is not there. */
export function moved(all: readonly string[], move: SequenceMove, missing: (id: string) => Error): string[] {
  const ids = (move.ids ?? []).map(String);
  const { after, position } = move;
  if (ids.length === 0) throw badQuery('The ids must contain at least one item.');
  if (ids.length > SEQUENCE_IDS_MAX) throw badQuery('The ids must contain no more than 1,000 items.');
  if (new Set(ids).size < ids.length) throw badQuery('The ids must not contain duplicates.');
  const hasAfter = after !== undefined && after !== null;
  if (hasAfter === Boolean(position))
    throw badQuery("Either 'after' or 'position' must be provided, and not both.");
  for (const id of hasAfter ? [...ids, String(after)] : ids) if (!all.includes(id)) throw missing(id);
  if (hasAfter && ids.includes(String(after))) throw badQuery("The ids must not contain the 'after' id.");
  if (position && position !== 'First' && position !== 'Last')
    throw badQuery("The position must be 'First' or 'Last'.");
  const others = all.filter((id) => !ids.includes(id));
  const at = hasAfter ? others.indexOf(String(after)) + 1 : position === 'First' ? 0 : others.length;
  return [...others.slice(0, at), ...ids, ...others.slice(at)];
}
