/** Groups assigned to apps: their members are assigned with them. */
import { isRecord } from '../../../../src/json.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { appGroups } from '../../world.ts';
import { findGroup, groupTarget, membersOf } from '../groups/group.ts';
import { record, type Who } from '../log/log.ts';
import { appTarget, findApp } from './app.ts';
import { reconcileUser } from './appUser.ts';

/** An assignment in the vendor's shape, less links; `id` is the group's, `appId` is not shown. */
export interface AppGroup {
  appId: string;
  id: string;
  lastUpdated: string;
  priority: number;
  profile: Record<string, unknown>;
}

export interface AppGroupInput {
  priority?: number;
  profile?: Record<string, unknown>;
}

/** The assignment of a group to an app, or E0000007. */
export function findAppGroup(world: World, appId: string, groupId: string): AppGroup {
  findApp(world, appId);
  return world.require(appGroups, `${appId}/${groupId}`, () =>
    notFound(groupId, 'ApplicationGroupAssignment'),
  );
}

/** Assigns a group (or changes its assignment) and, with it, its members. */
export function assignGroup(
  world: World,
  who: Who,
  appId: string,
  groupId: string,
  input: AppGroupInput | undefined,
): AppGroup {
  const app = findApp(world, appId);
  const group = findGroup(world, groupId);
  const old = world.get(appGroups, `${appId}/${groupId}`);
  const row = world.put(appGroups, {
    appId,
    id: groupId,
    lastUpdated: stamp(world.now()),
    priority: input?.priority ?? old?.priority ?? nextPriority(world, appId),
    profile: input?.profile ?? old?.profile ?? {},
  });
  if (!old)
    record(world, who, {
      eventType: 'group.application_assignment.add',
      displayMessage: 'Add assigned application to group',
      target: [groupTarget(group), appTarget(app)],
    });
  for (const { userId } of membersOf(world, groupId).toArray()) reconcileUser(world, who, appId, userId);
  return row;
}

/** One change of an assignment: a path as `/priority`, `/profile` or `/profile/{attribute}`. */
export interface AppGroupPatch {
  op?: string;
  path?: string;
  value?: unknown;
}

/** Changes parts of a group's assignment. Throws E0000001 for another operation or path, E0000003 for no list. */
export function patchAppGroup(
  world: World,
  who: Who,
  appId: string,
  groupId: string,
  patches: readonly AppGroupPatch[] | undefined,
): AppGroup {
  const { priority, profile } = findAppGroup(world, appId, groupId);
  if (!Array.isArray(patches)) throw notWellFormed();
  const changed = patches.reduce<AppGroupInput>(patched, { priority, profile });
  return assignGroup(world, who, appId, groupId, changed);
}

function patched(now: AppGroupInput, { op, path = '', value }: AppGroupPatch): AppGroupInput {
  if (op !== 'replace' && op !== 'remove') throw invalid('op', `op: The operation '${op}' is not supported`);
  const [, attribute] = /^\/profile\/([\w.-]+)$/.exec(path) ?? [];
  if (attribute) {
    const { [attribute]: _, ...rest } = now.profile ?? {};
    return { ...now, profile: op === 'remove' ? rest : { ...rest, [attribute]: value } };
  }
  if (path === '/profile') return { ...now, profile: isRecord(value) && op === 'replace' ? value : {} };
  if (path !== '/priority' || op === 'remove' || typeof value !== 'number')
    throw invalid('path', `path: '${path}' cannot be changed so`);
  return { ...now, priority: value };
}

/** Takes a group's assignment away, and the assignments that hung on it. */
export function unassignGroup(world: World, who: Who, appId: string, groupId: string): void {
  const app = findApp(world, appId);
  findAppGroup(world, appId, groupId);
  const group = findGroup(world, groupId);
  world.remove(appGroups, `${appId}/${groupId}`);
  record(world, who, {
    eventType: 'group.application_assignment.remove',
    displayMessage: 'Remove assigned application from group',
    target: [groupTarget(group), appTarget(app)],
  });
  for (const { userId } of membersOf(world, groupId).toArray()) reconcileUser(world, who, appId, userId);
}

const nextPriority = (world: World, appId: string): number =>
  world.list(appGroups, { prefix: `${appId}/` }).count();
