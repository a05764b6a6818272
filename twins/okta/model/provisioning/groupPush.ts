/** Group push: groups of the org that an app gets a copy of. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stampSeconds } from '../../time.ts';
import { groupPushMappings } from '../../world/apps.ts';
import { type App, appTarget, findApp } from '../apps/app.ts';
import { addGroup, deleteGroup, findGroup, groupTarget } from '../groups/group.ts';
import { record, type Who } from '../log/log.ts';
import { provisionGroup, removePushed } from './groupProvisioning.ts';

/**
 * A mapping in the vendor's shape, less links; `appId` is not shown, nor is what the app's service was told:
 * its own id of the group, the name, the members (undefined where nobody knows).
 */
export interface GroupPushMapping {
  appId: string;
  created: string;
  id: string;
  lastUpdated: string;
  sourceGroupId: string;
  status: 'ACTIVE' | 'INACTIVE' | 'ERROR';
  targetGroupId: string;
  lastPush?: string;
  errorSummary?: string;
  externalId?: string;
  pushedName?: string;
  members?: readonly string[];
}

export interface GroupPushInput {
  sourceGroupId?: string;
  targetGroupId?: string;
  targetGroupName?: string;
  status?: string;
}

/** One mapping of an app, or E0000007. */
export function findGroupPush(world: World, appId: string, id: string): GroupPushMapping {
  findApp(world, appId);
  return world.require(groupPushMappings, `${appId}/${id}`, () => notFound(id, 'GroupPushMapping'));
}

/** Pushes a group to an app. Throws E0000001 where source or target are missing, both are named, or it is pushed already. */
export function createGroupPush(
  world: World,
  who: Who,
  appId: string,
  input: GroupPushInput | undefined,
): GroupPushMapping {
  const app = findApp(world, appId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.sourceGroupId) throw blank('sourceGroupId');
  const source = findGroup(world, input.sourceGroupId);
  const { targetGroupId, targetGroupName } = input;
  if (Boolean(targetGroupId) === Boolean(targetGroupName))
    throw invalid('targetGroupId', 'targetGroupId: Either targetGroupId or targetGroupName must be given');
  if (world.list(groupPushMappings, { index: 'source', equals: `${appId}/${source.id}` }).first())
    throw invalid('sourceGroupId', 'sourceGroupId: The group is already pushed to this app');
  const target = targetGroupId
    ? findGroup(world, targetGroupId)
    : addGroup(world, { name: targetGroupName as string, description: null }, 'APP_GROUP');
  const now = stampSeconds(world.now());
  const row = world.insert(groupPushMappings, {
    appId,
    created: now,
    id: newId(world, 'gPm'),
    lastUpdated: now,
    sourceGroupId: source.id,
    status: input.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
    targetGroupId: target.id,
  });
  log(world, who, 'mapping.created', app, row);
  provisionGroup(world, appId, row.id);
  return row;
}

/** Turns a mapping on or off, and returns it. */
export function setGroupPushStatus(
  world: World,
  who: Who,
  appId: string,
  id: string,
  input: GroupPushInput | undefined,
): GroupPushMapping {
  findGroupPush(world, appId, id);
  const status = input?.status;
  if (!status) throw blank('status');
  if (status !== 'ACTIVE' && status !== 'INACTIVE')
    throw invalid('status', 'status: The status is not valid');
  const row = world.update(groupPushMappings, `${appId}/${id}`, {
    status,
    lastUpdated: stampSeconds(world.now()),
  });
  const verb = status === 'ACTIVE' ? 'activate_mapping' : 'deactivate_mapping';
  log(world, who, verb, findApp(world, appId), row);
  if (status === 'ACTIVE') provisionGroup(world, appId, id);
  return row;
}

/** Ends a mapping that is off; its copy in the app goes too where that is asked for. */
export function deleteGroupPush(
  world: World,
  who: Who,
  appId: string,
  id: string,
  deleteTargetGroup: boolean,
): void {
  const row = findGroupPush(world, appId, id);
  if (row.status === 'ACTIVE')
    throw invalid('status', 'status: The mapping must be deactivated before deletion');
  world.remove(groupPushMappings, `${appId}/${id}`);
  log(world, who, 'delete_appgroup', findApp(world, appId), row);
  if (deleteTargetGroup) removePushed(world, row);
  if (deleteTargetGroup) deleteGroup(world, who, row.targetGroupId);
}

function log(world: World, who: Who, what: string, app: App, row: GroupPushMapping): void {
  record(world, who, {
    eventType: `application.provision.group_push.${what}`,
    displayMessage: 'Group push mapping',
    target: [
      {
        id: row.id,
        type: 'GroupPushMapping',
        alternateId: 'unknown',
        displayName: row.id,
        detailEntry: null,
      },
      appTarget(app),
      groupTarget(findGroup(world, row.sourceGroupId)),
    ],
  });
}
