/** Access policies of authorization servers: which client gets which token, for how long. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { accessPolicies, accessRules, inlineHooks } from '../../world.ts';
import { findServer } from '../authServers/authServer.ts';
import { recordChange, type Who } from '../log/log.ts';

type Parts = Record<string, unknown>;

/** What policies and their rules have in common; `parentId` is the server, or the policy. */
interface Ranked {
  parentId: string;
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  priority: number;
  system: boolean;
  created: string;
  lastUpdated: string;
  conditions: Parts;
}

export interface AccessPolicy extends Ranked {
  description: string | null;
}

export interface AccessRule extends Ranked {
  actions: Parts;
}

export interface AccessInput {
  name?: string;
  description?: string | null;
  priority?: number;
  status?: string;
  conditions?: Parts;
  actions?: Parts;
}

/** The policies of a server by priority. */
export const policiesOf = (world: World, serverId: string): AccessPolicy[] =>
  byPriority(
    world.list(accessPolicies, { index: 'parent', equals: findServer(world, serverId).id }).toArray(),
  );

/** One policy of a server, or E0000007. */
export function findAccessPolicy(world: World, serverId: string, id: string): AccessPolicy {
  const server = findServer(world, serverId);
  const policy = world.get(accessPolicies, id);
  if (policy?.parentId !== server.id) throw notFound(id, 'Policy');
  return policy;
}

/** Adds a policy. Throws E0000001 for a missing name. */
export function createAccessPolicy(
  world: World,
  who: Who,
  serverId: string,
  input: AccessInput | undefined,
): AccessPolicy {
  const { id: parentId } = findServer(world, serverId);
  const name = nameOf(input);
  const policy = world.insert(accessPolicies, {
    ...common(world, parentId, '00p', name, input),
    description: input?.description ?? null,
    conditions: policyConditions(input?.conditions),
  });
  const made = rankPolicy(world, policy, input?.priority);
  log(world, who, 'policy.lifecycle.create', 'Create policy', made);
  return made;
}

/** Replaces a policy. */
export function replaceAccessPolicy(
  world: World,
  who: Who,
  serverId: string,
  id: string,
  input: AccessInput | undefined,
): AccessPolicy {
  const old = findAccessPolicy(world, serverId, id);
  const name = nameOf(input);
  const changed = world.update(accessPolicies, id, {
    name,
    description: input?.description ?? null,
    conditions: policyConditions(input?.conditions ?? old.conditions),
    status: statusOf(input, old.status),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'policy.lifecycle.update', 'Update policy', changed);
  return input?.priority === undefined ? changed : rankPolicy(world, changed, input.priority);
}

/** Removes a policy and its rules. */
export function deleteAccessPolicy(world: World, who: Who, serverId: string, id: string): void {
  const policy = findAccessPolicy(world, serverId, id);
  for (const rule of world.list(accessRules, { index: 'parent', equals: id }).toArray())
    world.remove(accessRules, rule.id);
  world.remove(accessPolicies, id);
  log(world, who, 'policy.lifecycle.delete', 'Delete policy', policy);
}

/** Turns a policy on or off. */
export function setAccessPolicyStatus(
  world: World,
  who: Who,
  serverId: string,
  id: string,
  status: Ranked['status'],
): void {
  findAccessPolicy(world, serverId, id);
  const changed = world.update(accessPolicies, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, `policy.lifecycle.${turn(status)}`, `Policy ${turn(status)}`, changed);
}

/** The rules of a policy by priority. */
export const accessRulesOf = (world: World, serverId: string, policyId: string): AccessRule[] =>
  byPriority(
    world
      .list(accessRules, { index: 'parent', equals: findAccessPolicy(world, serverId, policyId).id })
      .toArray(),
  );

/** One rule of a policy, or E0000007. */
export function findAccessRule(world: World, serverId: string, policyId: string, id: string): AccessRule {
  const policy = findAccessPolicy(world, serverId, policyId);
  const rule = world.get(accessRules, id);
  if (rule?.parentId !== policy.id) throw notFound(id, 'PolicyRule');
  return rule;
}

/** Adds a rule. */
export function createAccessRule(
  world: World,
  who: Who,
  serverId: string,
  policyId: string,
  input: AccessInput | undefined,
): AccessRule {
  const policy = findAccessPolicy(world, serverId, policyId);
  const name = nameOf(input);
  const rule = world.insert(accessRules, {
    ...common(world, policy.id, '0pr', name, input),
    conditions: ruleConditions(input?.conditions),
    actions: ruleActions(world, input?.actions),
  });
  const made = rankRule(world, rule, input?.priority);
  log(world, who, 'policy.rule.add', 'Add policy rule', made);
  return made;
}

/** Replaces a rule. */
export function replaceAccessRule(
  world: World,
  who: Who,
  serverId: string,
  policyId: string,
  id: string,
  input: AccessInput | undefined,
): AccessRule {
  const old = findAccessRule(world, serverId, policyId, id);
  const name = nameOf(input);
  const changed = world.update(accessRules, id, {
    name,
    conditions: ruleConditions(input?.conditions ?? old.conditions),
    actions: ruleActions(world, input?.actions ?? old.actions),
    status: statusOf(input, old.status),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'policy.rule.update', 'Update policy rule', changed);
  return input?.priority === undefined ? changed : rankRule(world, changed, input.priority);
}

/** Removes a rule; the ones below move up. */
export function deleteAccessRule(
  world: World,
  who: Who,
  serverId: string,
  policyId: string,
  id: string,
): void {
  const old = findAccessRule(world, serverId, policyId, id);
  world.remove(accessRules, id);
  log(world, who, 'policy.rule.delete', 'Delete policy rule', old);
  accessRulesOf(world, serverId, policyId).forEach((rule, i) => {
    if (rule.priority !== i + 1) world.update(accessRules, rule.id, { priority: i + 1 });
  });
}

/** Turns a rule on or off. */
export function setAccessRuleStatus(
  world: World,
  who: Who,
  serverId: string,
  policyId: string,
  id: string,
  status: Ranked['status'],
): void {
  findAccessRule(world, serverId, policyId, id);
  const changed = world.update(accessRules, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, `policy.rule.${turn(status)}`, `Policy rule ${turn(status)}`, changed);
}

const turn = (status: Ranked['status']): string => (status === 'ACTIVE' ? 'activate' : 'deactivate');

function log(world: World, who: Who, eventType: string, says: string, { id, name }: Ranked): void {
  const type = eventType.startsWith('policy.rule') ? 'PolicyRule' : 'PolicyEntity';
  recordChange(world, who, eventType, says, { id, type, name });
}

const byPriority = <T extends Ranked>(rows: T[]): T[] =>
  rows.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));

/** Where a row that asks for `wanted` comes among the others: never beyond the end. */
function ranked<T extends Ranked>(rows: T[], row: T, wanted: number | undefined): T[] {
  const others = byPriority(rows.filter((one) => one.id !== row.id));
  const at = Math.min(Math.max((wanted ?? others.length + 1) - 1, 0), others.length);
  return [...others.slice(0, at), row, ...others.slice(at)];
}

function rankPolicy(world: World, policy: AccessPolicy, wanted: number | undefined): AccessPolicy {
  const rows = world.list(accessPolicies, { index: 'parent', equals: policy.parentId }).toArray();
  ranked(rows, policy, wanted).forEach((one, i) => {
    world.update(accessPolicies, one.id, { priority: i + 1 });
  });
  return world.require(accessPolicies, policy.id, () => notFound(policy.id, 'Policy'));
}

function rankRule(world: World, rule: AccessRule, wanted: number | undefined): AccessRule {
  const rows = world.list(accessRules, { index: 'parent', equals: rule.parentId }).toArray();
  ranked(rows, rule, wanted).forEach((one, i) => {
    world.update(accessRules, one.id, { priority: i + 1 });
  });
  return world.require(accessRules, rule.id, () => notFound(rule.id, 'PolicyRule'));
}

function common(
  world: World,
  parentId: string,
  prefix: string,
  name: string,
  input: AccessInput | undefined,
) {
  const now = stamp(world.now());
  return {
    parentId,
    id: newId(world, prefix),
    status: statusOf(input, 'ACTIVE'),
    name,
    priority: 1,
    system: false,
    created: now,
    lastUpdated: now,
  };
}

const statusOf = (input: AccessInput | undefined, otherwise: Ranked['status']): Ranked['status'] =>
  input?.status === 'ACTIVE' || input?.status === 'INACTIVE' ? input.status : otherwise;

function nameOf(input: AccessInput | undefined): string {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  return input.name;
}

const policyConditions = (sent: Parts | undefined): Parts => ({
  clients: { include: [], ...(sent?.clients as Parts | undefined) },
});

function ruleConditions(sent: Parts | undefined): Parts {
  const { people, grantTypes, scopes } = (sent ?? {}) as Record<string, Parts | undefined>;
  return {
    people: { ...people, users: { exclude: [], ...(people?.users as Parts | undefined) } },
    grantTypes: { include: [], ...grantTypes },
    scopes: { include: [], ...scopes },
  };
}

function ruleActions(world: World, sent: Parts | undefined): Parts {
  const token = {
    accessTokenLifetimeMinutes: 60,
    refreshTokenLifetimeMinutes: 0,
    refreshTokenWindowMinutes: 10_080,
    ...(sent?.token as Parts | undefined),
  };
  checkHook(world, (token as { inlineHook?: { id?: string } | null }).inlineHook?.id);
  return { token };
}

/** A rule may name one inline hook that changes tokens. */
function checkHook(world: World, id: string | undefined): void {
  if (id === undefined) return;
  if (world.get(inlineHooks, id)?.type !== 'com.okta.oauth2.tokens.transform')
    throw invalid('inlineHook', `inlineHook: There is no token inline hook with the id '${id}'.`);
}
