/** A candidate's process: started in a private place with a scrubbed environment, watched, and stopped for good. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadedCandidate } from './candidate.ts';
import { mustDurationMs } from './duration.ts';
import type { UniverseDocument } from './host.ts';
import { whenReady } from './readiness.ts';

const OUTPUT_BYTES_DEFAULT = 4 * 1024 * 1024;
const LINE_CHARS_MAX = 4096;
const MEMORY_LOOK_MS = 500;
const STOP_MS_DEFAULT = 3000;
const READY_MS_DEFAULT = 10_000;
const CLOCK_TICK_MS = 10;

/** A running candidate. */
export interface CandidateProcess {
  readonly port: number;
  readonly startedInMs: number;
  /** Lines of output so far, stdout and stderr together; bounded. */
  readonly output: readonly string[];
  /** Why it ended, once it has. */
  ended(): string | undefined;
  /** CPU time used so far (ms); undefined where the system does not tell. */
  cpuMs(): number | undefined;
  /** Called after every line of output and at the end. Returns the way to stop. */
  onSign(listener: (line?: string) => void): () => void;
  url(template: string): string;
  stop(): Promise<void>;
}

/** The candidate did not start: its fault, so `unsatisfied`. `output` tells why. */
export class NotReady extends Error {
  readonly output: readonly string[];
  constructor(message: string, output: readonly string[]) {
    super(message);
    this.output = output;
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Fills `${port}` and names of the environment. */
export function fillNames(template: string, names: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{(\w+)\}/g, (hole, name: string) => names[name] ?? hole);
}

/** Starts the program and waits until it is ready. Throws {@link NotReady}. */
export async function startProcess(
  candidate: LoadedCandidate,
  universe: UniverseDocument,
  port: number,
): Promise<CandidateProcess> {
  const home = mkdtempSync(join(tmpdir(), 'orrery-candidate-'));
  const names = environment(candidate, universe, port, home);
  const [command = '', ...args] = (candidate.command ?? []).map((part) => fillNames(part, names));
  const began = performance.now();
  const { port: _port, ...env } = names;
  const child = spawn(command, args, {
    cwd: candidate.directory,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watched = watch(child, candidate);
  const stop = () => stopProcess(child, candidate, watched.ended, home);
  const url = (template: string) => fillNames(template, names);
  const withinMs = mustDurationMs(candidate.ready?.within ?? `${READY_MS_DEFAULT}ms`);
  const fault = await whenReady(candidate.ready ?? {}, { url, withinMs, ...watched });
  if (fault !== undefined) {
    await stop();
    throw new NotReady(fault, watched.output);
  }
  return {
    port,
    startedInMs: Math.round(performance.now() - began),
    output: watched.output,
    ended: watched.ended,
    cpuMs: () => cpuMs(child.pid),
    onSign: watched.onSign,
    url,
    stop,
  };
}

/** PATH, LANG, TZ, the universe's environment and the candidate's own; nothing else of ours. */
function environment(
  candidate: LoadedCandidate,
  universe: UniverseDocument,
  port: number,
  home: string,
): Record<string, string> {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const names: Record<string, string> = { HOME: home, TMPDIR: temporary };
  for (const name of ['PATH', 'LANG', 'TZ']) {
    const value = process.env[name];
    if (value !== undefined) names[name] = value;
  }
  // The control plane is no door for a candidate.
  for (const [name, value] of Object.entries(universe.env)) if (name !== 'ORRERY_URL') names[name] = value;
  const key = universe.twins.google?.credentials.serviceAccount;
  if (key !== undefined && names.GOOGLE_APPLICATION_CREDENTIALS === undefined) {
    const file = join(home, 'service-account.json');
    writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
    names.GOOGLE_APPLICATION_CREDENTIALS = file;
  }
  const own = { ...names, port: String(port) };
  for (const [name, value] of Object.entries(candidate.env ?? {}))
    names[name] = fillNames(String(value), own);
  return { ...names, port: String(port) };
}

function watch(child: ChildProcess, candidate: LoadedCandidate) {
  const output: string[] = [];
  const listeners = new Set<(line?: string) => void>();
  const bytesMax = bytesOf(candidate.limits?.output) ?? OUTPUT_BYTES_DEFAULT;
  let bytes = 0;
  let ended: string | undefined;
  const sign = (line?: string) => {
    for (const listener of listeners) listener(line);
  };
  const capture = (stream: NodeJS.ReadableStream | null) => {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(-LINE_CHARS_MAX);
      for (const line of lines) {
        bytes += line.length + 1;
        if (bytes <= bytesMax) output.push(line.slice(0, LINE_CHARS_MAX));
        sign(line);
      }
    });
  };
  capture(child.stdout);
  capture(child.stderr);
  const end = (why: string) => {
    ended ??= why;
    clearInterval(memory);
    sign();
  };
  const memory = limitMemory(child, bytesOf(candidate.limits?.memory), end);
  child.once('error', (error) => end(`it could not be started: ${error.message}`));
  child.once('exit', (code, signal) =>
    end(signal ? `it was ended by ${signal}` : `it exited with code ${code}`),
  );
  const onSign = (listener: (line?: string) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { output, ended: () => ended, onSign };
}

/** Looks at the resident memory now and then, where the system tells it, and ends what takes too much. */
function limitMemory(child: ChildProcess, bytesMax: number | undefined, end: (why: string) => void) {
  if (bytesMax === undefined) return undefined;
  const timer = setInterval(() => {
    try {
      const pages = Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]);
      if (pages * 4096 <= bytesMax) return;
      end(`it took more memory than ${Math.round(bytesMax / 1024 / 1024)} MiB`);
      killGroup(child, 'SIGKILL');
    } catch {
      // No /proc here, or the process is gone: nothing to hold it to.
    }
  }, MEMORY_LOOK_MS);
  timer.unref();
  return timer;
}

async function stopProcess(
  child: ChildProcess,
  candidate: LoadedCandidate,
  ended: () => string | undefined,
  home: string,
): Promise<void> {
  const exited = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else child.once('exit', () => resolve());
  });
  if (ended() === undefined) {
    killGroup(child, candidate.stop?.signal ?? 'SIGTERM');
    const withinMs = mustDurationMs(candidate.stop?.within ?? `${STOP_MS_DEFAULT}ms`);
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, withinMs).unref())]);
  }
  // Whatever it left behind in its group goes too.
  killGroup(child, 'SIGKILL');
  if (child.pid !== undefined) await exited;
  rmSync(home, { recursive: true, force: true, maxRetries: 2 });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function cpuMs(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
  } catch {
    return undefined;
  }
}

function bytesOf(size: string | undefined): number | undefined {
  const match = /^(\d+)(KiB|MiB|GiB)$/.exec(size ?? '');
  if (!match) return undefined;
  return Number(match[1]) * ({ KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[match[2] ?? ''] ?? 1);
}
