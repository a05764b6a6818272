/** Programs that start others with a short environment of their own (MCP clients do) take the way home along. */
import { ChildProcess } from 'node:child_process';
import { TRANSPORT_NAMES } from '../transport.ts';

interface SpawnOptions {
  /** `NAME=value`. */
  envPairs?: string[];
}

/** Adds to what a child's environment lacks; what it says by itself stays. */
export function keepChildren(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn(options: SpawnOptions): unknown };
  const { spawn } = prototype;
  const kept = TRANSPORT_NAMES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  prototype.spawn = function (this: unknown, options: SpawnOptions) {
    const pairs = options?.envPairs;
    if (Array.isArray(pairs)) {
      const there = new Set(pairs.map((pair) => pair.slice(0, pair.indexOf('='))));
      for (const [name, value] of kept) if (!there.has(name)) pairs.push(`${name}=${value}`);
    }
    return Reflect.apply(spawn, this, [options]);
  };
}
