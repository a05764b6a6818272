/**
 * Where the cells of a sheet have values, as spans of rows in each column: a table of any height is a few of them.
 * Columns are looked through when they are asked for, and kept until a value comes or goes in their midst.
 */
import type { CellRow } from '../../world.ts';

/** Rows of one column that follow one another; half-open, zero-based. */
export interface Span {
  startRow: number;
  endRow: number;
}

export class FilledSpans {
  readonly #columns = new Map<number, Span[]>();

  /** A column's spans from top to bottom; they never touch. `cells`: the column's, by row, in any order. */
  of(column: number, cells: ReadonlyMap<number, CellRow>): readonly Span[] {
    let spans = this.#columns.get(column);
    if (!spans) {
      const rows: number[] = [];
      for (const [row, cell] of cells) if (cell.userEnteredValue) rows.push(row);
      spans = spansOf(rows);
      this.#columns.set(column, spans);
    }
    return spans;
  }

  /** Notes that a cell has got a value, or has none any more. */
  changed(row: number, column: number, filled: boolean): void {
    const spans = this.#columns.get(column);
    if (!spans) return;
    if (filled && row >= (spans.at(-1)?.endRow ?? 0)) extend(spans, row);
    else this.#columns.delete(column);
  }
}

/** The spans that rows make up, in whatever order they come; each row once. */
export function spansOf(rows: number[]): Span[] {
  if (rows.some((row, i) => row < (rows[i - 1] ?? 0))) rows.sort((a, b) => a - b);
  const spans: Span[] = [];
  for (const row of rows) extend(spans, row);
  return spans;
}

/** Adds a row below all others. */
function extend(spans: Span[], row: number): void {
  const last = spans.at(-1);
  if (last?.endRow === row) last.endRow++;
  else spans.push({ startRow: row, endRow: row + 1 });
}
