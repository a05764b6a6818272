/** Tables of a sheet: their columns, their colours, and how they grow. */
import type { World } from '../../../../../src/world/world.ts';
import type { BandingProperties, ObjectRow, Table, TableColumn } from '../../world/objects.ts';
import type { CellRow, ExtendedValue } from '../../world.ts';
import { type Area, closed } from '../area.ts';
import { refuse, type Where } from '../batch/job.ts';
import { Calculator } from '../calculator.ts';
import { cellAt, putCell, type Rect } from '../grid.ts';
import { checkCondition } from './condition.ts';
import { overlap } from './overlap.ts';
import { objectsOf, saveObject } from './store.ts';

/** Every column of a table with its name: its own, the one in the header row, or `Column 1`. Throws 400. */
export function checkedColumns(job: Where, area: Area, given: readonly TableColumn[]): TableColumn[] {
  const width = area.endColumn - area.startColumn;
  const byIndex = new Map<number, TableColumn>();
  for (const column of given) {
    const index = column.columnIndex ?? 0;
    if (index < 0 || index >= width)
      throw refuse(job, `Column index ${index} is outside of the table's range.`);
    if (byIndex.has(index)) throw refuse(job, `Column index ${index} is specified more than once.`);
    checkType(job, column);
    byIndex.set(index, column);
  }
  const calculator = new Calculator(job.world, job.spreadsheetId);
  return Array.from({ length: width }, (_, columnIndex) => {
    const column = byIndex.get(columnIndex);
    const header = headerCell(job, area, columnIndex);
    const columnName = column?.columnName || calculator.shown(header) || `Column ${columnIndex + 1}`;
    return { ...column, columnIndex, columnName };
  });
}

function checkType(job: Where, { columnType, dataValidationRule }: TableColumn): void {
  const condition = dataValidationRule?.condition;
  if (columnType !== 'DROPDOWN') {
    if (condition) throw refuse(job, 'Cannot set condition for non-dropdown column type.');
    return;
  }
  if (!condition) throw refuse(job, 'Condition must be set for dropdown column type.');
  if (condition.type !== 'ONE_OF_LIST')
    throw refuse(job, `ConditionType '${condition.type ?? ''}' is not supported in table columns.`);
  checkCondition(job, condition, 'data validation');
}

const headerCell = (job: Where, { sheet, startRow, startColumn }: Area, index: number): CellRow =>
  cellAt(job.world, job.spreadsheetId, sheet.properties.sheetId, startRow, startColumn + index);

/** What empty cells of a column get: "Rating and checkbox column types fill default values 0 and FALSE." */
const FILL: Readonly<Record<string, ExtendedValue>> = {
  BOOLEAN: { boolValue: false },
  RATINGS_CHIP: { numberValue: 0 },
};

/** Writes the names into the header row, and (`body`) what columns of some types are filled with. */
export function fillColumns(job: Where, area: Area, columns: readonly TableColumn[], body: boolean): void {
  const { sheetId } = area.sheet.properties;
  for (const { columnIndex = 0, columnName = '', columnType = '' } of columns) {
    const header = headerCell(job, area, columnIndex);
    if (header.userEnteredValue?.stringValue !== columnName && !header.userEnteredValue?.formulaValue)
      putCell(job.world, { ...header, userEnteredValue: { stringValue: columnName } });
    const value = FILL[columnType];
    if (!value || !body) continue;
    for (let row = area.startRow + 1; row < area.endRow; row++) {
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, row, area.startColumn + columnIndex);
      if (!cell.userEnteredValue) putCell(job.world, { ...cell, userEnteredValue: value });
    }
  }
}

/** The colours of a new table where it names none. */
const DEFAULT_ROWS: BandingProperties = {
  headerColorStyle: { rgbColor: { red: 53 / 255, green: 104 / 255, blue: 84 / 255 } },
  firstBandColorStyle: { rgbColor: { red: 1, green: 1, blue: 1 } },
  secondBandColorStyle: { rgbColor: { red: 246 / 255, green: 248 / 255, blue: 249 / 255 } },
};

export const withDefaults = (rows: BandingProperties = {}): BandingProperties => ({
  ...DEFAULT_ROWS,
  ...rows,
});

export const hasFooter = ({ rowsProperties }: Table): boolean =>
  rowsProperties?.footerColorStyle !== undefined || rowsProperties?.footerColor !== undefined;

/** Tables that end where rows were appended take them in; one with a footer ends with it. */
export function growTables(world: World, spreadsheetId: string, sheetId: number, rect: Rect): void {
  for (const row of objectsOf(world, spreadsheetId, 'table', sheetId)) {
    const { endRow, startColumn, endColumn } = closed(row.object.range ?? {});
    const within = rect.startColumn >= startColumn && rect.endColumn <= endColumn;
    if (hasFooter(row.object) || !within || rect.startRow !== endRow || rect.endRow <= endRow) continue;
    saveObject(world, row, {
      object: { ...row.object, range: { ...row.object.range, endRowIndex: rect.endRow } },
    });
  }
}

/** The tables that share a cell with a rectangle; `typed` where it touches the body of a column with a type. */
export function tablesOver(
  world: World,
  spreadsheetId: string,
  sheetId: number,
  rect: Rect,
): { rows: ObjectRow<'table'>[]; typed: boolean } {
  const rows = objectsOf(world, spreadsheetId, 'table', sheetId).filter((row) =>
    overlap(row.object.range ?? {}, rect),
  );
  const typed = rows.some(({ object }) => {
    const { startRow, endRow, startColumn } = closed(object.range ?? {});
    return (object.columnProperties ?? []).some((column) => {
      const at = startColumn + (column.columnIndex ?? 0);
      const body = { startRow: startRow + 1, endRow, startColumn: at, endColumn: at + 1 };
      return isTyped(column) && touches(body, rect);
    });
  });
  return { rows, typed };
}

const isTyped = ({ columnType }: TableColumn): boolean =>
  columnType !== undefined && columnType !== 'COLUMN_TYPE_UNSPECIFIED';

const touches = (a: Rect, b: Rect): boolean =>
  a.startRow < b.endRow &&
  a.endRow > b.startRow &&
  a.startColumn < b.endColumn &&
  a.endColumn > b.startColumn;
