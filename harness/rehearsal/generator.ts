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
  /** From the intended arrival to the end. */
  ms: number;
  error?: string;
}

/** How well the schedule was kept. */
export interface Kept {
  scheduled: number;
  sent: number;
  /** Beyond the bound on tasks under way. */
  notSent: number;
  /** Arrivals a second over the load: meant, and sent. */
  ratePlanned: number;
  rateSent: number;
  /** The most arrivals that were overdue at the end of a tenth of the load, as a share of all. */
  backlog: number;
  /** The longest that an arrival had to wait for the generator (ms). */
  lateMs: number;
  inFlightMost: number;
  /** Whether the rate was held to within {@link RATE_TOLERANCE}. */
  held: boolean;
}

export interface GeneratorOptions {
  arrivals: readonly Arrival[];
  durationMs: number;
  inFlightMax: number;
  /** Does one task; `dueAt` is its intended arrival (as `performance.now()` counts). Never rejects. */
  perform(arrival: Arrival, dueAt: number): Promise<Outcome>;
  aborted(): boolean;
  ended?(sample: Sample): void;
}

/** Failure of an arrival that found too many under way. */
export const NOT_SENT = 'not sent';
/** Failure of a task that took longer than it may. */
export const TIMED_OUT = 'timeout';

/** The rate holds where no more than this share of arrivals was ever behind. */
export const RATE_TOLERANCE = 0.01;
/**
 * Later than this an arrival is behind. A machine that does other things, too, hesitates now and then (the latency
 * has it all the same); one that does not give the rate falls ever further back.
 */
const LATE_MS = 250;
/** So many may be behind even where there are few: two that come late are no lower rate. */
const BEHIND_FEW = 2;
const LOOKS = 10;

/** A load under way. */
export interface Generator {
  /** `performance.now()` at the start. */
  startedAt: number;
  inFlight(): number;
  sent(): number;
  /** Resolves when the last task has ended. */
  done: Promise<{ samples: Sample[]; kept: Kept }>;
}

/** Starts sending. */
export function generate(options: GeneratorOptions): Generator {
  const { arrivals, inFlightMax, perform, aborted } = options;
  const startedAt = performance.now();
  const samples: Sample[] = [];
  const counts = { next: 0, inFlight: 0, inFlightMost: 0, notSent: 0, lateMs: 0, lastSentMs: 0 };
  const sentAt = new Float64Array(arrivals.length);
  const end = (sample: Sample) => {
    samples.push(sample);
    options.ended?.(sample);
  };
  const send = (arrival: Arrival) => {
    const { n, task, at } = arrival;
    if (counts.inFlight >= inFlightMax) {
      counts.notSent++;
      end({ n, task, at, ms: 0, error: NOT_SENT });
      return;
    }
    counts.inFlight++;
    counts.inFlightMost = Math.max(counts.inFlightMost, counts.inFlight);
    void perform(arrival, startedAt + at).then(({ error, thoughtMs = 0 }) => {
      counts.inFlight--;
      const ms = Math.max(0, performance.now() - startedAt - at - thoughtMs);
      end({ n, task, at, ms, ...(error === undefined ? {} : { error }) });
    });
  };
  const done = new Promise<{ samples: Sample[]; kept: Kept }>((resolve) => {
    const turn = () => {
      for (;;) {
        const arrival = arrivals[counts.next];
        const now = performance.now() - startedAt;
        if (!arrival || arrival.at > now || aborted()) break;
        sentAt[counts.next++] = now;
        counts.lateMs = Math.max(counts.lateMs, now - arrival.at);
        counts.lastSentMs = now;
        send(arrival);
      }
      const next = aborted() ? undefined : arrivals[counts.next];
      if (next) setTimeout(turn, Math.max(0, Math.min(250, next.at - (performance.now() - startedAt))));
      else if (counts.inFlight > 0) setTimeout(turn, 5);
      else resolve({ samples: samples.sort((a, b) => a.n - b.n), kept: kept(options, counts, sentAt) });
    };
    turn();
  });
  return { startedAt, inFlight: () => counts.inFlight, sent: () => counts.next - counts.notSent, done };
}

interface Counts {
  next: number;
  notSent: number;
  inFlightMost: number;
  lateMs: number;
  lastSentMs: number;
}

function kept({ arrivals, durationMs }: GeneratorOptions, counts: Counts, sentAt: Float64Array): Kept {
  const scheduled = arrivals.length;
  const sent = counts.next - counts.notSent;
  const lastMs = arrivals.at(-1)?.at ?? durationMs;
  // Sent later than the load was to last: the rate was lower than meant.
  const tookMs = durationMs + Math.max(0, counts.lastSentMs - lastMs);
  const behind = mostBehind(arrivals.slice(0, counts.next), sentAt);
  const backlog = scheduled === 0 ? 0 : behind / scheduled;
  const ratePlanned = (scheduled / durationMs) * 1000;
  const rateSent = (sent / tookMs) * 1000;
  return {
    ...{ scheduled, sent, notSent: counts.notSent, ratePlanned, rateSent, backlog },
    lateMs: Math.round(counts.lateMs * 10) / 10,
    inFlightMost: counts.inFlightMost,
    held: behind <= Math.max(BEHIND_FEW, RATE_TOLERANCE * scheduled),
  };
}

/** Arrivals that should have been sent by the end of a tenth of the load and were not: the worst of all tenths. */
function mostBehind(arrivals: readonly Arrival[], sentAt: Float64Array): number {
  const lastMs = arrivals.at(-1)?.at ?? 0;
  const looks = Array.from({ length: LOOKS }, (_, i) => (lastMs * (i + 1)) / LOOKS);
  const behind = (look: number) =>
    arrivals.filter(({ at }, i) => at <= look && (sentAt[i] ?? 0) > look + LATE_MS).length;
  return Math.max(...looks.map(behind));
}
