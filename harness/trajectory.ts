/** What happened in a trial, in order; bounded, written beside the verdict so that a reader can follow it. */
import type { JournalEntry, RowChange } from './host.ts';
import { nameOfChange } from './lens/all.ts';

const ENTRIES_MAX = 5000;
const BODY_CHARS_MAX = 2048;

/** One line of a trajectory. `t` is ms of universe time since the trial's t0. */
export interface TrajectoryEntry {
  t: number;
  kind: string;
  /** For people. */
  text: string;
  seq?: number;
  [detail: string]: unknown;
}

/** Records one trial. */
export class Trajectory {
  readonly entries: TrajectoryEntry[] = [];
  dropped = 0;
  /** Universe ms; until the first step begins, the time of the fork. */
  t0: number;

  constructor(t0: number) {
    this.t0 = t0;
  }

  add(at: number, kind: string, text: string, detail: Record<string, unknown> = {}): void {
    if (this.entries.length >= ENTRIES_MAX) this.dropped++;
    else this.entries.push({ t: Math.round(at - this.t0), kind, text, ...detail });
  }

  /** A journal entry, with what it changed. */
  journal(at: number, entry: JournalEntry, changes: readonly RowChange[]): void {
    const { seq } = entry;
    if (entry.kind === 'exchange') {
      this.add(at, 'exchange', sayExchange(entry), { seq, ...cutExchange(entry) });
      return;
    }
    for (const change of changes) {
      this.add(at, 'state', `${nameOfChange(change)} ${change.key}`, { seq, change: cut(change) });
    }
    if (entry.kind === 'state') return;
    const { seq: _seq, at: _at, wallAt: _wallAt, kind, ...rest } = entry;
    this.add(at, kind, sayOther(entry), { seq, ...(cut(rest) as object) });
  }
}

function sayExchange(entry: JournalEntry): string {
  const status = (entry.response as { status?: number } | undefined)?.status ?? 0;
  const fault = entry.fault === undefined ? '' : ` (fault ${JSON.stringify(entry.fault)})`;
  const gap = entry.gap === undefined || entry.gap === false ? '' : ' (gap)';
  return `${entry.twin ?? ''} ${String(entry.operation)} → ${status} ${String(entry.outcome)}${fault}${gap}`;
}

function sayOther(entry: JournalEntry): string {
  const words = ['event', 'gesture', 'as', 'to', 'status', 'advanced', 'put', 'lifted', 'message']
    .filter((name) => typeof entry[name] === 'string' || typeof entry[name] === 'number')
    .map((name) => `${name} ${String(entry[name])}`);
  return [entry.twin ?? '', ...words].join(' ').trim();
}

function cutExchange({ operation, method, path, request, response, outcome, ms, fault, gap }: JournalEntry) {
  return { operation, method, path, request: cut(request), response: cut(response), outcome, ms, fault, gap };
}

function cut(value: unknown): unknown {
  const json = JSON.stringify(value);
  if (json === undefined || json.length <= BODY_CHARS_MAX) return value;
  return `${json.slice(0, BODY_CHARS_MAX)}… (${json.length} characters)`;
}
