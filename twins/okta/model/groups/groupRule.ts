/** Group rules: who belongs to a group because of what their profile says. */
import { HEX } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { GROUP_RULE_EXPRESSION_CHARS_MAX, GROUP_RULE_NAME_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { groupMembers, groupRules, groups, users } from '../../world.ts';
import { compileExpression, type ExpressionScope } from '../expressions/expression.ts';
import { scopeOf } from '../expressions/expressionScope.ts';
import { record, SYSTEM, type Who } from '../log/log.ts';
import { type User, userTarget } from '../people/user.ts';
import { addMember, joinTogether, removeMember } from './group.ts';

/** A rule in the vendor's shape. */
export interface GroupRule {
  type: 'group_rule';
  id: string;
  status: 'ACTIVE' | 'INACTIVE' | 'INVALID';
  name: string;
  created: string;
  lastUpdated: string;
  conditions: {
    people?: { users: { exclude: string[] }; groups: { exclude: string[] } };
    expression: { value: string; type: string };
  };
  actions: { assignUserToGroups: { groupIds: string[] } };
  allGroupsValid: boolean;
}

/** The body of a create or update. */
export interface GroupRuleInput {
  name?: string;
  conditions?: {
    people?: { users?: { exclude?: string[] }; groups?: { exclude?: string[] } };
    expression?: { value?: string; type?: string };
  };
  actions?: { assignUserToGroups?: { groupIds?: string[] } };
}

/** The rule with this id, or E0000007. */
export const findRule = (world: World, id: string): GroupRule =>
  world.require(groupRules, id, () => notFound(id, 'PolicyRule'));

/** Rules by age; `search` finds part of the name. */
export const findRules = (world: World, search: string | null): Range<GroupRule> =>
  world.list(groupRules, {
    ...(search ? { where: (rule) => rule.name.toLowerCase().includes(search.toLowerCase()) } : {}),
  });

/** Makes a rule, INACTIVE. Throws E0000001 for a missing or taken name, a bad expression, an unknown group. */
export function createRule(world: World, who: Who, input: GroupRuleInput | undefined): GroupRule {
  const checked = checkedRule(world, input);
  const now = stamp(world.now());
  const rule: GroupRule = {
    type: 'group_rule',
    id: newId(world, '0pr'),
    status: 'INACTIVE',
    name: checked.name,
    created: now,
    lastUpdated: now,
    conditions: checked.conditions,
    actions: checked.actions,
    allGroupsValid: true,
  };
  world.insert(groupRules, rule);
  logRule(world, who, 'policy.rule.add', 'Add policy rule', rule);
  return rule;
}

/** Replaces a rule that is not active; which groups it assigns to cannot change. */
export function updateRule(world: World, who: Who, id: string, input: GroupRuleInput | undefined): GroupRule {
  const rule = findRule(world, id);
  const checked = checkedRule(world, input, rule);
  if (rule.status === 'ACTIVE') throw invalid('status', 'status: An active rule cannot be updated');
  const changed = world.update(groupRules, id, {
    ...checked,
    status: 'INACTIVE',
    allGroupsValid: true,
    lastUpdated: stamp(world.now()),
  });
  logRule(world, who, 'policy.rule.update', 'Update policy rule', changed);
  return changed;
}

/** Turns a rule on, and assigns whom it fits. */
export function activateRule(world: World, who: Who, id: string): void {
  const rule = findRule(world, id);
  if (rule.status === 'ACTIVE') return;
  if (!rule.allGroupsValid) throw invalid('groupIds', 'groupIds: A group that the rule assigns to is gone');
  world.update(groupRules, id, { status: 'ACTIVE' });
  logRule(world, who, 'policy.rule.activate', 'Activate policy rule', rule);
  applyToAll(world, findRule(world, id));
}

/** Moves everybody as one rule says, all at once. */
function applyToAll(world: World, rule: GroupRule): void {
  const joining = new Map<string, User[]>();
  const leaving: [groupId: string, userId: string][] = [];
  const moved = new Set<string>();
  for (const user of world.list(users)) {
    if (!ruled(user)) continue;
    for (const { groupId, fits } of movesOf(world, [rule], user)) {
      moved.add(user.id);
      if (!fits) leaving.push([groupId, user.id]);
      else if (joining.has(groupId)) joining.get(groupId)?.push(user);
      else joining.set(groupId, [user]);
    }
  }
  const requestId = world.drawFor('okta.ruleRun', world.next('okta.ruleRun')).chars(HEX, 32);
  const job: Who = { ...SYSTEM, requestId };
  for (const [groupId, joiners] of joining) joinTogether(world, job, groupId, joiners, rule.id);
  for (const [groupId, userId] of leaving) removeMember(world, job, groupId, userId, true);
  // What the other rules say is settled, but for those that ask for groups or would have whom this one lets go.
  const active = activeRules(world);
  if (leaving.length > 0 || active.some(asksForGroups))
    for (const userId of moved) runRulesFor(world, userId, ROUNDS_MAX - 1);
}

/** Turns a rule off; whom it assigned stays. */
export function deactivateRule(world: World, who: Who, id: string): void {
  const rule = findRule(world, id);
  if (rule.status !== 'ACTIVE') return;
  world.update(groupRules, id, { status: 'INACTIVE' });
  logRule(world, who, 'policy.rule.deactivate', 'Deactivate policy rule', rule);
}

/** Removes a rule; with `removeUsers` also whom it put into groups. */
export function deleteRule(world: World, who: Who, id: string, removeUsers: boolean): void {
  const rule = findRule(world, id);
  world.remove(groupRules, id);
  logRule(world, who, 'policy.rule.delete', 'Delete policy rule', rule);
  for (const groupId of rule.actions.assignUserToGroups.groupIds)
    for (const row of world
      .list(groupMembers, { prefix: `${groupId}/`, where: (one) => one.ruleId === id })
      .toArray())
      if (removeUsers) removeMember(world, SYSTEM, groupId, row.userId, true);
      else world.update(groupMembers, `${groupId}/${row.userId}`, ({ userId }) => ({ groupId, userId }));
}

/**
 * Puts a user where active rules say, and takes them from where rules put them that no longer fit. Runs after
 * whatever may change the answer: profile, status, membership.
 */
export function runRulesFor(world: World, userId: string, roundsMax: number = ROUNDS_MAX): void {
  const active = activeRules(world);
  if (active.length === 0) return;
  const user = world.get(users, userId);
  if (!user || !ruled(user)) return;
  // A rule may rest on a group that another rule assigns: a few rounds settle it, and no more are spent on loops.
  for (let round = 0; round < roundsMax; round++) if (!oneRound(world, active, user)) return;
}

const ruled = (user: User): boolean => user.status !== 'DEPROVISIONED';

const ROUNDS_MAX = 3;

const activeRules = (world: World): GroupRule[] =>
  world.list(groupRules, { index: 'status', equals: 'ACTIVE' }).toArray();

/** Moves a user as rules say; whether that changed anything. */
function oneRound(world: World, active: readonly GroupRule[], user: User): boolean {
  const moves = movesOf(world, active, user);
  for (const { rule, groupId, fits } of moves)
    if (fits) addMember(world, SYSTEM, groupId, user.id, rule.id);
    else removeMember(world, SYSTEM, groupId, user.id, true);
  return moves.length > 0;
}

/** A user who is to join (`fits`) or leave a group. */
interface Move {
  rule: GroupRule;
  groupId: string;
  fits: boolean;
}

/** What rules would change for a user, all asked about the groups that they are in now. */
function movesOf(world: World, active: readonly GroupRule[], user: User): Move[] {
  const scope = scopeOf(world, user);
  return active.flatMap((rule) => {
    const fits = holds(world, rule, scope, user.id);
    return rule.actions.assignUserToGroups.groupIds.flatMap((groupId) => {
      const row = world.get(groupMembers, `${groupId}/${user.id}`);
      const stays = fits ? row !== undefined : row?.ruleId !== rule.id;
      return stays || !world.get(groups, groupId) ? [] : { rule, groupId, fits };
    });
  });
}

/** Whom an administrator takes out of a group that a rule fills, the rule leaves out from then on. */
export function excludeFromRule(world: World, who: Who, ruleId: string, user: User): void {
  const rule = world.get(groupRules, ruleId);
  if (!rule) return;
  const people = rule.conditions.people ?? { users: { exclude: [] }, groups: { exclude: [] } };
  world.update(groupRules, ruleId, {
    conditions: {
      people: { ...people, users: { exclude: [...people.users.exclude, user.id] } },
      expression: rule.conditions.expression,
    },
  });
  record(world, who, {
    eventType: 'group.user_membership.rule.add_exclusion',
    displayMessage: 'User is excluded from group rule',
    target: [userTarget(user), ruleTarget(rule)],
  });
}

/** A rule that assigns to a group that is gone is INVALID. */
export function invalidateRulesOf(world: World, who: Who, groupId: string): void {
  for (const rule of world.list(groupRules).toArray()) {
    if (!rule.actions.assignUserToGroups.groupIds.includes(groupId)) continue;
    const changed = world.update(groupRules, rule.id, {
      status: 'INVALID',
      allGroupsValid: false,
      lastUpdated: stamp(world.now()),
    });
    logRule(world, who, 'group.user_membership.rule.invalidate', 'Rule is invalid', changed);
  }
}

function holds(world: World, rule: GroupRule, scope: ExpressionScope, userId: string): boolean {
  const { people, expression } = rule.conditions;
  if (people?.users.exclude.includes(userId)) return false;
  if (people?.groups.exclude.some((id) => world.get(groupMembers, `${id}/${userId}`))) return false;
  return compileExpression(expression.value, badExpression)(scope) === true;
}

/** Whether the answer may change when somebody joins or leaves a group. */
const asksForGroups = ({ conditions: { people, expression } }: GroupRule): boolean =>
  (people?.groups.exclude.length ?? 0) > 0 || /isMemberOf/.test(expression.value);

const badExpression = (why: string): Error => invalid('expression', `expression: ${why}`);

function checkedRule(
  world: World,
  input: GroupRuleInput | undefined,
  old?: GroupRule,
): Pick<GroupRule, 'name' | 'conditions' | 'actions'> {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const name = input.name ?? '';
  if (name === '') throw blank('name');
  if (name.length > GROUP_RULE_NAME_CHARS_MAX)
    throw invalid('name', `name: The field is too long. Maximum is ${GROUP_RULE_NAME_CHARS_MAX} characters`);
  const twin = world.list(groupRules, { index: 'name', equals: name.toLowerCase() }).first();
  if (twin && twin.id !== old?.id)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  const value = input.conditions?.expression?.value ?? '';
  if (value === '') throw blank('expression');
  if (value.length > GROUP_RULE_EXPRESSION_CHARS_MAX) throw badExpression('The expression is too long');
  compileExpression(value, badExpression);
  const groupIds = input.actions?.assignUserToGroups?.groupIds ?? [];
  if (groupIds.length === 0) throw blank('groupIds');
  for (const id of groupIds)
    if (world.get(groups, id)?.type !== 'OKTA_GROUP')
      throw invalid('groupIds', `groupIds: Group ${id} does not exist or cannot be assigned by rules`);
  const { people } = input.conditions ?? {};
  return {
    name,
    conditions: {
      ...(people
        ? {
            people: {
              users: { exclude: people.users?.exclude ?? [] },
              groups: { exclude: people.groups?.exclude ?? [] },
            },
          }
        : {}),
      expression: { value, type: input.conditions?.expression?.type ?? 'urn:okta:expression:1.0' },
    },
    actions: { assignUserToGroups: { groupIds } },
  };
}

const ruleTarget = (rule: GroupRule) => ({
  id: rule.id,
  type: 'PolicyRule',
  alternateId: 'unknown',
  displayName: rule.name,
  detailEntry: null,
});

const logRule = (world: World, who: Who, eventType: string, displayMessage: string, rule: GroupRule) =>
  record(world, who, { eventType, displayMessage, target: [ruleTarget(rule)] });
