/** Makes the universe of a parcel again, on another server or under another id. */
import { isDeepStrictEqual } from 'node:util';
import { hostMatches } from '../door.ts';
import { faultsFrom } from '../preset.ts';
import type { Registry } from '../registry.ts';
import { misfit } from '../rows.ts';
import type { Table } from '../table.ts';
import { type Patch, patched, type Root } from '../trees.ts';
import type { Twin } from '../twin.ts';
import { ROW_BYTES, type Universe } from '../universe.ts';
import { pointer, sentence, violations } from '../validate.ts';
import { wallNow } from '../wall.ts';
import { type Parcel, type ParcelLayer, type ParcelRow, sumOf } from './parcel.ts';
import { PARCEL_SCHEMA } from './parcelSchema.ts';
import { FORMAT, initOf, recall, type UniverseRecord } from './record.ts';
import { StorageError } from './storage.ts';
import { knownTables } from './tables.ts';

/** A parcel that was looked through: nothing in it can fail any more but its id and the quotas. */
export interface Unpacked {
  /** What its rows are counted as in a quota. */
  stateBytes: number;
  /** Opens it. Throws an ApiError (409, 422, 429) for a taken or bad id, a full quota. */
  open(as: { id?: string; tenant: string }): Universe;
}

/** Looks through what was sent. Throws a StorageError of one line where it is no parcel, damaged, or of a newer version. */
export function unpacked(value: unknown, registry: Registry): Unpacked {
  const parcel = whole(value);
  const { universe: record, cast } = parcel;
  const twins = [...registry.twins.values()].map(({ twin }) => twin);
  for (const { id, since: _, seen: __, hits: ___, ...fault } of record.faults.faults)
    known(`its fault ${id}`, () => faultsFrom(fault, twins));
  for (const fault of record.beginning.faults)
    known('a fault of its beginning', () => faultsFrom(fault, twins));
  const roots = rootsOf(parcel.layers, knownTables(registry), twins);
  const rootOf = (layer: number): Root => {
    const root = roots.get(layer);
    if (!root) throw new StorageError('this is no export of a universe: a part of its rows is missing');
    return root;
  };
  for (const layer of [record.beginning, record.top, ...record.snapshots]) rootOf(layer.layer);
  let rows = 0;
  for (const trees of rootOf(record.top.layer).values()) if (trees.table.twin !== '') rows += trees.rows.size;
  const stateBytes = rows * ROW_BYTES;
  return {
    stateBytes,
    open({ id = record.id, tenant }) {
      const lent = isDeepStrictEqual(record.lent, registry.lent) ? undefined : record.lent;
      const moved = { ...movedTo(id, record, twins), tenant, stateBytes, lent };
      return registry.adopt(initOf(moved, cast, rootOf(moved.top.layer)), (made) =>
        recall(made, moved, rootOf),
      );
    },
  };
}

function whole(value: unknown): Parcel {
  const parcel = value as Partial<Parcel> | undefined;
  if (parcel?.orrery !== 'universe' || !Number.isInteger(parcel.format))
    throw new StorageError(
      'this is no export of a universe: give a file that `orrery universe export` wrote',
    );
  const { format = 0, version = 'unknown' } = parcel;
  if (format > FORMAT)
    throw new StorageError(
      `this export was written by a newer Orrery (${version}, format ${format}; this one knows ${FORMAT}): ` +
        'import it with that version',
    );
  if (format < FORMAT)
    throw new StorageError(
      `this export has format ${format}, which this version cannot read: export it anew`,
    );
  if (parcel.sum !== sumOf(parcel as Parcel))
    throw new StorageError('this export is damaged (its checksum does not fit): export the universe anew');
  const [wrong] = violations(PARCEL_SCHEMA, parcel);
  if (wrong) throw new StorageError(`this is no export of a universe: ${pointer(wrong)} ${sentence(wrong)}`);
  return parcel as Parcel;
}

function known(what: string, look: () => unknown): void {
  try {
    look();
  } catch (error) {
    throw new StorageError(`${what} is not known to this version: ${(error as Error).message}`);
  }
}

/** Rows by the layers' numbers; layers share what they have in common, as they did. */
function rootsOf(
  layers: readonly ParcelLayer[],
  tables: ReadonlyMap<string, Table<object>>,
  twins: readonly Twin[],
): Map<number, Root> {
  const roots = new Map<number, Root>();
  for (const { id, parent, live, rows } of layers) {
    const below = parent === null ? new Map() : roots.get(parent);
    if (!below || roots.has(id))
      throw new StorageError('this is no export of a universe: its rows do not stand on each other');
    const patches = Object.entries(rows).map(([name, groups]): Patch => {
      const table = tables.get(name);
      if (!table) throw new StorageError(`it has rows of ${name}, which this version does not know`);
      return { table, read: () => patch(table, groups, twins) };
    });
    const root = patched(below, patches);
    let there = 0;
    for (const trees of root.values()) there += trees.rows.size;
    if (there !== live) throw new StorageError(`it is to have ${live} rows, and has ${there}`);
    roots.set(id, root);
  }
  return roots;
}

function* patch(
  table: Table<object>,
  groups: readonly (readonly ParcelRow[])[],
  twins: readonly Twin[],
): Iterable<readonly [string, object | undefined]> {
  for (const [key, row] of groups.flat()) {
    const wrong =
      row && (misfit(table, row, twins) ?? (table.key(row) === key ? undefined : 'has another key'));
    if (wrong) throw new StorageError(`the row ${key} of ${table.name} ${wrong}`);
    yield [key, row ?? undefined];
  }
}

/** What of a record is said of the server that wrote it, for this one. */
function movedTo(id: string, record: UniverseRecord, twins: readonly Twin[]): UniverseRecord {
  const { bases, clock, expiresAt, name, snapshots } = record;
  const renamed = (text: string) =>
    text.startsWith(`${record.id}.`) ? id + text.slice(record.id.length) : text;
  return {
    ...record,
    id,
    name: name === record.id ? id : name,
    // It has as much time left as when it was exported.
    expiresAt: expiresAt === undefined ? undefined : wallNow() + Math.max(0, expiresAt - clock.wall),
    // Programs reached it by addresses of that server; by the vendors' own names they reach it here, too.
    bases: bases.filter(([, base]) => twins.some(({ hosts }) => hostMatches(hosts, hostOf(base)))),
    snapshots: snapshots.map((one) => ({ ...one, id: renamed(one.id), name: renamed(one.name) })),
  };
}

const hostOf = (base: string): string => (URL.canParse(base) ? new URL(base).host : '');
