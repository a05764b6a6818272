/** Whether the generator held its rate: in each phase, what was planned beside what was sent, and how late. */
import { sayDuration } from '../duration.ts';
import { NOT_SENT, type Sample, type Sent } from './generator.ts';
import { latencies } from './histogram.ts';
import type { Phase } from './phases.ts';
import type { Arrival } from './schedule.ts';

/** What the machine gave in one phase. Rates a second, times in ms. */
export interface PhaseRate {
  phase: string;
  planned: number;
  /** Of these, sent by the end of the phase, or refused a place because too many were under way. */
  sent: number;
  ratePlanned: number;
  rateSent: number;
  /** 99 of 100 were sent no later than this after their intended arrival; of fewer than 100, all. */
  lateP99Ms: number;
  lateMaxMs: number;
  held: boolean;
}

/** What was planned, sent and late, for people. */
export function sayRate({ ratePlanned, rateSent, lateP99Ms, lateMaxMs }: PhaseRate): string {
  const [planned, sent] = [ratePlanned, rateSent].map((rate) => `${rate.toFixed(rate < 10 ? 2 : 1)}/s`);
  const late = `p99 late by ${sayDuration(lateP99Ms)}, the worst by ${sayDuration(lateMaxMs)}`;
  return `planned ${planned}, sent ${sent}, ${late}`;
}

/** Arrivals that had their turn. */
export interface Tally {
  sent: number;
  /** Beyond the bound on tasks under way, or already beyond their time. */
  notSent: number;
}

/** How well the schedule was kept. */
export interface Kept extends Tally {
  scheduled: number;
  inFlightMost: number;
  /** Whether the generator had a thread of its own. */
  apart: boolean;
  /** Whether every phase held its rate. */
  held: boolean;
  /** `all` first. */
  phases: PhaseRate[];
}

/** The rate holds where the sent are within this share of the planned, or one where there are few. */
export const RATE_TOLERANCE = 0.01;
/** Whoever comes later than this was not sent when planned, however long the service may take. */
const LATE_MS_MAX = 1000;
const LATE_MS_MIN = 50;
/** Lateness is small beside a level where it is no more than this share of it. */
const LATE_SHARE_MAX = 0.1;
/** A phase that caught up at any time in its last tenth has sent all that was due. */
const END_SHARE = 0.1;
const END_MS_MIN = 50;

/** How late arrivals may be for a shortest time (ms) that anything is held to. */
export function lateLimit(shortestMs: number): number {
  return Math.max(LATE_MS_MIN, Math.min(LATE_MS_MAX, shortestMs * LATE_SHARE_MAX));
}

/** What a load kept of its schedule. `lateLimitMs`: as {@link lateLimit} says. */
export function keptOf(
  arrivals: readonly Arrival[],
  { samples, inFlightMost }: Sent,
  phases: readonly Phase[],
  { lateLimitMs, apart }: { lateLimitMs: number; apart: boolean },
): Kept {
  const rates = phases.map((phase) => rateOf(phase, arrivals, samples, lateLimitMs));
  return {
    ...{ scheduled: arrivals.length, ...tallyOf(samples), inFlightMost, apart },
    ...{ held: rates.every(({ held }) => held), phases: rates },
  };
}

/** How many were sent, and how many found no place. */
export function tallyOf(samples: readonly Sample[]): Tally {
  const notSent = samples.filter(({ error }) => error === NOT_SENT).length;
  return { sent: samples.length - notSent, notSent };
}

function rateOf(
  phase: Phase,
  arrivals: readonly Arrival[],
  samples: readonly Sample[],
  lateLimitMs: number,
): PhaseRate {
  const { name, fromMs, toMs } = phase;
  const planned = arrivals.filter(({ at }) => at >= fromMs && at < toMs).length;
  const late = samples.filter(({ at }) => at >= fromMs && at < toMs).map((one) => one.late);
  const missing = Math.min(planned, overdue(phase, arrivals, samples));
  const few = Math.max(1, RATE_TOLERANCE * planned);
  const perSecond = (count: number) => (toMs > fromMs ? (count / (toMs - fromMs)) * 1000 : 0);
  const { p99, max } = latencies(late);
  const tooLate = late.filter((ms) => ms > lateLimitMs).length;
  return {
    ...{ phase: name, planned, sent: planned - missing },
    ...{ ratePlanned: perSecond(planned), rateSent: perSecond(planned - missing) },
    ...{ lateP99Ms: p99 ?? max ?? 0, lateMaxMs: max ?? 0 },
    held: missing <= few && tooLate <= few,
  };
}

/**
 * Arrivals that were due and not sent at the end of a phase: the least of its last stretch. A machine that hesitates
 * once has caught up by then; one that does not give the rate falls ever further back.
 */
function overdue({ fromMs, toMs }: Phase, arrivals: readonly Arrival[], samples: readonly Sample[]): number {
  const lookFrom = Math.max(fromMs, toMs - Math.max(END_MS_MIN, END_SHARE * (toMs - fromMs)));
  let least = Number.POSITIVE_INFINITY;
  let due = 0;
  const dueAt = (time: number) => {
    while ((arrivals[due]?.at ?? Number.POSITIVE_INFINITY) <= time) due++;
    return due;
  };
  let sent = 0;
  for (const { at, late } of samples) {
    const time = at + late;
    if (time > toMs) break;
    sent++;
    if (time >= lookFrom) least = Math.min(least, dueAt(time) - sent);
  }
  return Math.min(least, dueAt(toMs) - sent);
}
