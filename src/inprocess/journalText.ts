/** A journal as lines to read beside a failed test: what was asked and answered, sent, done; no rows, no secrets. */
import type { ShownEntry } from '../entry.ts';
import type { Universe } from '../universe.ts';

/** Lines shown, and entries looked at for them: rows that changed are entries, too. */
const LINES_MAX = 40;
const ENTRIES_MAX = 400;
const LINE_CHARS_MAX = 160;
const BODY_CHARS_MAX = 120;

/** The end of a universe's journal, oldest first, under a heading. */
export function journalText(universe: Universe): string {
  const { journal, id, name } = universe;
  const { entries } = journal.page({ after: Math.max(0, journal.end - ENTRIES_MAX), limit: ENTRIES_MAX });
  const told = entries.filter((entry) => entry.kind !== 'state').slice(-LINES_MAX);
  const called = name === id ? id : `${name} (${id})`;
  const lines = told.flatMap(linesOf).map((line) => `  ${cut(line, LINE_CHARS_MAX)}`);
  const none = told.length === 0 ? ': nothing happened in it' : '';
  return [`journal of universe ${called}${none}`, ...lines].join('\n');
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const cut = (line: string, chars: number): string =>
  line.length > chars ? `${line.slice(0, chars - 1)}…` : line;

function linesOf(entry: ShownEntry): string[] {
  const head = `${String(entry.seq).padStart(4)} ${text(entry.at).slice(11, 23)} ${text(entry.twin ?? entry.kind).padEnd(6)}`;
  if (entry.kind === 'exchange') return exchangeLines(head, entry);
  if (entry.kind === 'delivery')
    return [`${head} → ${text(entry.event)} to ${text(entry.to)}: ${text(entry.status ?? entry.failure)}`];
  if (entry.kind === 'gesture') return [`${head} ${text(entry.gesture)} by ${text(entry.as)}`];
  const { seq: _seq, at: _at, wallAt: _wallAt, kind, twin: _twin, stack: _stack, ...rest } = entry;
  return [`${head} ${kind} ${JSON.stringify(rest)}`];
}

/** What went wrong is told in the answer's own words. */
function exchangeLines(head: string, entry: ShownEntry): string[] {
  const response = entry.response as { status?: number; body?: string } | undefined;
  const why = entry.fault ? ` [fault ${text(entry.fault)}]` : entry.gap ? ' [gap]' : '';
  const actor = entry.actor ? ` as ${text(entry.actor)}` : '';
  const status = text(response?.status ?? 'cut');
  const line = `${head} ${status} ${text(entry.operation)}  ${text(entry.method)} ${text(entry.path)}${actor}${why}`;
  if (entry.outcome !== 'fail' || !response?.body) return [line];
  return [line, `${' '.repeat(head.length)} ${cut(response.body.replace(/\s+/g, ' '), BODY_CHARS_MAX)}`];
}
