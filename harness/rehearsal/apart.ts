/**
 * A load on a thread of its own, so that neither the twins nor whoever looks at them holds it back. Its arrivals
 * are requests that need nothing but what was drawn beforehand; what became of them comes back in batches.
 */
import { Worker } from 'node:worker_threads';
import type { UniverseDocument } from '../host.ts';
import type { Generator, Sample, Sent } from './generator.ts';
import type { ReadyLoad } from './load.ts';
import type { RequestTask } from './rehearsal.ts';
import type { Arrival } from './schedule.ts';
import { threadCode } from './threadCode.ts';

/** A load as the thread is told it; plain data. */
export interface ApartLoad {
  arrivals: readonly Arrival[];
  inFlightMax: number;
  timeoutMs: number;
  /** The requests of the mix; addresses of the candidate with their port. */
  tasks: readonly RequestTask[];
  /** Names that texts may use, and of each arrival what was given. */
  names: readonly string[];
  given?: readonly Record<string, unknown>[];
  /** Makes the arrivals' tokens; without it they have none. */
  seed?: number;
  document: UniverseDocument;
}

/** To the thread: when the load begins ({@link machineMs}), or that it is to end early. */
export type ToThread = { start: number } | { abort: true };

/** From the thread: that it is there, what has ended since, and that all is over. */
export type FromThread =
  | { ready: true }
  | { ended: Sample[]; sent: number; inFlight: number }
  | { inFlightMost: number };

const ABORT_LOOK_MS = 100;

/** Milliseconds by a clock that all threads share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Starts the thread; the load begins when it is told to. */
export async function apart(
  load: ApartLoad,
  watch: { aborted(): boolean; ended?(sample: Sample): void },
): Promise<ReadyLoad> {
  const { code, eval: asText } = await threadCode();
  const worker = new Worker(code, { workerData: load, eval: asText, execArgv: [] });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread of the load ended before its time')));
  });
  failed.catch(() => {});
  const ready = new Promise<void>((resolve) => worker.once('message', () => resolve()));
  await Promise.race([ready, failed]);
  return {
    apart: true,
    start: () => underWay(worker, failed, watch),
    close: async () => void (await worker.terminate()),
  };
}

function underWay(
  worker: Worker,
  failed: Promise<never>,
  { aborted, ended }: { aborted(): boolean; ended?(sample: Sample): void },
): Generator {
  const tell = (message: ToThread) => worker.postMessage(message);
  const samples: Sample[] = [];
  const now = { sent: 0, inFlight: 0 };
  const over = new Promise<Sent>((resolve) => {
    worker.on('message', (message: FromThread) => {
      if ('inFlightMost' in message) {
        samples.sort((a, b) => a.n - b.n);
        resolve({ samples, inFlightMost: message.inFlightMost });
      } else if ('ended' in message) {
        Object.assign(now, { sent: message.sent, inFlight: message.inFlight });
        for (const sample of message.ended) {
          samples.push(sample);
          ended?.(sample);
        }
      }
    });
  });
  const timer = setInterval(() => aborted() && tell({ abort: true }), ABORT_LOOK_MS);
  const startedAt = performance.now();
  tell({ start: machineMs() });
  return {
    startedAt,
    inFlight: () => now.inFlight,
    sent: () => now.sent,
    done: Promise.race([over, failed]).finally(() => clearInterval(timer)),
  };
}
