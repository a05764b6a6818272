/**
 * A lazy answer to `list`: rows in a stated order, from which pages are taken. Positions are texts that stay
 * right when rows come and go between two pages, since they name a place in the order, not a count.
 */
import { WorkBudgetError } from './error.ts';

/** Rows that one list may visit before it ends in the vendor's timeout. */
export const RANGE_ROWS_VISITED_MAX = 2_000_000;

/** A page of rows. `next` is the position to go on from; absent on the last page. */
export interface Page<E> {
  items: E[];
  next?: string;
  more: boolean;
}

/** One way to order rows that no index holds. `null` sorts first. */
export interface Order<E> {
  by: (row: E) => string | number | null;
  descending?: boolean;
}

/** Where the rows of a range come from. */
export interface Source<E> {
  /** Visits rows from a position (excluded) in the range's direction. */
  scan(after: string | undefined): Iterable<readonly [position: string, row: E]>;
  /** How many rows, where that is known without a walk. */
  size?(): number | undefined;
  /** The first row, found without a walk. */
  head?(): E | undefined;
}

export class Range<E> {
  readonly #source: Source<E>;
  readonly #where: ((row: E) => boolean) | undefined;
  readonly #order: readonly Order<E>[];

  constructor(
    source: Source<E>,
    options: { where?: (row: E) => boolean; orderBy?: readonly Order<E>[] } = {},
  ) {
    this.#source = source;
    this.#where = options.where;
    this.#order = options.orderBy ?? UNORDERED;
  }

  /** The same range, less the rows that fail a test. */
  filter(test: (row: E) => boolean): Range<E> {
    const where = this.#where;
    return new Range(this.#source, {
      where: where ? (row) => where(row) && test(row) : test,
      orderBy: this.#order,
    });
  }

  /** At most `limit` rows after `after` (a position) or from `offset` (a count). */
  page(options: { limit: number; after?: string | undefined; offset?: number }): Page<E> {
    const rows = this.#order.length > 0 ? this.#sorted(options.after) : this.#filtered(options.after);
    const items: E[] = [];
    let skip = options.offset ?? 0;
    let last: string | undefined;
    for (const [position, row] of rows) {
      if (skip > 0) {
        skip--;
        continue;
      }
      if (items.length === options.limit)
        return { items, more: true, ...(last === undefined ? {} : { next: last }) };
      items.push(row);
      last = position;
    }
    return { items, more: false };
  }

  /** All rows, up to `limit`. */
  toArray(limit: number = RANGE_ROWS_VISITED_MAX): E[] {
    return this.page({ limit }).items;
  }

  first(): E | undefined {
    const { head } = this.#source;
    if (head && !this.#where && this.#order.length === 0) return head.call(this.#source);
    return this.page({ limit: 1 }).items[0];
  }

  /** How many rows the range holds. */
  count(): number {
    const size = this.#where ? undefined : this.#source.size?.();
    if (size !== undefined) return size;
    let count = 0;
    for (const _ of this.#filtered(undefined)) count++;
    return count;
  }

  *[Symbol.iterator](): Iterator<E> {
    for (const [, row] of this.#order.length > 0 ? this.#sorted(undefined) : this.#filtered(undefined))
      yield row;
  }

  *#filtered(after: string | undefined): Iterable<readonly [string, E]> {
    let visited = 0;
    for (const entry of this.#source.scan(after)) {
      if (++visited > RANGE_ROWS_VISITED_MAX)
        throw new WorkBudgetError(`more than ${RANGE_ROWS_VISITED_MAX} rows`);
      if (!this.#where || this.#where(entry[1])) yield entry;
    }
  }

  *#sorted(after: string | undefined): Iterable<readonly [string, E]> {
    const order = this.#order;
    const keyed = [...this.#filtered(undefined)].map(([position, row]) => ({
      row,
      place: [...order.map((o) => o.by(row)), position],
    }));
    keyed.sort((a, b) => compare(a.place, b.place, order));
    const from = after === undefined ? undefined : (JSON.parse(after) as Place);
    for (const { row, place } of keyed) {
      if (from && compare(place, from, order) <= 0) continue;
      yield [JSON.stringify(place), row];
    }
  }
}

const UNORDERED: readonly never[] = [];

type Place = (string | number | null)[];

function compare(a: Place, b: Place, order: readonly { descending?: boolean }[]): number {
  for (let i = 0; i < a.length; i++) {
    const sign = order[i]?.descending ? -1 : 1;
    const x = a[i] ?? null;
    const y = b[i] ?? null;
    if (x === y) continue;
    if (x === null) return -sign;
    if (y === null) return sign;
    return x < y ? -sign : sign;
  }
  return 0;
}
