/** How a universe is made, and what it is besides its rows, for who keeps it beyond the process. */
import type { ClockSetting } from './clock.ts';
import type { FaultInput } from './fault.ts';
import type { RsaKey } from './keys.ts';
import type { RateLimits } from './limit.ts';
import type { WirePlan } from './pipeline.ts';
import type { Root } from './trees.ts';
import type { WireRequest } from './wire.ts';
import type { Person } from './world/cast.ts';

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

/** How a universe is made. */
export interface UniverseInit {
  id: string;
  /** Which of its server's universes it is, from 1; a fork and its parent differ. */
  serial?: number;
  name: string;
  tenant: string;
  seed: number;
  cast?: readonly Person[];
  clock?: Partial<ClockSetting>;
  root?: Root;
  rateLimits?: RateLimits;
  bind?: Readonly<Record<string, string>>;
  /** When it ends by itself, in machine milliseconds. */
  expiresAt?: number;
  /** When it was made, in machine milliseconds; now without it. */
  createdAt?: number;
  /** Nothing falls due before its scheduler is armed. */
  asleep?: boolean;
  /** What its credentials are made with; the server's without it. */
  salt?: string;
  /** Keys in key files that another server gave out. */
  lent?: readonly RsaKey[];
}
