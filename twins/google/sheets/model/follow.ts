/** What follows when cells of a sheet have moved: formulas, names, merges, protection, groups, metadata, objects. */
import type { World } from '../../../../src/world/world.ts';
import { type CellRow, cells, type ProtectedRange, type SheetRow, sheets, spreadsheets } from '../world.ts';
import { sheetsOf } from './area.ts';
import { movedFormula, renamedFormula, retitledFormula, type Titles } from './formula/rewrite.ts';
import { putCell } from './grid.ts';
import type { Move } from './move.ts';
import { followObjects, rewordObjects } from './object/follow.ts';

/** Changes what stands in tables of its own, or in other fields of a sheet, after a move. */
export type Follower = (world: World, spreadsheetId: string, move: Move) => void;

/** Further things with ranges, one a line; asked for late, as their files import the grid. */
const followers = (): readonly Follower[] => [followObjects];

/** Lets everything in the spreadsheet that names a range follow the move. Cells have moved before. */
export function followMove(world: World, spreadsheetId: string, move: Move): void {
  followFormulas(world, spreadsheetId, move);
  const sheet = world.get(sheets, `${spreadsheetId}/${move.sheetId}`);
  const changed = sheet ? followedSheet(sheet, move) : {};
  if (sheet && Object.keys(changed).length > 0) world.update(sheets, sheets.key(sheet), changed);
  followNames(world, spreadsheetId, move);
  for (const follow of followers()) follow(world, spreadsheetId, move);
}

/** Rewrites the formulas that name a sheet by its old title; without a new one they lose it. */
export function followTitle(world: World, spreadsheetId: string, from: string, to: string | undefined): void {
  const rewrite = (formula: string) => retitledFormula(formula, from, to);
  rewriteFormulas(world, spreadsheetId, rewrite);
  rewordObjects(world, spreadsheetId, rewrite);
}

/** Rewrites the formulas that name a range. */
export function followName(world: World, spreadsheetId: string, from: string, to: string): void {
  const rewrite = (formula: string) => renamedFormula(formula, from, to);
  rewriteFormulas(world, spreadsheetId, rewrite);
  rewordObjects(world, spreadsheetId, rewrite);
}

/** The sheets of a spreadsheet by title and by id. */
export function titlesOf(world: World, spreadsheetId: string): Titles {
  const all = sheetsOf(world, spreadsheetId).map((one) => one.properties);
  const ids = new Map(all.map((one) => [one.title.toLowerCase(), one.sheetId]));
  const titles = new Map(all.map((one) => [one.sheetId, one.title]));
  return { idOf: (title) => ids.get(title.toLowerCase()), titleOf: (id) => titles.get(id) };
}

function followFormulas(world: World, spreadsheetId: string, move: Move): void {
  const titles = titlesOf(world, spreadsheetId);
  rewriteFormulas(world, spreadsheetId, (formula, cell) =>
    movedFormula(formula, cell.sheetId, titles, (range) => move.range(range)),
  );
}

function rewriteFormulas(
  world: World,
  spreadsheetId: string,
  rewrite: (formula: string, cell: CellRow) => string,
): void {
  for (const sheet of sheetsOf(world, spreadsheetId))
    for (const cell of world.list(cells, { index: 'formula', equals: sheets.key(sheet) }).toArray()) {
      const formula = cell.userEnteredValue?.formulaValue;
      if (formula === undefined) continue;
      const next = rewrite(formula, cell);
      if (next !== formula) putCell(world, { ...cell, userEnteredValue: { formulaValue: next } });
    }
}

/** Only what changes. */
function followedSheet(sheet: SheetRow, move: Move): Partial<SheetRow> {
  const { sheetId } = sheet.properties;
  return {
    ...moved('merges', sheet.merges, (merge) => move.range(merge)),
    ...moved('protectedRanges', sheet.protectedRanges, (one) => followedProtection(one, move)),
    ...moved('rowGroups', sheet.rowGroups, (one) => followedLines(one, sheetId, move)),
    ...moved('columnGroups', sheet.columnGroups, (one) => followedLines(one, sheetId, move)),
  };
}

/** `{[name]: list}` without what is gone, if anything in it is another than before. */
function moved<K extends string, T>(name: K, before: readonly T[], change: (one: T) => T | undefined) {
  const after = before.flatMap((one) => change(one) ?? []);
  const same = after.length === before.length && after.every((one, i) => one === before[i]);
  return same ? {} : ({ [name]: after } as Record<K, T[]>);
}

function followedProtection(one: ProtectedRange, move: Move): ProtectedRange | undefined {
  const range = one.range && move.range(one.range);
  if (one.range && !range) return undefined;
  const free = one.unprotectedRanges?.flatMap((hole) => move.range(hole) ?? []);
  const same = range === one.range && (free ?? []).every((hole, i) => hole === one.unprotectedRanges?.[i]);
  if (same && free?.length === one.unprotectedRanges?.length) return one;
  return { ...one, ...(range ? { range } : {}), ...(free ? { unprotectedRanges: free } : {}) };
}

function followNames(world: World, spreadsheetId: string, move: Move): void {
  const row = world.get(spreadsheets, spreadsheetId);
  if (!row) return;
  const changed = {
    ...moved('namedRanges', row.namedRanges, (one) => {
      const range = move.range(one.range);
      return range === one.range ? one : range && { ...one, range };
    }),
    ...moved('developerMetadata', row.developerMetadata, (one) => {
      const { dimensionRange } = one.location;
      if (!dimensionRange) return one;
      const lines = followedLines({ range: dimensionRange }, dimensionRange.sheetId ?? 0, move);
      if (lines?.range === dimensionRange) return one;
      return lines && { ...one, location: { ...one.location, dimensionRange: lines.range } };
    }),
  };
  if (Object.keys(changed).length > 0) world.update(spreadsheets, spreadsheetId, changed);
}

/** A span of whole rows or columns, as a `GridRange` that is open on the other side. */
function followedLines<T extends { range: { dimension: string; startIndex?: number; endIndex?: number } }>(
  one: T,
  sheetId: number,
  move: Move,
): T | undefined {
  const rows = one.range.dimension === 'ROWS';
  const { startIndex, endIndex } = one.range;
  const before = rows
    ? { sheetId, startRowIndex: startIndex, endRowIndex: endIndex }
    : { sheetId, startColumnIndex: startIndex, endColumnIndex: endIndex };
  const after = move.range<typeof before & Record<string, number | undefined>>(before);
  if (!after) return undefined;
  if (after === before) return one;
  const [start, end] = rows
    ? [after.startRowIndex, after.endRowIndex]
    : [after.startColumnIndex, after.endColumnIndex];
  return { ...one, range: { ...one.range, startIndex: start, endIndex: end } };
}
