/** One run of a rehearsal: its load against one universe, with the timeline or, as the control, without. */
import { drawAll } from '../given.ts';
import type { HostUniverse } from '../host.ts';
import { keyed } from '../keyed.ts';
import type { CandidateProcess } from '../process.ts';
import { allowing, type Changes, Evidence, type Exchanges } from './evidence.ts';
import type { Generator, Sample } from './generator.ts';
import { shortestTime } from './level.ts';
import { type ReadyLoad, readyHammers, readyLoad } from './load.ts';
import { phasesOf } from './phases.ts';
import type { PreparedRehearsal } from './prepare.ts';
import { untilQuiet } from './quiet.ts';
import { type Kept, keptOf, lateLimit, type Tally, tallyOf } from './rate.ts';
import { Caller } from './request.ts';
import { type Arrival, digest, schedule } from './schedule.ts';
import { Sight } from './sight.ts';
import { TOKEN } from './token.ts';

/** What is run: a universe, and the candidate's process where the load goes through one. */
export interface Stand {
  universe: HostUniverse;
  process?: CandidateProcess;
  /** Where the candidate says whether it has anything to do. */
  idle?: string;
}

/** A run as it happened. Times in ms from the start of the load. */
export interface Conduct {
  kind: 'control' | 'rehearsed';
  samples: Sample[];
  kept: Kept;
  /** Of each event, its first altered exchange, and how many were altered. */
  onsets: (number | undefined)[];
  hits: number[];
  signals: { at: number; says: string }[];
  /** When the safe state began and ended to hold, in turn. */
  safe: { at: number; holds: boolean }[];
  never: { at: number; id: string; says: string }[];
  exchanges: Exchanges;
  deliveries: number;
  gaps: string[];
  changes: Changes;
  hole?: string;
  cpuMs?: number;
  /** Why the candidate ended before its time. */
  ended?: string;
  /** The blows of all hammers. */
  hammered?: Tally;
  output: string[];
  tookMs: number;
}

/** What a live view shows, about once a second. */
export interface Progress {
  kind: Conduct['kind'];
  atMs: number;
  ofMs: number;
  sent: number;
  inFlight: number;
  failed: number;
  lately: readonly Sample[];
}

/** A load with all that was drawn for it. */
export interface DrawnLoad {
  arrivals: Arrival[];
  /** Of each arrival, what was given. */
  given: Record<string, unknown>[];
  /** Equal in two runs that had the same load. */
  sha256: string;
}

const PROGRESS_MS = 1000;
const LATELY_MAX = 500;
const OUTPUT_LINES_MAX = 500;
const SIGNALS_MAX = 10_000;

/** Draws the load of a seed for a cast. */
export async function drawLoad(
  { rehearsal, seed, draws }: PreparedRehearsal,
  universe: HostUniverse,
): Promise<DrawnLoad> {
  const arrivals = schedule(rehearsal.load, seed);
  const cast = universe.cast();
  const given: Record<string, unknown>[] = [];
  for (const { n } of arrivals) {
    given.push(draws.length === 0 ? {} : await drawAll(draws, cast, keyed(seed, 'given', n)));
  }
  return { arrivals, given, sha256: digest(arrivals, given) };
}

/** Runs it. Throws only what is no fault of the candidate. */
export async function conduct(
  prepared: PreparedRehearsal,
  drawn: DrawnLoad,
  stand: Stand,
  kind: Conduct['kind'],
  watch: { progress(progress: Progress): void; aborted(): boolean },
): Promise<Conduct> {
  const { universe, process } = stand;
  const began = performance.now();
  const at = () => performance.now() - (load?.startedAt ?? performance.now());
  const evidence = new Evidence(prepared.events.length);
  const sight = new Sight(universe, (entry, changes) => evidence.see(entry, changes, at()));
  const caller = new Caller(universe.document(), prepared.inFlightMax);
  const marks = markers(prepared, sight, process, at);
  const ended = () => process?.ended();
  const aborted = () => watch.aborted() || ended() !== undefined;
  const cpuBefore = process?.cpuMs();
  const view = liveView(kind, prepared.durationMs, watch.progress);
  const setting = { prepared, stand, sight, caller, aborted };
  const ready: ReadyLoad[] = [];
  let load: Generator | undefined;
  try {
    const main = await readyLoad(setting, drawn, view.ended);
    ready.push(main);
    if (kind === 'rehearsed') ready.push(...(await readyHammers(setting)));
    const faults = prepared.events.flatMap((event) => event.faults);
    if (kind === 'rehearsed')
      await universe.faults(faults.map((f, i) => ({ seed: keyed(prepared.seed, 'fault', i), ...f })));
    const [started, ...hammer] = ready.map((one) => one.start());
    load = started as Generator;
    view.start(load);
    const sent = await load.done;
    const blows = await Promise.all(hammer.map(({ done }) => done));
    await untilQuiet(stand, prepared.timeoutMs, aborted);
    const cpuAfter = process?.cpuMs();
    const phases = phasesOf(prepared.events, prepared.durationMs);
    const lateLimitMs = lateLimit(shortestTime(prepared));
    return {
      ...{ kind, samples: sent.samples, onsets: evidence.onsets, hits: evidence.hits, ...marks.found },
      kept: keptOf(drawn.arrivals, sent, phases, { lateLimitMs, apart: main.apart }),
      ...{ exchanges: evidence.exchanges, deliveries: evidence.deliveries, gaps: [...evidence.gaps] },
      changes: evidence.changes(sight.world, TOKEN, allowing(sight.world, prepared.allowed)),
      hole: evidence.hole,
      cpuMs: cpuAfter === undefined || cpuBefore === undefined ? undefined : cpuAfter - cpuBefore,
      ended: ended(),
      hammered: blows.length === 0 ? undefined : tallyOf(blows.flatMap(({ samples }) => samples)),
      output: (process?.output ?? []).slice(-OUTPUT_LINES_MAX),
      tookMs: performance.now() - began,
    };
  } finally {
    view.stop();
    marks.stop();
    sight.close();
    await Promise.all([caller.close(), ...ready.map((one) => one.close())]);
  }
}

/** Looks for signals, the safe state and what must never be. */
function markers(
  prepared: PreparedRehearsal,
  sight: Sight,
  process: CandidateProcess | undefined,
  at: () => number,
) {
  const found = {
    signals: [] as Conduct['signals'],
    safe: [] as Conduct['safe'],
    never: [] as Conduct['never'],
  };
  const holds = (that: { evaluate(world: Sight['world'], names: object): unknown }): boolean => {
    try {
      return that.evaluate(sight.world, {}) === true;
    } catch {
      return false;
    }
  };
  const before = new Map<object, boolean>();
  const turned = (key: object, now: boolean): boolean => {
    const changed = (before.get(key) ?? false) !== now;
    before.set(key, now);
    return changed;
  };
  const look = () => {
    for (const signal of prepared.signals) {
      const now = signal.that !== undefined && holds(signal.that);
      if (turned(signal, now) && now) found.signals.push({ at: at(), says: signal.says });
    }
    const { safe } = prepared;
    if (safe) {
      const now = holds(safe);
      if (turned(safe, now)) found.safe.push({ at: at(), holds: now });
    }
    for (const never of prepared.never) {
      const now = holds(never.that);
      if (turned(never, now) && now) found.never.push({ at: at(), id: never.id, says: never.says });
    }
  };
  const looks =
    prepared.safe !== undefined || prepared.never.length > 0 || prepared.signals.some((s) => s.that);
  const stopLooking = looks ? sight.onChange(look) : () => {};
  const stopListening = process?.onSign((line) => {
    if (line === undefined || found.signals.length >= SIGNALS_MAX) return;
    const signal = prepared.signals.find((one) => one.line?.test(line));
    if (signal) found.signals.push({ at: at(), says: signal.says });
  });
  const stop = () => {
    stopLooking();
    stopListening?.();
  };
  return { found, stop };
}

function liveView(kind: Conduct['kind'], ofMs: number, progress: (progress: Progress) => void) {
  let timer: NodeJS.Timeout | undefined;
  let failed = 0;
  let lately: Sample[] = [];
  return {
    ended(sample: Sample): void {
      if (sample.error !== undefined) failed++;
      if (lately.length < LATELY_MAX) lately.push(sample);
    },
    start(load: Generator): void {
      timer = setInterval(() => {
        const atMs = Math.min(ofMs, performance.now() - load.startedAt);
        progress({ kind, atMs, ofMs, sent: load.sent(), inFlight: load.inFlight(), failed, lately });
        lately = [];
      }, PROGRESS_MS);
    },
    stop: () => clearInterval(timer),
  };
}
