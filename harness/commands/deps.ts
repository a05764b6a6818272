/** What the composition root hands to the harness's commands. */
import type { Host } from '../host.ts';

export interface HarnessDeps {
  /** A host of its own for one command: candidates see its twins only. */
  openHost(): Promise<Host>;
  /** Standard output. */
  out(text: string): void;
  /** Standard error; `process.stderr` unless given. */
  err?(text: string): void;
  /** Whether standard output is a terminal, so that colour helps. */
  colour?: boolean;
  version?: string;
  /** Takes the exit code; sets `process.exitCode` unless given. */
  exit?(code: number): void;
}

/** Wrong use or input: one line that says what to do next, exit code 2. */
export class WrongUse extends Error {}
