/** What a table is: a name, a key and the look-ups it declares. A static definition; it holds no rows. */
export interface Table<E extends object> {
  /** `<twin>.<table>`, as `okta.users`; kernel tables begin with `_`. */
  readonly name: string;
  readonly twin: string;
  /** The name without the twin, as `users`. */
  readonly label: string;
  readonly key: (row: E) => string;
  readonly indexes: readonly Index<E>[];
  readonly texts: readonly Texts<E>[];
  /** Its rows hold credentials: journals and diffs show them masked. */
  readonly secret: boolean;
}

/** A secondary look-up: under which keys a row is found (none, one or several, as words of a text). */
export interface Index<E extends object> {
  readonly name: string;
  readonly keys: Keys<E>;
  /**
   * Its entries hold the rows themselves: a walk of many rows costs a third, since none is looked up by its key. A
   * change that leaves the index key as it was costs an entry more, so it is for keys that mostly change with the row.
   */
  readonly holdsRows: boolean;
}

/** Under which keys an index finds a row: none, one or several. */
export type Keys<E extends object> = (row: E) => string | readonly string[] | undefined;

/** A look-up by the words of a row, for searches: read by `postings`. */
export interface Texts<E extends object> {
  readonly name: string;
  /** What it is found by, each once. */
  readonly terms: (row: E) => readonly string[];
  /** Where a row stands in the list of every term, told by its key: in the order in which searches go through them. */
  readonly place: (key: string) => string;
  /** Whether two rows say the same, told without reading them. */
  readonly same: (before: E, after: E) => boolean;
}

/** Parts an index key from the primary key behind it; no key may hold it. */
export const PART = '\u0001';

/** Declares a table; `key` and index keys must be computed from the row alone. */
export function table<E extends object>(spec: {
  name: string;
  key: (row: E) => string;
  indexes?: Record<string, Keys<E> | { keys: Keys<E>; holdsRows: boolean }>;
  texts?: Record<string, Omit<Texts<E>, 'name'>>;
  secret?: boolean;
}): Table<E> {
  const dot = spec.name.indexOf('.');
  return {
    name: spec.name,
    twin: dot > 0 ? spec.name.slice(0, dot) : '',
    label: spec.name.slice(dot + 1),
    key: spec.key,
    indexes: Object.entries(spec.indexes ?? {}).map(([name, index]) =>
      typeof index === 'function' ? { name, keys: index, holdsRows: false } : { name, ...index },
    ),
    texts: Object.entries(spec.texts ?? {}).map(([name, text]) => ({ name, ...text })),
    secret: spec.secret ?? false,
  };
}

/** A fixed-width decimal, so that numbers sort as text. Whole numbers from 0 to 10^15 - 1. */
export const sortable = (n: number): string => String(n).padStart(15, '0');

/** The words of a text, lower case, each once: what a text index stores. */
export const words = (text: string): string[] => [
  ...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []),
];

/** Under which keys an index finds a row. Throws a TypeError where a field of the row is not what keys are made of. */
export function keysOf<E extends object>(index: Index<E>, row: E): readonly string[] {
  const keys: unknown = index.keys(row);
  if (keys === undefined) return NONE;
  if (typeof keys === 'string') return [keys];
  if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return keys;
  throw new TypeError(`index ${index.name}: a key is no text`);
}

const NONE: readonly string[] = [];
