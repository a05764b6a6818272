/** Every lens, and what expressions can call through them. A new vendor is one line here. */
import type { JournalEntry, RowChange } from '../host.ts';
import { googleLens } from './google.ts';
import { jiraLens } from './jira.ts';
import { at, type Helper, type Lens, type LensWorld, type Row } from './lens.ts';
import { oktaLens } from './okta.ts';
import { slackLens } from './slack.ts';

const LENSES: readonly Lens[] = [oktaLens, slackLens, jiraLens, googleLens];
const BY_TWIN = new Map(LENSES.map((lens) => [lens.twin, lens]));

/** The lens of a twin, if it has one. */
export function lensOf(twin: string): Lens | undefined {
  return BY_TWIN.get(twin);
}

/** Helper functions by name, those of every lens and `calls`. */
export const HELPERS: ReadonlyMap<string, Helper> = new Map([
  ...LENSES.flatMap((lens) => Object.entries(lens.helpers)),
  [
    'calls',
    {
      signatures: ['calls(): list<dyn>', 'calls(dyn): list<dyn>'],
      tables: ['journal.exchange'],
      call: (world, operation) => world.exchanges.filter((e) => matchesGlob(e.operation, operation)),
    },
  ] satisfies [string, Helper],
]);

/** A row as its reader names it, with whether it was created, updated or deleted. */
export function rowOf(world: LensWorld, change: RowChange): Row {
  const raw = (change.after ?? change.before ?? {}) as Row;
  const seen = lensOf(change.twin)?.row(world, change.table, raw) ?? raw;
  return {
    ...seen,
    created: change.before === undefined,
    updated: change.before !== undefined && change.after !== undefined,
    deleted: change.after === undefined,
  };
}

/** The name of what a change means: `okta.member.added`, or `twin.table.insert` where no lens names it. */
export function nameOfChange(change: RowChange): string {
  const verb = change.before === undefined ? 'insert' : change.after === undefined ? 'remove' : 'update';
  const named = lensOf(change.twin)?.nouns[change.table];
  return named ? `${change.twin}.${named.noun}.${named[verb]}` : `${change.twin}.${change.table}.${verb}`;
}

/** Does the change mean anything beyond bookkeeping and fields that follow from others? */
export function isMeaningful(change: RowChange): boolean {
  const lens = lensOf(change.twin);
  if (lens?.bookkeeping.includes(change.table)) return false;
  if (lens?.isBookkeeping?.(change.table, (change.after ?? change.before ?? {}) as Row)) return false;
  if (change.before === undefined || change.after === undefined) return change.before !== change.after;
  const follows = lens?.follows[change.table] ?? [];
  return JSON.stringify(without(change.before, follows)) !== JSON.stringify(without(change.after, follows));
}

/** `chat.*` against `chat.postMessage`; no pattern fits everything. */
export function matchesGlob(name: unknown, pattern: unknown): boolean {
  if (pattern === undefined) return true;
  const escaped = String(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(String(name ?? ''));
}

/** Exchanges of the program under test: all of them, since people act by gestures. */
export function isExchange(entry: JournalEntry): boolean {
  return entry.kind === 'exchange';
}

function without(row: unknown, fields: readonly string[]): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const copy: Record<string, unknown> = { ...row };
  for (const field of fields) {
    const [head = '', tail] = field.split('.');
    if (tail === undefined) delete copy[head];
    else if (at(copy, head) !== undefined) copy[head] = without(copy[head], [tail]);
  }
  return copy;
}
