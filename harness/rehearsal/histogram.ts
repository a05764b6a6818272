/** Latencies as HDR histograms: three significant digits from 1 µs to an hour, so that no tail is averaged away. */
import hdr from 'hdr-histogram-js';

/** Latencies of some tasks in ms; `null` where there are too few for that percentile. */
export interface Latencies {
  count: number;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  'p99.9': number | null;
  max: number | null;
  mean: number | null;
}

const MICROSECONDS = 1000;
const HIGHEST = 3600 * 1000 * MICROSECONDS;

/** Percentiles of latencies in ms. A percentile needs one sample beyond it: p99 takes 100. */
export function latencies(values: readonly number[]): Latencies {
  const histogram = built(values);
  const at = (percentile: number): number | null => {
    const least = 1 / (1 - percentile / 100);
    if (values.length < Math.round(least)) return null;
    return histogram.getValueAtPercentile(percentile) / MICROSECONDS;
  };
  return {
    count: values.length,
    ...{ p50: at(50), p90: at(90), p95: at(95), p99: at(99), 'p99.9': at(99.9) },
    max: values.length === 0 ? null : histogram.maxValue / MICROSECONDS,
    mean: values.length === 0 ? null : histogram.mean / MICROSECONDS,
  };
}

/** The curve into the tail: `[percentile, ms]`; every second point lies half as far from 100 %. */
export function curve(values: readonly number[]): [number, number][] {
  if (values.length === 0) return [];
  const histogram = built(values);
  const points: [number, number][] = [];
  for (let beyond = 1; beyond >= 1 / values.length; beyond /= Math.SQRT2) {
    const percentile = 100 * (1 - beyond);
    points.push([percentile, histogram.getValueAtPercentile(percentile) / MICROSECONDS]);
  }
  return points;
}

function built(values: readonly number[]) {
  const histogram = hdr.build({
    ...{ lowestDiscernibleValue: 1, highestTrackableValue: HIGHEST, numberOfSignificantValueDigits: 3 },
    bitBucketSize: 32,
  });
  for (const value of values) histogram.recordValue(Math.min(HIGHEST, Math.round(value * MICROSECONDS)));
  return histogram;
}
