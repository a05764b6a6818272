/** Items of lists: records with a field for each cell that was filled. https://docs.slack.dev/reference/methods/slackLists.items.create */
import { BASE62, shaped, UPPER36 } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { LIST_ROWS_MAX } from '../../limits.ts';
import type { Json, SlackFile, Token } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { type Column, type Field, fieldOf } from './listColumn.ts';

interface Item {
  id: string;
  list_id: string;
  date_created: number;
  created_by: string;
  updated_by: string;
  fields: Field[];
  updated_timestamp: string;
  parent_record_id?: string;
  /** Which of all items it is. Never on the wire. */
  nth: number;
  deleted?: boolean;
}

export const listItems = table<Item>({
  name: 'slack.listItems',
  key: (row) => row.id,
  indexes: {
    list: (row) => (row.deleted ? undefined : `${row.list_id}/${sortable(row.nth)}`),
    parent: (row) => (row.deleted ? undefined : row.parent_record_id),
  },
});

/** What a new item is to hold. */
export interface ItemDraft {
  fields: readonly Json[];
  copyOf?: string;
  parent?: string;
}

/**
 * Adds an item. Throws `over_row_maximum`, `duplicated_item_not_found`, `invalid_args`, `invalid_column_id`, and what
 * `fieldOf` throws.
 */
export function addItem(world: World, actor: Token, list: SlackFile, draft: ItemDraft): Item {
  if (countItems(world, list.id) >= LIST_ROWS_MAX) throw refuse('over_row_maximum');
  const original = draft.copyOf === undefined ? undefined : itemIn(world, list, draft.copyOf);
  if (draft.copyOf !== undefined && !original) throw refuse('duplicated_item_not_found');
  if (draft.parent !== undefined && !itemIn(world, list, draft.parent)) throw refuse('invalid_args');
  const now = seconds(world);
  const item = world.insert(listItems, {
    id: shaped(world.draw('slack.listRecord'), 'Rec0', 10, UPPER36),
    list_id: list.id,
    date_created: now,
    created_by: actor.user,
    updated_by: actor.user,
    fields: original?.fields ?? [],
    updated_timestamp: String(now),
    ...(draft.parent === undefined ? {} : { parent_record_id: draft.parent }),
    nth: world.next('slack.listItem'),
  });
  return fill(world, actor, list, item, draft.fields);
}

/** Fills cells, each of a row that it names; those with `row_id_to_create` make one new row. Throws `row_id_not_provided`, `invalid_row_id`, `column_id_not_provided`, `invalid_column_id`, and what `fieldOf` throws. */
export function updateCells(world: World, actor: Token, list: SlackFile, cells: readonly Json[]): void {
  const rows = new Map<string, Json[]>();
  for (const cell of cells) {
    const row = cell.row_id_to_create ? '' : cell.row_id;
    if (typeof row !== 'string') throw refuse('row_id_not_provided');
    if (typeof cell.column_id !== 'string') throw refuse('column_id_not_provided');
    rows.set(row, [...(rows.get(row) ?? []), cell]);
  }
  for (const [row, own] of rows) {
    const item = row === '' ? addItem(world, actor, list, { fields: [] }) : itemIn(world, list, row);
    if (!item) throw refuse('invalid_row_id');
    fill(world, actor, list, item, own);
  }
}

/** Takes an item and what stands under it away. Throws `record_not_found`. */
export function removeItem(world: World, list: SlackFile, id: string): void {
  const item = itemIn(world, list, id);
  if (!item) throw refuse('record_not_found');
  for (const under of subtasksOf(world, id)) world.update(listItems, under.id, { deleted: true });
  world.update(listItems, id, { deleted: true });
}

/** An item of a list. Throws `record_not_found`, `record_deleted`. */
export function theItem(world: World, list: SlackFile, id: string): Item {
  const item = world.get(listItems, id);
  if (item?.list_id !== list.id) throw refuse('record_not_found');
  if (item.deleted) throw refuse('record_deleted');
  return item;
}

/** The items of a list, the newest first. */
export const itemsOf = (world: World, list: string) =>
  world.list(listItems, { index: 'list', prefix: `${list}/`, reverse: true });

export const countItems = (world: World, list: string): number => itemsOf(world, list).count();

/** The items under an item, in the order of their making. */
export const subtasksOf = (world: World, id: string): Item[] =>
  world
    .list(listItems, { index: 'parent', equals: id })
    .toArray()
    .sort((a, b) => a.nth - b.nth);

/** Copies all items of a list into another with the same columns. */
export function copyItems(world: World, actor: Token, from: SlackFile, to: SlackFile): void {
  const all = itemsOf(world, from.id).toArray().reverse();
  const copies = new Map<string, string>();
  for (const { id, fields, parent_record_id } of all) {
    const parent = copies.get(parent_record_id ?? '');
    const copy = addItem(world, actor, to, { fields: [], ...(parent ? { parent } : {}) });
    copies.set(id, copy.id);
    world.update(listItems, copy.id, { fields });
  }
}

/** An item as Slack shows it. */
export function itemView({ nth: _, deleted: __, ...shown }: Item): Json {
  return shown;
}

function itemIn(world: World, list: SlackFile, id: string): Item | undefined {
  const item = world.get(listItems, id);
  return item?.list_id === list.id && !item.deleted ? item : undefined;
}

function fill(world: World, actor: Token, list: SlackFile, item: Item, cells: readonly Json[]): Item {
  const columns = (list.facts.list_metadata as { schema: Column[] }).schema;
  const fields = new Map(item.fields.map((field) => [field.column_id, field]));
  const block = () => world.draw('slack.listBlock').chars(BASE62, 5);
  for (const cell of cells) {
    const column = columns.find(({ id, key }) => id === cell.column_id || key === cell.column_id);
    if (!column) throw refuse('invalid_column_id');
    fields.set(column.id, fieldOf(world, column, cell, block));
  }
  return world.update(listItems, item.id, {
    fields: [...fields.values()],
    updated_by: actor.user,
    updated_timestamp: String(seconds(world)),
  });
}
