/** `/api/v1/groups/rules`. */
import { list, reply } from '../../../src/twin.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  activateRule,
  createRule,
  deactivateRule,
  deleteRule,
  findRule,
  findRules,
  type GroupRuleInput,
  updateRule,
} from '../model/groupRule.ts';

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
    ({ world, query }) => list(findRules(world, query.get('search')), (rule) => rule),
  ),
  endpoint(
    { id: 'createGroupRule', route: 'POST /api/v1/groups/rules', ...manage },
    ({ world, actor, input }) => createRule(world, actor.who, input as GroupRuleInput),
  ),
  endpoint(
    { id: 'getGroupRule', route: 'GET /api/v1/groups/rules/{groupRuleId}', ...read },
    ({ world, params }) => findRule(world, params.groupRuleId),
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
