/** From a filter to an index: which one narrows the rows before the filter is asked about each. */
import type { Filter } from './parse.ts';

/** Where to walk. */
export interface Plan {
  index?: string;
  equals: string;
}

/**
 * An index that every match is in: of `indexes` (attribute → index, `primary` for the key), the first `eq` that the
 * whole filter depends on. Undefined where there is none.
 */
export function indexedBy(
  filter: Filter,
  indexes: Readonly<Record<string, string>>,
  fold: (value: string) => string,
): Plan | undefined {
  if (filter.kind === 'and')
    return indexedBy(filter.left, indexes, fold) ?? indexedBy(filter.right, indexes, fold);
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string')
    return undefined;
  const index = indexes[filter.attribute];
  if (index === undefined) return undefined;
  return index === 'primary' ? { equals: filter.value } : { index, equals: fold(filter.value) };
}
