/** Counts what all universes of a server do, for `/metrics`. Plain numbers, so that a request pays next to nothing. */

/** Upper bounds of the buckets that latencies fall into, in milliseconds. */
export const BUCKETS_MS: readonly number[] = [
  0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000, 30_000,
];

/** Latencies of one twin. `counts` has a place per bucket, and one for what is slower than all. */
export interface Latencies {
  counts: number[];
  sumMs: number;
}

/** How an exchange went, as the journal has it. */
export type Outcome = 'ok' | 'fail' | 'info';

/** The counters of one server. */
export class Meter {
  /** twin → operation → outcome → how many. */
  readonly exchanges = new Map<string, Map<string, Record<Outcome, number>>>();
  readonly latencies = new Map<string, Latencies>();
  /** twin → status (`delivered`, `retried`, `failed`) → how many attempts. */
  readonly deliveries = new Map<string, Map<string, number>>();
  /** kind → how many hits. */
  readonly faults = new Map<string, number>();

  /** One exchange was answered after `ms` of the machine's time. */
  exchange(twin: string, operation: string, outcome: Outcome, ms: number): void {
    const operations = entry(this.exchanges, twin, () => new Map<string, Record<Outcome, number>>());
    entry(operations, operation, () => ({ ok: 0, fail: 0, info: 0 }))[outcome]++;
    const latencies = entry(this.latencies, twin, none);
    let bucket = 0;
    while (bucket < BUCKETS_MS.length && ms > (BUCKETS_MS[bucket] as number)) bucket++;
    latencies.counts[bucket] = (latencies.counts[bucket] ?? 0) + 1;
    latencies.sumMs += ms;
  }

  /** One attempt to deliver ended. */
  delivery(twin: string, outcome: string): void {
    const outcomes = entry(this.deliveries, twin, () => new Map<string, number>());
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  /** A fault acted. */
  fault(kind: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }
}

const none = (): Latencies => ({ counts: new Array<number>(BUCKETS_MS.length + 1).fill(0), sumMs: 0 });

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
