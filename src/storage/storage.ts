/**
 * Where universes are kept beyond the process. Fed by the commits' own change lists; the default keeps nothing.
 */
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';

/**
 * When what has changed is safe. `always`: before its reply is sent. `interval`: within `INTERVAL_MS` of it; where the
 * disk takes longer, replies to more changes wait for it. `off`: it is written as often, but never forced onto the
 * disk and never waited for, so that a crash of the machine (not of the process) loses more.
 */
export type SyncPolicy = 'always' | 'interval' | 'off';

export const SYNC_POLICIES: readonly SyncPolicy[] = ['always', 'interval', 'off'];

/**
 * Under `interval`, a change is acknowledged only while the oldest one that is not on the disk is younger than this, in
 * milliseconds: what a crash can lose was acknowledged within so long, however slow the disk is.
 */
export const INTERVAL_MS = 50;

/** A universe that could not be opened: what is left of it stays in the data directory. */
export interface DamagedUniverse {
  id: string;
  /** Whose it was; undefined where even that cannot be read. */
  tenant: string | undefined;
  why: string;
  /** Whether another universe has its id by now. */
  replaced: boolean;
}

/** What a store says that people should hear: a line each. */
export type Report = readonly string[];

/** A store of universes. */
export interface Storage {
  /** Keeps `universe` from now on, whatever changes in it. */
  keep(universe: Universe): void;
  /** Forgets a universe for good. */
  drop(id: string): void;
  /** Opens in `registry` what was kept, asleep; says what is damaged and was left out. */
  load(registry: Registry): Promise<Report>;
  /** Resolves when all that has changed up to now is safe; rejects with a StorageError where it cannot be. */
  flush(): Promise<void>;
  /**
   * What the reply to a change waits for; undefined where it may go now. Rejects with a StorageError where the change
   * cannot be kept.
   */
  hold(): Promise<void> | undefined;
  /** Why nothing can be kept at present; undefined where all is well. */
  readonly failure: string | undefined;
  readonly sync: SyncPolicy;
  /** Universes that were left out at `load`. */
  readonly damaged: readonly DamagedUniverse[];
  /** Flushes and lets go. What changes from now on is not kept. */
  close(): Promise<void>;
}

/** What cannot be opened or written, and what to do: one line. */
export class StorageError extends Error {}

/** Keeps nothing: universes end with the process. */
export const memoryStorage: Storage = {
  keep: () => {},
  drop: () => {},
  load: async () => [],
  flush: async () => {},
  hold: () => undefined,
  failure: undefined,
  sync: 'off',
  damaged: [],
  close: async () => {},
};
