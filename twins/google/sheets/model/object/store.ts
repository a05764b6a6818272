/** The objects of a sheet as a whole: found, added, taken away, copied with their sheet. */
import type { World } from '../../../../../src/world/world.ts';
import { type ObjectKind, type ObjectKinds, type ObjectRow, sheetObjects } from '../../world/objects.ts';
import { type SheetRow, sheets } from '../../world.ts';
import { followObjects, onSheet } from './follow.ts';

/** Objects of one kind, as they were added; on one sheet or on all. */
export function objectsOf<K extends ObjectKind>(
  world: World,
  spreadsheetId: string,
  kind: K,
  sheetId?: number,
): ObjectRow<K>[] {
  const query =
    sheetId === undefined
      ? { prefix: `${spreadsheetId}/${kind}/` }
      : { index: 'sheet', equals: `${spreadsheetId}/${sheetId}/${kind}` };
  const rows = world.list(sheetObjects, query).toArray() as ObjectRow<K>[];
  return rows.sort((a, b) => a.order - b.order);
}

export const objectWith = <K extends ObjectKind>(
  world: World,
  spreadsheetId: string,
  kind: K,
  id: string | number,
): ObjectRow<K> | undefined =>
  world.get(sheetObjects, `${spreadsheetId}/${kind}/${id}`) as ObjectRow<K> | undefined;

/** Adds an object behind the others of its kind. */
export function addObject<K extends ObjectKind>(
  world: World,
  place: { spreadsheetId: string; sheetId: number },
  kind: K,
  id: string | number,
  object: ObjectKinds[K],
): ObjectRow<K> {
  const row = { ...place, kind, id: String(id), order: world.next('google.sheetObjects'), object };
  world.insert(sheetObjects, row as ObjectRow);
  return row;
}

export const saveObject = <K extends ObjectKind>(
  world: World,
  row: ObjectRow<K>,
  change: Partial<Pick<ObjectRow<K>, 'object' | 'sheetId'>>,
): void => void world.update(sheetObjects, sheetObjects.key(row as ObjectRow), change as Partial<ObjectRow>);

export const removeObject = (world: World, row: ObjectRow): void =>
  void world.remove(sheetObjects, sheetObjects.key(row));

/** An int32 that no object of these kinds has. */
export function freeObjectId(world: World, spreadsheetId: string, kinds: readonly ObjectKind[]): number {
  const draw = world.draw('google.sheetObject');
  for (;;) {
    const id = draw.int(1, 2 ** 31 - 1);
    if (kinds.every((kind) => !objectWith(world, spreadsheetId, kind, id))) return id;
  }
}

/** Charts and slicers have one range of ids: requests about embedded objects name either. */
export const EMBEDDED: readonly ObjectKind[] = ['chart', 'slicer'];

/** What a copy of a sheet has too; comments stay behind. */
const KINDS = ['table', 'banding', 'chart', 'filterView', 'slicer'] as const;
const ID_FIELD = {
  banding: 'bandedRangeId',
  chart: 'chartId',
  filterView: 'filterViewId',
  slicer: 'slicerId',
  table: 'tableId',
} as const;

/** The objects of a sheet for a copy of it, in this or another spreadsheet: new ids, ranges on the copy. */
export function copyObjects(world: World, from: SheetRow, to: SheetRow): void {
  const { spreadsheetId } = to;
  const [before, after] = [from.properties.sheetId, to.properties.sheetId];
  const tables = new Map<string, string>();
  for (const kind of KINDS)
    for (const row of objectsOf(world, from.spreadsheetId, kind, before)) {
      const number = freeObjectId(world, spreadsheetId, EMBEDDED.includes(kind) ? EMBEDDED : [kind]);
      const id = kind === 'table' ? String(number) : number;
      if (kind === 'table') tables.set(row.id, String(id));
      const { name, tableId } = row.object as { name?: string; tableId?: string };
      const object = {
        ...onSheet(row.object, before, after),
        ...(name ? { name: freeTableName(world, spreadsheetId, name) } : {}),
        // A view of a table is one of the table's copy.
        ...(tableId ? { tableId: tables.get(tableId) } : {}),
        [ID_FIELD[kind]]: id,
      };
      addObject(world, { spreadsheetId, sheetId: after }, kind, id, object);
    }
  const { basicFilter } = to;
  if (basicFilter?.tableId)
    world.update(sheets, sheets.key(to), {
      basicFilter: { ...basicFilter, tableId: tables.get(basicFilter.tableId) },
    });
}

/** A spreadsheet's copy has the same objects under the same ids, as its sheets have theirs. */
export function copyAllObjects(world: World, from: string, to: string): void {
  for (const row of world.list(sheetObjects, { prefix: `${from}/` }).toArray())
    world.insert(sheetObjects, { ...row, spreadsheetId: to });
}

/** `Table1`, then `Table2` …; a copy's name is its own. */
export function freeTableName(world: World, spreadsheetId: string, name?: string): string {
  const taken = new Set(
    objectsOf(world, spreadsheetId, 'table').map((row) => row.object.name?.toLowerCase() ?? ''),
  );
  if (name && !taken.has(name.toLowerCase())) return name;
  const stem = name ? `${name}_` : 'Table';
  let n = name ? 2 : 1;
  while (taken.has(`${stem}${n}`.toLowerCase())) n++;
  return `${stem}${n}`;
}

/** The objects of a sheet that goes. */
export function dropObjects(world: World, sheet: SheetRow): void {
  for (const kind of [...KINDS, 'commentAnchor'] as const)
    for (const row of objectsOf(world, sheet.spreadsheetId, kind, sheet.properties.sheetId))
      removeObject(world, row);
  const { sheetId } = sheet.properties;
  // What others have from it is gone too.
  followObjects(world, sheet.spreadsheetId, {
    sheetId,
    range: (range) => ((range.sheetId ?? 0) === sheetId ? undefined : range),
  });
}
