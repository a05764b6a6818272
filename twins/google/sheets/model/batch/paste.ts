/** Requests that copy and move ranges. */
import { type CellRow, type GridRange, sheets } from '../../world.ts';
import { type Area, sheetIn } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { followMove, titlesOf } from '../follow.ts';
import { copiedFormula, movedFormula } from '../formula/rewrite.ts';
import { ERROR_TEXT } from '../formula/value.ts';
import { bareCell, cellAt, cellsIn, putCell, type Rect } from '../grid.ts';
import { blockMove } from '../move.ts';
import { mustEdit } from '../protection.ts';
import { checkGrid } from '../spreadsheet.ts';
import { areaIn, editedArea, gridOf, heightOf, type Job, refuse, widthOf } from './job.ts';
import { overlaps, within } from './merge.ts';
import { pasteRules } from './pasteRules.ts';

interface CopyInput {
  source?: GridRange;
  destination?: GridRange;
  pasteType?: string;
  pasteOrientation?: string;
}

/** Repeats the source over a destination that is a multiple of it; relative references move along. */
export function copyPasteRequest(job: Job, input: CopyInput): void {
  const source = areaIn(job, input.source);
  const target = areaIn(job, input.destination);
  const type = pasteTypeOf(job, input.pasteType);
  const turned = input.pasteOrientation === 'TRANSPOSE';
  const [height, width] = turned ? [widthOf(source), heightOf(source)] : [heightOf(source), widthOf(source)];
  const rows = times(heightOf(target), height) * height;
  const columns = times(widthOf(target), width) * width;
  const into = roomFor(job, target, rows, columns);
  const from = copyOf(job, source);
  const pasting = { job, calculator: new Calculator(job.world, job.spreadsheetId), type };
  const merges = WITH_MERGES.has(type) ? tiledMerges(source, into, { turned, height, width }) : undefined;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const [r, c] = turned ? [j % width, i % height] : [i % height, j % width];
      paste(
        pasting,
        from.get(`${r},${c}`),
        into.sheet.properties.sheetId,
        into.startRow + i,
        into.startColumn + j,
      );
    }
  if (merges) replaceMerges(job, into, merges);
  if (WITH_RULES.has(type)) pasteRules(job, source, into, turned);
}

interface CutInput {
  source?: GridRange;
  destination?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
  pasteType?: string;
}

/** Everything is cut, whatever is pasted; whatever names the cells follows them. */
export function cutPasteRequest(job: Job, input: CutInput): void {
  const source = editedArea(job, input.source);
  const type = pasteTypeOf(job, input.pasteType);
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = input.destination ?? {};
  const corner = { startRow: rowIndex, endRow: rowIndex, startColumn: columnIndex, endColumn: columnIndex };
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const target = roomFor(job, { sheet, ...corner }, heightOf(source), widthOf(source));
  const home = source.sheet.properties.sheetId;
  mustNotTear(job, source);
  const from = copyOf(job, source);
  const move = blockMove(home, source, { sheetId, row: rowIndex, column: columnIndex });
  const titles = titlesOf(job.world, job.spreadsheetId);
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const pasted = [...from.values()].map((cell): CellRow => {
    const formula = cell.userEnteredValue?.formulaValue;
    if (formula === undefined || type === 'PASTE_VALUES') return plainCell(calculator, cell, type);
    const formulaValue = movedFormula(formula, home, titles, (range) => move.range(range), sheetId);
    return { ...cell, userEnteredValue: { formulaValue } };
  });
  const merges = WITH_MERGES.has(type) ? tiledMerges(source, target, { turned: false }) : undefined;
  for (const cell of from.values()) putCell(job.world, bareCell(cell));
  dropMerges(job, source);
  for (const cell of cellsIn(job.world, job.spreadsheetId, sheetId, target))
    if (REPLACING.has(type)) putCell(job.world, bareCell(cell));
  followMove(job.world, job.spreadsheetId, move);
  for (const cell of pasted) {
    const [row, column] = [
      rowIndex + cell.row - source.startRow,
      columnIndex + cell.column - source.startColumn,
    ];
    const old = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
    putCell(job.world, combined(type, cell, old));
  }
  if (merges) replaceMerges(job, target, merges);
}

const PASTE_TYPES = new Set([
  'PASTE_NORMAL',
  'PASTE_VALUES',
  'PASTE_FORMAT',
  'PASTE_NO_BORDERS',
  'PASTE_FORMULA',
  'PASTE_DATA_VALIDATION',
  'PASTE_CONDITIONAL_FORMATTING',
]);
const REPLACING = new Set(['PASTE_NORMAL', 'PASTE_NO_BORDERS']);
const WITH_RULES = new Set([
  'PASTE_NORMAL',
  'PASTE_NO_BORDERS',
  'PASTE_FORMAT',
  'PASTE_CONDITIONAL_FORMATTING',
]);
const WITH_MERGES = new Set(['PASTE_NORMAL', 'PASTE_NO_BORDERS', 'PASTE_FORMAT']);

/** What is to be pasted; all of it unless said. */
export function pasteTypeOf(job: Job, type: string = 'PASTE_NORMAL'): string {
  if (PASTE_TYPES.has(type)) return type;
  throw refuse(job, `Invalid paste type: ${type}`);
}

/** What a place holds after `from` was pasted on it; `from` stands anywhere. */
export function combined(type: string, from: Partial<CellRow>, old: CellRow): CellRow {
  const { spreadsheetId, sheetId, row, column } = old;
  const place = { spreadsheetId, sheetId, row, column };
  switch (type) {
    case 'PASTE_VALUES':
    case 'PASTE_FORMULA': {
      const { textFormatRuns: _runs, chipRuns: _chips, ...rest } = old;
      return { ...rest, userEnteredValue: from.userEnteredValue };
    }
    case 'PASTE_FORMAT':
      return { ...old, userEnteredFormat: from.userEnteredFormat, dataValidation: from.dataValidation };
    case 'PASTE_CONDITIONAL_FORMATTING':
      return old;
    case 'PASTE_DATA_VALIDATION':
      return { ...old, dataValidation: from.dataValidation };
    case 'PASTE_NO_BORDERS': {
      const { borders: _theirs, ...format } = from.userEnteredFormat ?? {};
      const mine = old.userEnteredFormat?.borders;
      const userEnteredFormat = { ...format, ...(mine ? { borders: mine } : {}) };
      const some = Object.keys(userEnteredFormat).length > 0;
      return { ...from, ...place, userEnteredFormat: some ? userEnteredFormat : undefined };
    }
    default:
      return { ...from, ...place };
  }
}

interface Pasting {
  job: Job;
  calculator: Calculator;
  type: string;
}

function paste(
  { job, calculator, type }: Pasting,
  cell: CellRow | undefined,
  sheetId: number,
  row: number,
  column: number,
) {
  const old = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
  const plain = cell && plainCell(calculator, cell, type);
  const formula = plain?.userEnteredValue?.formulaValue;
  const moved =
    formula === undefined || !cell
      ? plain
      : {
          ...plain,
          userEnteredValue: { formulaValue: copiedFormula(formula, row - cell.row, column - cell.column) },
        };
  putCell(job.world, combined(type, moved ?? {}, old));
}

/** With the value that the cell shows in the place of its formula, where only values are pasted. */
function plainCell(calculator: Calculator, cell: CellRow, type: string): CellRow {
  if (type !== 'PASTE_VALUES') return cell;
  const value = calculator.effective(cell);
  const shown = value?.errorValue && { stringValue: ERROR_TEXT[value.errorValue.type] ?? '#ERROR!' };
  return { ...cell, userEnteredValue: shown ?? value };
}

/** The area that a paste covers, in a grid that is made large enough; it may be edited. */
export function roomFor(job: Job, corner: Area, height: number, width: number): Area {
  const endRow = corner.startRow + height;
  const endColumn = corner.startColumn + width;
  const grid = gridOf(corner.sheet);
  let { sheet } = corner;
  if (endRow > grid.rowCount || endColumn > grid.columnCount) {
    const rowCount = Math.max(grid.rowCount, endRow);
    const columnCount = Math.max(grid.columnCount, endColumn);
    const properties = { ...sheet.properties, gridProperties: { ...grid, rowCount, columnCount } };
    checkGrid(job.world, job.spreadsheetId, properties, job.asked);
    sheet = job.world.update(sheets, sheets.key(sheet), { properties });
  }
  const area = { sheet, startRow: corner.startRow, startColumn: corner.startColumn, endRow, endColumn };
  mustEdit(job.world, job.viewer, job.file, area, job.asked);
  return area;
}

/** By place within the area, so that source and destination may overlap. */
function copyOf(job: Job, area: Area): Map<string, CellRow> {
  const found = cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area);
  return new Map(
    found.map((cell) => [`${cell.row - area.startRow},${cell.column - area.startColumn}`, cell]),
  );
}

const times = (whole: number, part: number): number =>
  whole > part && whole % part === 0 ? whole / part : 1;

/** The source's merges as often as the source is repeated. */
function tiledMerges(
  source: Area,
  into: Rect & { sheet: Area['sheet'] },
  how: { turned: boolean; height?: number; width?: number },
): GridRange[] {
  const { turned, height = into.endRow - into.startRow, width = into.endColumn - into.startColumn } = how;
  const { sheetId } = into.sheet.properties;
  const inside = source.sheet.merges.filter((one) => within(one, source));
  const made: GridRange[] = [];
  for (let row = into.startRow; row < into.endRow; row += height)
    for (let column = into.startColumn; column < into.endColumn; column += width)
      for (const one of inside) {
        const top = (one.startRowIndex ?? 0) - source.startRow;
        const left = (one.startColumnIndex ?? 0) - source.startColumn;
        const tall = (one.endRowIndex ?? 0) - (one.startRowIndex ?? 0);
        const wide = (one.endColumnIndex ?? 0) - (one.startColumnIndex ?? 0);
        const [down, right, high, broad] = turned ? [left, top, wide, tall] : [top, left, tall, wide];
        made.push({
          ...(sheetId === 0 ? {} : { sheetId }),
          startRowIndex: row + down,
          endRowIndex: row + down + high,
          startColumnIndex: column + right,
          endColumnIndex: column + right + broad,
        });
      }
  return made;
}

function replaceMerges(job: Job, area: Area, made: readonly GridRange[]): void {
  const sheet = sheetIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, job.asked);
  mustNotTear(job, { ...area, sheet });
  const kept = sheet.merges.filter((one) => !overlaps(one, area));
  job.world.update(sheets, sheets.key(sheet), { merges: [...kept, ...made] });
}

function dropMerges(job: Job, area: Area): void {
  const merges = area.sheet.merges.filter((one) => !within(one, area));
  if (merges.length < area.sheet.merges.length) job.world.update(sheets, sheets.key(area.sheet), { merges });
}

function mustNotTear(job: Job, area: Area): void {
  if (area.sheet.merges.some((one) => overlaps(one, area) && !within(one, area)))
    throw refuse(job, "You can't perform a paste that partially intersects a merge.");
}
