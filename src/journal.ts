/**
 * The append-only record of a universe: text in blocks of bytes, so that writing an entry costs next to nothing and
 * keeping it costs the garbage collector nothing. Bounded per universe and per process; a running hash covers all.
 */
import { createHash, type Hash } from 'node:crypto';
import { Block, type Stretch } from './block.ts';
import { carriedText, type Entry, type ExchangeRecord, type ShownEntry, shown, toldText } from './entry.ts';
import { maskText } from './mask.ts';
import type { Change } from './state.ts';

/** An operation that programs asked for and the twin lacks. */
export interface Gap {
  twin: string;
  operation: string;
  method: string;
  /** Of the last such request. */
  path: string;
  count: number;
  lastSeq: number;
}

/** Entries of an earlier process. */
export interface Recalled {
  /** The number of the last one that there was. */
  end: number;
  /** The number of the last one that was written down. */
  last: number;
  /** Those that were kept, in a row. */
  read(): Iterable<Stretch>;
  /** What says that those from `from` to the end were not written down. */
  lost(from: number): Entry;
}

export const JOURNAL_BYTES_MAX = 4 * 1024 * 1024;
/** Operations that the list of gaps holds; no vendor has more that a program would try. */
const GAPS_MAX = 1_000;
/** A universe that lives for a few requests takes little; blocks grow with what there is. */
const BLOCK_BYTES_MIN = 4 * 1024;
const BLOCK_BYTES_MAX = 64 * 1024;

/** Bytes that all journals of a process may hold together. */
export class JournalBudget {
  used = 0;
  constructor(readonly bytesMax: number = 2 * 1024 * 1024 * 1024) {}
}

export class Journal {
  readonly #budget: JournalBudget;
  readonly #bytesMax: number;
  readonly #listeners = new Set<(entry: ShownEntry, changes: readonly Change[]) => void>();
  /** Oldest first; but for `recall`, asked for as `#blocks`. */
  #awake: Block[] = [];
  /** The entries of an earlier process, where nobody has looked or written since. */
  #asleep: Recalled | undefined;
  #bytes = 0;
  #seq = 0;
  #hash: Hash | undefined;
  /** Outlives the entries that are dropped. */
  readonly #gaps = new Map<string, Gap>();
  /** Where this journal goes on from: a fork's begins empty behind its parent's end. */
  parent: { universe: string; seq: number } | undefined;

  /** How often all was forgotten. */
  clears = 0;
  /** Called after every entry, and when all are forgotten. */
  onChange: (() => void) | undefined;

  constructor(budget: JournalBudget, bytesMax: number = JOURNAL_BYTES_MAX) {
    this.#budget = budget;
    this.#bytesMax = bytesMax;
  }

  /** The number of the last entry. */
  get end(): number {
    return this.#seq;
  }

  /** Entries that were dropped to stay within the limits. */
  get dropped(): number {
    return (this.#blocks[0]?.first ?? this.#seq + 1) - 1;
  }

  append(entry: Entry): number {
    const seq = ++this.#seq;
    const told = toldText(seq, entry);
    const carried = carriedText(entry);
    this.#add(seq, told, carried);
    if (entry.exchange?.gap !== undefined) this.#countGap(entry.twin ?? '', entry.exchange);
    if (this.#listeners.size > 0) {
      const seen = shown(told, carried);
      for (const listener of this.#listeners) listener(seen, entry.changes ?? []);
    }
    this.onChange?.();
    return seq;
  }

  /** Goes on behind entries that another process wrote, and what they lacked. The entries may come by `recall`. */
  resume(seq: number, gaps: readonly Gap[]): void {
    this.#seq = seq;
    for (const gap of gaps) this.#gaps.set(`${gap.twin} ${gap.operation}`, gap);
  }

  /** Takes up the entries that there are of those up to the end, once somebody looks or writes. */
  recall(entries: Recalled): void {
    this.#asleep = entries;
  }

  /** The entries behind `after` that it holds, for who keeps them: copies, one to a block. */
  *stretches(after: number): Iterable<Stretch> {
    if (after >= this.#seq) return;
    for (const block of this.#blocks) {
      const nth = Math.max(0, after + 1 - block.first);
      if (nth < block.count) yield block.stretch(nth);
    }
  }

  /** Entries behind `after` and up to `until`, oldest first: of one kind, of every kind `except` one, of one twin. */
  page(query: {
    after?: number;
    until?: number;
    kind?: string;
    except?: string;
    twin?: string;
    limit: number;
  }): {
    entries: ShownEntry[];
    next: number;
    dropped: number;
  } {
    const { until = this.#seq, kind, except, twin, limit } = query;
    const entries: ShownEntry[] = [];
    let next = query.after ?? 0;
    for (const block of this.#blocks)
      for (
        let nth = Math.max(0, next + 1 - block.first);
        nth < block.count && block.first + nth <= until && entries.length < limit;
        nth++
      ) {
        next = block.first + nth;
        if (kind || except || twin) {
          const sort = block.sort(nth);
          if ((kind && sort.kind !== kind) || sort.kind === except || (twin && sort.twin !== twin)) continue;
        }
        entries.push(block.shown(nth));
      }
    return { entries, next, dropped: this.dropped };
  }

  /** A hash of all entries so far in canonical form (without wall times, way of travel and connection headers). */
  hash(): string {
    for (const block of this.#blocks) block.hashInto(this.#hashing());
    return this.#hashing().copy().digest('hex');
  }

  /** Operations that were asked for and are lacking, most asked first. */
  gaps(): Gap[] {
    return [...this.#gaps.values()].sort((a, b) => b.count - a.count || a.lastSeq - b.lastSeq);
  }

  /** Bytes that the entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Calls `listener` after every entry from now on; returns the way to stop. */
  watch(listener: (entry: ShownEntry, changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  /** Forgets everything; used by reset. */
  clear(): void {
    this.#account(-this.#bytes);
    this.#awake = [];
    this.#asleep = undefined;
    this.clears++;
    this.#seq = 0;
    this.#hash = undefined;
    this.#gaps.clear();
    this.onChange?.();
  }

  get #blocks(): Block[] {
    if (this.#asleep) this.#wake(this.#asleep);
    return this.#awake;
  }

  #wake({ end, last, read, lost }: Recalled): void {
    this.#asleep = undefined;
    for (const stretch of read()) this.#take(stretch);
    if (last === end) return;
    // In the place of the last one that is missing.
    const entry = lost(last + 1);
    this.#add(end, toldText(end, entry), carriedText(entry));
  }

  #take({ first, told, toldLengths, carried, carriedLengths }: Stretch): void {
    let toldAt = 0;
    let carriedAt = 0;
    for (const [nth, length] of toldLengths.entries()) {
      const carriedTo = carriedAt + (carriedLengths[nth] ?? 0);
      const line = told.toString('utf8', toldAt, toldAt + length);
      const rest = carried.toString('utf8', carriedAt, carriedTo);
      toldAt += length;
      carriedAt = carriedTo;
      this.#add(first + nth, line, rest);
    }
  }

  #add(seq: number, told: string, carried: string): void {
    const block = this.#blocks.at(-1);
    if (block?.next !== seq || !block.add(told, carried)) this.#grow(seq, told, carried);
  }

  /** Begins a block with an entry, then drops the oldest ones past the limits. */
  #grow(seq: number, told: string, carried: string): void {
    const block = this.#free(seq, told, carried) ?? this.#made(seq, told, carried);
    this.#blocks.push(block);
    while (
      this.#blocks.length > 1 &&
      (this.#bytes > this.#bytesMax || this.#budget.used > this.#budget.bytesMax)
    )
      this.#dropOldest();
  }

  /** A full journal writes into its oldest block: to get and give back memory all the time costs more. */
  #free(seq: number, told: string, carried: string): Block | undefined {
    const [oldest] = this.#blocks;
    if (!oldest || this.#blocks.length < 2 || this.#bytes + BLOCK_BYTES_MAX * 1.5 <= this.#bytesMax)
      return undefined;
    if (oldest.bytes < BLOCK_BYTES_MAX * 1.5) return undefined;
    this.#blocks.shift();
    oldest.hashInto(this.#hashing());
    if (oldest.reuse(seq).add(told, carried)) return oldest;
    this.#account(-oldest.bytes);
    return undefined;
  }

  #made(seq: number, told: string, carried: string): Block {
    const size = Math.min(Math.max(BLOCK_BYTES_MIN, this.#bytes >> 2), BLOCK_BYTES_MAX);
    const block = new Block(seq, size, Buffer.byteLength(told), Buffer.byteLength(carried));
    block.add(told, carried);
    this.#account(block.bytes);
    return block;
  }

  #dropOldest(): void {
    const block = this.#blocks.shift() as Block;
    block.hashInto(this.#hashing());
    this.#account(-block.bytes);
  }

  #account(bytes: number): void {
    this.#bytes += bytes;
    this.#budget.used += bytes;
  }

  #hashing(): Hash {
    this.#hash ??= createHash('sha256');
    return this.#hash;
  }

  #countGap(twin: string, { gap, method, path }: ExchangeRecord): void {
    const operation = gap as string;
    const key = `${twin} ${operation}`;
    const count = (this.#gaps.get(key)?.count ?? 0) + 1;
    if (count > 1 || this.#gaps.size < GAPS_MAX)
      this.#gaps.set(key, { twin, operation, method, path: maskText(path), count, lastSeq: this.#seq });
  }
}
