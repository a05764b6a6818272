/** Runs a command in the place of its caller: the same streams, signals passed on, its end told as a shell would. */
import { spawn } from 'node:child_process';
import { type SignalRelay, signalCode } from './signals.ts';

/** What to run. */
export interface Command {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** How it ended. */
export interface Ended {
  /** Its own; 128 + the signal's number; 127 where there is no such command, 126 where it cannot be run. */
  code: number;
  signal?: NodeJS.Signals;
  /** Why it was not started, in one line. */
  failure?: string;
}

const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

/** Runs it to its end. Never rejects. */
export function runCommand({ command, args, env }: Command, signals: SignalRelay): Promise<Ended> {
  return new Promise((resolve) => {
    const end = (ended: Ended) => {
      signals.to(undefined);
      resolve(ended);
    };
    const child = spawn(command, [...args], { env, stdio: 'inherit' });
    child.once('error', (error: NodeJS.ErrnoException) => {
      // Told also where a signal could not be sent to a command that runs.
      if (child.pid === undefined) end(notStarted(command, error));
    });
    child.once('exit', (code, signal) =>
      end(signal ? { code: signalCode(signal), signal } : { code: code ?? 0 }),
    );
    signals.to((signal) => child.kill(signal));
  });
}

function notStarted(command: string, { code, message }: NodeJS.ErrnoException): Ended {
  if (code === 'ENOENT') return { code: NOT_FOUND, failure: `${command}: there is no such command` };
  if (code === 'EACCES') return { code: NOT_RUNNABLE, failure: `${command}: it may not be run` };
  return { code: NOT_RUNNABLE, failure: `${command}: ${message}` };
}
