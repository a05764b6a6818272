/** From a filter to indexes: which of them narrow the rows before the filter is asked about each. */
import { type Order, Range, type Source } from '../../../../src/range.ts';
import { PART, type Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Filter, Operator } from './parse.ts';

/** How an attribute is asked of its table. */
export interface Indexed {
  /** Name of the index; the primary key without it. */
  index?: string;
  /** A value of the filter as the index spells it; undefined for one that it cannot tell. */
  spelt?: (value: string) => string | undefined;
  /** Which operators it answers besides `eq`: beginnings of texts, or moments before and after another. */
  also?: 'beginnings' | 'moments';
}

/** Attributes with an index, the most telling first. */
export type Indexes = Readonly<Record<string, Indexed>>;

/** Where to walk. */
export interface Walk {
  index?: string;
  equals?: string;
  prefix?: string;
  from?: string;
  to?: string;
}

/** Rows of a filter. `within`: what all positions begin with. */
export interface Narrowed<E extends object> {
  range: Range<E>;
  within: string;
}

/**
 * The rows of `table` for which `where` holds, which is what `filter` says: by the indexes that tell most, else all.
 * In the order of their ids unless `orderBy` says another.
 */
export function narrowed<E extends { id: string }>(
  world: World,
  table: Table<E>,
  filter: Filter,
  indexes: Indexes,
  where: (row: E) => boolean,
  orderBy: readonly Order<E>[] = [],
): Narrowed<E> {
  const walks = planFor(filter, indexes)?.walks;
  if (!walks) return { range: world.list(table, { where, orderBy }), within: '' };
  const [only, ...others] = walks;
  if (only?.equals !== undefined && others.length === 0)
    return {
      range: world.list(table, { ...only, where, orderBy }),
      within: only.index === undefined ? '' : only.equals + PART,
    };
  return { range: new Range(byId(world, table, walks), { where, orderBy }), within: '' };
}

/** What several walks come by, each row once, in the order of their ids. */
function byId<E extends { id: string }>(world: World, table: Table<E>, walks: readonly Walk[]): Source<E> {
  let sorted: [string, E][] | undefined;
  const rows = () => {
    const found = new Map<string, E>();
    for (const walk of walks) for (const row of world.list(table, walk)) found.set(row.id, row);
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  return {
    scan: (after) => {
      sorted ??= rows();
      return after === undefined ? sorted : sorted.filter(([id]) => id > after);
    },
  };
}

/** Walks that come by every match between them; the lower the cost, the fewer rows that are none. */
interface Plan {
  walks: readonly Walk[];
  cost: number;
}

/** A plan's cost where it is no single value: so many times that of the least telling attribute. */
const OPEN_COST = 100;

/** Undefined where no index helps. */
function planFor(filter: Filter, indexes: Indexes): Plan | undefined {
  if (filter.kind === 'not') return undefined;
  if (filter.kind === 'compare') {
    const { attribute, operator, value } = filter;
    const indexed = indexes[attribute];
    if (!indexed || typeof value !== 'string') return undefined;
    const spelt = indexed.spelt ? indexed.spelt(value) : value;
    const walk = spelt === undefined ? undefined : walkFor(indexed, operator, spelt);
    const cost = Object.keys(indexes).indexOf(attribute) + (operator === 'eq' ? 0 : OPEN_COST);
    return walk && { walks: [walk], cost };
  }
  const [left, right] = [planFor(filter.left, indexes), planFor(filter.right, indexes)];
  if (filter.kind === 'and') return !left || (right && right.cost < left.cost) ? right : left;
  return left && right && { walks: [...left.walks, ...right.walks], cost: left.cost + right.cost };
}

function walkFor({ index, also }: Indexed, operator: Operator, value: string): Walk | undefined {
  const named = index === undefined ? {} : { index };
  if (operator === 'eq') return { ...named, equals: value };
  if (also === 'beginnings' && operator === 'sw') return { ...named, prefix: value };
  if (also !== 'moments') return undefined;
  if (operator === 'gt' || operator === 'ge') return { ...named, from: value };
  if (operator === 'lt' || operator === 'le') return { ...named, to: `${value}${PART}\uffff` };
  return undefined;
}
