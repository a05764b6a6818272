/** A pivot table's cells: headings above and beside, results between them. */
import type { PivotGroup, PivotValue } from '../../../world/objects.ts';
import { CellError, type Scalar } from '../../formula/value.ts';
import type { Line } from './axis.ts';
import type { PivotCell, Shape } from './pivot.ts';
import { shownValue } from './record.ts';
import { isShare, summary, summaryFormat, valueName } from './summary.ts';

const BLANK: PivotCell = { value: null };
const GRAND_TOTAL = 'Grand Total';

/** Values go side by side below each column, or one below the other beside each row (`VERTICAL`). */
export function laidOut(shape: Shape, rows: readonly Line[], columns: readonly Line[]): PivotCell[][] {
  const { rows: rowGroups = [], columns: columnGroups = [], values = [], valueLayout } = shape.pivot;
  if (rowGroups.length + columnGroups.length + values.length === 0) return [[BLANK]];
  const down = valueLayout === 'VERTICAL' && values.length > 1;
  const slots = values.map((value, index) => ({ value, name: valueName(shape, value, index) }));
  const frame: Frame = { shape, slots, down, rowGroups, columnGroups, rows, columns };
  const lines = [...headings(frame), ...body(frame)];
  const width = Math.max(...lines.map((line) => line.length));
  return lines.map((line) => filled(line, width));
}

interface Slot {
  value: PivotValue;
  name: string;
}

interface Frame {
  shape: Shape;
  slots: readonly Slot[];
  down: boolean;
  rowGroups: readonly PivotGroup[];
  columnGroups: readonly PivotGroup[];
  rows: readonly Line[];
  columns: readonly Line[];
}

/** Columns of headings beside the results: one for each group of rows, one for values below one another. */
const margin = ({ rowGroups, columnGroups, slots, down }: Frame): number => {
  const groups = rowGroups.length + (down ? 1 : 0);
  return groups === 0 && columnGroups.length > 0 && slots.length === 1 ? 1 : groups;
};

function headings(frame: Frame): PivotCell[][] {
  const { shape, slots, down, rowGroups, columnGroups, columns } = frame;
  const beside: PivotCell[] = rowGroups.map((group) => text(labelOf(shape, group)));
  if (down) beside.push(text('Values'));
  while (beside.length < margin(frame)) beside.push(BLANK);
  const many = !down && slots.length > 1;
  const across = down || slots.length === 0 ? 1 : slots.length;
  if (columnGroups.length === 0)
    return [[...beside, ...(down ? [BLANK] : slots.map(({ name }) => text(name)))]];
  const only = slots.length === 1 ? slots[0]?.name : undefined;
  const corner = beside.map((_, i) => (i === 0 && only !== undefined ? text(only) : BLANK));
  const width = columns.length * across;
  const first = [
    ...corner,
    ...filled(
      columnGroups.map((group) => text(labelOf(shape, group))),
      width,
    ),
  ];
  const levels = columnGroups.map((_, level) => {
    const last = level === columnGroups.length - 1 && !many;
    const cells = columns.flatMap((line, i) =>
      filled([columnHeading(frame, line, columns[i - 1], level)], across),
    );
    return [...(last ? beside : beside.map(() => BLANK)), ...cells];
  });
  if (!many) return [first, ...levels];
  return [first, ...levels, [...beside, ...columns.flatMap(() => slots.map(({ name }) => text(name)))]];
}

/** A group's heading stands over the first of its columns. */
function columnHeading(frame: Frame, line: Line, before: Line | undefined, level: number): PivotCell {
  if (line.total) {
    if (level === Math.max(line.path.length - 1, 0)) return totalHeading(frame, line);
    return BLANK;
  }
  const bucket = line.path[level];
  return bucket && !continues(line, before, level) ? headingOf(bucket) : BLANK;
}

const headingOf = ({
  label,
  format,
}: {
  label: PivotCell['value'];
  format?: PivotCell['format'];
}): PivotCell => ({
  value: label,
  ...(format ? { format } : {}),
});

/** Whether the line before is in the same groups down to this level. */
const continues = (line: Line, before: Line | undefined, level: number): boolean =>
  before !== undefined &&
  !before.total &&
  line.path.slice(0, level + 1).every((bucket, i) => bucket === before.path[i]);

function totalHeading({ shape }: Frame, { path }: Line): PivotCell {
  const last = path.at(-1);
  return text(
    last ? `${shownValue(last.label, last.format, shape.context.setting.locale)} Total` : GRAND_TOTAL,
  );
}

function body(frame: Frame): PivotCell[][] {
  const { slots, down, rows, columns, shape } = frame;
  const results = new Results(shape, rows, columns);
  return rows.flatMap((line, i) => {
    const beside = rowHeadings(frame, line, rows[i - 1]);
    if (!down) {
      const cells = columns.flatMap((column) =>
        slots.length === 0 ? [BLANK] : slots.map(({ value }) => results.cell(value, line, column)),
      );
      return [[...beside, ...cells]];
    }
    return slots.map(({ value, name }, slot) => [
      ...(slot === 0 ? beside.slice(0, -1) : beside.slice(0, -1).map(() => BLANK)),
      text(name),
      ...columns.map((column) => results.cell(value, line, column)),
    ]);
  });
}

/** Headings are said once for the rows that they hold for, unless they are to be repeated. */
function rowHeadings(frame: Frame, line: Line, before: Line | undefined): PivotCell[] {
  const { rowGroups, slots } = frame;
  const cells = rowGroups.map((group, level): PivotCell => {
    if (line.total) {
      const at = Math.max(line.path.length - 1, 0);
      return level === at ? totalHeading(frame, line) : repeated(line, group, level, at);
    }
    const bucket = line.path[level];
    return bucket && (group.repeatHeadings || !continues(line, before, level)) ? headingOf(bucket) : BLANK;
  });
  while (cells.length < margin(frame))
    cells.push(rowGroups.length === 0 ? text(slots[0]?.name ?? '') : BLANK);
  return cells;
}

const repeated = (line: Line, group: PivotGroup, level: number, at: number): PivotCell => {
  const bucket = level < at && group.repeatHeadings ? line.path[level] : undefined;
  return bucket ? headingOf(bucket) : BLANK;
};

/** What stands where rows and columns meet, and what it is a share of. */
class Results {
  readonly #shape: Shape;
  readonly #members: ReadonlyMap<Line, ReadonlySet<number>>;
  readonly #all: { row: Line; column: Line };

  constructor(shape: Shape, rows: readonly Line[], columns: readonly Line[]) {
    this.#shape = shape;
    this.#members = new Map(columns.map((line) => [line, new Set(line.records.map(({ index }) => index))]));
    this.#all = { row: whole(rows), column: whole(columns) };
  }

  cell(value: PivotValue, row: Line, column: Line): PivotCell {
    const records = this.#meet(row, column);
    const format = summaryFormat(this.#shape, value, records);
    const result = summary(this.#shape, value, records);
    const shown = isShare(value) ? this.#share(value, result, row, column) : result;
    return { value: shown, ...(format && shown !== null ? { format } : {}) };
  }

  #share(value: PivotValue, part: Scalar | CellError, row: Line, column: Line): Scalar | CellError {
    if (typeof part !== 'number') return part;
    const type = value.calculatedDisplayType;
    const of =
      type === 'PERCENT_OF_ROW_TOTAL'
        ? this.#meet(row, this.#all.column)
        : type === 'PERCENT_OF_COLUMN_TOTAL'
          ? this.#meet(this.#all.row, column)
          : this.#meet(this.#all.row, this.#all.column);
    const total = summary(this.#shape, value, of);
    if (typeof total !== 'number') return total;
    if (total === 0) return new CellError('DIVIDE_BY_ZERO', 'Function DIVIDE parameter 2 cannot be zero.');
    return part / total;
  }

  #meet(row: Line, column: Line) {
    const members = this.#members.get(column);
    return members ? row.records.filter(({ index }) => members.has(index)) : row.records;
  }
}

/** All records of an axis as one line; it need not be among those that are shown. */
const whole = (lines: readonly Line[]): Line => {
  const records = new Map(
    lines.flatMap((line) => line.records.map((record) => [record.index, record] as const)),
  );
  return { path: [], total: true, records: [...records.values()].sort((a, b) => a.index - b.index) };
};

/** What a group is called. */
export function labelOf({ labels }: Shape, { label, sourceColumnOffset = 0, groupRule }: PivotGroup): string {
  if (label) return label;
  const own = labels[sourceColumnOffset] ?? '';
  return groupRule?.histogramRule || groupRule?.dateTimeRule ? `Grouped ${own}` : own;
}

const text = (value: string): PivotCell => (value === '' ? BLANK : { value });

const filled = (cells: readonly PivotCell[], width: number): PivotCell[] =>
  Array.from({ length: Math.max(width, 0) }, (_, i) => cells[i] ?? BLANK);
