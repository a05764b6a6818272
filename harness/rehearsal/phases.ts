/** The phases of a run (before, each event, after) and what its tasks made of them. */

import { type Sample, TIMED_OUT } from './generator.ts';
import { type Latencies, latencies } from './histogram.ts';
import type { PreparedEvent, ServiceTerms } from './prepare.ts';

export interface Phase {
  name: string;
  fromMs: number;
  toMs: number;
}

/** One phase in numbers. Shares from 0 to 1, latencies in ms, rates per second. */
export interface PhaseNumbers extends Phase {
  tasks: number;
  failed: number;
  errors: number | null;
  byKind: Record<string, number>;
  /** Tasks that succeeded, by their arrival. */
  throughput: number;
  /** Of what succeeded, and of what timed out as of its timeout: a lower bound that hides nothing. */
  latency: Latencies;
  good: number;
  /** Share of the error budget that was used; over 1 where it was overspent. */
  budget: number | null;
}

/** All, before, each event, after (what follows the first event and is in none). */
export function phasesOf(events: readonly PreparedEvent[], durationMs: number): Phase[] {
  const windows = events.map(({ name, fromMs, toMs = durationMs }) => ({
    name,
    fromMs,
    toMs: Math.min(toMs, durationMs),
  }));
  const first = Math.min(...windows.map(({ fromMs }) => fromMs));
  const last = Math.max(...windows.map(({ toMs }) => toMs));
  return [
    { name: 'all', fromMs: 0, toMs: durationMs },
    { name: 'before', fromMs: 0, toMs: first },
    ...windows,
    { name: 'after', fromMs: last, toMs: durationMs },
  ];
}

/** The tasks that were meant to arrive in a phase, in numbers. */
export function numbersOf(phase: Phase, samples: readonly Sample[], service: ServiceTerms): PhaseNumbers {
  const own = samples.filter(({ at }) => at >= phase.fromMs && at < phase.toMs);
  const byKind: Record<string, number> = {};
  for (const { error } of own) if (error !== undefined) byKind[error] = (byKind[error] ?? 0) + 1;
  const failed = own.filter(({ error }) => error !== undefined).length;
  const good = own.filter((sample) => isGood(sample, service)).length;
  const allowed = (1 - service.objective) * own.length;
  const seconds = (phase.toMs - phase.fromMs) / 1000;
  return {
    ...phase,
    ...{ tasks: own.length, failed, byKind, good },
    errors: own.length === 0 ? null : failed / own.length,
    throughput: seconds > 0 ? (own.length - failed) / seconds : 0,
    latency: latencies(timed(own).map(({ ms }) => ms)),
    budget: own.length === 0 ? null : spent(own.length - good, allowed),
  };
}

/** Samples whose latency says something: a quick failure is no quick answer. */
export function timed(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ error }) => error === undefined || waited(error));
}

/** A task is good where it succeeded within what the service promises. */
export function isGood({ error, ms }: Sample, { withinMs }: ServiceTerms): boolean {
  return error === undefined && ms <= withinMs;
}

/** Who waited in vain gave up after a time, which is a lower bound of how long it would have taken. */
function waited(error: string): boolean {
  return error === TIMED_OUT || error.startsWith('no ');
}

function spent(bad: number, allowed: number): number {
  if (allowed > 1e-9) return bad / allowed;
  return bad === 0 ? 0 : Number.POSITIVE_INFINITY;
}
