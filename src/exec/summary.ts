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
  refused: Refusal[];
  /** Hosts of vendors that the command did reach, but whose certificates it did not take from us. */
  untrusted: Refusal[];
  /** Attempts to deliver events, by twin and how they ended. */
  deliveries: Record<string, Record<string, number>>;
}

/** A host that the command wanted in vain. */
export interface Refusal {
  host: string;
  why: string;
  count: number;
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
  const refused = new Map<string, Refusal>();
  const untrusted = new Map<string, Refusal>();
  const remember = (map: Map<string, Refusal>, one: Refusal) => {
    if (map.size < REFUSED_MAX || map.has(one.host)) map.set(one.host, one);
  };
  // The proxy writes these down.
  universe.journal.watch(({ kind, refusedHost, untrusted: name, why, times }) => {
    if (kind !== 'note') return;
    const rest = { why: String(why), count: Number(times) };
    if (typeof refusedHost === 'string') remember(refused, { host: refusedHost, ...rest });
    if (typeof name === 'string') remember(untrusted, { host: name, ...rest });
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
      refused: [...refused.values()],
      untrusted: [...untrusted.values()],
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
