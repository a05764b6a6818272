/**
 * Reads a store back. Rows are parsed and sorted into tables when somebody first asks for a table, and what was written
 * many to a value is not even read before. What is damaged is named and left out together with the universes that
 * stand on it.
 */
import type { Entry } from '../entry.ts';
import type { Registry } from '../registry.ts';
import type { Table } from '../table.ts';
import { type Patch, patched, type Root } from '../trees.ts';
import type { Universe } from '../universe.ts';
import { wallNow } from '../wall.ts';
import type { Person } from '../world/cast.ts';
import { Entries } from './entries.ts';
import { type Layer, Layers } from './layers.ts';
import { firstLine, isDamage, type Level } from './level.ts';
import { initOf, type KeptRecord, layersIn, recall } from './record.ts';
import { type DamagedUniverse, StorageError } from './storage.ts';
import { knownTables } from './tables.ts';
import { type Bundles, behind, bundleKeys, KEYS, numberIn, SPLIT, unpacked } from './value.ts';

/** A universe that was opened: the layer that it writes to, and its journal's entries. */
export interface Opened {
  universe: Universe;
  top: Layer;
  entries: Entries;
}

/** What was found. */
export interface Loaded {
  universes: Opened[];
  layers: Layers;
  /** Number of the last batch. */
  batch: number;
  /** Hashes of the casts that are there. */
  casts: string[];
  /** Layers of universes that were left out: they stay as they are. */
  setAside: Layer[];
  /** Records of universes that were left out, by id. */
  damaged: Map<string, KeptRecord>;
  /** The same, and those whose records cannot be read, for people. */
  leftOut: DamagedUniverse[];
  /** Layers with rows but no record. */
  orphans: number[];
  /** Keys of batches that have been counted. */
  batches: string[];
  report: string[];
}

interface LayerRecord {
  parent: number | null;
  live: number;
  bundles: Bundles;
}

interface FoundLayer extends LayerRecord {
  id: number;
  damage?: string;
  /** Values by key, by table. */
  tables: Map<string, [key: string, text: string][]>;
  root?: Root;
  layer?: Layer;
}

/** Reads all of `level` and opens its universes in `registry`, asleep. */
export async function loaded(level: Level, registry: Registry): Promise<Loaded> {
  const first = new Loading(level, registry);
  const damage = await first.read();
  if (damage === undefined) return first.open();
  if (level.repaired === undefined) {
    await level.repair(damage);
    const second = new Loading(level, registry);
    await second.read();
    return second.open();
  }
  return first.open();
}

class Loading {
  readonly #level: Level;
  readonly #registry: Registry;
  readonly #tables: ReadonlyMap<string, Table<object>>;
  readonly #found = new Map<number, FoundLayer>();
  readonly #casts = new Map<string, readonly Person[]>();
  readonly #layers = new Layers();
  readonly #report: string[] = [];
  readonly #orphans: number[] = [];
  readonly #batches: { key: string; n: number }[] = [];
  readonly #records: KeptRecord[] = [];
  readonly #leftOut: DamagedUniverse[] = [];
  /** Of damaged universes whose ids others took. */
  readonly #aside: KeptRecord[] = [];
  /** What LevelDB says of the first file that it cannot read. */
  #damage: string | undefined;
  /** Something is missing that nothing else would tell: rows are counted. */
  #doubt: boolean;
  /** A record could not be read. */
  #unreadable = false;

  constructor(level: Level, registry: Registry) {
    this.#level = level;
    this.#registry = registry;
    this.#doubt = level.repaired !== undefined;
    this.#tables = knownTables(registry);
  }

  /** Reads everything. Gives what LevelDB says of a file that it cannot read. */
  async read(): Promise<string | undefined> {
    await this.#readBatches();
    await this.#each('l/', (key, text) => {
      const id = numberIn(key.slice(2));
      this.#found.set(id, { id, ...(JSON.parse(text) as LayerRecord), tables: new Map() });
    });
    await this.#each('c/', (key, text) => void this.#casts.set(key.slice(2), JSON.parse(text) as Person[]));
    await this.#each('u/', (_, text) => void this.#records.push(JSON.parse(text) as KeptRecord));
    await this.#each('x/', (_, text) => void this.#aside.push(JSON.parse(text) as KeptRecord));
    await this.#readRows();
    return this.#damage;
  }

  /** Opens what is whole. */
  open(): Loaded {
    if (this.#level.repaired !== undefined)
      this.#report.unshift(
        `the data directory was damaged and has been repaired (${this.#level.repaired}); what cannot be read lies in its lost/`,
      );
    const universes: Loaded['universes'] = [];
    const damaged = new Map<string, KeptRecord>();
    const setAside: Layer[] = [];
    for (const record of this.#aside) for (const id of layersIn(record)) setAside.push(...this.#chain(id));
    for (const record of this.#records.sort((a, b) => a.serial - b.serial)) {
      const damage = this.#damageOf(record);
      if (damage === undefined) universes.push(this.#open(record));
      else {
        this.#report.push(`universe ${record.id} is damaged and was left out: ${damage}`);
        damaged.set(record.id, record);
        this.#leave(record.id, damage, record.tenant);
        for (const id of layersIn(record)) setAside.push(...this.#chain(id));
      }
    }
    // Where a record cannot be read, nobody knows which layers it stands on: all of them stay.
    for (const id of this.#found.keys()) {
      const chain = this.#chain(id);
      if (this.#unreadable) setAside.push(...chain);
    }
    this.#layers.skip(Math.max(0, ...this.#found.keys(), ...this.#orphans));
    return {
      universes,
      layers: this.#layers,
      batch: this.#batches.at(-1)?.n ?? 0,
      casts: [...this.#casts.keys()],
      setAside,
      damaged,
      leftOut: this.#leftOut,
      orphans: this.#orphans,
      batches: this.#batches.slice(0, -1).map(({ key }) => key),
      report: this.#report,
    };
  }

  async #readBatches(): Promise<void> {
    const batches = this.#batches;
    await this.#each('b/', (key) => void batches.push({ key, n: numberIn(key.slice(2)) }));
    const first = batches[0]?.n ?? 0;
    const last = batches.at(-1)?.n ?? -1;
    const lost = last - first + 1 - batches.length;
    if (lost > 0) {
      this.#doubt = true;
      this.#report.push(
        `a log file in the data directory is damaged: ${lost} of the last ${last - first + 1} groups of changes are lost`,
      );
    }
  }

  /** Reads what begins with `prefix`; what does not fit its checksum or cannot be read is reported. */
  async #each(prefix: string, take: (key: string, text: string) => void): Promise<void> {
    try {
      for await (const [key, value] of this.#level.read(prefix, behind(prefix))) {
        const text = unpacked(key, value);
        if (text !== undefined) take(key, text);
        else {
          this.#unreadable = true;
          this.#report.push(`${named(key)} is damaged and was left out`);
          if (key.startsWith('u/')) this.#leave(key.slice(2), 'its record does not fit its checksum');
        }
      }
    } catch (error) {
      this.#unreadable = true;
      this.#fail(error);
    }
  }

  #leave(id: string, why: string, tenant?: string): void {
    this.#leftOut.push({ id, tenant, why, replaced: false });
  }

  #fail(error: unknown): void {
    if (!isDamage(error)) throw error;
    this.#doubt = true;
    this.#damage ??= firstLine(error);
    this.#report.push(`a file of the data directory is damaged: ${firstLine(error)}`);
  }

  /** All rows in one go; layer by layer where a file is damaged, so that the others are read nevertheless. */
  async #readRows(): Promise<void> {
    try {
      await this.#readRange('r/');
    } catch (error) {
      this.#fail(error);
      for (const layer of this.#found.values()) {
        layer.tables.clear();
        await this.#readRange(KEYS.rows(layer.id)).catch((cause: unknown) => {
          layer.damage = firstLine(cause);
        });
      }
    }
  }

  async #readRange(prefix: string): Promise<void> {
    let layer: FoundLayer | undefined;
    let within = '';
    let table = '';
    let rows: [string, string][] = [];
    for await (const [key, value] of this.#level.read(prefix, behind(prefix))) {
      if (within === '' || !key.startsWith(within)) {
        const id = numberIn(key.slice(2, key.indexOf('/', 2)));
        within = KEYS.rows(id);
        layer = this.#found.get(id);
        table = '';
        if (!layer) this.#orphans.push(id);
      }
      if (!layer) continue;
      const split = key.indexOf(SPLIT, within.length);
      const name = key.slice(within.length, split);
      if (name !== table) {
        table = name;
        rows = [];
        layer.tables.set(name, rows);
      }
      const text = unpacked(key, value);
      if (text === undefined) layer.damage = `a row of ${name} does not fit its checksum`;
      else rows.push([key.slice(split + 1), text]);
    }
  }

  #damageOf(record: KeptRecord): string | undefined {
    if (!this.#casts.has(record.cast)) return 'its people cannot be read';
    for (const id of layersIn(record)) {
      let at: number | null = id;
      while (at !== null) {
        const layer = this.#found.get(at);
        if (!layer) return 'a part of its rows is missing';
        if (layer.damage !== undefined) return layer.damage;
        for (const name of [...layer.tables.keys(), ...Object.keys(layer.bundles)])
          if (!this.#tables.has(name)) return `it has rows of ${name}, which this version does not know`;
        at = layer.parent;
      }
    }
    return this.#doubt ? this.#miscount(record) : undefined;
  }

  #miscount({ top, beginning, snapshots }: KeptRecord): string | undefined {
    const points = [
      { id: top.layer, live: top.live },
      ...[beginning, ...snapshots].map(({ layer: id }) => ({ id, live: this.#found.get(id)?.live ?? -1 })),
    ];
    for (const { id, live } of points) {
      // The record of a layer that is still written to says how many rows it had when it was made.
      if (id === top.layer && top.own && live !== top.live) continue;
      let there = 0;
      try {
        for (const { rows } of this.#rootOf(id).values()) there += rows.size;
      } catch (error) {
        return firstLine(error);
      }
      if (there !== live) return `it had ${live} rows, and ${there} are left`;
    }
    return undefined;
  }

  #open(record: KeptRecord): Opened {
    const { top } = record;
    const cast = this.#casts.get(record.cast) as readonly Person[];
    const universe = this.#registry.revive(initOf(record, cast, this.#rootOf(top.layer)));
    recall(universe, record, (layer) => {
      const root = this.#rootOf(layer);
      this.#layers.settle(root, this.#layerOf(layer));
      return root;
    });
    const entries = new Entries(record.id, universe.journal, record.entries);
    // Where its ports are to be again, once the server listens.
    universe.origins = record.origins && new Map(record.origins);
    universe.journal.recall({
      end: record.journal.end,
      last: entries.kept.last,
      read: () => entries.read((key) => this.#level.bytes(key)),
      lost: (from) => lostEntry(universe, from, record.journal.end),
    });
    const layer = this.#layerOf(top.layer);
    if (!top.own) {
      this.#layers.settle(this.#rootOf(top.layer), layer);
      return { universe, top: this.#layers.above(layer), entries };
    }
    layer.live = top.live;
    return { universe, top: layer, entries };
  }

  /** What a layer and those below it hold; layers share what they have in common, as they did. */
  #rootOf(id: number): Root {
    const found = this.#found.get(id) as FoundLayer;
    found.root ??= patched(
      found.parent === null ? new Map() : this.#rootOf(found.parent),
      [...new Set([...Object.keys(found.bundles), ...found.tables.keys()])].map((name) =>
        this.#patch(found, name),
      ),
    );
    return found.root;
  }

  #patch({ id, bundles, tables }: FoundLayer, name: string): Patch {
    const level = this.#level;
    const rows = tables.get(name) ?? [];
    return {
      table: this.#tables.get(name) as Table<object>,
      *read() {
        for (const key of bundleKeys(id, { [name]: bundles[name] ?? 0 })) {
          const text = unpacked(key, level.get(key) ?? '');
          if (text === undefined) throw new StorageError(`rows of ${name} in the data directory are damaged`);
          for (const [one, row] of JSON.parse(text) as [string, object | null][])
            yield [one, row ?? undefined];
        }
        for (const [key, text] of rows) yield [key, text ? (JSON.parse(text) as object) : undefined];
      },
    };
  }

  #layerOf(id: number): Layer {
    const found = this.#found.get(id) as FoundLayer;
    found.layer ??= this.#layers.known(
      id,
      found.parent === null ? undefined : this.#layerOf(found.parent),
      found.live,
      found.bundles,
    );
    return found.layer;
  }

  /** A layer and those below it, as far as they are there. */
  #chain(id: number): Layer[] {
    for (let at: number | null = id; at !== null; at = this.#found.get(at)?.parent ?? null)
      if (!this.#found.has(at)) return [];
    return [this.#layerOf(id)];
  }
}

/** Stands in a journal for entries that were not on the disk when their process ended. */
const lostEntry = (universe: Universe, from: number, to: number): Entry => ({
  at: universe.clock.now(),
  wallAt: wallNow(),
  kind: 'note',
  twin: undefined,
  detail: { lost: { from, to }, message: 'the server ended before these entries were written down' },
});

const named = (key: string): string =>
  key.startsWith('u/') ? `the record of universe ${key.slice(2)}` : `the entry ${key.split('/')[0]}`;
