/** `calls`: bounds on the exchanges that were made, and `respects-retry-after` (measured in wall time). */
import { mustDurationMs, sayDuration } from '../duration.ts';
import type { JournalEntry } from '../host.ts';
import { matchesGlob } from '../lens/all.ts';
import { at } from '../lens/lens.ts';
import type { Calls, ExchangeMatch } from '../scenario.ts';
import { type Evidence, prepared, type Sight, since } from './checker.ts';

/** Prepares a `calls`. Exchanges whose outcome is `info` count as made. */
export function callsChecker(calls: Calls) {
  const slackMs = calls.slack === undefined ? 0 : mustDurationMs(calls.slack);
  return prepared('calls', calls, (sight) => {
    const made: JournalEntry[] = [];
    const early: Evidence[] = [];
    const closedUntil = new Map<string, { wallMs: number; seq: number }>();
    return {
      see({ entry }) {
        if (!entry || !matchesExchange(entry, calls.to)) return;
        made.push(entry);
        if (calls.rule === 'respects-retry-after') judgeWait(entry, closedUntil, early, slackMs, sight);
      },
      owedUntil: () => undefined,
      async end() {
        const evidence = [...early, ...countEvidence(calls, made, sight)];
        return { verdict: evidence.length > 0 ? ('unsatisfied' as const) : ('satisfied' as const), evidence };
      },
    };
  });
}

/** Is the entry an exchange of this kind? */
export function matchesExchange(entry: JournalEntry, to: ExchangeMatch): boolean {
  return (
    entry.kind === 'exchange' &&
    (to.twin === undefined || entry.twin === to.twin) &&
    matchesGlob(entry.operation, to.operation) &&
    (to.method === undefined || entry.method === to.method) &&
    (to.outcome === undefined || entry.outcome === to.outcome)
  );
}

/** Wall time (ms) at which an entry was made: for an exchange, when it was answered. */
export function wallMs(entry: JournalEntry): number {
  return Date.parse(String(entry.wallAt ?? entry.at));
}

/** Milliseconds that the answer asked to wait, if it did. */
export function retryAfterMs(entry: JournalEntry): number | undefined {
  const headers = (at(entry, 'response', 'headers') ?? {}) as Record<string, unknown>;
  const name = Object.keys(headers).find((header) => header.toLowerCase() === 'retry-after');
  if (name === undefined) return undefined;
  const value = String(headers[name]);
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(entry.at);
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function judgeWait(
  entry: JournalEntry,
  closedUntil: Map<string, { wallMs: number; seq: number }>,
  early: Evidence[],
  slackMs: number,
  sight: Sight,
): void {
  const key = `${entry.twin ?? ''} ${String(entry.operation)}`;
  const closed = closedUntil.get(key);
  const took = typeof entry.ms === 'number' ? entry.ms : 0;
  // An exchange is journaled when it is answered; the wait is counted from the answer to the next request.
  const answered = wallMs(entry);
  const began = answered - took;
  if (closed && began < closed.wallMs - slackMs && early.length < 5) {
    const text = `${String(entry.operation)} came ${sayDuration(closed.wallMs - began)} before it was asked to`;
    early.push({
      text: `${text} (entry ${closed.seq})`,
      seq: entry.seq,
      atMs: since(sight, Date.parse(entry.at)),
    });
  }
  const wait = retryAfterMs(entry);
  if (wait !== undefined) closedUntil.set(key, { wallMs: answered + wait, seq: entry.seq });
}

function countEvidence({ count }: Calls, made: readonly JournalEntry[], sight: Sight): Evidence[] {
  if (!count) return [];
  const over = count.max !== undefined && made.length > count.max;
  const under = count.min !== undefined && made.length < count.min;
  if (!over && !under) return [];
  const offender = over ? made[count.max ?? 0] : undefined;
  const bound = over ? `at most ${count.max}` : `at least ${count.min}`;
  const evidence: Evidence = { text: `${made.length} calls were made, ${bound} may be`, seq: offender?.seq };
  if (under) evidence.text = `${made.length} calls were made, ${bound} must be`;
  if (offender) evidence.atMs = since(sight, Date.parse(offender.at));
  return [evidence];
}
