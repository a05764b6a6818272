/** The cells of an area as `GridData`: values, formats as they come to look, sizes of rows and columns. */
import { below, type Mask, project } from '../../fields.ts';
import type { Area } from '../model/area.ts';
import type { Calculator } from '../model/calculator.ts';
import { cellLink } from '../model/hyperlink.ts';
import { metadataView } from '../model/metadata.ts';
import type { Appearance } from '../model/object/appearance.ts';
import type { CellFormat, CellRow, DeveloperMetadata, SheetRow } from '../world.ts';
import { effectiveFormat, layered } from './format.ts';

/** What an answer knows about a sheet whose cells it shows. */
export interface Looking {
  calculator: Calculator;
  appearance: Appearance;
  /** Rows that the sheet's filter hides. */
  hidden(): ReadonlySet<number>;
  theme: object | undefined;
  /** What the viewer may see of the spreadsheet's developer metadata. */
  metadata: readonly DeveloperMetadata[];
}

const COLUMN_PIXELS = 100;
const ROW_PIXELS = 21;

/** `data[]` of one range; only the parts that the mask selects are worked out. */
export function gridData(looking: Looking, area: Area, mask: Mask | undefined): Record<string, unknown> {
  const wants = (name: string) => !mask || below(mask, name) !== undefined;
  const rowData = wants('rowData') ? rowsOf(looking, area, below(mask, 'rowData')) : [];
  const { rowMetadata, columnMetadata } = area.sheet;
  return {
    ...(area.startRow > 0 ? { startRow: area.startRow } : {}),
    ...(area.startColumn > 0 ? { startColumn: area.startColumn } : {}),
    ...(rowData.length > 0 ? { rowData } : {}),
    ...(wants('rowMetadata') ? { rowMetadata: sizes(looking, area, 'ROWS', rowMetadata, ROW_PIXELS) } : {}),
    ...(wants('columnMetadata')
      ? { columnMetadata: sizes(looking, area, 'COLUMNS', columnMetadata, COLUMN_PIXELS) }
      : {}),
  };
}

function sizes(
  { hidden: hiddenIn, metadata }: Looking,
  area: Area,
  dimension: 'ROWS' | 'COLUMNS',
  own: SheetRow['rowMetadata'],
  pixelSize: number,
): object[] {
  const rows = dimension === 'ROWS';
  const hidden = rows ? hiddenIn() : undefined;
  const [from, to] = rows ? [area.startRow, area.endRow] : [area.startColumn, area.endColumn];
  const notes = new Map<number, object[]>();
  for (const one of metadata) {
    const { dimensionRange: line } = one.location;
    if (line?.dimension !== dimension || (line.sheetId ?? 0) !== area.sheet.properties.sheetId) continue;
    const at = line.startIndex ?? 0;
    notes.set(at, [...(notes.get(at) ?? []), metadataView(one)]);
  }
  return Array.from({ length: to - from }, (_, i) => {
    const developerMetadata = notes.get(from + i);
    return {
      pixelSize,
      ...own[String(from + i)],
      ...(hidden?.has(from + i) ? { hiddenByFilter: true } : {}),
      ...(developerMetadata ? { developerMetadata } : {}),
    };
  });
}

/** Rows of cells; after the mask, empty cells at the ends of rows and empty rows at the end are left out. */
function rowsOf(looking: Looking, area: Area, mask: Mask | undefined): Record<string, unknown>[] {
  const valuesMask = mask && below(mask, 'values');
  const withFormats = !valuesMask || below(valuesMask, 'effectiveFormat') !== undefined;
  const rows: Record<string, unknown>[][] = [];
  for (const cell of cellsOf(looking, area, withFormats)) {
    const full = cellView(looking, cell, withFormats);
    const shown = (valuesMask ? project(full, valuesMask) : full) as Record<string, unknown>;
    if (Object.keys(shown).length === 0) continue;
    while (rows.length <= cell.row - area.startRow) rows.push([]);
    const row = rows[cell.row - area.startRow] as Record<string, unknown>[];
    while (row.length < cell.column - area.startColumn) row.push({});
    row.push(shown);
  }
  return rows.map((values) => (values.length > 0 ? { values } : {}));
}

/** Cells that hold or show anything, and empty ones where bands or rules may colour them; row by row. */
function cellsOf({ calculator, appearance }: Looking, area: Area, withBlanks: boolean): readonly CellRow[] {
  const { sheetId } = area.sheet.properties;
  const kept = calculator.cellsIn(sheetId, area);
  const rects = withBlanks ? appearance.rects : [];
  if (rects.length === 0) return kept;
  const place = (row: number, column: number) => row * COLUMNS + column;
  const all = new Map(kept.map((cell) => [place(cell.row, cell.column), cell]));
  for (const rect of rects)
    for (let row = Math.max(rect.startRow, area.startRow); row < Math.min(rect.endRow, area.endRow); row++)
      for (
        let column = Math.max(rect.startColumn, area.startColumn);
        column < Math.min(rect.endColumn, area.endColumn);
        column++
      )
        if (all.size < COLOURED_CELLS_MAX && !all.has(place(row, column)))
          all.set(place(row, column), { spreadsheetId: area.sheet.spreadsheetId, sheetId, row, column });
  return [...all].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}

/** More columns than a sheet can have. */
const COLUMNS = 20_000;
/** Of the empty cells that bands and rules colour, an answer shows so many, lest one rule over all fills it. */
const COLOURED_CELLS_MAX = 200_000;

/** Formats are worked out only where they are asked for: rules may be many. */
function cellView(
  { calculator, appearance, theme }: Looking,
  cell: CellRow,
  withFormat: boolean,
): Record<string, unknown> {
  const effective = calculator.effective(cell);
  const shown = calculator.shown(cell);
  const own: CellFormat | undefined = cell.userEnteredFormat;
  const format = withFormat ? layered(own, appearance.at(cell), theme) : undefined;
  const hyperlink = cellLink(cell, calculator);
  return {
    ...(cell.userEnteredValue ? { userEnteredValue: cell.userEnteredValue } : {}),
    ...(effective ? { effectiveValue: effective } : {}),
    ...(shown === undefined ? {} : { formattedValue: shown }),
    ...(own ? { userEnteredFormat: own } : {}),
    ...(withFormat && (effective || format)
      ? { effectiveFormat: effectiveFormat(format, calculator.format(cell), effective, { theme, hyperlink }) }
      : {}),
    ...(hyperlink ? { hyperlink } : {}),
    ...(cell.note ? { note: cell.note } : {}),
    ...(cell.dataValidation ? { dataValidation: cell.dataValidation } : {}),
    ...(cell.textFormatRuns ? { textFormatRuns: cell.textFormatRuns } : {}),
    ...(cell.chipRuns ? { chipRuns: shownChips(cell) } : {}),
    ...(cell.pivotTable ? { pivotTable: cell.pivotTable } : {}),
  };
}

/** All runs, also those between chips, which hold an empty chip. */
function shownChips({ chipRuns = [], userEnteredValue }: CellRow): object[] {
  const end = userEnteredValue?.stringValue?.length ?? 0;
  const shown: object[] = [];
  let at = 0;
  for (const run of chipRuns as { startIndex?: number; chip?: object }[]) {
    const start = run.startIndex ?? 0;
    if (start > at) shown.push({ ...(at > 0 ? { startIndex: at } : {}), chip: {} });
    shown.push(run);
    at = start + 1;
  }
  if (at < end) shown.push({ startIndex: at, chip: {} });
  return shown;
}
