/** Apps that let others sign people in to them by the token that these have (interclient SSO). */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { trustMappings } from '../../world/integrations.ts';
import { org } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { appTarget, findApp } from './app.ts';

/** A mapping in the vendor's shape: the first app lets the second in. */
export interface TrustMapping {
  id: string;
  orgId: string;
  appInstanceId: string;
  trustedAppInstanceId: string;
  created: string;
  lastUpdated: string;
  lastUpdatedBy: string;
}

/** Ids of the apps that an app lets in. */
export const allowedApps = (world: World, appId: string): string[] =>
  world
    .list(trustMappings, { prefix: `${findApp(world, appId).id}/` })
    .toArray()
    .map((row) => row.trustedAppInstanceId);

/** Ids of the apps that let an app in. */
export const targetApps = (world: World, appId: string): string[] =>
  world
    .list(trustMappings, { index: 'app', equals: findApp(world, appId).id })
    .toArray()
    .filter((row) => row.trustedAppInstanceId === appId)
    .map((row) => row.appInstanceId);

/** Lets an app in. Throws E0000001 for itself, one that is let in already, and apps that are no OpenID Connect clients. */
export function trustApp(
  world: World,
  who: Who,
  appId: string,
  input: { id?: string } | undefined,
): TrustMapping {
  const app = findApp(world, appId);
  if (!input?.id) throw blank('id');
  const trusted = findApp(world, input.id);
  if (trusted.id === app.id) throw invalid('id', 'id: An app cannot trust itself');
  if (!app.credentials.oauthClient || !trusted.credentials.oauthClient)
    throw invalid('id', 'id: Both apps must be OpenID Connect clients');
  if (world.get(trustMappings, `${appId}/${trusted.id}`))
    throw invalid('id', 'id: The app is allowed already');
  const now = stamp(world.now());
  const row = world.insert(trustMappings, {
    id: newId(world, 'itm'),
    orgId: org(world).id,
    appInstanceId: appId,
    trustedAppInstanceId: trusted.id,
    created: now,
    lastUpdated: now,
    lastUpdatedBy: who.id,
  });
  log(world, who, 'create', row);
  return row;
}

/** Lets it in no more. Throws E0000007 for one that was not. */
export function distrustApp(world: World, who: Who, appId: string, allowedAppId: string): void {
  findApp(world, appId);
  const row = world.require(trustMappings, `${appId}/${allowedAppId}`, () =>
    notFound(allowedAppId, 'InterclientTrustMapping'),
  );
  world.remove(trustMappings, `${appId}/${allowedAppId}`);
  log(world, who, 'delete', row);
}

/** Mappings of an app that goes. */
export function forgetTrust(world: World, appId: string): void {
  for (const row of world.list(trustMappings, { index: 'app', equals: appId }).toArray())
    world.remove(trustMappings, `${row.appInstanceId}/${row.trustedAppInstanceId}`);
}

const log = (
  world: World,
  who: Who,
  verb: string,
  { appInstanceId, trustedAppInstanceId }: TrustMapping,
): unknown =>
  record(world, who, {
    eventType: `app.interclient_mapping.${verb}`,
    displayMessage: `Interclient trust mapping ${verb}`,
    target: [appInstanceId, trustedAppInstanceId].map((id) => appTarget(findApp(world, id))),
  });
