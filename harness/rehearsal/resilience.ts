/** How a run dealt with each event: noticed, recovered, adapted; as offsets from the first altered exchange. */
import type { Conduct } from './conduct.ts';
import { isGood } from './phases.ts';
import type { PreparedEvent, PreparedRehearsal } from './prepare.ts';

/** One event's handling. Ms; `null` where it did not come, `undefined` where nobody can tell. */
export interface Resilience {
  event: string;
  says: string;
  fromMs: number;
  toMs: number;
  /** First altered exchange or delivery (a hammer's start); undefined where nothing met the event. */
  onsetMs?: number;
  altered: number;
  /** Whether the service was unhealthy at any time after the onset. */
  degraded: boolean;
  /** From the onset to the first declared signal. */
  detectMs?: number | null;
  /** From the onset to the start of health that held; 0 where it never ended. */
  recoverMs?: number | null;
  /** The same from the moment that the event was over; 0 where health was back before. */
  liftedMs?: number | null;
  /** From the onset to health or the safe state while the event still acted. */
  adaptMs?: number | null;
  /** Not recovered when the load ended: it took at least this long. */
  censoredMs?: number;
  /** Unhealthy spells after the recovery. */
  relapses: number;
  /** Recovered by itself, nothing changed beyond what may; only of what was degraded. */
  automated?: boolean;
}

/** A stretch of the load: were its tasks good? Stretches without arrivals are as the one before. */
export interface Stretch {
  fromMs: number;
  tasks: number;
  good: number;
  healthy: boolean;
}

/** Health over the load, in stretches of `service.over`. */
export function stretches({ samples }: Conduct, { service, durationMs }: PreparedRehearsal): Stretch[] {
  const count = Math.ceil(durationMs / service.overMs);
  const found: Stretch[] = Array.from({ length: count }, (_, index) => {
    return { fromMs: index * service.overMs, tasks: 0, good: 0, healthy: true };
  });
  for (const sample of samples) {
    const stretch = found[Math.floor(sample.at / service.overMs)];
    if (!stretch) continue;
    stretch.tasks++;
    if (isGood(sample, service)) stretch.good++;
  }
  let before = true;
  for (const stretch of found) {
    before = stretch.healthy = stretch.tasks === 0 ? before : stretch.good / stretch.tasks >= service.healthy;
  }
  return found;
}

/** The handling of every event. `harmless`: nothing was changed beyond what may be. */
export function resilience(prepared: PreparedRehearsal, run: Conduct, harmless: boolean): Resilience[] {
  const health = stretches(run, prepared);
  return prepared.events.map((event, index) => handled(prepared, run, health, event, index, harmless));
}

function handled(
  prepared: PreparedRehearsal,
  run: Conduct,
  health: readonly Stretch[],
  event: PreparedEvent,
  index: number,
  harmless: boolean,
): Resilience {
  const { durationMs } = prepared;
  const toMs = Math.min(event.toMs ?? durationMs, durationMs);
  const onset = run.onsets[index] ?? (event.hammer ? event.fromMs : undefined);
  const known = { event: event.name, says: event.says, fromMs: event.fromMs, toMs };
  const altered = run.hits[index] ?? 0;
  if (onset === undefined) return { ...known, altered, degraded: false, relapses: 0 };
  const next = Math.min(
    durationMs,
    ...prepared.events.map(({ fromMs }) => fromMs).filter((at) => at > onset),
  );
  const { degraded, healthyAt, relapses } = recovery(prepared, health, onset, next);
  const recovered = healthyAt === undefined ? null : Math.max(0, healthyAt - onset);
  return {
    ...known,
    ...{ onsetMs: onset, altered, degraded, relapses, recoverMs: recovered },
    ...detection(prepared, run, onset, Math.max(toMs, healthyAt ?? next)),
    liftedMs: healthyAt === undefined ? null : Math.max(0, healthyAt - Math.max(onset, toMs)),
    adaptMs: adaptation(prepared, run, { onset, toMs, healthyAt, degraded }, harmless),
    ...(recovered === null ? { censoredMs: next - onset } : {}),
    ...(degraded ? { automated: recovered !== null && harmless && run.never.length === 0 } : {}),
  };
}

/** The first health that holds after the first unhealthy stretch. */
function recovery(
  { service }: PreparedRehearsal,
  health: readonly Stretch[],
  onset: number,
  horizon: number,
) {
  const { overMs, holdMs } = service;
  const after = health.filter(({ fromMs }) => fromMs + overMs > onset && fromMs < horizon);
  const bad = after.findIndex(({ healthy }) => !healthy);
  if (bad < 0) return { degraded: false, healthyAt: onset, relapses: 0 };
  const needed = Math.max(1, Math.ceil(holdMs / overMs));
  const start = after.findIndex((_, i) => {
    const held = after.slice(i, i + needed);
    return i > bad && held.length === needed && held.every(({ healthy }) => healthy);
  });
  if (start < 0) return { degraded: true, healthyAt: undefined, relapses: 0 };
  const later = after.slice(start);
  const relapses = later.filter(({ healthy }, i) => !healthy && later[i - 1]?.healthy === true).length;
  return { degraded: true, healthyAt: after[start]?.fromMs, relapses };
}

/** No signals declared: nobody can tell. */
function detection(prepared: PreparedRehearsal, { signals }: Conduct, onset: number, until: number) {
  if (prepared.signals.length === 0) return {};
  const first = signals.find(({ at }) => at >= onset && at <= until);
  return { detectMs: first ? first.at - onset : null };
}

interface Course {
  onset: number;
  toMs: number;
  healthyAt: number | undefined;
  degraded: boolean;
}

function adaptation(
  prepared: PreparedRehearsal,
  run: Conduct,
  { onset, toMs, healthyAt, degraded }: Course,
  harmless: boolean,
): number | null {
  if (!harmless || run.never.length > 0) return null;
  const ways: number[] = [];
  if (!degraded) ways.push(0);
  // Health counts where it was held while the event still acted, not where it came because the event ended.
  else if (healthyAt !== undefined && healthyAt + prepared.service.holdMs <= toMs)
    ways.push(healthyAt - onset);
  const safe = run.safe.find(({ at, holds }, index) => {
    const end = run.safe[index + 1]?.at ?? prepared.durationMs;
    return holds && end > onset && at < toMs;
  });
  if (safe) ways.push(Math.max(0, safe.at - onset));
  return ways.length === 0 ? null : Math.min(...ways);
}

/** Signals while nothing was wrong: in the control, before the first event, and after health was back; per hour. */
export function falseAlarms(
  prepared: PreparedRehearsal,
  control: Conduct | undefined,
  run: Conduct,
  events: readonly Resilience[],
): number | null {
  if (prepared.signals.length === 0) return null;
  const { durationMs } = prepared;
  const busy = events.map(({ fromMs, toMs, onsetMs = fromMs, recoverMs }) => {
    const healthyAt = recoverMs === null || recoverMs === undefined ? durationMs : onsetMs + recoverMs;
    return { fromMs, toMs: Math.max(toMs, healthyAt) };
  });
  const stray = run.signals.filter(({ at }) => !busy.some(({ fromMs, toMs }) => at >= fromMs && at <= toMs));
  const calmMs = Math.max(0, durationMs - busy.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0));
  const hours = (calmMs + (control ? durationMs : 0)) / 3_600_000;
  const alarms = stray.length + (control?.signals.length ?? 0);
  return hours === 0 ? null : alarms / hours;
}
