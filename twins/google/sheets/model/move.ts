/** Where the ranges of a sheet go when its cells move: rows and columns put in, taken out or moved, ranges shifted. */
import type { GridRange } from '../world.ts';
import type { Rect } from './grid.ts';

/** `range` answers where a range is afterwards: the same object where nothing changes, undefined where it is gone. */
export interface Move {
  sheetId: number;
  range<R extends GridRange>(range: R): R | undefined;
}

export type Axis = 'row' | 'column';

/** Rows or columns put in at `at`, or (negative `by`) taken out from there on, all across the sheet. */
export const dimensionShift = (sheetId: number, axis: Axis, at: number, by: number): Move => ({
  sheetId,
  range: (range) => (of(range, sheetId) ? edged(range, axis, (span) => shiftedSpan(span, at, by)) : range),
});

/** Rows or columns from `start` to `end` moved before what was at `to`. */
export const dimensionMove = (sheetId: number, axis: Axis, start: number, end: number, to: number): Move => ({
  sheetId,
  range: (range) =>
    of(range, sheetId) ? edged(range, axis, (span) => reorderedSpan(span, start, end, to)) : range,
});

/** What is below (or right of) a place within the bounds of `rect` goes down by its height, or up (negative). */
export const bandShift = (sheetId: number, axis: Axis, rect: Rect, sign: 1 | -1): Move => {
  const across: Axis = axis === 'row' ? 'column' : 'row';
  const [at, count] =
    axis === 'row'
      ? [rect.startRow, rect.endRow - rect.startRow]
      : [rect.startColumn, rect.endColumn - rect.startColumn];
  const band: Span = across === 'row' ? [rect.startRow, rect.endRow] : [rect.startColumn, rect.endColumn];
  return {
    sheetId,
    range: (range) =>
      of(range, sheetId) && inside(spanIn(range, across), band)
        ? edged(range, axis, (span) => shiftedSpan(span, at, sign * count))
        : range,
  };
};

/** Ranges that lie within `rect` go elsewhere with it, also to another sheet. */
export const blockMove = (
  sheetId: number,
  rect: Rect,
  to: { sheetId: number; row: number; column: number },
): Move => ({
  sheetId,
  range: (range) => {
    const rows = spanIn(range, 'row');
    const columns = spanIn(range, 'column');
    const within =
      inside(rows, [rect.startRow, rect.endRow]) && inside(columns, [rect.startColumn, rect.endColumn]);
    if (!of(range, sheetId) || !within) return range;
    const [down, right] = [to.row - rect.startRow, to.column - rect.startColumn];
    const { sheetId: _old, ...rest } = range;
    return {
      ...rest,
      ...(to.sheetId === 0 && range.sheetId === undefined ? {} : { sheetId: to.sheetId }),
      startRowIndex: (rows[0] ?? 0) + down,
      endRowIndex: (rows[1] ?? 0) + down,
      startColumnIndex: (columns[0] ?? 0) + right,
      endColumnIndex: (columns[1] ?? 0) + right,
    } as unknown as typeof range;
  },
});

/** Half-open; an absent bound is open. */
type Span = readonly [number | undefined, number | undefined];

const of = (range: GridRange, sheetId: number): boolean => (range.sheetId ?? 0) === sheetId;

const EDGES = {
  row: ['startRowIndex', 'endRowIndex'],
  column: ['startColumnIndex', 'endColumnIndex'],
} as const;

const spanIn = (range: GridRange, axis: Axis): Span => [range[EDGES[axis][0]], range[EDGES[axis][1]]];

/** An open side is inside of nothing that has bounds. */
const inside = ([from, to]: Span, [start, end]: Span): boolean =>
  from !== undefined && to !== undefined && from >= (start ?? 0) && to <= (end ?? 0);

function edged<R extends GridRange>(
  range: R,
  axis: Axis,
  change: (span: Span) => Span | undefined,
): R | undefined {
  const [start, end] = EDGES[axis];
  const [from, to] = spanIn(range, axis);
  const next = change([from, to]);
  if (!next) return undefined;
  if (next[0] === from && next[1] === to) return range;
  return {
    ...range,
    ...(next[0] === undefined ? {} : { [start]: next[0] }),
    ...(next[1] === undefined ? {} : { [end]: next[1] }),
  };
}

/** Grows and shrinks with what is put into it or taken out; gone when nothing is left. */
function shiftedSpan([from, to]: Span, at: number, by: number): Span | undefined {
  const move = (edge: number, first: number): number => {
    if (first < at) return edge;
    return by > 0 ? edge + by : Math.max(edge + by, at);
  };
  const start = from === undefined ? undefined : move(from, from);
  const end = to === undefined ? undefined : move(to, to - 1);
  return from !== undefined && to !== undefined && (end ?? 0) <= (start ?? 0) ? undefined : [start, end];
}

/** A range follows its first and its last line; one that is torn apart keeps its place. */
function reorderedSpan([from, to]: Span, start: number, end: number, before: number): Span {
  if (from === undefined && to === undefined) return [from, to];
  const place = (index: number): number => reordered(index, start, end, before);
  const first = from === undefined ? undefined : place(from);
  const last = to === undefined ? undefined : place(to - 1) + 1;
  return first !== undefined && last !== undefined && last <= first ? [from, to] : [first, last];
}

/** Where line `index` is after the lines from `start` to `end` moved before what was at `before`. */
export function reordered(index: number, start: number, end: number, before: number): number {
  const count = end - start;
  const to = before > start ? before - count : before;
  if (index >= start && index < end) return index - start + to;
  if (to < start) return index >= to && index < start ? index + count : index;
  return index >= end && index < to + count ? index - count : index;
}
