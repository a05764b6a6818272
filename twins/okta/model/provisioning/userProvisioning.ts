/**
 * Users pushed to the service of an app by SCIM 2.0: looked for, made, updated, deactivated, given passwords.
 * https://developer.okta.com/docs/reference/scim/scim-20/
 */
import { BASE62 } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { stamp } from '../../time.ts';
import { provisioningTasks } from '../../world/apps.ts';
import { apps, appUsers, schemas, users } from '../../world.ts';
import { type App, appTarget } from '../apps/app.ts';
import type { AppUser } from '../apps/appUser.ts';
import { record, SYSTEM } from '../log/log.ts';
import { displayName, userTarget } from '../people/user.ts';
import { userProvisioning } from './appFeature.ts';
import { pushMembershipsOf } from './groupProvisioning.ts';
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
  type Wish,
  whyNot,
} from './provisioningTask.ts';
import { overlaid, type Resource, replacing, scimUser } from './scimResource.ts';

/** Has an app's service told what changed about a user; what comes up while it is told is told afterwards. */
export function provisionUser(world: World, appId: string, userId: string, change: Wish = {}): void {
  if (!userProvisioning(world, appId)) return;
  const key = `${appId}/${userId}`;
  const task = world.get(provisioningTasks, key);
  const wish = { ...task?.wish, ...change };
  if (task?.status === 'IN_PROGRESS') world.update(provisioningTasks, key, { wish });
  else begin(world, appId, userId, wish);
}

/** Whether an app makes accounts for who is assigned to it. */
export const makesAccounts = (world: World, appId: string): boolean =>
  userProvisioning(world, appId)?.create.lifecycleCreate.status === 'ENABLED';

/** Has every app of a user told their new password, where it takes it. */
export function pushPassword(world: World, userId: string, password: string): void {
  for (const { appId } of world.list(appUsers, { index: 'user', equals: userId }).toArray())
    provisionUser(world, appId, userId, { password });
}

/** Takes a failed task up again. */
export const retryUser = (world: World, { appId, id, wish }: ProvisioningTask): void =>
  begin(world, appId, id, { profile: true, ...wish });

function begin(world: World, appId: string, userId: string, wish: Wish): void {
  const app = world.get(apps, appId);
  const row = world.get(appUsers, `${appId}/${userId}`);
  const goal = goalOf(world, appId, row, wish);
  if (!app || !goal) {
    world.remove(provisioningTasks, `${appId}/${userId}`);
    return;
  }
  const user = world.get(users, userId);
  const task = newTask(world, {
    appId,
    id: userId,
    kind: 'user',
    goal,
    asks: asksFor(goal, takesPatches(app.name)),
    externalId: row?.externalId ?? wish.left ?? null,
    wish: fulfilled(goal, wish),
    name: user ? displayName(user) : userId,
  });
  if (row) world.update(appUsers, `${appId}/${userId}`, { syncState: 'SYNCING' });
  ask(world, task, userRequest(world, task));
}

function goalOf(world: World, appId: string, row: AppUser | undefined, wish: Wish): Goal | undefined {
  const may = userProvisioning(world, appId);
  if (!may) return undefined;
  const { profile, lifecycleDeactivate, password } = may.update;
  if (!row) return wish.left && lifecycleDeactivate.status === 'ENABLED' ? 'deactivate' : undefined;
  if (row.externalId === null) return may.create.lifecycleCreate.status === 'ENABLED' ? 'push' : undefined;
  if (wish.profile && profile.status === 'ENABLED') return 'profile';
  const follows = password.status === 'ENABLED' && password.change === 'CHANGE';
  return wish.password !== undefined && follows ? 'password' : undefined;
}

function asksFor(goal: Goal, patches: boolean): readonly Ask[] {
  if (goal === 'push') return ['find'];
  if (goal === 'profile') return ['read', 'replace'];
  return patches ? ['patch'] : ['read', 'replace'];
}

/** What is left to wish for once a goal is reached. The password of a goal is kept until it is told. */
function fulfilled(goal: Goal, { profile, password, left }: Wish): Wish {
  return {
    ...(profile && goal !== 'profile' && goal !== 'push' ? { profile } : {}),
    ...(password === undefined ? {} : { password }),
    ...(left && goal !== 'deactivate' ? { left } : {}),
  };
}

/** What a task asks now. */
export function userRequest(world: World, task: ProvisioningTask): ScimRequest {
  const row = world.get(appUsers, keyOf(task));
  const one = `/Users/${encodeURIComponent(task.externalId ?? '')}`;
  const active = task.goal !== 'deactivate';
  const secret = task.goal === 'password' ? { password: task.wish.password } : {};
  switch (task.asks[0]) {
    case 'find':
      return { method: 'GET', path: lookUp('Users', 'userName', row?.credentials?.userName ?? task.name) };
    case 'create':
      return { method: 'POST', path: '/Users', body: created(world, task, row) };
    case 'read':
      return { method: 'GET', path: one };
    case 'replace':
      return {
        method: 'PUT',
        path: one,
        body: { ...overlaid(task.copy, ours(world, row)), ...secret, active },
      };
    default:
      return {
        method: 'PATCH',
        path: one,
        body: replacing(task.goal === 'password' ? secret : { active }),
      };
  }
}

const ours = (world: World, row: AppUser | undefined): Resource =>
  row ? scimUser(world.get(schemas, row.appId), row) : {};

/** A create always carries a password; unless passwords are synchronised it means nothing. */
function created(world: World, task: ProvisioningTask, row: AppUser | undefined): Resource {
  const password = task.wish.password ?? world.secret(['okta', 'scim', task.appId, task.id], 12, BASE62);
  return { ...ours(world, row), password, active: true };
}

/** Takes the service's answer and goes on. */
export function userAnswered(world: World, task: ProvisioningTask, outcome: DeliveryOutcome): void {
  const next = after(task, outcome);
  if (typeof next === 'string') fail(world, task, next);
  else if (next.asks.length > 0) ask(world, next, userRequest(world, next));
  else finish(world, next);
}

/** The task once an answer is in; a text says why it cannot go on. */
function after(task: ProvisioningTask, outcome: DeliveryOutcome): ProvisioningTask | string {
  const [asked, ...rest] = task.asks;
  if (asked === 'find' && (isGood(outcome) || outcome.status === 404)) {
    const found = firstFound(outcome);
    return found
      ? { ...task, externalId: idOf(found), copy: found, asks: ['read', 'replace'] }
      : { ...task, asks: ['create'] };
  }
  if (!isGood(outcome)) return whyNot(outcome);
  const resource = parsedObject(outcome.body) ?? {};
  if (asked === 'read') return { ...task, copy: resource, asks: rest };
  if (asked !== 'create') return { ...task, asks: rest };
  const externalId = idOf(resource);
  return externalId === null ? 'Create new user returned empty user.' : { ...task, externalId, asks: rest };
}

function finish(world: World, task: ProvisioningTask): void {
  const key = keyOf(task);
  const row = world.get(appUsers, key);
  const now = stamp(world.now());
  log(world, task, undefined);
  const { password, ...wish } = task.wish;
  const isTold = task.goal === 'password' || task.goal === 'push';
  world.remove(provisioningTasks, key);
  if (row && task.goal !== 'deactivate')
    world.update(appUsers, key, {
      externalId: task.externalId,
      status: 'PROVISIONED',
      syncState: 'SYNCHRONIZED',
      lastSync: now,
      ...(row.status === 'PROVISIONED' ? {} : { statusChanged: now }),
      ...(task.goal === 'password' ? { passwordChanged: now } : {}),
    });
  if (row && task.goal === 'push') pushMembershipsOf(world, task.appId, task.id);
  // Who was taken away while they were made has an account that nobody is to use.
  const left = row || task.goal === 'deactivate' ? null : task.externalId;
  begin(world, task.appId, task.id, {
    ...wish,
    ...(left === null ? {} : { left }),
    ...(password === undefined || isTold ? {} : { password }),
  });
}

function fail(world: World, task: ProvisioningTask, why: string): void {
  const app = world.get(apps, task.appId);
  const error = `Automatic ${VERBS[task.goal]} of user ${task.name} to app ${app?.label} failed: ${why}`;
  giveUp(world, task, error);
  const key = keyOf(task);
  if (world.get(appUsers, key))
    world.update(appUsers, key, { syncState: 'ERROR', externalId: task.externalId });
  log(world, task, error);
}

const VERBS: Readonly<Record<string, string>> = {
  push: 'provisioning',
  profile: 'profile push',
  password: 'password push',
  deactivate: 'deprovisioning',
};

const EVENTS: Readonly<Record<string, [type: string, says: string]>> = {
  push: ['push', 'Push new user to external application'],
  profile: ['push_profile', 'Push user’s profile to external application'],
  password: ['push_okta_password', 'Push user’s Okta password to external application'],
  deactivate: ['deactivate', 'Deactivate user’s external application account'],
};

function log(world: World, task: ProvisioningTask, error: string | undefined): void {
  const app: App | undefined = world.get(apps, task.appId);
  const user = world.get(users, task.id);
  const [type, displayMessage] = EVENTS[task.goal] as [string, string];
  record(world, SYSTEM, {
    eventType: `application.provision.user.${type}`,
    displayMessage,
    ...(error ? { severity: 'WARN', outcome: { result: 'FAILURE', reason: error } } : {}),
    target: [
      ...(user ? [{ ...userTarget(user), type: 'AppUser' }] : []),
      ...(app ? [appTarget(app)] : []),
      ...(user ? [userTarget(user)] : []),
    ],
  });
}
