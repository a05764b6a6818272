/**
 * The last entries of a universe's journal on the disk: written with the changes that they tell of, in stretches
 * numbered in a row, and read back once somebody looks at the journal or writes to it. What the journal drops to stay
 * within its limits is taken off the disk, too.
 */
import type { Stretch } from '../block.ts';
import type { Journal } from '../journal.ts';
import { packedStretch, unpackedStretch } from './stretch.ts';
import { KEYS } from './value.ts';

/** The stretches that there are: from one number up to, but not with, another; and the last entry in them. */
export interface KeptStretches {
  from: number;
  to: number;
  last: number;
}

/** Stretches of one universe; one that is written to slowly is then written anew in fewer. */
const STRETCHES_MAX = 1_000;

const NONE: KeptStretches = { from: 0, to: 0, last: 0 };

export class Entries {
  readonly #id: string;
  readonly #journal: Journal;
  #from: number;
  #to: number;
  /** The number of the last entry of each stretch; none before they were read. */
  #lasts: number[] = [];
  /** The last entry that is on the disk, or in a write. */
  #written: number;
  #clears: number;

  /** Of a universe that begins, or of one that an earlier process left `kept`. */
  constructor(id: string, journal: Journal, kept: KeptStretches = NONE) {
    this.#id = id;
    this.#journal = journal;
    this.#from = kept.from;
    this.#to = kept.to;
    this.#written = kept.last;
    this.#clears = journal.clears;
  }

  get kept(): KeptStretches {
    return { from: this.#from, to: this.#to, last: this.#written };
  }

  /** Keys of all that is on the disk. */
  *keys(): Iterable<string> {
    yield* stretchKeys(this.#id, this.kept);
  }

  /** Has what is new in the journal put, and what it has dropped deleted. Gives the bytes that this takes. */
  write(put: (key: string, bytes: Buffer) => void, del: (key: string) => void): number {
    const journal = this.#journal;
    const anew = journal.clears !== this.#clears || this.#lasts.length > STRETCHES_MAX;
    if (anew) this.#forget(del);
    let size = 0;
    if (journal.end === this.#written) return size;
    for (const stretch of journal.stretches(this.#written)) {
      const key = KEYS.stretch(this.#id, this.#to++);
      const bytes = packedStretch(key, stretch);
      put(key, bytes);
      size += bytes.length;
      this.#lasts.push(lastOf(stretch));
    }
    this.#written = journal.end;
    for (const { dropped } = journal; (this.#lasts[0] ?? Infinity) <= dropped; this.#lasts.shift())
      del(KEYS.stretch(this.#id, this.#from++));
    return size;
  }

  /** The entries up to the last that was written, as far back as they are whole. */
  read(get: (key: string) => Buffer | undefined): Stretch[] {
    const found: Stretch[] = [];
    let last = this.#written;
    for (let n = this.#to - 1; n >= this.#from; n--) {
      const key = KEYS.stretch(this.#id, n);
      const stretch = unpackedStretch(key, get(key));
      if (!stretch || lastOf(stretch) !== last) break;
      found.unshift(stretch);
      last = stretch.first - 1;
    }
    // Those that cannot be read go with the next that are dropped.
    const lost = this.#to - this.#from - found.length;
    this.#lasts = [...Array<number>(lost).fill(0), ...found.map(lastOf)];
    return found;
  }

  #forget(del: (key: string) => void): void {
    for (const key of this.keys()) del(key);
    this.#from = this.#to;
    this.#lasts = [];
    this.#written = 0;
    this.#clears = this.#journal.clears;
  }
}

/** Keys of the stretches of a universe. */
export function* stretchKeys(id: string, { from, to }: KeptStretches): Iterable<string> {
  for (let n = from; n < to; n++) yield KEYS.stretch(id, n);
}

const lastOf = ({ first, toldLengths }: Stretch): number => first + toldLengths.length - 1;
