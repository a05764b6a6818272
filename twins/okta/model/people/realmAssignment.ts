/** Realm assignments: rules that put people of a source into a realm as they come. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { realmAssignments, realmOperations } from '../../world/security.ts';
import { apps, idps, users } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { record, recordChange, type Who } from '../log/log.ts';
import { findRealm } from './realm.ts';
import { type User, userTarget } from './user.ts';

/** A rule in the vendor's shape, less links. */
export interface RealmAssignment {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  created: string;
  lastUpdated: string;
  conditions: { expression: { value: string }; profileSourceId: string };
  actions: { assignUserToRealm: { realmId: string } };
  domains?: string[];
  priority: number;
  isDefault: boolean;
}

export interface RealmAssignmentInput {
  name?: string;
  conditions?: { expression?: { value?: string }; profileSourceId?: string };
  actions?: { assignUserToRealm?: { realmId?: string } };
  domains?: string[];
  priority?: number;
}

/** The rule with this id, or E0000007. */
export const findRealmAssignment = (world: World, id: string): RealmAssignment =>
  world.require(realmAssignments, id, () => notFound(id, 'RealmAssignment'));

/** Rules in the order in which they are tried. */
export const assignmentsByPriority = (world: World): RealmAssignment[] =>
  world
    .list(realmAssignments, { orderBy: [{ by: (one) => one.priority }, { by: (one) => one.id }] })
    .toArray();

/**
 * Makes a rule, which is off at first. Throws E0000001 for parts that are missing or an expression that is none,
 * E0000007 for a realm or source that is not there.
 */
export function createRealmAssignment(
  world: World,
  who: Who,
  input: RealmAssignmentInput | undefined,
): RealmAssignment {
  const parts = checked(world, input);
  const now = stamp(world.now());
  const row = world.insert(realmAssignments, {
    id: newId(world, 'rul'),
    status: 'INACTIVE',
    created: now,
    lastUpdated: now,
    isDefault: false,
    ...parts,
  });
  log(world, who, 'create', row);
  return row;
}

/** Replaces a rule. */
export function replaceRealmAssignment(
  world: World,
  who: Who,
  id: string,
  input: RealmAssignmentInput | undefined,
): RealmAssignment {
  findRealmAssignment(world, id);
  const parts = checked(world, input, id);
  const row = world.update(realmAssignments, id, { ...parts, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', row);
  return row;
}

/** Turns a rule on or off. */
export function setRealmAssignmentStatus(
  world: World,
  who: Who,
  id: string,
  status: RealmAssignment['status'],
): void {
  findRealmAssignment(world, id);
  const row = world.update(realmAssignments, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', row);
}

/** Removes a rule. Throws E0000001 for one that is on. */
export function deleteRealmAssignment(world: World, who: Who, id: string): void {
  const row = findRealmAssignment(world, id);
  if (row.status === 'ACTIVE')
    throw invalid('status', 'status: A realm assignment must be deactivated before deletion');
  world.remove(realmAssignments, id);
  log(world, who, 'delete', row);
}

/** A run of a rule over everybody. */
export interface RealmOperation {
  id: string;
  type: 'realm:assignment';
  status: 'COMPLETED';
  created: string;
  started: string;
  completed: string;
  realmId: string;
  realmName: string;
  numUserMoved: number;
  assignmentOperation: { configuration: Pick<RealmAssignment, 'id' | 'name' | 'conditions' | 'actions'> };
}

/** Applies a rule to all users at once and says how many it moved. */
export function executeRealmAssignment(
  world: World,
  who: Who,
  input: { assignmentId?: string } | undefined,
): RealmOperation {
  if (!input?.assignmentId) throw blank('assignmentId');
  const rule = findRealmAssignment(world, input.assignmentId);
  const { id, name, conditions, actions } = rule;
  const { realmId } = actions.assignUserToRealm;
  const holds = expressionOf(conditions.expression.value);
  const moved = world.list(users, { where: (user) => user.realmId !== realmId && holds(user) }).toArray();
  log(world, who, 'execution_started', rule);
  for (const user of moved) moveTo(world, who, user, realmId);
  log(world, who, 'execution_completed', rule);
  const now = stamp(world.now());
  return world.insert(realmOperations, {
    id: newId(world, 'rao'),
    type: 'realm:assignment',
    status: 'COMPLETED',
    created: now,
    started: now,
    completed: now,
    realmId,
    realmName: findRealm(world, realmId).profile.name,
    numUserMoved: moved.length,
    assignmentOperation: { configuration: { id, name, conditions, actions } },
  });
}

/** Puts a user of a source into the realm that the first rule says which is on, about that source, and fits them. */
export function moveBySource(world: World, who: Who, sourceId: string, userId: string): void {
  const user = world.get(users, userId);
  if (!user) return;
  const rule = assignmentsByPriority(world).find(
    ({ status, conditions }) =>
      status === 'ACTIVE' &&
      conditions.profileSourceId === sourceId &&
      expressionOf(conditions.expression.value)(user),
  );
  const realmId = rule?.actions.assignUserToRealm.realmId;
  if (realmId !== undefined && realmId !== user.realmId) moveTo(world, who, user, realmId);
}

function moveTo(world: World, who: Who, user: User, realmId: string): void {
  world.update(users, user.id, { realmId });
  record(world, who, {
    eventType: 'user.realm.update',
    displayMessage: 'Update user realm',
    target: [userTarget(user)],
  });
}

function expressionOf(value: string): (user: User) => boolean {
  const holds = compileExpression(value, (why) => invalid('expression', `expression: ${why}`));
  return (user) =>
    holds({ user: { ...user.profile, id: user.id, status: user.status }, groupIds: [], groupNames: [] }) ===
    true;
}

function checked(world: World, input: RealmAssignmentInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, conditions, actions, domains } = input;
  const realmId = actions?.assignUserToRealm?.realmId;
  const value = conditions?.expression?.value;
  if (!name) throw blank('name');
  if (!conditions?.profileSourceId) throw blank('profileSourceId');
  if (!realmId) throw blank('realmId');
  findRealm(world, realmId);
  if (!world.get(apps, conditions.profileSourceId) && !world.get(idps, conditions.profileSourceId))
    throw notFound(conditions.profileSourceId, 'AppInstance');
  if (value) expressionOf(value);
  const other = world.list(realmAssignments, { where: (one) => one.name === name && one.id !== own }).first();
  if (other)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  return {
    name,
    conditions: { expression: { value: value ?? 'true' }, profileSourceId: conditions.profileSourceId },
    actions: { assignUserToRealm: { realmId } },
    ...(domains ? { domains } : {}),
    priority: input.priority ?? assignmentsByPriority(world).length,
  };
}

type Verb = 'create' | 'update' | 'delete' | 'execution_started' | 'execution_completed';

function log(world: World, who: Who, verb: Verb, row: RealmAssignment): void {
  const thing = { id: row.id, type: 'RealmAssignment', name: row.name };
  recordChange(world, who, `directory.realm.assignment.${verb}`, `Realm assignment ${verb}`, thing);
}
