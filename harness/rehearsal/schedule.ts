/**
 * The arrivals of a load, fixed beforehand from the seed: an open model, in which nobody waits to arrive until
 * someone else has been served.
 */
import { createHash } from 'node:crypto';
import { mustDurationMs } from '../duration.ts';
import { keyed, stream } from '../keyed.ts';

/** One arrival: when it is meant to happen (ms from the start of the load), and which task of the mix it is. */
export interface Arrival {
  n: number;
  at: number;
  task: number;
}

/** What a schedule is made of. */
export interface ScheduleOptions {
  rate: string;
  duration: string;
  ramp?: string;
  arrivals?: 'poisson' | 'even';
  mix: readonly { weight?: number }[];
}

/** More arrivals than this are refused when the file is read. */
export const ARRIVALS_MAX = 1_000_000;

/** The schedule. Equal seed and options, equal schedule. `purpose` keeps two loads of one seed apart. */
export function schedule(options: ScheduleOptions, seed: number, purpose = 'load'): Arrival[] {
  const perMs = ratePerSecond(options.rate) / 1000;
  const durationMs = mustDurationMs(options.duration);
  const rampMs = Math.min(durationMs, mustDurationMs(options.ramp ?? '0s'));
  const gap = stream(keyed(seed, purpose, 'arrivals'));
  const pick = stream(keyed(seed, purpose, 'mix'));
  const weights = options.mix.map(({ weight }) => weight ?? 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const arrivals: Arrival[] = [];
  let expected = 0;
  while (arrivals.length < ARRIVALS_MAX) {
    expected += options.arrivals === 'even' ? (arrivals.length === 0 ? 0.5 : 1) : -Math.log(1 - gap());
    const at = whenExpected(expected, perMs, rampMs);
    if (at >= durationMs) break;
    arrivals.push({ n: arrivals.length, at, task: chosen(weights, pick() * total) });
  }
  return arrivals;
}

/** Arrivals that a load will have, on average. */
export function expectedArrivals({ rate, duration, ramp }: ScheduleOptions): number {
  const durationMs = mustDurationMs(duration);
  return (ratePerSecond(rate) * (durationMs - Math.min(durationMs, mustDurationMs(ramp ?? '0s')) / 2)) / 1000;
}

/** `50/s`, `90/m`, `1000/h` as arrivals a second. */
export function ratePerSecond(text: string): number {
  const [amount, unit] = text.split('/');
  return Number(amount) / ({ s: 1, m: 60, h: 3600 }[unit ?? ''] ?? Number.NaN);
}

/** A digest of a schedule and of what was drawn for it, by which two runs are known to have had the same load. */
export function digest(arrivals: readonly Arrival[], drawn: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const { at, task } of arrivals) hash.update(`${at.toFixed(3)} ${task}\n`);
  return hash.update(JSON.stringify(drawn)).digest('hex');
}

/** The moment at which so many arrivals are expected: the rate grows evenly over the ramp, then stays. */
function whenExpected(count: number, perMs: number, rampMs: number): number {
  const inRamp = (perMs * rampMs) / 2;
  return count < inRamp ? Math.sqrt((2 * rampMs * count) / perMs) : count / perMs + rampMs / 2;
}

function chosen(weights: readonly number[], point: number): number {
  let left = point;
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return index < 0 ? weights.length - 1 : index;
}
