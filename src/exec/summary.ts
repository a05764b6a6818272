/** What happened in a universe while a command ran in it: counted from the journal, as it is written. */
import type { Universe } from '../universe.ts';

/** As `--json` shows it. */
export interface Summary {
  universe: string;
  seed: number;
  command: string[];
  /** The command's; 128 + its number where a signal ended it. */
  exitCode: number;
  signal?: string;
  /** By twin, those that were asked only. */
  exchanges: Record<string, Outcomes>;
  faults: { id: string; kind: string; hits: number }[];
  /** Operations that the vendor has and the twin lacks. */
  gaps: { twin: string; operation: string; method: string; path: string; count: number }[];
  /** Hosts that are no vendor's, with their ports, and why they were refused; `count` grows by tens, as the journal does. */
  refused: { host: string; why: string; count: number }[];
  /** Attempts to deliver events, by twin and how they ended. */
  deliveries: Record<string, Record<string, number>>;
}

/** Exchanges that went well, were refused or cut, or neither (redirects and the like). */
export interface Outcomes {
  ok: number;
  fail: number;
  info: number;
}

/** Watches a universe. */
export interface Tally {
  /** What there was so far. */
  summary(end: Pick<Summary, 'command' | 'exitCode' | 'signal'>): Summary;
}

/** Hosts that the list of refused ones holds. */
const REFUSED_MAX = 200;

/** Counts what happens from now on. */
export function tally(universe: Universe): Tally {
  const refused = new Map<string, { why: string; count: number }>();
  universe.journal.watch(({ kind, refusedHost: host, why, times }) => {
    if (kind !== 'note' || typeof host !== 'string') return;
    if (refused.size < REFUSED_MAX || refused.has(host))
      refused.set(host, { why: String(why), count: Number(times) });
  });
  return {
    summary: (end) => ({
      universe: universe.id,
      seed: universe.seed,
      ...end,
      exchanges: exchanges(universe),
      faults: universe.faults.active.map(({ id, kind, hits }) => ({ id, kind, hits })),
      gaps: universe.journal
        .gaps()
        .map(({ twin, operation, method, path, count }) => ({ twin, operation, method, path, count })),
      refused: [...refused].map(([host, one]) => ({ host, ...one })),
      deliveries: nested(universe.setting.meter.deliveries),
    }),
  };
}

/** The server has this one universe, so its counters are the universe's. */
function exchanges({ setting, twins }: Universe): Record<string, Outcomes> {
  const sums: Record<string, Outcomes> = {};
  for (const { name } of twins) {
    const operations = setting.meter.exchanges.get(name);
    if (!operations) continue;
    const sum: Outcomes = { ok: 0, fail: 0, info: 0 };
    for (const one of operations.values())
      for (const outcome of ['ok', 'fail', 'info'] as const) sum[outcome] += one[outcome];
    sums[name] = sum;
  }
  return sums;
}

const nested = (map: ReadonlyMap<string, ReadonlyMap<string, number>>) =>
  Object.fromEntries([...map].map(([name, inner]) => [name, Object.fromEntries(inner)]));
