/** The books of all universes, those used last: what is let go is computed again when it is next asked for. */
import type { World } from '../../../../../src/world/world.ts';
import { BOOK_CELLS_MAX } from '../../../limits.ts';
import { areaOf, clipped } from '../area.ts';
import { CellError, type Matrix } from '../formula/value.ts';
import { Book } from './book.ts';
import { Reference } from './operand.ts';
import { Recalculation } from './recalculation.ts';

/** By a universe's rows; a universe that is gone takes its books along. */
const BOOKS = new WeakMap<object, Map<string, Book>>();
/** Used longest ago first. Held weakly, so as to keep no universe. */
const IN_USE = new Map<string, { owner: WeakRef<object>; spreadsheetId: string; size: number }>();
const NUMBERS = new WeakMap<object, number>();
let universes = 0;
let cellsInUse = 0;

/** A spreadsheet's book, up to date, with what computes its formulas. */
export function openBook(world: World, spreadsheetId: string): { book: Book; recalculation: Recalculation } {
  const { owner } = world;
  let books = BOOKS.get(owner);
  if (!books) {
    books = new Map();
    BOOKS.set(owner, books);
    NUMBERS.set(owner, ++universes);
  }
  let book = books.get(spreadsheetId);
  if (!book) {
    book = new Book(spreadsheetId);
    books.set(spreadsheetId, book);
  }
  try {
    book.refresh(world);
  } catch (error) {
    books.delete(spreadsheetId);
    throw error;
  }
  const key = `${NUMBERS.get(owner)}/${spreadsheetId}`;
  use(key, owner, book);
  return { book, recalculation: new Recalculation(book, world) };
}

/** Notes a book as the one used last, and lets go those used longest ago until the rest has its size. */
function use(key: string, owner: object, { spreadsheetId, size }: Book): void {
  forget(key);
  IN_USE.set(key, { owner: new WeakRef(owner), spreadsheetId, size: size + BOOK_CELLS_LEAST });
  cellsInUse += size + BOOK_CELLS_LEAST;
  for (const [oldest, one] of IN_USE) {
    if (cellsInUse <= BOOK_CELLS_MAX || oldest === key) return;
    const rows = one.owner.deref();
    if (rows) BOOKS.get(rows)?.delete(one.spreadsheetId);
    forget(oldest);
  }
}

function forget(key: string): void {
  cellsInUse -= IN_USE.get(key)?.size ?? 0;
  IN_USE.delete(key);
}

/** What an empty book takes, counted in cells. */
const BOOK_CELLS_LEAST = 50;

/** The values of a range of another spreadsheet. Throws CellError `REF` where there is no such range. */
export function importReader(world: World, spreadsheetId: string, range: string): Matrix {
  const { recalculation } = openBook(world, spreadsheetId);
  const { sheet, ...rect } = rangeOf(world, spreadsheetId, range);
  return recalculation.matrix(new Reference(sheet.properties.sheetId, rect));
}

function rangeOf(world: World, spreadsheetId: string, range: string) {
  try {
    return clipped(areaOf(world, spreadsheetId, range));
  } catch {
    throw new CellError('REF', 'Cannot find range or sheet for imported range.');
  }
}
