/** `slackLists.*`. */
import { type Endpoint, list as page } from '../../../src/twin.ts';
import { type Args, flag, ids, objects, required, text } from '../args.ts';
import { invalidArguments, mustBe } from '../errors.ts';
import { LIST_CELLS_MAX, LIST_LIMIT_MAX } from '../limits.ts';
import { type AccessLevel, grant, ungrant } from '../model/files/fileAccess.ts';
import { createList, listView, schemaView, theList, theOwnList, updateList } from '../model/files/list.ts';
import { type ExportFormat, exportState, startExport } from '../model/files/listExport.ts';
import {
  addItem,
  itemsOf,
  itemView,
  removeItem,
  subtasksOf,
  theItem,
  updateCells,
} from '../model/files/listItem.ts';
import { grantees } from './canvases.ts';
import { both, type MethodCall, method } from './method.ts';

const reading = both('lists:read');
const writing = both('lists:write');
const LEVELS = ['read', 'write', 'owner'];

export const listMethods: readonly Endpoint[] = [
  method('slackLists.create', { ...writing, tier: 'Tier2', required: ['name'] }, ({ world, actor, args }) => {
    const file = createList(world, actor, {
      name: required(args, 'name'),
      description: objects(args, 'description_blocks', 'invalid_arguments'),
      schema: objects(args, 'schema', 'invalid_schema'),
      copyFrom: text(args, 'copy_from_list_id') || undefined,
      withItems: flag(args, 'include_copied_list_records'),
      todo: flag(args, 'todo_mode'),
    });
    return { list_id: file.id, list_metadata: schemaView(file) };
  }),
  method('slackLists.update', { ...writing, tier: 'Tier2', required: ['id'] }, ({ world, actor, args }) => {
    updateList(world, actor, theList(world, actor, required(args, 'id')), {
      name: text(args, 'name'),
      description: objects(args, 'description_blocks', 'unexpected_description_blocks_arg'),
      todo: text(args, 'todo_mode') === undefined ? undefined : flag(args, 'todo_mode'),
    });
    return {};
  }),
  method(
    'slackLists.access.set',
    { ...writing, tier: 'Tier3', required: ['list_id', 'access_level'] },
    (call) => {
      const level = required(call.args, 'access_level');
      if (!LEVELS.includes(level)) throw mustBe('access_level', LEVELS);
      grant(call.world, call.actor, listIn(call), grantees(call.args), level as AccessLevel);
      return {};
    },
  ),
  method('slackLists.access.delete', { ...writing, tier: 'Tier3', required: ['list_id'] }, (call) => {
    ungrant(call.world, call.actor, listIn(call), grantees(call.args));
    return {};
  }),
  method('slackLists.items.create', { ...writing, tier: 'Tier3', required: ['list_id'] }, (call) => {
    const { world, actor, args } = call;
    const copyOf = text(args, 'duplicated_item_id');
    const parent = text(args, 'parent_item_id');
    const item = addItem(world, actor, ownListIn(call), {
      fields: objects(args, 'initial_fields', 'invalid_args') ?? [],
      ...(copyOf ? { copyOf } : {}),
      ...(parent ? { parent } : {}),
    });
    return { item: itemView(item) };
  }),
  method('slackLists.items.update', { ...writing, tier: 'Tier3', required: ['list_id', 'cells'] }, (call) => {
    const cells = objects(call.args, 'cells', 'invalid_arguments') ?? [];
    if (cells.length === 0) throw invalidArguments(['no fewer than 1 items allowed [json-pointer:/cells]']);
    if (cells.length > LIST_CELLS_MAX)
      throw invalidArguments([`no more than ${LIST_CELLS_MAX} items allowed [json-pointer:/cells]`]);
    updateCells(call.world, call.actor, ownListIn(call), cells);
    return {};
  }),
  method('slackLists.items.delete', { ...writing, tier: 'Tier2', required: ['list_id', 'id'] }, (call) => {
    removeItem(call.world, ownListIn(call), required(call.args, 'id'));
    return {};
  }),
  method(
    'slackLists.items.deleteMultiple',
    { ...writing, tier: 'Tier2', required: ['list_id', 'ids'] },
    (call) => {
      const list = ownListIn(call);
      for (const id of ids(call.args, 'ids')) removeItem(call.world, list, id);
      return {};
    },
  ),
  method('slackLists.items.info', { ...reading, tier: 'Tier2', required: ['list_id', 'id'] }, (call) => {
    const { world, actor, args } = call;
    const list = listIn(call);
    const item = theItem(world, list, required(args, 'id'));
    // Who makes an item follows it.
    const subscribed = flag(args, 'include_is_subscribed')
      ? { is_subscribed: item.created_by === actor.user }
      : {};
    return {
      list: listView(world, actor, list),
      record: { ...itemView(item), ...subscribed },
      subtasks: subtasksOf(world, item.id).map(itemView),
    };
  }),
  method(
    'slackLists.items.list',
    {
      ...reading,
      tier: 'Tier2',
      required: ['list_id'],
      page: { style: 'cursor', key: 'items', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'item',
    },
    (call) => {
      // Nothing in the API puts an item away.
      const shown = flag(call.args, 'archived') ? '' : listIn(call).id;
      return page(itemsOf(call.world, shown), itemView);
    },
  ),
  method('slackLists.download.start', { ...reading, tier: 'Tier2', required: ['list_id'] }, (call) => ({
    job_id: startExport(call.world, listIn(call), formatIn(call.args)).id,
  })),
  method(
    'slackLists.download.get',
    { ...reading, tier: 'Tier4', required: ['list_id', 'job_id'] },
    (call) => {
      const list = listIn(call);
      return exportState(call.world, list, required(call.args, 'job_id'), formatIn(call.args));
    },
  ),
];

const listIn = ({ world, actor, args }: MethodCall) => theList(world, actor, required(args, 'list_id'));
const ownListIn = ({ world, actor, args }: MethodCall) => theOwnList(world, actor, required(args, 'list_id'));

function formatIn(args: Args): ExportFormat {
  const format = text(args, 'format') || 'csv';
  if (format !== 'csv' && format !== 'json') throw mustBe('format', ['csv', 'json']);
  return format;
}
