/** Ranges that were read last, for the many formulas that look something up in the same one. */
import type { Matrix } from '../formula/value.ts';
import type { Book } from './book.ts';
import type { Reference } from './operand.ts';

const RANGES_MAX = 16;
/** Cells; smaller ranges are read as quickly as they are found here, larger ones are not worth their memory. */
const CELLS_LEAST = 16;
const CELLS_MAX = 1_000_000;

export class RecentRanges {
  readonly #book: Pick<Book, 'version' | 'layout' | 'hasCircles'>;
  readonly #ranges = new Map<string, Matrix>();
  #version = -1;
  #layout = -1;

  constructor(book: Pick<Book, 'version' | 'layout' | 'hasCircles'>) {
    this.#book = book;
  }

  /** As it was read; undefined where anything may have changed since. */
  get(reference: Reference): Matrix | undefined {
    if (this.#version === this.#book.version && this.#layout === this.#book.layout)
      return this.#ranges.get(nameOf(reference));
    this.#ranges.clear();
    this.#version = this.#book.version;
    this.#layout = this.#book.layout;
    return undefined;
  }

  /** What formulas in a circle show hangs on who asks. */
  keep(reference: Reference, matrix: Matrix): void {
    const cells = reference.rows * reference.columns;
    if (cells < CELLS_LEAST || cells > CELLS_MAX || this.#book.hasCircles) return;
    if (this.#version !== this.#book.version || this.#layout !== this.#book.layout) return;
    const [oldest] = this.#ranges.keys();
    if (this.#ranges.size >= RANGES_MAX && oldest !== undefined) this.#ranges.delete(oldest);
    this.#ranges.set(nameOf(reference), matrix);
  }
}

const nameOf = ({ sheetId, rect }: Reference): string =>
  `${sheetId}/${rect.startRow}/${rect.endRow}/${rect.startColumn}/${rect.endColumn}`;
