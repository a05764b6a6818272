/** Objects keep to their cells: their ranges follow when rows, columns and cells move, and are gone with them. */
import type { World } from '../../../../../src/world/world.ts';
import {
  type BasicFilter,
  type EmbeddedChart,
  type ObjectRow,
  type PivotTable,
  type Slicer,
  sheetObjects,
} from '../../world/objects.ts';
import { cells, type GridRange, type SheetRow, sheets } from '../../world.ts';
import { sheetsOf } from '../area.ts';
import { titlesOf } from '../follow.ts';
import { movedFormula } from '../formula/rewrite.ts';
import { putCell } from '../grid.ts';
import type { Move } from '../move.ts';

/** Where a range is after a move; undefined where nothing is left of it. */
export type RangeMove = (range: GridRange) => GridRange | undefined;

const SINGLE = new Set(['range', 'dataRange', 'source']);
const LISTS = new Set(['ranges', 'sources']);

/**
 * The value with every `GridRange` in it moved. A list loses the ranges that are gone; undefined where a range that
 * stands alone is gone, or all ranges of a rule.
 */
export function withRanges<T extends object>(value: T, move: RangeMove): T | undefined {
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (SINGLE.has(name) && isObject(inner)) {
      const moved = move(inner as GridRange);
      if (!moved) return undefined;
      out[name] = moved;
    } else if (LISTS.has(name) && Array.isArray(inner)) {
      const moved = (inner as GridRange[]).flatMap((range) => move(range) ?? []);
      if (name === 'ranges' && moved.length === 0 && inner.length > 0) return undefined;
      out[name] = moved;
    } else if (Array.isArray(inner)) {
      out[name] = inner.map((item) => (isObject(item) ? (withRanges(item, move) ?? item) : item));
    } else if (isObject(inner)) {
      const moved = withRanges(inner, move);
      if (!moved) return undefined;
      out[name] = moved;
    } else out[name] = inner;
  }
  return out as T;
}

/** The same object on another sheet: ranges and anchors that were on `before` are on `after`. */
export function onSheet<T extends object>(value: T, before: number, after: number): T {
  const move: RangeMove = (range) =>
    (range.sheetId ?? 0) === before ? spokenSheet({ ...range, sheetId: after }) : range;
  return anchored(withRanges(value, move) ?? value, before, after);
}

function anchored<T extends object>(value: T, before: number, after: number): T {
  const { position } = value as {
    position?: { sheetId?: number; overlayPosition?: { anchorCell?: object } };
  };
  if (!position) return value;
  const overlay = position.overlayPosition;
  if (!overlay) return { ...value, position: { ...position, sheetId: after } };
  const cell = (overlay.anchorCell ?? {}) as { sheetId?: number };
  if ((cell.sheetId ?? 0) !== before) return value;
  const anchorCell = spokenSheet({ ...cell, sheetId: after });
  return { ...value, position: { overlayPosition: { ...overlay, anchorCell } } };
}

/** `sheetId` 0 is not said. */
export const spokenSheet = <T extends { sheetId?: number }>(range: T): T => {
  const { sheetId, ...rest } = range;
  return (sheetId ? { ...rest, sheetId } : rest) as T;
};

/** Moves the objects, rules and filters of a spreadsheet whose ranges are on that sheet, and what formulas in them name. */
export function followObjects(world: World, spreadsheetId: string, move: Move): void {
  const titles = titlesOf(world, spreadsheetId);
  rewordObjects(world, spreadsheetId, (formula, home) =>
    movedFormula(formula, home, titles, (range) => move.range(range)),
  );
  for (const row of world.list(sheetObjects, { prefix: `${spreadsheetId}/` }).toArray()) {
    const object = followed(row, move);
    if (!object) world.remove(sheetObjects, sheetObjects.key(row));
    else
      saveIfChanged(row.object, object, () => world.update(sheetObjects, sheetObjects.key(row), { object }));
  }
  const sheet = world.get(sheets, `${spreadsheetId}/${move.sheetId}`);
  if (sheet) world.update(sheets, sheets.key(sheet), followedRules(sheet, move));
  for (const cell of world.list(cells, { index: 'pivot', equals: spreadsheetId }).toArray()) {
    const { pivotTable = {} } = cell;
    const moved = withRanges(pivotTable, move.range) ?? sourceless(pivotTable);
    saveIfChanged(pivotTable, moved, () => putCell(world, { ...cell, pivotTable: moved }));
  }
}

/** Rewrites the formulas in rules, criteria and conditions; `home` is the sheet that they stand on. */
export function rewordObjects(
  world: World,
  spreadsheetId: string,
  change: (formula: string, home: number) => string,
): void {
  const reworded = <T>(value: T, home: number): T => withFormulas(value, (formula) => change(formula, home));
  for (const row of world.list(sheetObjects, { prefix: `${spreadsheetId}/` }).toArray()) {
    const object = reworded(row.object, row.sheetId);
    saveIfChanged(row.object, object, () => world.update(sheetObjects, sheetObjects.key(row), { object }));
  }
  for (const sheet of sheetsOf(world, spreadsheetId)) {
    const rules = { basicFilter: sheet.basicFilter, conditionalFormats: sheet.conditionalFormats };
    const next = reworded(rules, sheet.properties.sheetId);
    saveIfChanged(rules, next, () => world.update(sheets, sheets.key(sheet), next));
  }
  for (const index of ['pivot', 'ruledByFormula'])
    for (const cell of world.list(cells, { index, equals: spreadsheetId }).toArray()) {
      const { pivotTable, dataValidation } = cell;
      const next = reworded({ pivotTable, dataValidation }, cell.sheetId);
      saveIfChanged({ pivotTable, dataValidation }, next, () => putCell(world, { ...cell, ...next }));
    }
}

function saveIfChanged(before: object, after: object, save: () => void): void {
  if (JSON.stringify(before) !== JSON.stringify(after)) save();
}

/** Conditions and points of gradients may be formulas. */
function withFormulas<T>(value: T, change: (formula: string) => string): T {
  if (Array.isArray(value)) return value.map((item) => withFormulas(item, change)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      FORMULAS.has(name) && typeof inner === 'string' && inner.startsWith('=')
        ? change(inner)
        : withFormulas(inner, change),
    ]),
  ) as T;
}

const FORMULAS = new Set(['userEnteredValue', 'value']);

/** A pivot table whose source is gone stays, and shows `#REF!`. */
function sourceless({ source: _gone, ...rest }: PivotTable): PivotTable {
  return rest;
}

function followed(row: ObjectRow, move: Move): ObjectRow['object'] | undefined {
  const moved = withRanges(row.object, move.range);
  if (!moved || row.sheetId !== move.sheetId) return moved;
  if (row.kind === 'filterView')
    return withColumns(moved as BasicFilter, (row.object as BasicFilter).range, move);
  if (row.kind === 'slicer') return withSlicerColumn(withAnchor(moved, move), row.object as Slicer, move);
  return row.kind === 'chart' ? withAnchor(moved, move) : moved;
}

function followedRules(sheet: SheetRow, move: Move): Partial<SheetRow> {
  const basic = sheet.basicFilter && withRanges(sheet.basicFilter, move.range);
  return {
    basicFilter: basic && withColumns(basic, sheet.basicFilter?.range, move),
    conditionalFormats: sheet.conditionalFormats.flatMap((rule) => withRanges(rule, move.range) ?? []),
  };
}

/** Where a column of a range is after a move; undefined where it is gone. */
function columnAfter(index: number, range: GridRange | undefined, move: Move): number | undefined {
  return move.range<GridRange>({ ...range, startColumnIndex: index, endColumnIndex: index + 1 })
    ?.startColumnIndex;
}

/** A filter's columns are counted on the sheet, so they move with it. */
function withColumns<F extends BasicFilter>(filter: F, range: GridRange | undefined, move: Move): F {
  const { filterSpecs, sortSpecs, criteria } = filter;
  const after = (index: number | undefined) => columnAfter(index ?? 0, range, move);
  const specs = filterSpecs?.flatMap((spec) => {
    const columnIndex = after(spec.columnIndex);
    return columnIndex === undefined ? [] : [{ ...spec, columnIndex }];
  });
  const sorts = sortSpecs?.flatMap((spec) => {
    const dimensionIndex = after(spec.dimensionIndex);
    return dimensionIndex === undefined ? [] : [{ ...spec, dimensionIndex }];
  });
  const byColumn = Object.entries(criteria ?? {}).flatMap(([index, one]) => {
    const next = after(Number(index));
    return next === undefined ? [] : [[String(next), one] as const];
  });
  return {
    ...filter,
    ...(specs ? { filterSpecs: specs } : {}),
    ...(sorts ? { sortSpecs: sorts } : {}),
    ...(criteria ? { criteria: Object.fromEntries(byColumn) } : {}),
  };
}

function withSlicerColumn(
  object: ObjectRow['object'],
  before: Slicer,
  move: Move,
): ObjectRow['object'] | undefined {
  const { spec } = object as Slicer;
  if (spec?.columnIndex === undefined) return object;
  const columnIndex = columnAfter(spec.columnIndex, before.spec?.dataRange, move);
  return columnIndex === undefined ? undefined : { ...object, spec: { ...spec, columnIndex } };
}

/** An object stays at its cell; where that is gone, at the one that comes before it. */
function withAnchor(object: ObjectRow['object'], move: Move): ObjectRow['object'] {
  const { position } = object as EmbeddedChart;
  const overlay = position?.overlayPosition;
  if (!overlay) return object;
  const { rowIndex = 0, columnIndex = 0, ...rest } = overlay.anchorCell ?? {};
  const at = (row: number, column: number) =>
    move.range<GridRange>({
      sheetId: move.sheetId,
      startRowIndex: row,
      endRowIndex: row + 1,
      startColumnIndex: column,
      endColumnIndex: column + 1,
    });
  let place = at(rowIndex, columnIndex);
  for (let back = 1; !place && back <= Math.max(rowIndex, columnIndex); back++)
    place = at(Math.max(rowIndex - back, 0), columnIndex) ?? at(rowIndex, Math.max(columnIndex - back, 0));
  const anchorCell = {
    ...rest,
    ...(place?.startRowIndex ? { rowIndex: place.startRowIndex } : {}),
    ...(place?.startColumnIndex ? { columnIndex: place.startColumnIndex } : {}),
  };
  return { ...object, position: { overlayPosition: { ...overlay, anchorCell } } };
}

const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
