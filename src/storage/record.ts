/** A universe as it is written down: all of it but its rows, which lie in layers, and its people. */
import type { ClockSetting } from '../clock.ts';
import type { FaultInput, FaultMemory } from '../fault.ts';
import type { Gap } from '../journal.ts';
import type { RsaKey } from '../keys.ts';
import type { RateLimits } from '../limit.ts';
import type { Root } from '../trees.ts';
import type { Universe, UniverseInit } from '../universe.ts';
import { wallNow } from '../wall.ts';
import type { Person } from '../world/cast.ts';
import type { KeptStretches } from './entries.ts';
import type { Layer } from './layers.ts';

/** How universes are written down: in a store, and to be taken to another server. */
export const FORMAT = 1;

/** What is in the store under a universe's id. Times in milliseconds, layers by number. */
export interface UniverseRecord {
  id: string;
  serial: number;
  name: string;
  tenant: string;
  seed: number;
  /** What its credentials are made with; not in records of older versions. */
  salt?: string;
  /** Keys in key files that another server gave out. */
  lent?: readonly RsaKey[] | undefined;
  createdAt: number;
  expiresAt?: number | undefined;
  /** The hash that its people are found by. */
  cast: string;
  /** As it was set when the machine's clock showed `wall`. */
  clock: ClockSetting & { wall: number };
  rateLimits: RateLimits;
  bind: Readonly<Record<string, string>>;
  bases: readonly (readonly [string, string])[];
  exchanges: number;
  stateBytes: number;
  faults: FaultMemory;
  journal: { end: number; gaps: readonly Gap[]; parent?: { universe: string; seq: number } | undefined };
  beginning: { layer: number; now: number; frozen: boolean; faults: readonly FaultInput[] };
  snapshots: readonly { id: string; name: string; layer: number; now: number; createdAt: number }[];
  /** `own`: it goes on writing there; else it begins a layer above. `live`: the rows that it has. */
  top: { layer: number; own: boolean; live: number };
}

/** A universe's record in a store. */
export interface KeptRecord extends UniverseRecord {
  /** Where the journal's last entries lie; not in records of older versions. */
  entries?: KeptStretches;
  /** Addresses of its twins' own ports, by twin. */
  origins?: readonly (readonly [string, string])[];
}

/** Writes a universe down as it is now. */
export function recordOf(
  universe: Universe,
  top: Layer,
  cast: string,
  layerOf: (root: Root) => Layer,
): UniverseRecord {
  const { id, serial, name, tenant, seed, salt, lent, createdAt, expiresAt, rateLimits, journal, faults } =
    universe;
  const { beginning, bases, exchanges } = universe.memory;
  const { root, ...began } = beginning;
  return {
    id,
    serial,
    name,
    tenant,
    seed,
    salt,
    lent,
    createdAt,
    expiresAt,
    cast,
    clock: { ...universe.clock.setting(), wall: wallNow() },
    rateLimits,
    bind: universe.bindings,
    bases,
    exchanges,
    stateBytes: universe.stateBytes,
    faults: faults.memory,
    journal: { end: journal.end, gaps: journal.gaps(), parent: journal.parent },
    beginning: { ...began, layer: layerOf(root).id },
    snapshots: [...universe.snapshots.values()].map(({ root: kept, ...one }) => ({
      ...one,
      layer: layerOf(kept).id,
    })),
    top: {
      layer: top.filled || !top.parent ? top.id : top.parent.id,
      own: top.filled || !top.parent,
      live: top.live,
    },
  };
}

/** The layers that a universe stands on. */
export function* layersIn({ top, beginning, snapshots }: UniverseRecord): Iterable<number> {
  yield top.layer;
  yield beginning.layer;
  for (const { layer } of snapshots) yield layer;
}

/** How the universe of a record is made again. Real time has gone on meanwhile; other clocks stood still. */
export function initOf(record: UniverseRecord, cast: readonly Person[], root: Root): UniverseInit {
  const { id, serial, name, tenant, seed, salt, lent, createdAt, expiresAt, rateLimits, bind } = record;
  const { wall, ...clock } = record.clock;
  const passed = clock.mode === 'realtime' ? wallNow() - wall : 0;
  return {
    id,
    serial,
    name,
    tenant,
    seed,
    createdAt,
    cast,
    root,
    rateLimits,
    bind,
    clock: { ...clock, now: clock.now + passed },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(salt === undefined ? {} : { salt }),
    ...(lent === undefined ? {} : { lent }),
    asleep: true,
  };
}

/** Gives a universe that was made again what it knew. */
export function recall(universe: Universe, record: UniverseRecord, rootOf: (layer: number) => Root): void {
  const { layer, ...began } = record.beginning;
  universe.recall({
    beginning: { ...began, root: rootOf(layer) },
    bases: record.bases,
    exchanges: record.exchanges,
  });
  universe.stateBytes = record.stateBytes;
  universe.faults.recall(record.faults);
  universe.journal.resume(record.journal.end, record.journal.gaps);
  universe.journal.parent = record.journal.parent;
  for (const { layer: kept, ...one } of record.snapshots)
    universe.snapshots.set(one.id, { ...one, root: rootOf(kept) });
}
