/** Cross App Access: apps that may ask for tokens of others in the name of who is signed in to both. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { crossAppConnections } from '../../world/integrations.ts';
import { apps } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { appTarget, findApp } from './app.ts';

/** A connection in the vendor's shape. */
export interface CrossAppConnection {
  id: string;
  requestingAppInstanceId: string;
  resourceAppInstanceId: string;
  status: 'ACTIVE' | 'INACTIVE';
  created: string;
  lastUpdated: string;
}

export type CrossAppInput = Partial<
  Pick<CrossAppConnection, 'requestingAppInstanceId' | 'resourceAppInstanceId'> & { status: string }
>;

/** What connections may be asked for by. */
export interface CrossAppQuery {
  status: string | null;
  requestingAppId: string | null;
  resourceAppId: string | null;
  requestingAppName: string | null;
  resourceAppName: string | null;
  activeAppsOnly: boolean;
}

/** The connections of an app, either way. */
export function connectionsOf(world: World, appId: string, query: CrossAppQuery): CrossAppConnection[] {
  const named = (id: string, text: string | null) =>
    text === null || (world.get(apps, id)?.label.toLowerCase().includes(text.toLowerCase()) ?? false);
  return world
    .list(crossAppConnections, { index: 'app', equals: findApp(world, appId).id })
    .toArray()
    .filter(
      ({ status, requestingAppInstanceId: from, resourceAppInstanceId: to }) =>
        (query.status === null || status === query.status) &&
        (query.requestingAppId === null || from === query.requestingAppId) &&
        (query.resourceAppId === null || to === query.resourceAppId) &&
        named(from, query.requestingAppName) &&
        named(to, query.resourceAppName) &&
        (!query.activeAppsOnly || [from, to].every((id) => world.get(apps, id)?.status === 'ACTIVE')),
    );
}

/** One connection of an app, or E0000007. */
export function findConnection(world: World, appId: string, id: string): CrossAppConnection {
  findApp(world, appId);
  const missing = () => notFound(id, 'CrossAppAccessConnection');
  const row = world.require(crossAppConnections, id, missing);
  if (row.requestingAppInstanceId !== appId && row.resourceAppInstanceId !== appId) throw missing();
  return row;
}

/** Connects an app with another. Throws E0000001 where neither side is this app, both are, or it is so already. */
export function connectApps(
  world: World,
  who: Who,
  appId: string,
  input: CrossAppInput | undefined,
): CrossAppConnection {
  findApp(world, appId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { requestingAppInstanceId: from, resourceAppInstanceId: to } = input;
  if (!from) throw blank('requestingAppInstanceId');
  if (!to) throw blank('resourceAppInstanceId');
  for (const id of [from, to]) findApp(world, id);
  if (from === to || (from !== appId && to !== appId))
    throw invalid('resourceAppInstanceId', 'resourceAppInstanceId: The app must be one of two that differ');
  const all = world.list(crossAppConnections, { index: 'app', equals: from }).toArray();
  if (all.some((row) => row.requestingAppInstanceId === from && row.resourceAppInstanceId === to))
    throw invalid('resourceAppInstanceId', 'resourceAppInstanceId: The apps are connected already');
  const now = stamp(world.now());
  const row = world.insert(crossAppConnections, {
    id: newId(world, 'cwo'),
    requestingAppInstanceId: from,
    resourceAppInstanceId: to,
    status: checkedStatus(input.status ?? 'ACTIVE'),
    created: now,
    lastUpdated: now,
  });
  log(world, who, 'create', row);
  return row;
}

/** Turns a connection on or off. */
export function turnConnectionOfApps(
  world: World,
  who: Who,
  appId: string,
  id: string,
  input: CrossAppInput | undefined,
): CrossAppConnection {
  findConnection(world, appId, id);
  if (!input?.status) throw blank('status');
  const status = checkedStatus(input.status);
  const row = world.update(crossAppConnections, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', row);
  return row;
}

/** Ends a connection. */
export function disconnectApps(world: World, who: Who, appId: string, id: string): void {
  const row = findConnection(world, appId, id);
  world.remove(crossAppConnections, id);
  log(world, who, 'delete', row);
}

/** Connections of an app that goes. */
export function forgetConnections(world: World, appId: string): void {
  for (const { id } of world.list(crossAppConnections, { index: 'app', equals: appId }).toArray())
    world.remove(crossAppConnections, id);
}

function checkedStatus(status: string): CrossAppConnection['status'] {
  if (status !== 'ACTIVE' && status !== 'INACTIVE')
    throw invalid('status', 'status: The status must be ACTIVE or INACTIVE');
  return status;
}

const log = (
  world: World,
  who: Who,
  verb: string,
  { requestingAppInstanceId: from, resourceAppInstanceId: to }: CrossAppConnection,
): unknown =>
  record(world, who, {
    eventType: `app.cross_app_access.connection.${verb}`,
    displayMessage: `Cross App Access connection ${verb}`,
    target: [from, to].map((id) => appTarget(findApp(world, id))),
  });
