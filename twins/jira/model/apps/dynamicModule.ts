/**
 * Modules that a Connect app adds to its descriptor while it runs. Webhooks among them are sent from then on; the
 * others are kept for the screens that show them.
 * https://developer.atlassian.com/cloud/jira/platform/dynamic-modules/
 */
import type { World } from '../../../../src/world/world.ts';
import { refusedModules } from '../../errors.ts';
import { DYNAMIC_MODULES_MAX } from '../../limits.ts';
import { type ConnectApp, connectApps } from '../../world/apps.ts';
import { webhooks } from '../../world/webhooks.ts';
import { declareField, dropFields } from '../fields/appFields.ts';
import { WEBHOOK_EVENTS } from '../webhooks/events.ts';
import { type DescribedWebhook, describedWebhook } from './connectApp.ts';

export type Modules = ConnectApp['dynamicModules'];
type Module = Modules[string][number];

/** Adds modules to those that an app has; 400 with all that is wrong with them. */
export function registerModules(world: World, app: ConnectApp, sent: unknown): void {
  const given = modulesIn(app, sent);
  const known = keysOf(app.dynamicModules);
  const keys = keysOf(given);
  const twice = keys.filter((key, i) => known.includes(key) || keys.indexOf(key) !== i);
  if (twice.length > 0) throw failed(app, `has duplicate module keys: [${[...new Set(twice)].join(', ')}]`);
  if (known.length + keys.length > DYNAMIC_MODULES_MAX)
    throw failed(app, `has more than ${DYNAMIC_MODULES_MAX} dynamic modules`);
  const dynamicModules: Record<string, Module[]> = {};
  for (const [type, list] of [...Object.entries(app.dynamicModules), ...Object.entries(given)])
    dynamicModules[type] = [...(dynamicModules[type] ?? []), ...list];
  world.update(connectApps, app.key, { dynamicModules });
  for (const one of given.webhooks ?? []) describedWebhook(world, app, one as unknown as DescribedWebhook);
  for (const one of given.jiraIssueFields ?? []) declareField(world, app.key, one);
}

/** Takes away the modules with these keys, or all. */
export function removeModules(world: World, app: ConnectApp, keys: readonly string[]): void {
  const kept = Object.entries(app.dynamicModules).flatMap(([type, list]): [string, Module[]][] => {
    const left = list.filter(({ key }) => keys.length > 0 && !keys.includes(String(key)));
    if (type === 'webhooks') dropDescribed(world, app, list, left);
    if (type === 'jiraIssueFields')
      dropFields(
        world,
        app.key,
        list.filter((one) => !left.includes(one)).map(({ key }) => String(key)),
      );
    return left.length > 0 ? [[type, left]] : [];
  });
  world.update(connectApps, app.key, { dynamicModules: Object.fromEntries(kept) });
}

/** Ends the webhooks of modules that went. */
function dropDescribed(
  world: World,
  app: ConnectApp,
  before: readonly Module[],
  left: readonly Module[],
): void {
  const gone = before.filter((one) => !left.includes(one)).map(({ key }) => String(key));
  for (const row of world.list(webhooks, { index: 'app', equals: app.key }).toArray())
    if (row.kind === 'connect' && gone.includes(row.description)) world.remove(webhooks, webhooks.key(row));
}

const keysOf = (modules: Modules): string[] =>
  Object.values(modules).flatMap((list) => list.map(({ key }) => String(key)));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As the descriptor has them: lists by type, at the top or under `modules`. */
function modulesIn(app: ConnectApp, sent: unknown): Modules {
  const all = isObject(sent) && isObject(sent.modules) ? sent.modules : sent;
  if (!isObject(all)) throw failed(app, 'has modules that are no object');
  const entries = Object.entries(all).map(([type, value]): [string, Module[]] => {
    const list = Array.isArray(value) ? value : [value];
    if (!/^[A-Za-z]{1,64}$/.test(type)) throw failed(app, `has an unknown module type: ${type}`);
    for (const one of list) checkModule(app, type, one);
    return [type, list as Module[]];
  });
  return Object.fromEntries(entries.filter(([, list]) => list.length > 0));
}

function checkModule(app: ConnectApp, type: string, one: unknown): void {
  if (!isObject(one)) throw failed(app, `has a module of type ${type} that is no object`);
  const { key, name } = one;
  if (typeof key !== 'string' || !/^[A-Za-z0-9-]{1,100}$/.test(key))
    throw failed(app, `has a module of type ${type} without a valid key`);
  if (type !== 'webhooks' && !(isObject(name) && typeof name.value === 'string'))
    throw failed(app, `has a module ${key} without a name`);
  if (type !== 'webhooks') return;
  if (!(typeof one.event === 'string' && WEBHOOK_EVENTS.has(one.event)))
    throw failed(app, `has a webhook ${key} for an unknown event`);
  if (typeof one.url !== 'string' || !one.url.startsWith('/'))
    throw failed(app, `has a webhook ${key} whose url is not relative to the base URL`);
}

const failed = ({ name }: ConnectApp, what: string) =>
  refusedModules(400, `Installation failed. The app ${name} ${what}. Please contact the app vendor.`);
