/** Requests about groups of rows and columns: how deep each line lies, told as ranges. */
import { assign } from '../../../fields.ts';
import { type DimensionGroup, type SheetRow, sheets } from '../../world.ts';
import { type DimensionRange, type Span, spanOf } from './dimension.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { DIMENSION_GROUP } from './shapes.ts';

/** Levels of groups within one another: https://support.google.com/docs/answer/9066379 */
const DEPTH_MAX = 8;

/** The lines of the range lie one level deeper; with a sheet's first group its control is set behind the group. */
export function addDimensionGroupRequest(job: Job, { range = {} }: { range?: DimensionRange }): object {
  const span = spanOf(job, range);
  const depths = depthsOf(span);
  for (let at = span.start; at < span.end; at++) {
    const depth = (depths.get(at) ?? 0) + 1;
    if (depth > DEPTH_MAX) throw refuse(job, `Groups cannot be nested deeper than ${DEPTH_MAX} levels.`);
    depths.set(at, depth);
  }
  const next = groupsAt(span, depths);
  saveGroups(job, span, next, true);
  return { dimensionGroups: next };
}

/** The lines of the range lie one level higher. */
export function deleteDimensionGroupRequest(job: Job, { range = {} }: { range?: DimensionRange }): object {
  const span = spanOf(job, range);
  const depths = depthsOf(span);
  for (let at = span.start; at < span.end; at++) {
    const depth = depths.get(at) ?? 0;
    if (depth === 0) throw refuse(job, 'There is no group over the given range.');
    depths.set(at, depth - 1);
  }
  const next = groupsAt(span, depths);
  saveGroups(job, span, next, false);
  return next.length > 0 ? { dimensionGroups: next } : {};
}

/** Collapsing a group hides its lines, expanding it shows them. */
export function updateDimensionGroupRequest(
  job: Job,
  { dimensionGroup = {}, fields }: { dimensionGroup?: Partial<DimensionGroup>; fields?: string },
): void {
  const mask = maskOf(job, fields, DIMENSION_GROUP);
  const span = spanOf(job, (dimensionGroup.range ?? {}) as DimensionRange);
  const groups = groupsOf(span);
  const found = groups.find(
    ({ range, depth }) =>
      range.startIndex === span.start && range.endIndex === span.end && depth === dimensionGroup.depth,
  );
  if (!found) throw refuse(job, 'The specified range and depth do not match an existing group.');
  const { collapsed } = assign({ collapsed: found.collapsed }, dimensionGroup, mask);
  const { collapsed: _old, ...rest } = found;
  const changed = collapsed ? { ...rest, collapsed } : rest;
  const key = span.rows ? 'rowMetadata' : 'columnMetadata';
  const metadata = { ...span.sheet[key] };
  for (let at = span.start; at < span.end; at++) {
    const { hiddenByUser: _hidden, ...shown } = metadata[String(at)] ?? {};
    metadata[String(at)] = collapsed ? { ...shown, hiddenByUser: true } : shown;
  }
  job.world.update(sheets, sheets.key(span.sheet), {
    [span.rows ? 'rowGroups' : 'columnGroups']: groups.map((one) => (one === found ? changed : one)),
    [key]: metadata,
  });
}

const groupsOf = ({ sheet, rows }: Pick<Span, 'sheet' | 'rows'>): readonly DimensionGroup[] =>
  rows ? sheet.rowGroups : sheet.columnGroups;

/** How many groups each line lies in, by index. */
function depthsOf(span: Span): Map<number, number> {
  const depths = new Map<number, number>();
  for (const { range } of groupsOf(span))
    for (let at = range.startIndex; at < range.endIndex; at++) depths.set(at, (depths.get(at) ?? 0) + 1);
  return depths;
}

/** The groups that depths amount to: at each level, every run of lines that lie at least so deep. */
function groupsAt(span: Span, depths: ReadonlyMap<number, number>): DimensionGroup[] {
  const { sheetId } = span.sheet.properties;
  const before = groupsOf(span);
  const made: DimensionGroup[] = [];
  const lines = [...depths].filter(([, depth]) => depth > 0).sort(([a], [b]) => a - b);
  for (let level = 1; level <= DEPTH_MAX; level++) {
    let run: DimensionGroup | undefined;
    for (const [at, depth] of lines) {
      if (depth < level) continue;
      if (run && run.range.endIndex === at) run.range.endIndex = at + 1;
      else {
        run = {
          range: {
            ...(sheetId === 0 ? {} : { sheetId }),
            dimension: span.rows ? 'ROWS' : 'COLUMNS',
            startIndex: at,
            endIndex: at + 1,
          },
          depth: level,
        };
        made.push(run);
      }
    }
  }
  const wasCollapsed = ({ range, depth }: DimensionGroup): boolean =>
    before.some(
      (one) =>
        one.collapsed &&
        one.depth === depth &&
        one.range.startIndex === range.startIndex &&
        one.range.endIndex === range.endIndex,
    );
  return made
    .map((one) => (wasCollapsed(one) ? { ...one, collapsed: true } : one))
    .sort((a, b) => a.range.startIndex - b.range.startIndex || a.depth - b.depth);
}

function saveGroups(job: Job, { sheet, rows }: Span, groups: DimensionGroup[], added: boolean): void {
  const control = rows ? 'rowGroupControlAfter' : 'columnGroupControlAfter';
  const grid = sheet.properties.gridProperties;
  const properties: SheetRow['properties'] = {
    ...sheet.properties,
    gridProperties: { ...grid, [control]: true },
  };
  job.world.update(sheets, sheets.key(sheet), {
    [rows ? 'rowGroups' : 'columnGroups']: groups,
    ...(added ? { properties } : {}),
  });
}
