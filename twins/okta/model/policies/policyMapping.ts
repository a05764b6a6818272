/** What policies are mapped to: apps, which have one of a kind each, and for some policies other policies. */
import type { World } from '../../../../src/world/world.ts';
import { blank, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { policyMappings } from '../../world/security.ts';
import { apps, policies } from '../../world.ts';
import { assignPolicy } from '../apps/appPolicy.ts';
import { recordChange, type Who } from '../log/log.ts';
import { appsUnder, findPolicy, leavePolicy, type Policy } from './policy.ts';

/** A mapping. That of an app is not kept: it follows from the app. */
export interface PolicyMapping {
  id: string;
  policyId: string;
  resourceId: string;
  resourceType: 'APP' | 'ACCESS_POLICY';
}

/** Everything that a policy is mapped to, apps first. */
export function mappingsOf(world: World, policyId: string): PolicyMapping[] {
  const policy = findPolicy(world, policyId);
  return [
    ...appsUnder(world, policy.id).map((app) => ofApp(policy, app.id)),
    ...world.list(policyMappings, { index: 'policy', equals: policy.id }).toArray(),
  ];
}

/** One mapping of a policy, or E0000007. */
export function findMapping(world: World, policyId: string, id: string): PolicyMapping {
  const found = mappingsOf(world, policyId).find((one) => one.id === id);
  if (!found) throw notFound(id, 'PolicyMapping');
  return found;
}

/**
 * Maps a resource to a policy. Throws E0000007 for a resource that is not there, E0000001 for one of a kind that the
 * policy does not take.
 */
export function mapResource(
  world: World,
  who: Who,
  policyId: string,
  input: { resourceId?: string; resourceType?: string } | undefined,
): PolicyMapping {
  const policy = findPolicy(world, policyId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { resourceId, resourceType } = input;
  if (!resourceId) throw blank('resourceId');
  if (!resourceType) throw blank('resourceType');
  const valid = ASSIGNED.has(policy.type) ? 'APP' : 'ACCESS_POLICY';
  if (resourceType !== valid) throw wrongType(resourceType, valid);
  if (valid === 'APP') {
    assignPolicy(world, who, resourceId, policy.id);
    return ofApp(policy, resourceId);
  }
  const resource = world.get(policies, resourceId);
  if (resource?.type !== 'ACCESS_POLICY') throw notFound(resourceId, 'Policy');
  const old = world
    .list(policyMappings, {
      index: 'resource',
      equals: resourceId,
      where: (one) => one.policyId === policy.id,
    })
    .first();
  const mapping =
    old ??
    world.insert(policyMappings, {
      id: newId(world, 'pma'),
      policyId: policy.id,
      resourceId,
      resourceType: valid,
    });
  log(world, who, policy);
  return mapping;
}

/** Ends a mapping: an app has the default policy again. */
export function unmapResource(world: World, policyId: string, id: string): void {
  const mapping = findMapping(world, policyId, id);
  if (mapping.resourceType === 'APP') leavePolicy(world, findPolicy(world, policyId), mapping.resourceId);
  else world.remove(policyMappings, id);
}

/** Removes all that is kept of a policy's mappings, as a policy and as a resource. */
export function forgetMappings(world: World, policyId: string): void {
  for (const index of ['policy', 'resource'] as const)
    for (const { id } of world.list(policyMappings, { index, equals: policyId }).toArray())
      world.remove(policyMappings, id);
}

/** Whether a policy is mapped to a resource. */
export function isMapped(world: World, policy: Policy, resourceId: string): boolean {
  const app = world.get(apps, resourceId);
  if (app) return app.accessPolicy === policy.id || app.profileEnrollment === policy.id;
  return world
    .list(policyMappings, { index: 'resource', equals: resourceId })
    .toArray()
    .some(({ policyId }) => policyId === policy.id);
}

/** Kinds of policy that apps are assigned. */
const ASSIGNED: ReadonlySet<string> = new Set(['ACCESS_POLICY', 'PROFILE_ENROLLMENT']);

/** The mapping of an app is told by the app's own id. */
const ofApp = (policy: Policy, appId: string): PolicyMapping => ({
  id: `pma${appId.slice(3)}`,
  policyId: policy.id,
  resourceId: appId,
  resourceType: 'APP',
});

function wrongType(sent: string, valid: string) {
  const says = `An invalid resource type ("${sent}") was supplied in the request body. Valid types include ${valid}.`;
  return refuse('E0000001', { args: [says], causes: [says] });
}

const log = (world: World, who: Who, { id, name }: Policy) =>
  recordChange(world, who, 'policy.mapping.create', 'Map a resource to a policy', {
    id,
    type: 'PolicyEntity',
    name,
  });
