/** What a universe is made of besides its rows, for who keeps it beyond the process. */
import type { FaultInput } from './fault.ts';
import type { WirePlan } from './pipeline.ts';
import type { Root } from './trees.ts';
import type { WireRequest } from './wire.ts';

/** A named point to return to. */
export interface Snapshot {
  id: string;
  name: string;
  root: Root;
  now: number;
  createdAt: number;
}

/** Where `reset` goes back to. */
export interface Beginning {
  root: Root;
  now: number;
  frozen: boolean;
  faults: readonly FaultInput[];
}

/** What a universe knows that is neither a row nor how it was made, for who keeps it beyond the process. */
export interface Memory {
  beginning: Beginning;
  bases: readonly (readonly [string, string])[];
  exchanges: number;
}

/** What keeps a universe beyond the process. */
export interface Kept {
  /** Something other than rows has changed. */
  touch(): void;
  /** Has `work` answered; its reply may wait until its changes are safe, or say that they cannot be kept. */
  answer(request: WireRequest, work: () => WirePlan | Promise<WirePlan>): WirePlan | Promise<WirePlan>;
}
