/**
 * Sends a schedule's arrivals when they are due, whatever becomes of those before them. A latency counts from
 * the intended arrival, so that slowness cannot hide by holding the next ones back.
 */
import type { Arrival } from './schedule.ts';

/** What became of one task; `error` is the kind of failure. `thoughtMs`: time that people took, not counted. */
export interface Outcome {
  error?: string;
  thoughtMs?: number;
}

/** One arrival and what became of it. Times in ms from the start of the load. */
export interface Sample {
  n: number;
  task: number;
  /** Intended arrival. */
  at: number;
  /** How long it had to wait for the generator: the sending less the intended arrival. */
  late: number;
  /** From the intended arrival to the end. */
  ms: number;
  error?: string;
}

export interface GeneratorOptions {
  arrivals: readonly Arrival[];
  inFlightMax: number;
  /** Whoever could not be sent before this has failed, and is not sent any more (ms after the intended arrival). */
  timeoutMs: number;
  /** Does one task; `dueAt` is its intended arrival (as `performance.now()` counts). Never rejects. */
  perform(arrival: Arrival, dueAt: number): Promise<Outcome>;
  aborted(): boolean;
  ended?(sample: Sample): void;
}

/** Failure of an arrival that found too many under way, or that the generator came to too late. */
export const NOT_SENT = 'not sent';
/** Failure of a task that took longer than it may. */
export const TIMED_OUT = 'timeout';

/** So many are sent before answers are looked at again: a load too heavy for the machine must not starve them. */
const TURN_MAX = 64;
/** A timer is set no further ahead than this, so that an abort is soon seen. */
const SLEEP_MS_MAX = 250;
const LAST_LOOK_MS = 5;

/** What a load came to. */
export interface Sent {
  /** By number of the arrival. */
  samples: Sample[];
  inFlightMost: number;
}

/** A load under way. */
export interface Generator {
  /** `performance.now()` at the start. */
  startedAt: number;
  inFlight(): number;
  sent(): number;
  /** Resolves when the last task has ended. */
  done: Promise<Sent>;
}

/** Starts sending; the first arrival is due so long after `startedAt` as the schedule says. */
export function generate(options: GeneratorOptions, startedAt: number = performance.now()): Generator {
  const { arrivals, inFlightMax, timeoutMs, perform, aborted } = options;
  const samples: Sample[] = [];
  const counts = { next: 0, inFlight: 0, inFlightMost: 0, notSent: 0 };
  const end = (sample: Sample) => {
    samples.push(sample);
    options.ended?.(sample);
  };
  const send = (arrival: Arrival, now: number) => {
    const known = { ...arrival, late: Math.round((now - arrival.at) * 1000) / 1000 };
    if (counts.inFlight >= inFlightMax || known.late > timeoutMs) {
      counts.notSent++;
      end({ ...known, ms: 0, error: NOT_SENT });
      return;
    }
    counts.inFlight++;
    counts.inFlightMost = Math.max(counts.inFlightMost, counts.inFlight);
    void perform(arrival, startedAt + arrival.at).then(({ error, thoughtMs = 0 }) => {
      counts.inFlight--;
      const ms = Math.max(0, performance.now() - startedAt - arrival.at - thoughtMs);
      end({ ...known, ms, ...(error === undefined ? {} : { error }) });
    });
  };
  const done = new Promise<Sent>((resolve) => {
    const turn = () => {
      for (let left = TURN_MAX; left > 0; left--) {
        const arrival = arrivals[counts.next];
        const now = performance.now() - startedAt;
        if (!arrival || arrival.at > now || aborted()) break;
        counts.next++;
        send(arrival, now);
      }
      const next = aborted() ? undefined : arrivals[counts.next];
      const waitMs = next === undefined ? LAST_LOOK_MS : next.at - (performance.now() - startedAt);
      if (next === undefined && counts.inFlight === 0) {
        resolve({ samples: samples.sort((a, b) => a.n - b.n), inFlightMost: counts.inFlightMost });
      } else if (waitMs <= 0) setImmediate(turn);
      else setTimeout(turn, Math.min(SLEEP_MS_MAX, waitMs));
    };
    turn();
  });
  return { startedAt, inFlight: () => counts.inFlight, sent: () => counts.next - counts.notSent, done };
}
