/** Filters of a sheet: their criteria in both forms, and the rows that they hide. */
import type { BasicFilter, FilterCriteria, FilterSpec } from '../../world/objects.ts';
import type { CellFormat, CellRow, Color, SheetRow } from '../../world.ts';
import { closed } from '../area.ts';
import type { Calculator } from '../calculator.ts';
import type { Appearance } from './appearance.ts';
import { judge, type Test } from './judge.ts';

/** Rows (zero-based) that the filter of the sheet hides; its first row is the header and stays. */
export function hiddenRows(
  calculator: Calculator,
  appearance: Appearance,
  sheet: SheetRow,
  filter: BasicFilter | undefined = sheet.basicFilter,
): Set<number> {
  const hidden = new Set<number>();
  if (!filter?.range || !filter.filterSpecs?.length) return hidden;
  const rect = closed(filter.range);
  const endRow = Math.min(rect.endRow, sheet.properties.gridProperties.rowCount);
  const { sheetId } = sheet.properties;
  for (const spec of filter.filterSpecs) {
    const column = spec.columnIndex ?? 0;
    const origin = { sheetId, row: rect.startRow + 1, column };
    const passes = criteriaTest(calculator, spec.filterCriteria ?? {}, origin, appearance);
    const lane = { startRow: rect.startRow + 1, endRow, startColumn: column, endColumn: column + 1 };
    const kept = new Map(calculator.cellsIn(sheetId, lane).map((cell) => [cell.row, cell]));
    for (let row = lane.startRow; row < endRow; row++)
      if (!passes(kept.get(row) ?? { spreadsheetId: sheet.spreadsheetId, sheetId, row, column }))
        hidden.add(row);
  }
  return hidden;
}

/** Whether a cell passes a column's criteria: none of the hidden values, the condition, the colour. */
export function criteriaTest(
  calculator: Calculator,
  criteria: FilterCriteria,
  origin: { sheetId: number; row: number; column: number },
  appearance?: Appearance,
): Test {
  const hidden = new Set(criteria.hiddenValues ?? []);
  const condition = criteria.condition && judge(calculator, criteria.condition, origin);
  const background = criteria.visibleBackgroundColor;
  const foreground = criteria.visibleForegroundColor;
  return (cell) => {
    if (hidden.has(calculator.shown(cell) ?? '')) return false;
    if (condition && !condition(cell)) return false;
    if (background && !sameColor(background, backgroundOf(cell, appearance))) return false;
    return !foreground || sameColor(foreground, foregroundOf(cell, appearance));
  };
}

const WHITE: Color = { red: 1, green: 1, blue: 1 };

const backgroundOf = (cell: CellRow, appearance?: Appearance): Color => {
  const { under, over } = appearance?.at(cell) ?? {};
  const layers = [over, cell.userEnteredFormat, under].map(
    (format) => (format as { backgroundColor?: Color } | undefined)?.backgroundColor,
  );
  return layers.find((color) => color !== undefined) ?? WHITE;
};

const foregroundOf = (cell: CellRow, appearance?: Appearance): Color => {
  const text = (format: CellFormat | undefined) =>
    (format?.textFormat as { foregroundColor?: Color } | undefined)?.foregroundColor;
  return text(appearance?.at(cell).over) ?? text(cell.userEnteredFormat) ?? {};
};

const sameColor = (a: Color, b: Color): boolean =>
  (['red', 'green', 'blue'] as const).every((name) => Math.abs((a[name] ?? 0) - (b[name] ?? 0)) < 1 / 512);

/** A filter with its criteria in both forms; `filterSpecs` wins over the older map. */
export function withBothForms<F extends BasicFilter>(filter: F): F {
  const { criteria, filterSpecs, ...rest } = filter;
  const specs: FilterSpec[] =
    filterSpecs ??
    Object.entries(criteria ?? {}).map(([index, filterCriteria]) => ({
      columnIndex: Number(index),
      filterCriteria,
    }));
  if (specs.length === 0) return rest as F;
  const byColumn = Object.fromEntries(
    specs.map(({ columnIndex = 0, filterCriteria = {} }) => [String(columnIndex), filterCriteria]),
  );
  return { ...rest, criteria: byColumn, filterSpecs: specs } as F;
}
