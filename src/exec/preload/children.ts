/** Programs that start others with a short environment of their own (MCP clients do) take the way home along. */
import { ChildProcess } from 'node:child_process';
import workers, { Worker, type WorkerOptions } from 'node:worker_threads';
import { TRANSPORT_NAMES } from '../transport.ts';

interface SpawnOptions {
  /** `NAME=value`. */
  envPairs?: string[];
}

/** Adds to what the environment of a child or a worker lacks; what it says by itself stays. */
export function keepChildren(): void {
  const kept = TRANSPORT_NAMES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  keepProcesses(kept);
  keepWorkers(Object.fromEntries(kept));
}

function keepProcesses(kept: readonly (readonly [string, string])[]): void {
  const prototype = ChildProcess.prototype as unknown as { spawn(options: SpawnOptions): unknown };
  const { spawn } = prototype;
  prototype.spawn = function (this: unknown, options: SpawnOptions) {
    const pairs = options?.envPairs;
    if (Array.isArray(pairs)) {
      const there = new Set(pairs.map((pair) => pair.slice(0, pair.indexOf('='))));
      for (const [name, value] of kept) if (!there.has(name)) pairs.push(`${name}=${value}`);
    }
    return Reflect.apply(spawn, this, [options]);
  };
}

/** A worker with an environment of its own takes Node's options from there, and what they require. */
function keepWorkers(kept: Readonly<Record<string, string>>): void {
  const Kept = class extends Worker {
    constructor(file: string | URL, options?: WorkerOptions) {
      const env = options?.env;
      const own = typeof env === 'object' && env !== null && env !== process.env;
      super(file, own ? { ...options, env: { ...kept, ...env } } : options);
    }
  };
  Object.defineProperty(Kept, 'name', { value: Worker.name });
  Object.assign(workers, { Worker: Kept });
}
