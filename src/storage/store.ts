/**
 * Universes in an embedded store. What changes is noted at once and written in groups: one batch for all that changed
 * since the last, with one wait for the disk, so that a commit costs a note and many replies share a wait.
 */
import { createHash } from 'node:crypto';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import { elapsedNow, wallTimer } from '../wall.ts';
import type { Person } from '../world/cast.ts';
import { Entries, stretchKeys } from './entries.ts';
import { Keeper } from './keeper.ts';
import { type Layer, Layers } from './layers.ts';
import type { Level, Write } from './level.ts';
import { type Loaded, loaded, type Opened } from './load.ts';
import type { KeptRecord } from './record.ts';
import {
  type DamagedUniverse,
  INTERVAL_MS,
  type Report,
  type Storage,
  StorageError,
  type SyncPolicy,
} from './storage.ts';
import { behind, bundled, bundleKeys, KEYS, packed } from './value.ts';

/** Begins to write so long before the interval is over, in milliseconds: a busy machine and its disk take time, too. */
const AHEAD_MS = 35;
/** Replies are held so long before the interval is over, in milliseconds: they still have to leave the process. */
const HOLD_AHEAD_MS = 10;
/** Waits so long before it tries again to write what could not be written, in milliseconds. */
const RETRY_MS = 1_000;
/** Looks for new files to sum up so often while there are writes, in milliseconds. */
const SUMS_MS = 5_000;
/** Batches whose numbers are kept: a hole between them says that the log lost some. */
const BATCHES_KEPT = 20_000;

/**
 * Entries of journals that are written in a second, in bytes: more of them wait, so that they do not slow down the
 * changes that they tell of, and by then a full journal has dropped most; they wait so long at most, in milliseconds.
 */
const ENTRIES_BYTES_PER_SECOND = 4 * 1024 * 1024;
const ENTRIES_WAIT_MS_MAX = 5_000;

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

export class LevelStorage implements Storage {
  readonly sync: SyncPolicy;
  failure: string | undefined;
  readonly #level: Level;
  readonly #say: (line: string) => void;
  #layers = new Layers();
  readonly #keepers = new Map<string, Keeper>();
  readonly #dirty = new Set<Keeper>();
  readonly #dropped = new Set<string>();
  readonly #casts = new WeakMap<readonly Person[], string>();
  readonly #castsWritten = new Set<string>();
  /** Layers that damaged universes stand on: left as they are. */
  #setAside: readonly Layer[] = [];
  #damaged = new Map<string, KeptRecord>();
  #leftOut: readonly DamagedUniverse[] = [];
  #batch = 0;
  /** Writes that failed, to be done before any others. */
  #owed: Write[] = [];
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #planned: { cancel: () => void; soon: boolean } | undefined;
  /** When the oldest change was made that no write has begun for, and that of the write that is not over. */
  #oldest: number | undefined;
  #oldestInWrite: number | undefined;
  #summing: (() => void) | undefined;
  /** Whose journals have entries to be written, and when that is next done. */
  readonly #behind = new Set<Keeper>();
  #entriesAt = 0;
  #catchUp: (() => void) | undefined;
  #closing = false;
  #closed = false;

  constructor(level: Level, how: { sync: SyncPolicy; say: (line: string) => void }) {
    this.#level = level;
    this.sync = how.sync;
    this.#say = how.say;
  }

  async load(registry: Registry): Promise<Report> {
    const found = await loaded(this.#level, registry);
    this.#layers = found.layers;
    this.#batch = found.batch;
    this.#setAside = found.setAside;
    this.#damaged = found.damaged;
    this.#leftOut = found.leftOut;
    for (const hash of found.casts) this.#castsWritten.add(hash);
    for (const opened of found.universes) this.#attach(opened);
    await this.#tidy(found);
    await this.#level.noteSums();
    return found.report;
  }

  get damaged(): readonly DamagedUniverse[] {
    return this.#leftOut.map((one) => ({ ...one, replaced: this.#keepers.has(one.id) }));
  }

  keep(universe: Universe): void {
    if (this.#closed) return;
    this.#dropped.delete(universe.id);
    this.#moveAside(universe.id);
    const held = [...universe.snapshots.values()].map(({ root }) => root);
    const below = this.#layers.upon([universe.beginning, ...held, universe.state.snapshot()]);
    const top = this.#layers.above(below);
    const keeper = this.#attach({ universe, top, entries: new Entries(universe.id, universe.journal) });
    this.#told(keeper, true);
  }

  drop(id: string): void {
    const keeper = this.#keepers.get(id);
    if (this.#closed || !keeper) return;
    keeper.release();
    this.#keepers.delete(id);
    this.#dirty.delete(keeper);
    this.#behind.delete(keeper);
    this.#dropped.add(id);
    for (const key of keeper.entries.keys()) this.#owed.push({ type: 'del', key });
    this.#layers.garbage = true;
    this.#oldest ??= elapsedNow();
    this.#plan(this.sync === 'always');
  }

  async flush(): Promise<void> {
    if (this.#closed) return;
    if (!this.#hasNews) {
      await this.#writing;
      if (this.failure !== undefined) throw new StorageError(this.failure);
      return;
    }
    const done = new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#plan(true);
    return done;
  }

  hold(): Promise<void> | undefined {
    if (this.sync === 'off' || (this.sync === 'interval' && this.#age < INTERVAL_MS - HOLD_AHEAD_MS))
      return undefined;
    return this.flush();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    for (const { universe } of this.#keepers.values()) universe.scheduler.stop();
    this.#closing = true;
    try {
      // What a write held up may bring news of its own.
      while (this.#hasNews || this.#writing) await this.flush();
    } catch (error) {
      this.#say(`not all could be kept: ${(error as Error).message}`);
    }
    this.#closed = true;
    this.#planned?.cancel();
    this.#summing?.();
    this.#catchUp?.();
    for (const keeper of this.#keepers.values()) keeper.release();
    await this.#level.close();
  }

  /** Of the oldest change that is not safe, in milliseconds. */
  get #age(): number {
    const oldest = this.#oldestInWrite ?? this.#oldest;
    return oldest === undefined ? 0 : elapsedNow() - oldest;
  }

  get #hasNews(): boolean {
    const { dirty, garbage } = this.#layers;
    if (this.#closing && this.#behind.size > 0) return true;
    return this.#owed.length + this.#dirty.size + this.#dropped.size + dirty.size > 0 || garbage;
  }

  /** A new universe takes the id of a damaged one: what was written of that stays, under another key. */
  #moveAside(id: string): void {
    const record = this.#damaged.get(id);
    if (!record) return;
    this.#damaged.delete(id);
    if (record.entries)
      for (const key of stretchKeys(id, record.entries)) this.#owed.push({ type: 'del', key });
    const key = KEYS.aside(id, this.#batch);
    this.#owed.push({ type: 'put', key, value: packed(key, JSON.stringify(record)) });
    this.#say(`universe ${id} begins anew; what is left of the damaged one stays in the data directory`);
  }

  #attach({ universe, top, entries }: Opened): Keeper {
    const keeper = new Keeper(universe, {
      cast: this.#castOf(universe.cast),
      entries,
      top,
      layers: this.#layers,
      told: (one, rows) => this.#told(one, rows),
      storage: this,
    });
    this.#keepers.set(universe.id, keeper);
    return keeper;
  }

  #told(keeper: Keeper, rows: boolean): void {
    this.#oldest ??= elapsedNow();
    this.#dirty.add(keeper);
    if (!this.#planned || rows) this.#plan(rows && this.sync === 'always');
  }

  /** Sees that what has changed is written: `soon` with whatever else this turn of the event loop brings. */
  #plan(soon: boolean): void {
    if (this.#closed || this.#writing || (this.#planned && (this.#planned.soon || !soon))) return;
    if (this.failure !== undefined && this.#planned) return;
    this.#planned?.cancel();
    const go = () => {
      this.#planned = undefined;
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
        if (this.#hasNews) this.#plan(this.#waiting.length > 0);
      });
    };
    if (soon && this.failure === undefined) {
      const handle = setImmediate(go);
      this.#planned = { cancel: () => clearImmediate(handle), soon };
    } else {
      // Counted from the oldest change: it may have waited for the write before this one already.
      const wait = this.failure === undefined ? INTERVAL_MS - AHEAD_MS - this.#age : RETRY_MS;
      this.#planned = { cancel: wallTimer(wait, go), soon };
    }
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { writes, gone } = this.#collect();
    try {
      if (this.failure !== undefined) await this.#level.reopen();
      await this.#level.write(writes, this.sync !== 'off');
    } catch (error) {
      this.#owed = writes;
      this.#failed(error as Error);
      for (const { reject } of waiting) reject(error as Error);
      return;
    }
    if (this.failure !== undefined) this.#say('the data directory takes writes again: all is kept');
    this.failure = undefined;
    this.#oldestInWrite = undefined;
    for (const { resolve } of waiting) resolve();
    for (const { id } of gone) await this.#clear(id);
    this.#summing ??= wallTimer(SUMS_MS, () => {
      this.#summing = undefined;
      void this.#level.noteSums();
    });
  }

  #failed(error: Error): void {
    const message = error instanceof StorageError ? error.message : `cannot keep state: ${error.message}`;
    if (this.failure === undefined) this.#say(message);
    this.failure = message;
  }

  /** Rows of a layer that is nobody's: what is left after a crash is found at the next start. */
  async #clear(layer: number): Promise<void> {
    const rows = KEYS.rows(layer);
    await this.#level.clear(rows, behind(rows)).catch(() => {});
  }

  /** All that has changed, as of this moment, as one batch. */
  #collect(): { writes: Write[]; gone: Layer[] } {
    const writes = this.#owed;
    this.#owed = [];
    this.#oldestInWrite ??= this.#oldest;
    this.#oldest = undefined;
    const put = (key: string, text: string) => writes.push({ type: 'put', key, value: packed(key, text) });
    for (const id of this.#dropped) writes.push({ type: 'del', key: KEYS.universe(id) });
    this.#dropped.clear();
    this.#collectEntries(writes);
    for (const keeper of this.#dirty) {
      put(KEYS.universe(keeper.universe.id), JSON.stringify(keeper.record().record));
      this.#writeCast(keeper, put);
    }
    this.#dirty.clear();
    const gone = this.#layers.garbage ? this.#sweep() : [];
    for (const { id, bundles } of gone)
      for (const key of [KEYS.layer(id), ...bundleKeys(id, bundles)]) writes.push({ type: 'del', key });
    for (const layer of this.#layers.dirty) writeLayer(layer, put);
    this.#layers.dirty.clear();
    this.#batch++;
    put(KEYS.batch(this.#batch), '');
    if (this.#batch > BATCHES_KEPT) writes.push({ type: 'del', key: KEYS.batch(this.#batch - BATCHES_KEPT) });
    return { writes, gone };
  }

  /** What is new in journals, unless it is to wait. */
  #collectEntries(writes: Write[]): void {
    for (const keeper of this.#dirty) this.#behind.add(keeper);
    const wait = this.#entriesAt - elapsedNow();
    if (wait > 0 && !this.#closing) {
      this.#catchUp ??= wallTimer(wait, () => {
        this.#catchUp = undefined;
        for (const keeper of this.#behind) this.#told(keeper, false);
      });
      return;
    }
    const put = (key: string, value: Buffer) =>
      writes.push({ type: 'put', key, value, valueEncoding: 'buffer' });
    let bytes = 0;
    for (const keeper of this.#behind) {
      bytes += keeper.entries.write(put, (key) => writes.push({ type: 'del', key }));
      // Its record says where they are.
      this.#dirty.add(keeper);
    }
    this.#behind.clear();
    this.#entriesAt =
      elapsedNow() + Math.min((bytes / ENTRIES_BYTES_PER_SECOND) * 1_000, ENTRIES_WAIT_MS_MAX);
  }

  #sweep(): Layer[] {
    const used = [...this.#keepers.values()].flatMap((keeper) => keeper.record().layers);
    return this.#layers.sweep([...used, ...this.#setAside]);
  }

  #castOf(cast: readonly Person[]): string {
    const known = this.#casts.get(cast);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(JSON.stringify(cast)).digest('hex').slice(0, 32);
    this.#casts.set(cast, hash);
    return hash;
  }

  #writeCast(keeper: Keeper, put: (key: string, text: string) => void): void {
    if (this.#castsWritten.has(keeper.cast)) return;
    this.#castsWritten.add(keeper.cast);
    put(KEYS.cast(keeper.cast), JSON.stringify(keeper.universe.cast));
  }

  /** Takes away what a crash left behind. */
  async #tidy({ orphans, batches }: Loaded): Promise<void> {
    for (const layer of orphans) await this.#clear(layer);
    if (batches.length > 0)
      await this.#level.write(
        batches.map((key) => ({ type: 'del', key })),
        false,
      );
    this.#layers.garbage = true;
  }
}

function writeLayer(layer: Layer, put: (key: string, text: string) => void): void {
  // Nobody will write to it any more, and none of it is on the disk: so its rows need not be found one by one.
  if (layer.frozen && !layer.written)
    for (const { table, nth, text } of bundled(layer.pending)) {
      layer.bundles[table] = nth + 1;
      put(KEYS.bundle(layer.id, table, nth), text);
    }
  else
    for (const [key, row] of layer.pending)
      put(KEYS.rows(layer.id) + key, row === undefined ? '' : JSON.stringify(row));
  layer.written ||= layer.pending.size > 0;
  layer.pending = new Map();
  if (layer.recorded) return;
  const { parent, live, bundles } = layer;
  put(KEYS.layer(layer.id), JSON.stringify({ parent: parent?.id ?? null, live, bundles }));
  layer.recorded = true;
}
