/**
 * A lens turns the raw rows of one vendor's tables into what a reader would write: e-mails and names in place
 * of ids. All knowledge of row shapes lives in the lens files. {@link LensWorld} is what they look through.
 */
import type { CastMember, JournalEntry, StateView } from '../host.ts';

/** A row as stored; fields are read with {@link text} and {@link at}, since nothing here may throw on a shape. */
export type Row = Readonly<Record<string, unknown>>;

/** A function that expressions may call. `tables` are `twin.table`, or `journal.exchange`. */
export interface Helper {
  /** CEL signatures, one per overload: `inGroup(dyn, dyn): bool`. */
  signatures: string[];
  tables: string[];
  call(world: LensWorld, ...args: unknown[]): unknown;
}

/** What the harness knows of one vendor's tables. */
export interface Lens {
  twin: string;
  helpers: Record<string, Helper>;
  /** Tables that record what happened rather than what is so; `untouched` does not look at them. */
  bookkeeping: readonly string[];
  /** Single rows of other tables that are bookkeeping too. */
  isBookkeeping?(table: string, row: Row): boolean;
  /** Fields that follow from other changes (times, counters), by table; a change in them alone is none. */
  follows: Readonly<Record<string, readonly string[]>>;
  /** How expectations name a table's changes: `okta.member.added`. */
  nouns: Readonly<Record<string, { noun: string; insert: string; update: string; remove: string }>>;
  /** A row for `where` expressions and evidence; unknown tables come back as they are. */
  row(world: LensWorld, table: string, row: Row): Row;
}

/** The world as expressions see it: state, cast, exchanges so far, and values cached until a table changes. */
export class LensWorld {
  readonly state: StateView;
  readonly cast: readonly CastMember[];
  readonly exchanges: JournalEntry[] = [];
  #versions = new Map<string, number>();
  #cache = new Map<string, { version: number; value: unknown }>();

  constructor(state: StateView, cast: readonly CastMember[]) {
    this.state = state;
    this.cast = cast;
  }

  /** Says that a table (`twin.table`) changed. */
  touch(table: string): void {
    this.#versions.set(table, (this.#versions.get(table) ?? 0) + 1);
  }

  /** Rows of a table, in key order. */
  rows(twin: string, table: string, prefix?: string): Row[] {
    return [...this.state.rows(twin, table, prefix)] as Row[];
  }

  get(twin: string, table: string, key: string): Row | undefined {
    return (this.state.get(twin, table, key) ?? undefined) as Row | undefined;
  }

  /** `build()` once per version of the tables that it reads. */
  cached<T>(name: string, tables: readonly string[], build: () => T): T {
    const version = tables.reduce((sum, table) => sum + (this.#versions.get(table) ?? 0), 0);
    const hit = this.#cache.get(name);
    if (hit && hit.version === version) return hit.value as T;
    const value = build();
    this.#cache.set(name, { version, value });
    return value;
  }
}

/** The value at a path of field names, or undefined. */
export function at(row: unknown, ...path: string[]): unknown {
  let value = row;
  for (const step of path) value = (value as Record<string, unknown> | null | undefined)?.[step];
  return value;
}

/** The text at a path, or ''. */
export function text(row: unknown, ...path: string[]): string {
  const value = at(row, ...path);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The e-mail that an argument means: a person's, or the text itself, in lower case. */
export function emailOf(person: unknown): string {
  return (typeof person === 'string' ? person : text(person, 'email')).toLowerCase();
}

/** Plain text of an Atlassian document or of anything with nested `text`. */
export function plainText(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(plainText).filter(Boolean).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  const own = text(node, 'text') || text(node, 'attrs', 'text') || text(node, 'attrs', 'url');
  const content = at(node, 'content');
  const inner = Array.isArray(content)
    ? content.map(plainText).join(text(node, 'type') === 'doc' ? '\n' : '')
    : '';
  return own + inner;
}
