/** Provisioning features and the default connection of an app: none until it is connected. */
import type { World } from '../../../src/world/world.ts';
import { notFound, notWellFormed } from '../errors.ts';
import { appConnections } from '../world.ts';
import { type App, findApp } from './app.ts';
import { recordChange, type Who } from './log.ts';

/** An app's connection to the service that it provisions; `appId` is not shown. */
export interface AppConnection {
  appId: string;
  status: 'ENABLED' | 'DISABLED' | 'UNKNOWN';
  authScheme: string;
  baseUrl?: string;
}

/** The connection of an app; UNKNOWN where nobody set one up. */
export function connectionOf(world: World, appId: string): AppConnection {
  findApp(world, appId);
  return world.get(appConnections, appId) ?? { appId, status: 'UNKNOWN', authScheme: 'UNKNOWN' };
}

/** Sets a connection up; a scheme of UNKNOWN leaves it as it was. */
export function setConnection(
  world: World,
  who: Who,
  appId: string,
  input: { baseUrl?: string; profile?: { authScheme?: string } } | undefined,
  activate: boolean,
): AppConnection {
  const old = connectionOf(world, appId);
  const authScheme = input?.profile?.authScheme;
  if (!input || typeof authScheme !== 'string') throw notWellFormed();
  if (authScheme === 'UNKNOWN') return old;
  log(world, who, findApp(world, appId));
  return world.put(appConnections, {
    appId,
    status: activate ? 'ENABLED' : 'DISABLED',
    authScheme,
    ...(input.baseUrl ? { baseUrl: input.baseUrl } : {}),
  });
}

/** Turns a connection on or off; one that nobody set up stays UNKNOWN. */
export function turnConnection(world: World, who: Who, appId: string, status: 'ENABLED' | 'DISABLED'): void {
  const old = connectionOf(world, appId);
  if (old.status === 'UNKNOWN' || old.status === status) return;
  world.update(appConnections, appId, { status });
  log(world, who, findApp(world, appId));
}

const log = (world: World, who: Who, { id, label }: App): unknown =>
  recordChange(world, who, 'application.configuration.update', 'Update application configuration', {
    id,
    type: 'AppInstance',
    name: label,
    alternateId: label,
  });

/** The features of an app that provisions; E0000007 for an unknown feature. */
export function featureOf(world: World, appId: string, name: string): AppFeature {
  const found = featuresOf(world, appId).find((one) => one.name === name);
  if (!found) throw notFound(name, 'AppFeature');
  return found;
}

/** A feature in the vendor's shape, less links. */
export interface AppFeature {
  name: string;
  status: 'ENABLED' | 'DISABLED';
  description: string;
}

/** Features by name; an app that is not connected has none. */
export function featuresOf(world: World, appId: string): AppFeature[] {
  const { status } = connectionOf(world, appId);
  if (status === 'UNKNOWN') return [];
  return [
    {
      name: 'USER_PROVISIONING',
      status: status === 'ENABLED' ? 'ENABLED' : 'DISABLED',
      description: 'User provisioning settings from Okta to a downstream application',
    },
  ];
}
