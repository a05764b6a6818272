/** Rules of conditional formats that are pasted with the cells they are for. */
import type { ConditionalFormatRule } from '../../world/objects.ts';
import { type GridRange, sheets } from '../../world.ts';
import { type Area, closed, sheetIn } from '../area.ts';
import type { Rect } from '../grid.ts';
import { heightOf, type Job, widthOf } from './job.ts';

/** Each rule of the source reaches over the target too; on another sheet it is a rule of its own. */
export function pasteRules(job: Job, source: Area, target: Area, turned: boolean): void {
  const [height, width] = turned ? [widthOf(source), heightOf(source)] : [heightOf(source), widthOf(source)];
  const to = target.sheet.properties.sheetId;
  const from = source.sheet.properties.sheetId;
  const made: ConditionalFormatRule[] = [];
  const rules = sheetIn(job.world, job.spreadsheetId, from, job.asked).conditionalFormats;
  const changed = rules.map((rule) => {
    const parts = (rule.ranges ?? []).flatMap((range) => partIn(closed(range), source) ?? []);
    if (parts.length === 0) return rule;
    const pasted = parts.flatMap((part) => tiled(placed(part, source, turned), target, height, width, to));
    if (to === from) return { ...rule, ranges: [...(rule.ranges ?? []), ...pasted] };
    made.push({ ...rule, ranges: pasted });
    return rule;
  });
  const sheet = sheetIn(job.world, job.spreadsheetId, to, job.asked);
  const own = to === from ? changed : [...sheet.conditionalFormats, ...made];
  if (own.some((rule, i) => rule !== sheet.conditionalFormats[i]))
    job.world.update(sheets, sheets.key(sheet), { conditionalFormats: own });
}

function partIn(rect: Rect, area: Rect): Rect | undefined {
  const part = {
    startRow: Math.max(rect.startRow, area.startRow),
    endRow: Math.min(rect.endRow, area.endRow),
    startColumn: Math.max(rect.startColumn, area.startColumn),
    endColumn: Math.min(rect.endColumn, area.endColumn),
  };
  return part.endRow > part.startRow && part.endColumn > part.startColumn ? part : undefined;
}

/** Counted from the corner of what is pasted. */
function placed(part: Rect, source: Area, turned: boolean): Rect {
  const [top, bottom] = [part.startRow - source.startRow, part.endRow - source.startRow];
  const [left, right] = [part.startColumn - source.startColumn, part.endColumn - source.startColumn];
  return turned
    ? { startRow: left, endRow: right, startColumn: top, endColumn: bottom }
    : { startRow: top, endRow: bottom, startColumn: left, endColumn: right };
}

function tiled(part: Rect, target: Area, height: number, width: number, sheetId: number): GridRange[] {
  const made: GridRange[] = [];
  for (let row = target.startRow; row < target.endRow; row += height)
    for (let column = target.startColumn; column < target.endColumn; column += width)
      made.push({
        ...(sheetId === 0 ? {} : { sheetId }),
        startRowIndex: row + part.startRow,
        endRowIndex: row + part.endRow,
        startColumnIndex: column + part.startColumn,
        endColumnIndex: column + part.endColumn,
      });
  return made;
}
