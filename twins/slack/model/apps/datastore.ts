/**
 * Datastores of apps that Slack hosts: items by id, filtered by expressions.
 * https://docs.slack.dev/tools/deno-slack-sdk/guides/using-datastores
 */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { DATASTORE_ITEM_BYTES_MAX } from '../../limits.ts';
import { type App, apps, isObject, type Json, type Token } from '../../world.ts';
import { type Activity, log } from './activity.ts';
import { ExpressionError, type Filter, filterOf, type Names } from './expression.ts';
import { owns } from './ownApp.ts';

interface Row {
  /** `{app}/{datastore}` */
  store: string;
  id: string;
  item: Json;
}

export const datastoreItems = table<Row>({
  name: 'slack.datastoreItems',
  key: (row) => `${row.store}/${row.id}`,
});

/** A datastore as its app's manifest defines it. */
export interface Datastore {
  app: App;
  name: string;
  key: string;
  attributes: Readonly<Record<string, { type: string }>>;
  /** The attribute whose time, in seconds, ends an item. */
  ends: string | undefined;
}

/**
 * The datastore that a token's app calls so; a person says which of their own apps it is. Throws `invalid_app_id`,
 * `access_denied`, `app_not_hosted`, `datastore_error`.
 */
export function theDatastore(world: World, actor: Token, name: string, appId: string | undefined): Datastore {
  const id = actor.kind === 'bot' ? actor.app : (appId ?? actor.app);
  const app = world.get(apps, id);
  if (!app || app.deleted || (appId !== undefined && appId !== id)) throw refuse('invalid_app_id');
  if (actor.kind !== 'bot' && !owns(world, actor, app)) throw refuse('access_denied');
  const { settings, datastores } = app.manifest ?? {};
  const hosted = isObject(settings) && (settings.function_runtime === 'slack' || settings.is_hosted === true);
  if (!hosted) throw refuse('app_not_hosted');
  const defined = isObject(datastores) && Object.hasOwn(datastores, name) ? datastores[name] : undefined;
  if (!isObject(defined))
    throw failure({
      code: 'datastore_config_not_found',
      message: 'The datastore configuration could not be found',
      pointer: '/datastores',
    });
  return {
    app,
    name,
    key: String(defined.primary_key),
    attributes: defined.attributes as Datastore['attributes'],
    ends: defined.time_to_live_attribute === undefined ? undefined : String(defined.time_to_live_attribute),
  };
}

/** The item with an id; empty where there is none. */
export function getItem(world: World, store: Datastore, id: string): Json {
  const item = alive(world, store, id) ?? {};
  note(world, store, 'get', `id: ${id}`);
  return item;
}

/** The items with these ids, of those that there are. */
export function getItems(world: World, store: Datastore, ids: readonly string[]): Json[] {
  note(world, store, 'bulkGet', `ids: ${ids.join(', ')}`);
  return ids.map((id) => alive(world, store, id)).filter((item) => item !== undefined);
}

/** Puts an item in the place of the one with its id; `merge` keeps what it says nothing of. Throws `datastore_error`. */
export function putItem(world: World, store: Datastore, given: Json, merge: boolean): Json {
  const id = idOf(store, given);
  const item = checked(store, { ...(merge ? alive(world, store, id) : {}), ...given });
  world.put(datastoreItems, { store: storeKey(store), id, item });
  note(world, store, merge ? 'update' : 'put', `id: ${id}`);
  return item;
}

/** Takes an item away; nothing where there is none. */
export function deleteItem(world: World, store: Datastore, id: string): void {
  world.remove(datastoreItems, `${storeKey(store)}/${id}`);
  note(world, store, 'delete', `id: ${id}`);
}

/** A page of items is looked at, `limit` of them; those that fit are found. */
export function query(
  world: World,
  store: Datastore,
  asked: { filter: Filter; limit: number; after: string | undefined },
): { items: Json[]; next: string | undefined } {
  const page = rowsOf(world, store).page({ limit: asked.limit, after: asked.after });
  note(world, store, 'query', '');
  return { items: page.items.map((row) => row.item).filter(asked.filter), next: page.next };
}

/** How many items fit. */
export const countItems = (world: World, store: Datastore, filter: Filter): number =>
  rowsOf(world, store)
    .toArray()
    .filter((row) => filter(row.item)).length;

/** The filter that an expression is; none lets everything through. Throws `datastore_error`. */
export function filterIn(expression: string | undefined, names: Names): Filter {
  if (!expression) return () => true;
  try {
    return filterOf(expression, names);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw failure({
      code: 'datastore_query_error',
      message: `Invalid FilterExpression: ${error.message}`,
      pointer: '/expression',
    });
  }
}

const storeKey = ({ app, name }: Datastore): string => `${app.id}/${name}`;

const rowsOf = (world: World, store: Datastore) =>
  world.list(datastoreItems, {
    prefix: `${storeKey(store)}/`,
    where: (row) => !over(world, store, row.item),
  });

function alive(world: World, store: Datastore, id: string): Json | undefined {
  const item = world.get(datastoreItems, `${storeKey(store)}/${id}`)?.item;
  return item && !over(world, store, item) ? item : undefined;
}

function over(world: World, { ends }: Datastore, item: Json): boolean {
  const end = ends === undefined ? undefined : item[ends];
  return typeof end === 'number' && end * 1_000 <= world.now();
}

function idOf({ key }: Datastore, item: Json): string {
  const id = item[key];
  if (typeof id === 'string' && id !== '') return id;
  throw failure({
    code: 'datastore_validation_failed',
    message: `The primary key \`${key}\` is missing or invalid`,
    pointer: `/item/${key}`,
  });
}

function checked({ attributes }: Datastore, item: Json): Json {
  for (const [name, value] of Object.entries(item)) {
    const type = Object.hasOwn(attributes, name) ? attributes[name]?.type : undefined;
    if (type !== undefined && (value === null || fits(type, value))) continue;
    const message =
      type === undefined
        ? `The attribute \`${name}\` is not defined`
        : `The attribute \`${name}\` must be of the type ${type}`;
    throw failure({ code: 'datastore_validation_failed', message, pointer: `/item/${name}` });
  }
  if (JSON.stringify(item).length > DATASTORE_ITEM_BYTES_MAX)
    throw failure({
      code: 'datastore_validation_failed',
      message: 'Item size has exceeded the maximum allowed size',
      pointer: '/item',
    });
  return item;
}

function fits(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'slack#/types/timestamp':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      // Custom types and most of Slack's are texts or objects of their own making.
      return type === 'string' || type.startsWith('slack#/types/') ? !isObject(value) : true;
  }
}

const failure = (error: { code: string; message: string; pointer: string }) =>
  refuse('datastore_error', { errors: [error] });

function note(world: World, store: Datastore, request: string, details: string): void {
  const said: Omit<Activity, 'created' | 'trace_id'> = {
    level: 'info',
    event_type: 'datastore_request_result',
    source: 'slack',
    component_type: 'tables',
    component_id: store.name,
    payload: { datastore_name: store.name, request_type: request, details },
  };
  log(world, store.app, said);
}
