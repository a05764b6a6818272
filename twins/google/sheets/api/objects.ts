/** The objects of a sheet as `spreadsheets.get` shows them; empty lists are not said. */
import type { World } from '../../../../src/world/world.ts';
import { withColors } from '../model/color.ts';
import { objectsOf } from '../model/object/store.ts';
import type { CommentAnchor, ObjectKind } from '../world/objects.ts';
import type { SheetRow } from '../world.ts';

/** `filterViews`, `charts`, `bandedRanges`, `slicers` and `tables`; tables have bands too unless they are left out. */
export function objectsView(
  world: World,
  sheet: SheetRow,
  { excludeTables = false, anchors }: { excludeTables?: boolean | undefined; anchors: ReadonlySet<unknown> },
): Record<string, unknown> {
  const of = (kind: ObjectKind) =>
    objectsOf(world, sheet.spreadsheetId, kind, sheet.properties.sheetId).map((row) => row.object);
  const tables = objectsOf(world, sheet.spreadsheetId, 'table', sheet.properties.sheetId);
  const tableBands = tables.map(({ id, object }) => ({
    bandedRangeReference: id,
    range: object.range,
    rowProperties: withColors(object.rowsProperties ?? {}),
  }));
  const lists = {
    filterViews: of('filterView'),
    charts: of('chart'),
    bandedRanges: [...of('banding'), ...(excludeTables ? [] : tableBands)],
    slicers: of('slicer'),
    tables: of('table'),
    commentAnchors: of('commentAnchor').filter((one) => anchors.has((one as CommentAnchor).anchorId)),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
