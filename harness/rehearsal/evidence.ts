/** What the journal tells of a run: calls, what faults altered, what was changed, what was signalled. */
import type { Expression } from '../expression.ts';
import type { JournalEntry, RowChange } from '../host.ts';
import { isMeaningful, nameOfChange, rowOf } from '../lens/all.ts';
import type { LensWorld } from '../lens/lens.ts';
import { faultPrefix } from './prepare.ts';

const CHANGES_MAX = 500_000;

/** Exchanges of a run by vendor and how they ended. */
export type Exchanges = Record<string, { ok: number; fail: number; info: number }>;

/** A change as collateral is counted: by what it means and whom or what it is about. */
export type Changes = ReadonlyMap<string, number>;

/** Reads the journal as it is written. Times in ms from the start of the load. */
export class Evidence {
  readonly exchanges: Exchanges = {};
  /** First altered exchange or delivery of each event, and how many there were. */
  readonly onsets: (number | undefined)[];
  readonly hits: number[];
  deliveries = 0;
  gaps = new Set<string>();
  /** Something was not seen, so what is counted of changes is not whole. */
  hole: string | undefined;
  readonly #changes: RowChange[] = [];
  readonly #prefixes: string[];

  constructor(events: number) {
    this.onsets = new Array<number | undefined>(events).fill(undefined);
    this.hits = new Array<number>(events).fill(0);
    this.#prefixes = this.onsets.map((_, index) => faultPrefix(index));
  }

  /** Runs inside the commit that it is told of: it keeps, and counts later. */
  see(entry: JournalEntry, changes: readonly RowChange[], at: number): void {
    if (this.#changes.length + changes.length > CHANGES_MAX) {
      this.hole ??= `more than ${CHANGES_MAX} changes`;
    } else this.#changes.push(...changes);
    if (entry.kind === 'delivery') this.deliveries++;
    if (entry.kind === 'exchange') this.#exchange(entry);
    const faults = entry.kind === 'fault' ? undefined : entry.fault;
    if (Array.isArray(faults)) for (const fault of faults) this.#altered(String(fault), at);
  }

  /** Meaningful changes by class and by whom they are about: a task's token, else e-mails of the cast. */
  changes(world: LensWorld, tokens: RegExp, allowed: (change: RowChange) => boolean): Changes {
    const counts = new Map<string, number>();
    for (const change of this.#changes) {
      if (!isMeaningful(change) || allowed(change)) continue;
      const key = `${nameOfChange(change)} ${about(world, change, tokens)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  #altered(id: string, at: number): void {
    const index = this.#prefixes.findIndex((prefix) => id.startsWith(prefix));
    if (index < 0) return;
    this.onsets[index] ??= at;
    this.hits[index] = (this.hits[index] ?? 0) + 1;
  }

  #exchange(entry: JournalEntry): void {
    const twin = entry.twin ?? 'none';
    this.exchanges[twin] ??= { ok: 0, fail: 0, info: 0 };
    const outcome = entry.outcome === 'ok' || entry.outcome === 'fail' ? entry.outcome : 'info';
    this.exchanges[twin][outcome]++;
    if (entry.gap !== undefined && entry.gap !== false) this.gaps.add(`${twin} ${String(entry.operation)}`);
  }
}

/** Is the change one of those that a rehearsal allows? An expression that fails allows nothing. */
export function allowing(
  world: LensWorld,
  allowed: readonly { twin: string; table: string; where?: Expression }[],
): (change: RowChange) => boolean {
  return (change) =>
    allowed.some(({ twin, table, where }) => {
      if (change.twin !== twin || change.table !== table) return false;
      if (!where) return true;
      try {
        return where.evaluate(world, { row: rowOf(world, change) }) === true;
      } catch {
        return false;
      }
    });
}

/** Ids and times differ from run to run; a task's token and people's e-mails do not. */
function about(world: LensWorld, change: RowChange, tokens: RegExp): string {
  const raw = JSON.stringify(change.after ?? change.before);
  const token = tokens.exec(raw)?.[0];
  if (token !== undefined) return token;
  const seen = JSON.stringify(rowOf(world, change));
  const people = world.cast.filter(({ email }) => seen.includes(email)).map(({ email }) => email);
  return people.sort().join(' ');
}
