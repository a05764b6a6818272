/** Policies and their rules: who may sign in to what, and how passwords and enrolments work. */
import type { Range } from '../../../src/range.ts';
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { apps, groups, policies, policyRules } from '../world.ts';
import { record, type Who } from './log.ts';
import { completeRule, type PolicyRuleParts } from './policyRuleDefaults.ts';
import { catchAll, completeConditions, completePolicySettings, policyFacts } from './policyType.ts';

/** A policy in the vendor's shape, less links. */
export interface Policy {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  description?: string | null;
  priority: number;
  system: boolean;
  conditions: Record<string, unknown> | null;
  created: string;
  lastUpdated: string;
  settings?: Record<string, unknown>;
  /** What an authentication policy is for; shown embedded. */
  resourceType?: 'APP' | 'END_USER_ACCOUNT_MANAGEMENT';
  type: string;
}

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

/** The body of a create or replace of a policy. */
export interface PolicyInput {
  type?: string;
  name?: string;
  description?: string | null;
  priority?: number;
  status?: string;
  conditions?: Record<string, unknown> | null;
  settings?: Record<string, unknown>;
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

/** The policy with this id, or E0000007. */
export const findPolicy = (world: World, id: string): Policy =>
  world.require(policies, id, () => notFound(id, 'Policy'));

/** Policies of a type by priority. Throws E0000002 for a type that there is none of. */
export function findPolicies(world: World, type: string | null, status: string | null): Range<Policy> {
  if (!type) throw refuse('E0000028');
  if (!policyFacts(type))
    throw refuse('E0000002', {
      args: [`Invalid policy type specified. Missing Required Feature Flag ${type}`],
    });
  return world.list(policies, {
    index: 'type',
    equals: type,
    ...(status ? { where: (one) => one.status === status } : {}),
    orderBy: [{ by: (one) => one.priority }, { by: (one) => one.id }],
  });
}

/** Makes a policy. Throws E0000001 for a missing or taken name, E0000002 for an unknown type. */
export function createPolicy(
  world: World,
  who: Who,
  input: PolicyInput | undefined,
  activate: boolean,
): Policy {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const type = input.type ?? '';
  const facts = policyFacts(type);
  if (!facts)
    throw refuse('E0000002', {
      args: [`Invalid policy type specified. Missing Required Feature Flag ${type}`],
    });
  if (!input.name) throw blank('name');
  checkName(world, type, input.name);
  const policy = addPolicy(world, type, {
    name: input.name,
    description: input.description ?? undefined,
    status: activate && input.status !== 'INACTIVE' ? 'ACTIVE' : 'INACTIVE',
    system: false,
    conditions: input.conditions ?? null,
    settings: input.settings,
    priority: input.priority,
  });
  log(world, who, 'policy.lifecycle.create', 'Create policy', policy);
  return policy;
}

/** Puts a policy in without asking anything, with the catch-all rule that its type has. */
export function addPolicy(
  world: World,
  type: string,
  init: {
    name: string;
    description?: string | undefined;
    status: Policy['status'];
    system: boolean;
    conditions?: Record<string, unknown> | null;
    settings?: Record<string, unknown> | undefined;
    priority?: number | undefined;
    resourceType?: Policy['resourceType'];
  },
): Policy {
  const facts = policyFacts(type);
  if (!facts) throw new Error(`no policy type ${type}`);
  const now = stamp(world.now());
  const settings = completePolicySettings(world, type, init.settings);
  const policy = world.insert(policies, {
    id: newId(world, facts.prefix),
    status: init.status,
    name: init.name,
    ...(init.description === undefined ? {} : { description: init.description }),
    priority: 1,
    system: init.system,
    conditions: completeConditions(type, init.conditions ?? null),
    created: now,
    lastUpdated: now,
    ...(settings ? { settings } : {}),
    ...(type === 'ACCESS_POLICY' ? { resourceType: init.resourceType ?? 'APP' } : {}),
    type,
  });
  const rule = catchAll(type);
  if (rule) addRule(world, policy, { ...rule, system: true, priority: 99 });
  if (!facts.ranked) return policy;
  return placePolicy(world, policy, init.priority);
}

/** Replaces a policy. A system policy keeps its name and priority's end. */
export function replacePolicy(world: World, who: Who, id: string, input: PolicyInput | undefined): Policy {
  const old = findPolicy(world, id);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  checkName(world, old.type, input.name, id);
  const settings = completePolicySettings(world, old.type, input.settings, old.settings);
  const changed = world.update(policies, id, {
    name: input.name,
    ...(input.description === undefined || input.description === null
      ? {}
      : { description: input.description }),
    conditions: completeConditions(
      old.type,
      input.conditions === undefined ? old.conditions : input.conditions,
    ),
    ...(settings ? { settings } : {}),
    ...(input.status === 'ACTIVE' || input.status === 'INACTIVE' ? { status: input.status } : {}),
    lastUpdated: stamp(world.now()),
  });
  const placed =
    policyFacts(old.type)?.ranked && input.priority !== undefined && !old.system
      ? placePolicy(world, changed, input.priority)
      : changed;
  log(world, who, 'policy.lifecycle.update', 'Update policy', placed);
  return placed;
}

/** Removes a policy and its rules. Throws E0000001 for a system policy or one that apps use. */
export function deletePolicy(world: World, who: Who, id: string): void {
  const policy = findPolicy(world, id);
  if (policy.system) throw invalid('system', 'system: A system policy cannot be deleted.');
  for (const app of world.list(apps).toArray()) {
    if (app.accessPolicy === id) world.update(apps, app.id, { accessPolicy: fallback(world, policy) });
    if (app.profileEnrollment === id)
      world.update(apps, app.id, { profileEnrollment: fallback(world, policy) });
  }
  for (const rule of rulesOf(world, id).toArray()) world.remove(policyRules, rule.id);
  world.remove(policies, id);
  log(world, who, 'policy.lifecycle.delete', 'Delete policy', policy);
}

/** Turns a policy on or off. */
export function setPolicyStatus(world: World, who: Who, id: string, status: Policy['status']): void {
  const policy = findPolicy(world, id);
  if (policy.system && status === 'INACTIVE')
    throw invalid('system', 'system: A system policy cannot be deactivated.');
  world.update(policies, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  log(
    world,
    who,
    `policy.lifecycle.${verb}`,
    `${verb === 'activate' ? 'Activate' : 'Deactivate'} policy`,
    policy,
  );
}

/** A copy of an authentication policy and its rules. */
export function clonePolicy(world: World, who: Who, id: string): Policy {
  const old = findPolicy(world, id);
  if (!policyFacts(old.type)?.cloned)
    throw invalid('type', 'type: Only an authentication policy can be cloned.');
  const copy = addPolicy(world, old.type, {
    name: `[cloned] ${old.name}`,
    description: old.description ?? undefined,
    status: old.status,
    system: false,
    conditions: old.conditions,
    settings: old.settings,
  });
  for (const rule of rulesOf(world, id).toArray())
    if (!rule.system) world.insert(policyRules, { ...rule, id: newId(world, 'rul'), policyId: copy.id });
  log(world, who, 'policy.lifecycle.create', 'Create policy', copy);
  return copy;
}

/** Rules of a policy by priority. */
export const rulesOf = (world: World, policyId: string): Range<PolicyRule> =>
  world.list(policyRules, {
    index: 'policy',
    equals: policyId,
    orderBy: [{ by: (rule) => rule.priority }, { by: (rule) => rule.id }],
  });

/** One rule of a policy, or E0000007. */
export function findPolicyRule(world: World, policyId: string, ruleId: string): PolicyRule {
  findPolicy(world, policyId);
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
      ? placeRule(world, changed, input.priority)
      : changed;
  logRule(world, who, 'policy.rule.update', 'Update policy rule', placed);
  return placed;
}

/** Removes a rule that is not the system's. */
export function deletePolicyRule(world: World, who: Who, policyId: string, ruleId: string): void {
  const rule = findPolicyRule(world, policyId, ruleId);
  if (rule.system) throw invalid('system', 'system: A system rule cannot be deleted.');
  world.remove(policyRules, ruleId);
  closeRanks(world, policyId);
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
  return init.system ? rule : placeRule(world, rule, init.priority);
}

/** Beyond any rule that clients make. */
const PRIORITY_LAST = 99;

/** Gives a policy its place among those of its type that are not the system's. */
function placePolicy(world: World, policy: Policy, wanted: number | undefined): Policy {
  const others = findPolicies(world, policy.type, null)
    .toArray()
    .filter((one) => one.id !== policy.id);
  const custom = others.filter((one) => !one.system);
  const system = others.filter((one) => one.system);
  if (policy.system) {
    return world.update(policies, policy.id, { priority: custom.length + 1 });
  }
  const at = Math.min(Math.max((wanted ?? custom.length + 1) - 1, 0), custom.length);
  const order = [...custom.slice(0, at), policy, ...custom.slice(at), ...system];
  order.forEach((one, i) => {
    if (one.priority !== i + 1 || one.id === policy.id) world.update(policies, one.id, { priority: i + 1 });
  });
  return findPolicy(world, policy.id);
}

/**
 * Gives a rule its place. Rules of authentication policies keep the priority that they ask for (from 0; who is in the
 * way moves down); all others are numbered from 1 without holes.
 */
function placeRule(world: World, rule: PolicyRule, wanted: number | undefined): PolicyRule {
  const others = rulesOf(world, rule.policyId)
    .toArray()
    .filter((one) => one.id !== rule.id && !one.system);
  if (rule.type === 'ACCESS_POLICY') return placeSparsely(world, rule, others, wanted);
  const at = Math.min(Math.max((wanted ?? others.length + 1) - 1, 0), others.length);
  number(world, [...others.slice(0, at), rule, ...others.slice(at)]);
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

function closeRanks(world: World, policyId: string): void {
  const rules = rulesOf(world, policyId)
    .toArray()
    .filter((one) => !one.system);
  if (rules[0]?.type !== 'ACCESS_POLICY') number(world, rules);
}

function number(world: World, order: readonly PolicyRule[]): void {
  order.forEach((one, i) => {
    if (one.priority !== i + 1) world.update(policyRules, one.id, { priority: i + 1 });
  });
}

function checkName(world: World, type: string, name: string, own?: string): void {
  const other = findPolicies(world, type, null)
    .toArray()
    .find((one) => one.name === name && one.id !== own);
  if (other) throw invalid('name', 'name: A policy of this type with this name exists already.');
}

function checkRule(world: World, policy: Policy, input: PolicyRuleInput, own?: string): void {
  if (!input.name) throw blank('name');
  const other = rulesOf(world, policy.id)
    .toArray()
    .find((one) => one.name === input.name && one.id !== own);
  if (other) throw invalid('name', 'name: A rule with this name exists already in the policy.');
  const people = input.conditions?.people as
    | { groups?: { include?: string[]; exclude?: string[] } }
    | undefined;
  for (const id of [...(people?.groups?.include ?? []), ...(people?.groups?.exclude ?? [])])
    if (!world.get(groups, id)) throw invalid('groups', `groups: Group ${id} does not exist`);
}

const fallback = (world: World, policy: Policy): string | null =>
  world.list(policies, { index: 'type', equals: policy.type, where: (one) => one.system }).first()?.id ??
  null;

function log(world: World, who: Who, eventType: string, displayMessage: string, policy: Policy): void {
  const target = [
    {
      id: policy.id,
      type: 'PolicyEntity',
      alternateId: 'unknown',
      displayName: policy.name,
      detailEntry: { policyType: policy.type },
    },
  ];
  record(world, who, { eventType, displayMessage, target });
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
