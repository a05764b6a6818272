/** Whether the service levels of a rehearsal held, each with the numbers that say so. */
import { boundOf, kindOf, type MeasureKind, sayValue } from './bound.ts';
import type { Collateral, Cost } from './compare.ts';
import type { Conduct } from './conduct.ts';
import type { Latencies } from './histogram.ts';
import { numbersOf, phasesOf } from './phases.ts';
import type { PreparedRehearsal } from './prepare.ts';
import type { Level } from './rehearsal.ts';
import type { Resilience } from './resilience.ts';

export interface LevelResult {
  name: string;
  says: string;
  verdict: 'holds' | 'broken' | 'unknown';
  /** The value and its bound in words; for `unknown`, why. */
  because: string;
  value: number | null;
  control?: number | null;
}

/** All that levels are measured on. */
export interface Measured {
  run: Conduct;
  control?: Conduct;
  events: readonly Resilience[];
  collateral?: Collateral;
  lost?: readonly number[];
  cost: Cost;
  controlCost?: Cost;
  falseAlarms: number | null;
  /** Says that the machine was slower in the run than in the control already before anything went wrong. */
  slower?: string;
}

/** A value, `null` where it never came, or why nobody can tell. */
type Value = number | { unknown: string };

/** Every level of a rehearsal, in order of its file. */
export function levelsOf(prepared: PreparedRehearsal, measured: Measured): LevelResult[] {
  return prepared.rehearsal.levels.map((level) => judge(level, prepared, measured));
}

function judge(level: Level, prepared: PreparedRehearsal, measured: Measured): LevelResult {
  const kind = kindOf(level.measure);
  const bound = boundOf(level.below ?? level.above ?? '', kind);
  if (!bound) throw new Error(`level ${level.name} has no bound`);
  const value = measure(level, prepared, measured, measured.run);
  const { control } = measured;
  const compared =
    control && !OF_RUN_ONLY.has(level.measure) ? measure(level, prepared, measured, control) : undefined;
  const says = level.says ?? inWords(level);
  const known = { name: level.name, says };
  const beside = typeof compared === 'number' ? { control: compared } : {};
  if (typeof value !== 'number') {
    return { ...known, verdict: 'unknown', because: value.unknown, value: null, ...beside };
  }
  if (bound.ofControl && typeof compared !== 'number') {
    const because = `the control says nothing: ${compared?.unknown ?? 'there is none'}`;
    return { ...known, verdict: 'unknown', because, value };
  }
  const limit = bound.ofControl ? bound.value * (compared as number) : bound.value;
  const holds = level.below === undefined ? value > limit : value < limit;
  const excuse = holds ? undefined : excused(level, prepared, measured, { limit, compared });
  if (excuse !== undefined) {
    const because = `${sayValue(value, kind)}, to be below ${sayValue(limit, kind)}, but ${excuse}`;
    return { ...known, verdict: 'unknown', because, value: finite(value), ...beside };
  }
  const against = level.below === undefined ? 'above' : 'below';
  const ofControl = bound.ofControl
    ? ` (${bound.value} × the control's ${sayValue(compared as number, kind)})`
    : '';
  const because = `${sayValue(value, kind)}, to be ${against} ${sayValue(limit, kind)}${ofControl}`;
  return { ...known, verdict: holds ? 'holds' : 'broken', because, value: finite(value), ...beside };
}

/** Why a latency that is over its bound may be the machine's doing, and not that of what went wrong. */
function excused(
  level: Level,
  prepared: PreparedRehearsal,
  { run, slower }: Measured,
  { limit, compared }: { limit: number; compared: Value | undefined },
): string | undefined {
  if (!LATENCIES.has(level.measure) || level.below === undefined) return undefined;
  const say = (ms: number) => sayValue(ms, 'duration');
  const sent = run.samples.map((sample) => ({ ...sample, ms: Math.max(0, sample.ms - sample.late) }));
  const fromSending = ofPhase(level, prepared, { ...run, samples: sent });
  if (typeof fromSending === 'number' && fromSending < limit) {
    return `the machine sent late: from the sending it is ${say(fromSending)}`;
  }
  if (typeof compared === 'number' && compared >= limit) return `with nothing wrong it was ${say(compared)}`;
  return slower;
}

/** The shortest time (ms) that a rehearsal holds tasks to. */
export function shortestTime({ rehearsal, service, timeoutMs }: PreparedRehearsal): number {
  const bounds = rehearsal.levels
    .filter(({ measure }) => LATENCIES.has(measure))
    .map(({ below, above }) => boundOf(below ?? above ?? '', 'duration'));
  const times = bounds.flatMap((bound) => (bound && !bound.ofControl ? [bound.value] : []));
  return Math.min(timeoutMs, service.withinMs, ...times);
}

const LATENCIES = new Set(['p50', 'p90', 'p95', 'p99', 'p99.9', 'max']);

const OF_RUN_ONLY = new Set([
  'detect',
  'recover',
  'lifted',
  'adapt',
  'collateral',
  'lost',
  'never',
  'falseAlarms',
]);

function measure(level: Level, prepared: PreparedRehearsal, measured: Measured, run: Conduct): Value {
  const own = RUN_VALUES[level.measure];
  if (own) return own(measured, run);
  if (['detect', 'recover', 'lifted', 'adapt'].includes(level.measure))
    return handling(level, measured.events);
  return ofPhase(level, prepared, run);
}

const RUN_VALUES: Record<string, (measured: Measured, run: Conduct) => Value> = {
  cost: ({ cost, controlCost }, run) => {
    const value = (run.kind === 'control' ? controlCost : cost)?.callsPerTask;
    return value ?? { unknown: 'no task was finished' };
  },
  collateral: ({ collateral, run, control }) => {
    const hole = run.hole ?? control?.hole;
    return hole === undefined ? (collateral?.count ?? { unknown: 'there is no control' }) : { unknown: hole };
  },
  lost: ({ lost }) => lost?.length ?? { unknown: 'there is no control' },
  never: ({ run }) => run.never.length,
  falseAlarms: ({ falseAlarms }) => falseAlarms ?? { unknown: 'at no time was nothing wrong' },
};

/** Of the event that is named, else the worst of all that were met. */
function handling({ measure, during }: Level, events: readonly Resilience[]): Value {
  const own = events.filter(({ event, onsetMs }) => onsetMs !== undefined && event === (during ?? event));
  if (own.length === 0) return { unknown: `nothing met ${during ?? 'any event'}, so nothing is shown` };
  const field = `${measure}Ms` as 'detectMs' | 'recoverMs' | 'liftedMs' | 'adaptMs';
  return Math.max(...own.map((one) => one[field] ?? Number.POSITIVE_INFINITY));
}

function ofPhase({ measure, during = 'all', of }: Level, prepared: PreparedRehearsal, run: Conduct): Value {
  const { rehearsal, events, durationMs, service } = prepared;
  const phase = phasesOf(events, durationMs).find(({ name }) => name === during);
  if (!phase) return { unknown: `there is no phase ${during}` };
  const which = rehearsal.load.mix.findIndex(({ name }) => name === of);
  const samples = of === undefined ? run.samples : run.samples.filter(({ task }) => task === which);
  const numbers = numbersOf(phase, samples, service);
  if (numbers.tasks === 0) return { unknown: `no task arrived in ${during}` };
  if (measure === 'errors') return numbers.errors ?? { unknown: 'no task' };
  if (measure === 'budget') return numbers.budget ?? { unknown: 'no task' };
  if (measure === 'throughput') return numbers.throughput;
  const value = numbers.latency[measure as keyof Latencies];
  return value ?? { unknown: `${numbers.latency.count} tasks are too few for ${measure} in ${during}` };
}

/** What a level asks, where its file does not say it. */
function inWords({ measure, of, during, below, above }: Level): string {
  const where = `${of === undefined ? '' : ` of ${of}`}${during === undefined ? '' : ` during ${during}`}`;
  return `${measure}${where} ${below === undefined ? `above ${above}` : `below ${below}`}`;
}

/** JSON has no infinity; `null` stands for never. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export type { MeasureKind };
