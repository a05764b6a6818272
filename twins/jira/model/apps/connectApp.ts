/**
 * Connect apps: guests of the site with a person, a secret and webhooks of their own.
 * https://developer.atlassian.com/cloud/jira/platform/connect-app-descriptor/
 */
import { BASE64URL, uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import { siteBase } from '../../hosts.ts';
import { CONNECT_APPS_MAX } from '../../limits.ts';
import { type ConnectApp, connectApps } from '../../world/apps.ts';
import { webhooks } from '../../world/webhooks.ts';
import { groups, projects, properties, roleActors, type User, users } from '../../world.ts';
import { LOCALE, TIME_ZONE } from '../defaults.ts';
import { declareField, dropFields, type IssueFieldModule } from '../fields/appFields.ts';
import { nextId } from '../ids.ts';
import { enter } from '../people/groups.ts';
import { siteOf } from '../people/people.ts';
import { ADDONS } from '../permissions/beginnings.ts';
import { dropWebhooksOf } from '../webhooks/dynamicWebhook.ts';

/** The part of an app's `atlassian-connect.json` that its site reads. */
export interface Descriptor {
  key: string;
  name?: string;
  baseUrl: string;
  scopes?: readonly string[];
  lifecycle?: Readonly<Record<string, string>>;
  modules?: { webhooks?: readonly DescribedWebhook[]; jiraIssueFields?: readonly IssueFieldModule[] };
}

/** A webhook as descriptors and dynamic modules have it. */
export interface DescribedWebhook {
  /** Of dynamic modules. */
  key?: string;
  event: string;
  url: string;
  filter?: string;
  excludeBody?: boolean;
  propertyKeys?: readonly string[];
}

/** Lets an app in: it gets a person, a secret that its `installed` callback is told, and its webhooks. */
export function installApp(world: World, descriptor: Descriptor): ConnectApp {
  if (world.get(connectApps, descriptor.key))
    throw refused('conflict', `The app ${descriptor.key} is installed already.`);
  if (world.list(connectApps).count() >= CONNECT_APPS_MAX)
    throw refused('badRequest', `A site takes at most ${CONNECT_APPS_MAX} apps.`);
  const { key, name = key, scopes = ['READ'], lifecycle = {} } = descriptor;
  const app = world.insert(connectApps, {
    key,
    name,
    baseUrl: descriptor.baseUrl.replace(/\/$/, ''),
    clientKey: uuid(world.drawFor('jira.clientKey', key)),
    sharedSecret: secretFor(world, key),
    scopes,
    accountId: personOfApp(world, key, name, scopes).accountId,
    lifecycle,
    dynamicModules: {},
  });
  for (const one of descriptor.modules?.webhooks ?? []) describedWebhook(world, app, one);
  for (const one of descriptor.modules?.jiraIssueFields ?? []) declareField(world, key, one);
  tellLifecycle(world, app, 'installed');
  tellLifecycle(world, app, 'enabled');
  return app;
}

/** Sends an app away: it is told so, and all that was its own goes. */
export function uninstallApp(world: World, key: string): ConnectApp {
  const app = requireApp(world, key);
  tellLifecycle(world, app, 'disabled');
  tellLifecycle(world, app, 'uninstalled');
  dropWebhooksOf(world, key);
  dropFields(world, key);
  for (const row of world.list(properties, { prefix: `addon/${key}/` }).toArray())
    world.remove(properties, properties.key(row));
  world.update(users, app.accountId, { active: false });
  world.remove(connectApps, key);
  return app;
}

/** New secrets for all apps. */
export function renewApps(world: World): void {
  for (const { key } of world.list(connectApps).toArray())
    world.update(connectApps, key, { sharedSecret: secretFor(world, key) });
}

const secretFor = (world: World, key: string): string =>
  world.secret(['jira.sharedSecret', key, world.next('jira.sharedSecret')], 100, BASE64URL);

/** The app with this key; 404 where it is not installed. */
export const requireApp = (world: World, key: string): ConnectApp =>
  world.require(connectApps, key, () => refused('notFound', `Add-on with key '${key}' does not exist`));

/** The person that an app is; one that comes back is the same person again. */
export function personOfApp(world: World, key: string, name: string, scopes: readonly string[]): User {
  const accountId = `557058:${uuid(world.drawFor('jira.appAccount', key))}`;
  const user = world.put(users, {
    accountId,
    accountType: 'app',
    emailAddress: `${uuid(world.drawFor('jira.appAddress', key))}@connect.atlassian.com`,
    displayName: name,
    active: true,
    timeZone: TIME_ZONE,
    locale: LOCALE,
  });
  for (const { id: projectId } of world.list(projects).toArray()) {
    const known = world.list(roleActors, { index: 'place', equals: `${projectId}/${ADDONS}` }).toArray();
    if (known.some(({ holder }) => holder === accountId)) continue;
    const id = Number(nextId(world, 'roleActor'));
    world.insert(roleActors, {
      id,
      roleId: ADDONS,
      projectId,
      type: 'atlassian-user-role-actor',
      holder: accountId,
    });
  }
  if (scopes.includes('ADMIN') || scopes.includes('admin'))
    for (const { groupId, administers } of world.list(groups).toArray())
      if (administers === 'jira') enter(world, groupId, accountId);
  return user;
}

/** Has an app's webhook sent from now on; known again by its key. */
export function describedWebhook(world: World, app: ConnectApp, described: DescribedWebhook): void {
  world.insert(webhooks, {
    kind: 'connect',
    id: world.next('jira.connectWebhook'),
    app: app.key,
    name: app.name,
    description: described.key ?? '',
    url: app.baseUrl + described.url,
    events: [described.event],
    jql: described.filter ?? '',
    ...(described.propertyKeys ? { propertyKeys: described.propertyKeys } : {}),
    excludeBody: described.excludeBody ?? false,
    enabled: true,
    user: { accountId: app.accountId },
    lastUpdated: world.now(),
  });
}

/** Calls the app at the path that its descriptor names for this turn of its life; nothing where it names none. */
function tellLifecycle(world: World, app: ConnectApp, eventType: string): void {
  const path = app.lifecycle[eventType];
  if (path === undefined) return;
  const base = siteBase(world);
  const body = {
    key: app.key,
    clientKey: app.clientKey,
    // Only the first callback tells the secret.
    ...(eventType === 'installed' ? { sharedSecret: app.sharedSecret } : {}),
    serverVersion: '100287',
    pluginsVersion: '1001.0.0-SNAPSHOT',
    baseUrl: base,
    displayUrl: base,
    displayUrlServicedeskHelpCenter: base,
    productType: 'jira',
    description: `Atlassian JIRA at ${siteOf(world).url}`,
    eventType,
  };
  // The app may be gone when it is called.
  const payload = { baseUrl: app.baseUrl, body };
  world.emit({ channel: 'lifecycle', event: eventType, to: app.baseUrl + path, app: app.key, payload });
}
