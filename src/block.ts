/** Entries of a journal in blocks of bytes: writing one costs next to nothing, keeping it the garbage collector nothing. */
import type { Hash } from 'node:crypto';
import { type ShownEntry, shown, sortOf } from './entry.ts';

/** What a character takes at most in UTF-8. */
const BYTES_PER_CHAR = 3;
/** Enough of an entry to hold its number, time, kind and twin. */
const HEAD_BYTES = 256;

/** Entries in a row as bytes, for who keeps them beyond the process: what is told of each, then what is carried. */
export interface Stretch {
  /** The number of its first entry. */
  first: number;
  /** Of each entry, in bytes. */
  toldLengths: readonly number[];
  carriedLengths: readonly number[];
  told: Buffer;
  carried: Buffer;
}

/** Entries in a row, as bytes: what is hashed apart from what is not, so that hashing takes a block at once. */
export class Block {
  /** The number of its first entry. */
  first: number;
  readonly #told: Part;
  readonly #carried: Part;
  #hashedTo = 0;

  constructor(first: number, bytes: number, toldBytes: number, carriedBytes: number) {
    this.first = first;
    this.#told = new Part(Math.max(bytes, toldBytes));
    this.#carried = new Part(Math.max(bytes / 2, carriedBytes));
  }

  /** Empty again, for entries from `first` on. */
  reuse(first: number): Block {
    this.first = first;
    this.#told.clear();
    this.#carried.clear();
    this.#hashedTo = 0;
    return this;
  }

  get count(): number {
    return this.#told.count;
  }

  /** The number of the entry that it takes next. */
  get next(): number {
    return this.first + this.#told.count;
  }

  get bytes(): number {
    return this.#told.size + this.#carried.size;
  }

  /** Takes an entry; false where there is no room. */
  add(told: string, carried: string): boolean {
    if (!this.#told.fits(told) || !this.#carried.fits(carried)) return false;
    this.#told.add(told);
    this.#carried.add(carried);
    return true;
  }

  /** Kind and twin, without the rest of what may be a long entry. */
  sort(nth: number): { kind: string; twin: string } {
    return sortOf(this.#told.head(nth));
  }

  shown(nth: number): ShownEntry {
    return shown(this.#told.text(nth), this.#carried.text(nth));
  }

  /** A copy of its entries from the `nth` on. */
  stretch(nth: number): Stretch {
    return {
      first: this.first + nth,
      toldLengths: this.#told.lengths(nth),
      carriedLengths: this.#carried.lengths(nth),
      told: this.#told.copy(nth),
      carried: this.#carried.copy(nth),
    };
  }

  hashInto(hash: Hash): void {
    const { end } = this.#told;
    if (end > this.#hashedTo) hash.update(this.#told.bytes.subarray(this.#hashedTo, end));
    this.#hashedTo = end;
  }
}

/** Texts one behind the other. */
class Part {
  readonly bytes: Buffer;
  #ends: number[] = [];
  end = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  get size(): number {
    return this.bytes.length;
  }

  get count(): number {
    return this.#ends.length;
  }

  clear(): void {
    this.#ends = [];
    this.end = 0;
  }

  fits(text: string): boolean {
    const room = this.bytes.length - this.end;
    // To count bytes takes time: only where it may not fit.
    return text.length * BYTES_PER_CHAR <= room || Buffer.byteLength(text) <= room;
  }

  add(text: string): void {
    this.end += this.bytes.write(text, this.end, 'utf8');
    this.#ends.push(this.end);
  }

  text(nth: number): string {
    return this.bytes.toString('utf8', this.#begin(nth), this.#ends[nth]);
  }

  /** The beginning of a text. */
  head(nth: number): string {
    const begin = this.#begin(nth);
    return this.bytes.toString('utf8', begin, Math.min(begin + HEAD_BYTES, this.#ends[nth] ?? 0));
  }

  /** Of the texts from the `nth` on, in bytes. */
  lengths(nth: number): number[] {
    return this.#ends.slice(nth).map((end, i) => end - this.#begin(nth + i));
  }

  copy(nth: number): Buffer {
    return Buffer.from(this.bytes.subarray(this.#begin(nth), this.end));
  }

  #begin(nth: number): number {
    return nth === 0 ? 0 : (this.#ends[nth - 1] ?? 0);
  }
}
