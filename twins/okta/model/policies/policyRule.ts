/** Rules of policies: what each allows, to whom, in which order. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { policyRules } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { findUiSchema, uiSchemaOf } from '../people/uiSchema.ts';
import { findPolicy, type Policy } from './policy.ts';
import { checkRuleParts } from './policyCheck.ts';
import { PRIORITY_LAST } from './policyOwnRules.ts';
import { completeRule, type PolicyRuleParts } from './policyRuleDefaults.ts';
import { policyFacts } from './policyType.ts';

/** A rule of a policy, less links; `policyId` is not shown. */
export interface PolicyRule {
  policyId: string;
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  priority: number;
  created: string;
  lastUpdated: string;
  system: boolean;
  conditions: Record<string, unknown> | null;
  actions: Record<string, unknown>;
  type: string;
}

/** The body of a create or replace of a rule. */
export interface PolicyRuleInput {
  type?: string;
  name?: string;
  priority?: number;
  status?: string;
  conditions?: Record<string, unknown> | null;
  actions?: Record<string, unknown>;
}

/** Rules of a policy by priority. */
export const rulesOf = (world: World, policyId: string): Range<PolicyRule> =>
  world.list(policyRules, {
    index: 'policy',
    equals: policyId,
    orderBy: [{ by: (rule) => rule.priority }, { by: (rule) => rule.id }],
  });

/** One rule of a policy, or E0000007: it is the rule that is missing, also where the policy is. */
export function findPolicyRule(world: World, policyId: string, ruleId: string): PolicyRule {
  const rule = world.get(policyRules, ruleId);
  if (!rule || rule.policyId !== policyId) throw notFound(ruleId, 'PolicyRule');
  return rule;
}

/** Makes a rule. Throws E0000001 for a missing or taken name and for groups that are not there. */
export function createPolicyRule(
  world: World,
  who: Who,
  policyId: string,
  input: PolicyRuleInput | undefined,
  activate = true,
): PolicyRule {
  const policy = findPolicy(world, policyId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  checkRule(world, policy, input);
  const parts = completeRule(policy.type, input);
  const rule = addRule(world, policy, {
    name: input.name as string,
    ...parts,
    system: false,
    status: activate && input.status !== 'INACTIVE' ? 'ACTIVE' : 'INACTIVE',
    ...(input.priority === undefined || input.priority === null ? {} : { priority: input.priority }),
  });
  logRule(world, who, 'policy.rule.add', 'Add policy rule', rule);
  return rule;
}

/** Replaces a rule. */
export function replacePolicyRule(
  world: World,
  who: Who,
  policyId: string,
  ruleId: string,
  input: PolicyRuleInput | undefined,
): PolicyRule {
  const policy = findPolicy(world, policyId);
  const old = findPolicyRule(world, policyId, ruleId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  checkRule(world, policy, input, ruleId);
  const parts = completeRule(policy.type, input, old);
  const changed = world.update(policyRules, ruleId, {
    name: input.name as string,
    ...parts,
    ...(old.system ? { conditions: old.conditions } : {}),
    ...(input.status === 'ACTIVE' || input.status === 'INACTIVE' ? { status: input.status } : {}),
    lastUpdated: stamp(world.now()),
  });
  const placed =
    !old.system && input.priority !== undefined && input.priority !== null
      ? placeRule(world, policy, changed, input.priority)
      : changed;
  logRule(world, who, 'policy.rule.update', 'Update policy rule', placed);
  return placed;
}

/** Removes a rule that is not the system's. */
export function deletePolicyRule(world: World, who: Who, policyId: string, ruleId: string): void {
  const rule = findPolicyRule(world, policyId, ruleId);
  if (rule.system) throw invalid('system', 'system: A system rule cannot be deleted.');
  world.remove(policyRules, ruleId);
  closeRanks(world, findPolicy(world, policyId));
  logRule(world, who, 'policy.rule.delete', 'Delete policy rule', rule);
}

/** Turns a rule on or off. */
export function setRuleStatus(
  world: World,
  who: Who,
  policyId: string,
  ruleId: string,
  status: PolicyRule['status'],
): void {
  const rule = findPolicyRule(world, policyId, ruleId);
  if (rule.system && status === 'INACTIVE')
    throw invalid('system', 'system: A system rule cannot be deactivated.');
  world.update(policyRules, ruleId, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  logRule(
    world,
    who,
    `policy.rule.${verb}`,
    `${verb === 'activate' ? 'Activate' : 'Deactivate'} policy rule`,
    rule,
  );
}

/** Puts a rule in without asking anything; lower priorities move down. */
export function addRule(
  world: World,
  policy: Policy,
  init: PolicyRuleParts & {
    name: string;
    system: boolean;
    status?: PolicyRule['status'];
    priority?: number;
  },
): PolicyRule {
  const facts = policyFacts(policy.type);
  const now = stamp(world.now());
  const rule = world.insert(policyRules, {
    policyId: policy.id,
    id: newId(world, facts?.rulePrefix ?? '0pr'),
    status: init.status ?? 'ACTIVE',
    name: init.name,
    priority: init.priority ?? PRIORITY_LAST,
    created: now,
    lastUpdated: now,
    system: init.system,
    conditions: init.conditions,
    actions: init.actions,
    type: facts?.ruleType ?? policy.type,
  });
  return init.system ? rule : placeRule(world, policy, rule, init.priority);
}

/**
 * Gives a rule its place. Rules of ranked policies are numbered from 1 without holes, the system's own last; all others
 * keep the priority that they ask for (from 0; who is in the way moves down).
 */
function placeRule(world: World, policy: Policy, rule: PolicyRule, wanted: number | undefined): PolicyRule {
  const others = rulesOf(world, rule.policyId)
    .toArray()
    .filter((one) => one.id !== rule.id);
  const custom = others.filter((one) => !one.system);
  if (!policyFacts(policy.type)?.ranked) return placeSparsely(world, rule, custom, wanted);
  const at = Math.min(Math.max((wanted ?? custom.length + 1) - 1, 0), custom.length);
  const system = others.filter((one) => one.system);
  number(world, [...custom.slice(0, at), rule, ...custom.slice(at), ...system]);
  return world.require(policyRules, rule.id, () => notFound(rule.id, 'PolicyRule'));
}

function placeSparsely(
  world: World,
  rule: PolicyRule,
  others: readonly PolicyRule[],
  wanted: number | undefined,
): PolicyRule {
  const last = others.at(-1);
  const priority = Math.min(Math.max(wanted ?? (last ? last.priority + 1 : 0), 0), PRIORITY_LAST - 1);
  let taken = priority;
  for (const other of others)
    if (other.priority === taken) world.update(policyRules, other.id, { priority: ++taken });
  return world.update(policyRules, rule.id, { priority });
}

function closeRanks(world: World, policy: Policy): void {
  if (policyFacts(policy.type)?.ranked) number(world, rulesOf(world, policy.id).toArray());
}

function number(world: World, order: readonly PolicyRule[]): void {
  order.forEach((one, i) => {
    if (one.priority !== i + 1) world.update(policyRules, one.id, { priority: i + 1 });
  });
}

function checkRule(world: World, policy: Policy, input: PolicyRuleInput, own?: string): void {
  if (!input.name) throw blank('name');
  const facts = policyFacts(policy.type);
  if (input.type && input.type !== facts?.ruleType && input.type !== policy.type) throw notWellFormed();
  if (own === undefined && facts?.fixedRules)
    throw refuse('E0000002', { args: [`Rules cannot be added to policies of type ${policy.type}`] });
  const other = rulesOf(world, policy.id)
    .toArray()
    .find((one) => one.name === input.name && one.id !== own);
  if (other) throw invalid('name', 'name: Policy rule name already in use');
  checkRuleParts(world, input);
  const uiSchema = uiSchemaOf(input.actions ?? {});
  if (typeof uiSchema === 'string') findUiSchema(world, uiSchema);
}

function logRule(world: World, who: Who, eventType: string, displayMessage: string, rule: PolicyRule): void {
  const target = [
    {
      id: rule.policyId,
      type: 'PolicyEntity',
      alternateId: 'unknown',
      displayName: rule.type,
      detailEntry: null,
    },
    { id: rule.id, type: 'PolicyRule', alternateId: 'unknown', displayName: rule.name, detailEntry: null },
  ];
  record(world, who, { eventType, displayMessage, target });
}
