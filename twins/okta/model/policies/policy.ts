/** Policies and their rules: who may sign in to what, and how passwords and enrolments work. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { apps, policies, policyRules } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { record, type Who } from '../log/log.ts';
import { checkPolicyParts } from './policyCheck.ts';
import { forgetMappings, isMapped } from './policyMapping.ts';
import { ownRules } from './policyOwnRules.ts';
import { addRule, rulesOf } from './policyRule.ts';
import { completeConditions, completePolicySettings, policyFacts } from './policyType.ts';

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

/** The policy with this id, or E0000007. */
export const findPolicy = (world: World, id: string): Policy =>
  world.require(policies, id, () => notFound(id, 'Policy'));

/** What a list of policies was asked for; texts as they were sent. */
export interface PolicyQuery {
  type: string | null;
  status?: string | null;
  /** How names begin. */
  q?: string | null;
  sortBy?: string | null;
  /** An app, or another resource that policies are mapped to. */
  resourceId?: string | null;
}

/** Policies of a type by priority, or by name. Throws E0000002 for a type that there is none of. */
export function findPolicies(world: World, query: PolicyQuery): Range<Policy> {
  const { type, status, q, resourceId } = query;
  if (!type) throw refuse('E0000028');
  if (!policyFacts(type))
    throw refuse('E0000002', {
      args: [`Invalid policy type specified. Missing Required Feature Flag ${type}`],
    });
  return world.list(policies, {
    index: 'type',
    equals: type,
    where: (one) =>
      (!status || one.status === status) &&
      (!q || one.name.toLowerCase().startsWith(q.toLowerCase())) &&
      (!resourceId || isMapped(world, one, resourceId)),
    orderBy: [
      query.sortBy === 'name' ? { by: (one) => one.name } : { by: (one) => one.priority },
      { by: (one) => one.id },
    ],
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
  if (!input.type) throw blank('type');
  const { type } = input;
  const facts = policyFacts(type);
  if (!facts)
    throw refuse('E0000002', {
      args: [`Invalid policy type specified. Missing Required Feature Flag ${type}`],
    });
  if (facts.single) throw refuse('E0000002', { args: [`Policies of type ${type} cannot be created`] });
  if (!input.name) throw blank('name');
  checkName(world, type, input.name);
  checkPolicyParts(world, input);
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
  const settings = completePolicySettings(type, init.settings);
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
  for (const rule of ownRules(type, init.system)) addRule(world, policy, rule);
  if (!facts.ranked) return policy;
  return placePolicy(world, policy, init.priority);
}

/** Replaces a policy. A system policy keeps its name and priority's end. */
export function replacePolicy(world: World, who: Who, id: string, input: PolicyInput | undefined): Policy {
  const old = findPolicy(world, id);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  checkName(world, old.type, input.name, id);
  checkPolicyParts(world, input);
  const settings = completePolicySettings(old.type, input.settings, old.settings);
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

/** Removes a policy and its rules; apps that had it get the default one. Throws E0000001 for a system policy. */
export function deletePolicy(world: World, who: Who, id: string): void {
  const policy = findPolicy(world, id);
  if (policy.system) throw invalid('system', 'system: A system policy cannot be deleted.');
  for (const app of appsUnder(world, id)) leavePolicy(world, policy, app.id);
  forgetMappings(world, id);
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

/** Gives a policy its place among those of its type that are not the system's. */
function placePolicy(world: World, policy: Policy, wanted: number | undefined): Policy {
  const others = findPolicies(world, { type: policy.type })
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

function checkName(world: World, type: string, name: string, own?: string): void {
  const other = findPolicies(world, { type })
    .toArray()
    .find((one) => one.name === name && one.id !== own);
  if (other) throw invalid('name', 'name: Policy name already in use');
}

/** The apps that have a policy, by age. */
export const appsUnder = (world: World, policyId: string): App[] =>
  world.list(apps, { index: 'policy', equals: policyId }).toArray();

/** Gives an app that has a policy the default one instead. */
export function leavePolicy(world: World, policy: Policy, appId: string): void {
  const system = world
    .list(policies, { index: 'type', equals: policy.type, where: (one) => one.system })
    .first();
  const field = policy.type === 'ACCESS_POLICY' ? 'accessPolicy' : 'profileEnrollment';
  world.update(apps, appId, { [field]: system?.id ?? null });
}

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
