/** `apps.datastore.*`, `apps.activities.list`: what apps that Slack hosts keep and did. */
import { type Endpoint, list } from '../../../src/twin.ts';
import { type Args, ids, integer, json, limit, objects, required, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { DATASTORE_BULK_MAX, LIST_LIMIT_MAX } from '../limits.ts';
import { activitiesOf, activityView, LEVELS } from '../model/apps/activity.ts';
import {
  countItems,
  type Datastore,
  deleteItem,
  filterIn,
  getItem,
  getItems,
  putItem,
  query,
  theDatastore,
} from '../model/apps/datastore.ts';
import { owns } from '../model/apps/ownApp.ts';
import { apps, isObject, type Json } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const reading = both('datastore:read');
const writing = both('datastore:write');

export const datastoreMethods: readonly Endpoint[] = [
  method(
    'apps.datastore.get',
    { ...reading, tier: 'Tier4', required: ['datastore', 'id'] },
    within(({ world, args }, store) => ({ item: getItem(world, store, required(args, 'id')) })),
  ),
  method(
    'apps.datastore.bulkGet',
    { ...reading, tier: 'Tier3', required: ['datastore', 'ids'] },
    within(({ world, args }, store) => ({
      items: getItems(world, store, several(ids(args, 'ids'), 'ids')),
      failed_items: [],
    })),
  ),
  method(
    'apps.datastore.put',
    { ...writing, tier: 'Tier4', required: ['datastore', 'item'] },
    within(({ world, args }, store) => ({ item: putItem(world, store, itemIn(args), false) })),
  ),
  method(
    'apps.datastore.update',
    { ...writing, tier: 'Tier4', required: ['datastore', 'item'] },
    within(({ world, args }, store) => ({ item: putItem(world, store, itemIn(args), true) })),
  ),
  method(
    'apps.datastore.bulkPut',
    { ...writing, tier: 'Tier3', required: ['datastore', 'items'] },
    within(({ world, args }, store) => {
      for (const item of several(objects(args, 'items', 'invalid_arguments') ?? [], 'items'))
        putItem(world, store, item, false);
      return { failed_items: [] };
    }),
  ),
  method(
    'apps.datastore.delete',
    { ...writing, tier: 'Tier4', required: ['datastore', 'id'] },
    ({ world, actor, args }) => {
      const store = theDatastore(world, actor, required(args, 'datastore'), text(args, 'app_id'));
      deleteItem(world, store, required(args, 'id'));
      return {};
    },
  ),
  method(
    'apps.datastore.bulkDelete',
    { ...writing, tier: 'Tier3', required: ['datastore', 'ids'] },
    ({ world, actor, args }) => {
      const store = theDatastore(world, actor, required(args, 'datastore'), text(args, 'app_id'));
      for (const id of several(ids(args, 'ids'), 'ids')) deleteItem(world, store, id);
      return { failed_items: [] };
    },
  ),
  method(
    'apps.datastore.query',
    { ...reading, tier: 'Tier4', required: ['datastore'] },
    within(({ world, args }, store) => {
      const { items, next } = query(world, store, {
        filter: filterFrom(args),
        limit: limit(args, 100, LIST_LIMIT_MAX),
        after: opened(args, 'item'),
      });
      const cursor = next === undefined ? '' : sealed('item', next);
      return { items, response_metadata: { next_cursor: cursor } };
    }),
  ),
  method(
    'apps.datastore.count',
    { ...reading, tier: 'Tier3', required: ['datastore'] },
    within(({ world, args }, store) => ({ count: countItems(world, store, filterFrom(args)) })),
  ),
  method(
    'apps.activities.list',
    {
      user: ['hosting:read'],
      config: [],
      tier: 'Tier3',
      required: ['app_id'],
      page: { style: 'cursor', key: 'activities', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'activity',
    },
    ({ world, actor, args }) => {
      const id = required(args, 'app_id');
      if (!/^A[A-Z0-9]+$/.test(id)) throw refuse('invalid_app_id');
      const app = world.get(apps, id);
      if (!app || app.deleted || !owns(world, actor, app)) throw refuse('invalid_app');
      return list(activitiesOf(world, app, queryIn(args)), activityView);
    },
  ),
];

/** A method about one datastore: its answer names it. */
function within(handle: (call: MethodCall, store: Datastore) => Json) {
  return (call: MethodCall): Json => {
    const { world, actor, args } = call;
    const store = theDatastore(world, actor, required(args, 'datastore'), text(args, 'app_id'));
    return { datastore: store.name, ...handle(call, store) };
  };
}

function itemIn(args: Args): Json {
  const item = json(args, 'item', 'invalid_arguments');
  if (!isObject(item)) throw invalidArguments(['must provide an object [json-pointer:/item]']);
  return item;
}

function several<T>(given: readonly T[], name: string): readonly T[] {
  if (given.length === 0) throw invalidArguments([`no fewer than 1 items allowed [json-pointer:/${name}]`]);
  if (given.length > DATASTORE_BULK_MAX)
    throw invalidArguments([`no more than ${DATASTORE_BULK_MAX} items allowed [json-pointer:/${name}]`]);
  return given;
}

function filterFrom(args: Args) {
  const named = (name: string) => {
    const given = json(args, name, 'invalid_arguments') ?? {};
    if (!isObject(given)) throw invalidArguments([`must provide an object [json-pointer:/${name}]`]);
    return given;
  };
  return filterIn(text(args, 'expression'), {
    attributes: named('expression_attributes'),
    values: named('expression_values'),
  });
}

function queryIn(args: Args) {
  const among = (name: string, options: readonly string[]) => {
    const given = text(args, name);
    if (given !== undefined && !options.includes(given)) throw refuse('invalid_args');
    return given;
  };
  const like = {
    event_type: text(args, 'log_event_type'),
    source: among('source', ['slack', 'developer']),
    component_type: among('component_type', ['events_api', 'workflows', 'functions', 'tables']),
    component_id: text(args, 'component_id'),
    trace_id: text(args, 'trace_id'),
  };
  return {
    level: (among('min_log_level', LEVELS) ?? 'info') as (typeof LEVELS)[number],
    like: Object.fromEntries(Object.entries(like).filter(([, value]) => value !== undefined)),
    from: integer(args, 'min_date_created') ?? 0,
    to: integer(args, 'max_date_created') ?? Number.MAX_SAFE_INTEGER,
    newestFirst: among('sort_direction', ['asc', 'desc']) !== 'asc',
  };
}
