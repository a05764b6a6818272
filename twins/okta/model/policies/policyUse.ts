/** Which policies and rules name a thing: a zone, a group, a behaviour, a person … */
import type { World } from '../../../../src/world/world.ts';
import { policies, policyRules } from '../../world.ts';
import type { Policy } from './policy.ts';
import type { PolicyRule } from './policyRule.ts';

/** The rules that name the thing with this id. */
export const rulesNaming = (world: World, id: string): PolicyRule[] =>
  world.list(policyRules, { index: 'names', equals: id }).toArray();

/** Whether a profile enrolment policy puts people into a group. */
export const isEnrolledInto = (world: World, groupId: string): boolean =>
  rulesNaming(world, groupId).some(({ actions }) => {
    const { targetGroupIds } = (actions.profileEnrollment ?? {}) as { targetGroupIds?: string[] | null };
    return Boolean(targetGroupIds?.includes(groupId));
  });

/** Takes an id out of every list of a policy or rule, as when a group is removed. */
export function forgetInPolicies(world: World, id: string): void {
  for (const policy of world.list(policies, { index: 'names', equals: id }).toArray())
    world.update(policies, policy.id, {
      conditions: without(policy.conditions, id) as Policy['conditions'],
    });
  for (const rule of rulesNaming(world, id))
    world.update(policyRules, rule.id, {
      conditions: without(rule.conditions, id) as PolicyRule['conditions'],
    });
}

function without(value: unknown, id: string): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== id).map((one) => without(one, id));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, without(held, id)]));
}
