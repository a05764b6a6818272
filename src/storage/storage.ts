/**
 * Where universes are kept beyond the process. Fed by the commits' own change lists; the default keeps nothing.
 */
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';

/**
 * When what has changed is safe. `always`: before its reply is sent. `interval`: within `INTERVAL_MS` of it, or
 * what the disk takes for the write before it where that is longer. `off`: it
 * is written as often, but never forced onto the disk, so that a crash of the machine (not of the process) loses more.
 */
export type SyncPolicy = 'always' | 'interval' | 'off';

export const SYNC_POLICIES: readonly SyncPolicy[] = ['always', 'interval', 'off'];

/** How old an acknowledged change may be that a `kill -9` loses under `interval`, in milliseconds. */
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
  failure: undefined,
  sync: 'off',
  damaged: [],
  close: async () => {},
};
