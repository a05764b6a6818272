/**
 * Protected ranges and who may edit in them. https://support.google.com/docs/answer/1218656
 */
import type { World } from '../../../../src/world/world.ts';
import { atLeast, roleOf, type Viewer } from '../../drive/model/access.ts';
import type { FileRow } from '../../drive/world.ts';
import { badArgument } from '../../errors.ts';
import { isMember } from '../../identity/model/group.ts';
import { accounts } from '../../identity/world.ts';
import { type GridRange, type ProtectedRange, type SheetRow, spreadsheets } from '../world.ts';
import { type Area, closed } from './area.ts';
import type { Rect } from './grid.ts';

/** What the vendor says to who may not. */
export const REFUSAL =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection ' +
  'if you need to edit.';

/** Throws 400 where the viewer may not edit everything in the area. `asked` names the request that it is for. */
export function mustEdit(world: World, viewer: Viewer, file: FileRow, area: Area, asked?: string): void {
  const { sheet } = area;
  if (area.endRow <= area.startRow || area.endColumn <= area.startColumn) return;
  for (const one of sheet.protectedRanges) {
    if (one.warningOnly || canEdit(world, viewer, file, one)) continue;
    const range = rangeOfProtected(world, sheet, one);
    if (!range) continue;
    const kept = parts([intersection(area, closed(range))], one.unprotectedRanges ?? []);
    if (kept.length > 0) throw refused(asked);
  }
}

/**
 * Throws 400 where the viewer may not edit some protected range of the sheet: what is done to the sheet as such, as
 * deleting it. `whole`: only where the sheet as a whole is protected, as for its title.
 */
export function mustEditSheet(
  world: World,
  viewer: Viewer,
  file: FileRow,
  sheet: SheetRow,
  asked: string,
  whole: boolean = false,
): void {
  for (const one of sheet.protectedRanges) {
    const bounds = Object.keys(one.range ?? {}).filter((name) => name.endsWith('Index'));
    if ((whole && bounds.length > 0) || canEdit(world, viewer, file, one)) continue;
    throw refused(asked);
  }
}

/** Throws 400 where lines would be put in between lines of a protected range that the viewer may not edit. */
export function mustEditBetween(
  world: World,
  viewer: Viewer,
  file: FileRow,
  { sheet, rows, start }: { sheet: SheetRow; rows: boolean; start: number },
  asked: string,
): void {
  for (const one of sheet.protectedRanges) {
    const range = rangeOfProtected(world, sheet, one);
    if (!range || canEdit(world, viewer, file, one)) continue;
    const [from, to] = rows
      ? [range.startRowIndex, range.endRowIndex]
      : [range.startColumnIndex, range.endColumnIndex];
    if (start < (to ?? Infinity) && start > (from ?? -1)) throw refused(asked);
  }
}

/** Whether a viewer who may write the spreadsheet may edit in the protected range. Owners always may. */
export function canEdit(world: World, viewer: Viewer, file: FileRow, one: ProtectedRange): boolean {
  if (one.warningOnly) return true;
  const email = viewer.email.toLowerCase();
  if (atLeast(roleOf(world, file, viewer.email), 'fileOrganizer')) return true;
  const { users = [], groups = [], domainUsersCanEdit } = one.editors ?? {};
  if (users.some((editor) => editor.toLowerCase() === email)) return true;
  if (groups.some((group) => isMember(world, group, email))) return true;
  return domainUsersCanEdit === true && world.get(accounts, email) !== undefined;
}

/** The range that is protected, its name or its table looked up; undefined where that is gone. */
function rangeOfProtected(world: World, sheet: SheetRow, one: ProtectedRange): GridRange | undefined {
  if (one.range || one.namedRangeId === undefined) return one.range;
  const names = world.get(spreadsheets, sheet.spreadsheetId)?.namedRanges ?? [];
  return names.find((named) => named.namedRangeId === one.namedRangeId)?.range;
}

/** What is left of rectangles when others are cut out of them. */
function parts(from: readonly Rect[], holes: readonly GridRange[]): Rect[] {
  let left = from.filter(holds);
  for (const hole of holes) left = left.flatMap((rect) => without(rect, intersection(rect, closed(hole))));
  return left;
}

function without(rect: Rect, hole: Rect): Rect[] {
  if (!holds(hole)) return [rect];
  const middle = { ...rect, startRow: hole.startRow, endRow: hole.endRow };
  return [
    { ...rect, endRow: hole.startRow },
    { ...rect, startRow: hole.endRow },
    { ...middle, endColumn: hole.startColumn },
    { ...middle, startColumn: hole.endColumn },
  ].filter(holds);
}

const intersection = (a: Rect, b: Rect): Rect => ({
  startRow: Math.max(a.startRow, b.startRow),
  endRow: Math.min(a.endRow, b.endRow),
  startColumn: Math.max(a.startColumn, b.startColumn),
  endColumn: Math.min(a.endColumn, b.endColumn),
});

const holds = (rect: Rect): boolean => rect.endRow > rect.startRow && rect.endColumn > rect.startColumn;

const refused = (asked: string | undefined): Error =>
  badArgument(asked === undefined ? REFUSAL : `Invalid ${asked}: ${REFUSAL}`);
