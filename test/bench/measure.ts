/** Small measures that the benches and their small sizes in the tests share. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LoadPlan, LoadResult } from './load.ts';

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `work` takes, `times` over. */
export function timed(times: number, work: (nth: number) => unknown): number[] {
  return Array.from({ length: times }, (_, nth) => {
    const started = performance.now();
    work(nth);
    return performance.now() - started;
  });
}

/** Heap and buffers in use after a forced collection, in bytes; needs `--expose-gc`. */
export function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Runs a load in a process of its own. */
export async function loadFrom(script: URL, plan: LoadPlan): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [script.pathname, JSON.stringify(plan)]);
  return JSON.parse(stdout) as LoadResult;
}
