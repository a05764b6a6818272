/** Groups pushed to the service of an app by SCIM 2.0: their names, and who of them has an account there. */
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { stampSeconds } from '../../time.ts';
import { groupPushMappings, provisioningTasks } from '../../world/apps.ts';
import { apps, appUsers, groups } from '../../world.ts';
import { appTarget } from '../apps/app.ts';
import { groupTarget, membershipsOf, usersOf } from '../groups/group.ts';
import { record, SYSTEM } from '../log/log.ts';
import { liveConnection } from './appConnection.ts';
import type { GroupPushMapping } from './groupPush.ts';
import {
  type Ask,
  ask,
  firstFound,
  type Goal,
  giveUp,
  idOf,
  isGood,
  keyOf,
  lookUp,
  newTask,
  type ProvisioningTask,
  type ScimRequest,
  takesPatches,
  whyNot,
} from './provisioningTask.ts';
import { type Member, membersChanged, membersReplaced, replacing, scimGroup } from './scimResource.ts';

/** Has an app's service told how a pushed group is now. */
export function provisionGroup(world: World, appId: string, mappingId: string): void {
  if (!liveConnection(world, appId)) return;
  const key = `${appId}/${mappingId}`;
  const task = world.get(provisioningTasks, key);
  if (task?.status === 'IN_PROGRESS')
    world.update(provisioningTasks, key, { wish: { ...task.wish, profile: true } });
  else begin(world, appId, mappingId);
}

/** Every app that gets a copy of a group hears of its change. */
export function groupChanged(world: World, groupId: string): void {
  for (const { appId, id, sourceGroupId } of world
    .list(groupPushMappings, { index: 'group', equals: groupId })
    .toArray())
    if (sourceGroupId === groupId) provisionGroup(world, appId, id);
}

/** A user has an account in an app now, or has it no more: the pushed groups that they are in follow. */
export function pushMembershipsOf(world: World, appId: string, userId: string): void {
  for (const { groupId } of membershipsOf(world, userId)) {
    const source = `${appId}/${groupId}`;
    for (const { id } of world.list(groupPushMappings, { index: 'source', equals: source }).toArray())
      provisionGroup(world, appId, id);
  }
}

/** Takes a pushed group away from the app's service. */
export function removePushed(world: World, { appId, id, externalId, pushedName }: GroupPushMapping): void {
  if (!liveConnection(world, appId) || !externalId) return;
  start(world, {
    ...{ appId, id, externalId, kind: 'group', goal: 'removeGroup', asks: ['delete'], wish: {} },
    name: pushedName ?? id,
  });
}

/** Takes a failed task up again. */
export const retryGroup = (world: World, { appId, id }: ProvisioningTask): void => begin(world, appId, id);

function begin(world: World, appId: string, id: string): void {
  const mapping = world.get(groupPushMappings, `${appId}/${id}`);
  const app = world.get(apps, appId);
  const asks = mapping && app && mapping.status !== 'INACTIVE' ? asksFor(world, mapping, app.name) : [];
  if (!mapping || asks.length === 0) {
    world.remove(provisioningTasks, `${appId}/${id}`);
    return;
  }
  const goal: Goal = mapping.externalId ? 'members' : 'group';
  const name = nameOf(world, mapping);
  start(world, {
    ...{ appId, id, kind: 'group', goal, asks, externalId: mapping.externalId ?? null, wish: {}, name },
  });
}

function start(world: World, input: Parameters<typeof newTask>[1]): void {
  const task = newTask(world, input);
  ask(world, task, groupRequest(world, task));
}

function asksFor(world: World, mapping: GroupPushMapping, appName: string): readonly Ask[] {
  if (!mapping.externalId) return ['find'];
  const { gone, come } = difference(world, mapping);
  const moved = gone.length > 0 || come.length > 0;
  const renamed = mapping.pushedName !== nameOf(world, mapping);
  if (!moved && !renamed && mapping.status !== 'ERROR') return [];
  if (!takesPatches(appName)) return ['replace'];
  // The service sends the name along with every change of members.
  return moved ? ['rename', 'patch'] : ['rename'];
}

/** What a task asks now. */
export function groupRequest(world: World, task: ProvisioningTask): ScimRequest {
  const mapping = world.get(groupPushMappings, keyOf(task));
  const one = `/Groups/${encodeURIComponent(task.externalId ?? '')}`;
  switch (task.asks[0]) {
    case 'find':
      return { method: 'GET', path: lookUp('Groups', 'displayName', task.name) };
    case 'create':
      return { method: 'POST', path: '/Groups', body: scimGroup(task.name, []) };
    case 'replace':
      return { method: 'PUT', path: one, body: scimGroup(task.name, membersNow(world, mapping)) };
    case 'rename':
      return {
        method: 'PATCH',
        path: one,
        body: replacing({ id: task.externalId, displayName: task.name }),
      };
    case 'patch': {
      if (!mapping?.members)
        return { method: 'PATCH', path: one, body: membersReplaced(membersNow(world, mapping)) };
      const { gone, come } = difference(world, mapping);
      return { method: 'PATCH', path: one, body: membersChanged(gone, come) };
    }
    default:
      return { method: 'DELETE', path: one };
  }
}

/** Takes the service's answer and goes on. */
export function groupAnswered(world: World, task: ProvisioningTask, outcome: DeliveryOutcome): void {
  const next = after(world, task, outcome);
  if (typeof next === 'string') fail(world, task, next);
  else if (next.asks.length > 0) ask(world, next, groupRequest(world, next));
  else finish(world, next);
}

/** The task once an answer is in; a text says why it cannot go on. */
function after(world: World, task: ProvisioningTask, outcome: DeliveryOutcome): ProvisioningTask | string {
  const [asked, ...asks] = task.asks;
  const gone = outcome.status === 404;
  if (asked === 'find' && (isGood(outcome) || gone)) {
    const found = firstFound(outcome);
    return found ? linked(world, task, idOf(found), undefined) : { ...task, asks: ['create'] };
  }
  if (asked === 'delete' && gone) return { ...task, asks };
  if (!isGood(outcome)) return whyNot(outcome);
  if (asked === 'create') {
    const externalId = idOf(parsedObject(outcome.body) ?? {});
    return externalId === null
      ? 'Create new group returned empty group.'
      : linked(world, task, externalId, []);
  }
  const mapping = world.get(groupPushMappings, keyOf(task));
  if (mapping && (asked === 'patch' || asked === 'replace'))
    world.update(groupPushMappings, keyOf(task), {
      members: membersNow(world, mapping).map(({ value }) => value),
    });
  if (mapping && (asked === 'rename' || asked === 'replace'))
    world.update(groupPushMappings, keyOf(task), { pushedName: task.name });
  return { ...task, asks };
}

/** The service has the group: who is in it comes next. */
function linked(
  world: World,
  task: ProvisioningTask,
  externalId: string | null,
  members: string[] | undefined,
): ProvisioningTask {
  const mapping = world.get(groupPushMappings, keyOf(task));
  const app = world.get(apps, task.appId);
  if (!mapping || !app || externalId === null) return { ...task, asks: [] };
  const kept = { ...mapping, externalId, pushedName: task.name };
  const now = world.put(groupPushMappings, members ? { ...kept, members } : kept);
  const tells = members === undefined || difference(world, now).come.length > 0;
  return { ...task, externalId, asks: tells ? [takesPatches(app.name) ? 'patch' : 'replace'] : [] };
}

function finish(world: World, task: ProvisioningTask): void {
  const key = keyOf(task);
  world.remove(provisioningTasks, key);
  const mapping = world.get(groupPushMappings, key);
  if (mapping) {
    const { errorSummary: _, ...rest } = mapping;
    world.put(groupPushMappings, {
      ...rest,
      status: mapping.status === 'ERROR' ? 'ACTIVE' : mapping.status,
      lastPush: stampSeconds(world.now()),
    });
  }
  log(world, task, undefined);
  begin(world, task.appId, task.id);
}

function fail(world: World, task: ProvisioningTask, why: string): void {
  const error = `Unable to push group ${task.name} to app ${world.get(apps, task.appId)?.label}: ${why}`;
  giveUp(world, task, error);
  const key = keyOf(task);
  if (world.get(groupPushMappings, key))
    world.update(groupPushMappings, key, { status: 'ERROR', errorSummary: error });
  log(world, task, error);
}

/** Members of the group who have an account in the app, as its service knows them. */
function membersNow(world: World, mapping: GroupPushMapping | undefined): Member[] {
  if (!mapping) return [];
  return usersOf(world, mapping.sourceGroupId).flatMap((userId) => {
    const row = world.get(appUsers, `${mapping.appId}/${userId}`);
    return row?.externalId ? [{ value: row.externalId, display: row.credentials?.userName ?? '' }] : [];
  });
}

function difference(world: World, mapping: GroupPushMapping): { gone: string[]; come: Member[] } {
  const now = membersNow(world, mapping);
  const before = new Set(mapping.members);
  const ids = new Set(now.map(({ value }) => value));
  return {
    gone: [...before].filter((id) => !ids.has(id)),
    come: now.filter(({ value }) => !before.has(value)),
  };
}

const nameOf = (world: World, { sourceGroupId, id }: GroupPushMapping): string =>
  world.get(groups, sourceGroupId)?.profile.name ?? id;

const EVENTS: Readonly<Record<string, [type: string, says: string]>> = {
  group: ['pushed', 'Push group to external application'],
  members: ['push_memberships', 'Push group memberships to external application'],
  removeGroup: ['removed', 'Remove pushed group from external application'],
};

function log(world: World, task: ProvisioningTask, error: string | undefined): void {
  const [type, displayMessage] = EVENTS[task.goal] as [string, string];
  const mapping = world.get(groupPushMappings, keyOf(task));
  const group = mapping && world.get(groups, mapping.sourceGroupId);
  const app = world.get(apps, task.appId);
  record(world, SYSTEM, {
    eventType: `application.provision.group_push.${error && !group ? 'mapping.update.or.delete.failed' : type}`,
    displayMessage,
    ...(error ? { severity: 'WARN', outcome: { result: 'FAILURE', reason: error } } : {}),
    target: [...(group ? [groupTarget(group)] : []), ...(app ? [appTarget(app)] : [])],
  });
}
