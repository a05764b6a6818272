/**
 * Rectangles of one sheet, found by the cells in them. Rows are cut into blocks of powers of two, and a rectangle
 * stands under the few blocks that make it up: a column of a million rows under one, never under its cells.
 */
import type { Rect } from '../grid.ts';

interface Entry<T> {
  rect: Rect;
  item: T;
}

/** Blocks of `2 ** level` rows hold all rows that a sheet can have. */
const LEVELS = 25;

export class RangeIndex<T> {
  readonly #levels: Map<number, Set<Entry<T>>>[] = Array.from({ length: LEVELS }, () => new Map());
  readonly #entries = new Map<T, Entry<T>[]>();
  /** By level, whether anything stands there at all. */
  #used = 0;

  /** Puts an item under a rectangle; an item may stand under several. */
  add(rect: Rect, item: T): void {
    const entry = { rect, item };
    const known = this.#entries.get(item);
    if (known) known.push(entry);
    else this.#entries.set(item, [entry]);
    eachBlock(rect, (level, block) => {
      const blocks = this.#levels[level] as Map<number, Set<Entry<T>>>;
      const there = blocks.get(block);
      if (there) there.add(entry);
      else blocks.set(block, new Set([entry]));
      this.#used |= 1 << level;
    });
  }

  /** Takes an item away from wherever it stands. */
  remove(item: T): void {
    for (const entry of this.#entries.get(item) ?? [])
      eachBlock(entry.rect, (level, block) => {
        const blocks = this.#levels[level] as Map<number, Set<Entry<T>>>;
        const there = blocks.get(block);
        there?.delete(entry);
        if (there?.size === 0) blocks.delete(block);
        if (blocks.size === 0) this.#used &= ~(1 << level);
      });
    this.#entries.delete(item);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The items whose rectangles hold a cell. */
  at(row: number, column: number, tell: (item: T) => void): void {
    for (let level = 0, used = this.#used; used !== 0; level++, used >>>= 1) {
      if (!(used & 1)) continue;
      const there = this.#levels[level]?.get(row >> level);
      if (!there) continue;
      for (const { rect, item } of there)
        if (column >= rect.startColumn && column < rect.endColumn) tell(item);
    }
  }

  /** The items whose rectangles share a cell with `rect`, once for each such rectangle. */
  over(rect: Rect, tell: (item: T, rect: Rect) => void): void {
    // A rectangle stands under several blocks, and who is told of one may go through all of its cells.
    const told = new Set<Entry<T>>();
    const meets = (other: Rect) =>
      other.startColumn < rect.endColumn &&
      other.endColumn > rect.startColumn &&
      other.startRow < rect.endRow &&
      other.endRow > rect.startRow;
    for (let level = 0; level < LEVELS; level++) {
      if (!(this.#used & (1 << level))) continue;
      const blocks = this.#levels[level] as Map<number, Set<Entry<T>>>;
      const first = rect.startRow >> level;
      const last = (rect.endRow - 1) >> level;
      const look = (there: Set<Entry<T>> | undefined) => {
        for (const entry of there ?? [])
          if (meets(entry.rect) && !told.has(entry)) {
            told.add(entry);
            tell(entry.item, entry.rect);
          }
      };
      if (last - first < blocks.size) for (let block = first; block <= last; block++) look(blocks.get(block));
      else for (const [block, there] of blocks) if (block >= first && block <= last) look(there);
    }
  }
}

/** The largest blocks that make up the rectangle's rows. */
function eachBlock({ startRow, endRow }: Rect, tell: (level: number, block: number) => void): void {
  let row = startRow;
  while (row < endRow) {
    let level = 0;
    while (level < LEVELS - 1 && row % 2 ** (level + 1) === 0 && row + 2 ** (level + 1) <= endRow) level++;
    tell(level, row / 2 ** level);
    row += 2 ** level;
  }
}
