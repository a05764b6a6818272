/**
 * Runs one command in namespaces of its own, where the only network is loopback, and the only ports are those opened
 * here. `init.mjs` makes the ports inside and hands them out; this process answers on them as on its own.
 */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { type IsolationPlan, isolationAvailable } from './available.ts';
import type { Stream } from './launch.ts';
import { findProgram, SYSTEM_PATH } from './program.ts';
import { Running } from './running.ts';

export interface IsolationOptions {
  /** From `isolationAvailable`; asked for again where it is left out. */
  plan?: IsolationPlan;
  /** The program, by name or path, and its arguments. It runs in this process's working directory. */
  file: string;
  args: readonly string[];
  /** The command's whole environment. */
  env: Readonly<Record<string, string | undefined>>;
  /** Default: this process's own three. */
  stdio?: readonly [Stream, Stream, Stream];
  /** Names that resolve inside, to 127.0.0.1; `*.x` is every subdomain of x. */
  hosts: readonly string[];
  /**
   * The port of 127.0.0.1 outside to which connections to 443 and 80 lead: it takes TLS or plain HTTP from programs
   * that believe they are at the vendor's. The proxy's own port does.
   */
  landing: number;
  /** Ports besides 443 and 80 that lead there: those of hosts that are let through. */
  landingPorts?: readonly number[];
  /** Ports of 127.0.0.1 that are the same inside as outside. */
  hostPorts: readonly number[];
  /** Called once for each name that the command looked up in vain; for at most 100 names. */
  onRefused?: (name: string) => void;
  /** Where the private folder is made. Default: the system's temporary folder. */
  folder?: string;
}

/** How the command ended: one of the two is not null. */
export interface IsolatedExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Isolation {
  /** The command's end; never rejects. By then nothing runs inside any more, and no file is left. */
  exited: Promise<IsolatedExit>;
  /** Where `stdio` says `pipe`. */
  streams: Pick<ChildProcess, 'stdin' | 'stdout' | 'stderr'>;
  /** Sends a signal to the command. */
  kill(signal: NodeJS.Signals): void;
  /** Connects to a port that the command listens on, as an event delivery does. Rejects where it does not listen. */
  dial(port: number): Promise<Socket>;
  /** Names looked up in vain so far, each once. */
  refused(): string[];
  /** Ends the command and whatever it left behind; resolves when all of it is gone. */
  close(): Promise<void>;
}

/**
 * Starts the command; resolves when it runs. Throws an Error whose message says why where it cannot, with `code`
 * `ENOENT` where there is no such program.
 */
export async function startIsolation(options: IsolationOptions): Promise<Isolation> {
  const path = options.env.PATH ?? SYSTEM_PATH;
  if (findProgram(options.file, path, process.cwd()) === undefined)
    throw Object.assign(new Error(`there is no program ${options.file}`), { code: 'ENOENT' });
  const running = new Running(options, options.plan ?? planOrThrow());
  try {
    await running.started;
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}

function planOrThrow(): IsolationPlan {
  const available = isolationAvailable();
  if (!available.ok) throw new Error(`cannot isolate: ${available.why}; ${available.next}`);
  return available.plan;
}
