/** `/api/v1/groups/rules`. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  activateRule,
  createRule,
  deactivateRule,
  deleteRule,
  findRule,
  findRules,
  type GroupRule,
  type GroupRuleInput,
  updateRule,
} from '../model/groups/groupRule.ts';
import { groups } from '../world.ts';

const { read, manage } = family('GroupRule', 'groups', 'groups');

export const groupRuleEndpoints = [
  endpoint(
    {
      id: 'listGroupRules',
      route: 'GET /api/v1/groups/rules',
      ...read,
      page: { style: 'link', default: 50, max: 200 },
      traits: { keeps: ['expand', 'search'] },
    },
    ({ world, query }) =>
      list(findRules(world, query.get('search')), (rule) => ruleView(world, rule, query.get('expand'))),
  ),
  endpoint(
    { id: 'createGroupRule', route: 'POST /api/v1/groups/rules', ...manage },
    ({ world, actor, input }) => createRule(world, actor.who, input as GroupRuleInput),
  ),
  endpoint(
    { id: 'getGroupRule', route: 'GET /api/v1/groups/rules/{groupRuleId}', ...read },
    ({ world, params, query }) => ruleView(world, findRule(world, params.groupRuleId), query.get('expand')),
  ),
  endpoint(
    { id: 'replaceGroupRule', route: 'PUT /api/v1/groups/rules/{groupRuleId}', ...manage },
    ({ world, actor, params, input }) =>
      updateRule(world, actor.who, params.groupRuleId, input as GroupRuleInput),
  ),
  endpoint(
    { id: 'deleteGroupRule', route: 'DELETE /api/v1/groups/rules/{groupRuleId}', ...manage },
    ({ world, actor, params, query }) => {
      deleteRule(world, actor.who, params.groupRuleId, query.get('removeUsers') === 'true');
      return reply({ status: 202, body: {} });
    },
  ),
  endpoint(
    {
      id: 'activateGroupRule',
      route: 'POST /api/v1/groups/rules/{groupRuleId}/lifecycle/activate',
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) => activateRule(world, actor.who, params.groupRuleId),
  ),
  endpoint(
    {
      id: 'deactivateGroupRule',
      route: 'POST /api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate',
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) => deactivateRule(world, actor.who, params.groupRuleId),
  ),
];

/** A rule; with `groupIdToGroupNameMap` also what the groups that it speaks of are called. */
function ruleView(world: World, rule: GroupRule, expand: string | null): Record<string, unknown> {
  if (expand !== 'groupIdToGroupNameMap') return { ...rule };
  const ids = [
    ...rule.actions.assignUserToGroups.groupIds,
    ...(rule.conditions.people?.groups.exclude ?? []),
  ];
  const names = ids.flatMap((id) => {
    const group = world.get(groups, id);
    return group ? [[id, group.profile.name]] : [];
  });
  return { ...rule, _embedded: { groupIdToGroupNameMap: Object.fromEntries(names) } };
}
