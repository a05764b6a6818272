/** `/api/v1/policies`: policies and their rules. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  clonePolicy,
  createPolicy,
  deletePolicy,
  findPolicies,
  findPolicy,
  type Policy,
  type PolicyInput,
  replacePolicy,
  setPolicyStatus,
} from '../model/policy.ts';
import {
  createPolicyRule,
  deletePolicyRule,
  findPolicyRule,
  type PolicyRule,
  type PolicyRuleInput,
  replacePolicyRule,
  rulesOf,
  setRuleStatus,
} from '../model/policyRule.ts';

const { read, manage } = family('Policy', 'policies', 'policies');
const POLICY = '/api/v1/policies/{policyId}';
const RULE = `${POLICY}/rules/{ruleId}` as const;

export const policyEndpoints = [
  endpoint(
    {
      id: 'listPolicies',
      route: 'GET /api/v1/policies',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['expand', 'status', 'type'], whole: true },
    },
    ({ world, query }) =>
      list(findPolicies(world, query.get('type'), query.get('status')), (one) => policyView(world, one), {
        sealed: true,
      }),
  ),
  endpoint(
    { id: 'createPolicy', route: 'POST /api/v1/policies', ...manage },
    ({ world, actor, input, query }) =>
      policyView(
        world,
        createPolicy(world, actor.who, input as PolicyInput, query.get('activate') !== 'false'),
      ),
  ),
  endpoint({ id: 'getPolicy', route: `GET ${POLICY}`, ...read }, ({ world, params }) =>
    policyView(world, findPolicy(world, params.policyId)),
  ),
  endpoint({ id: 'replacePolicy', route: `PUT ${POLICY}`, ...manage }, ({ world, actor, params, input }) =>
    policyView(world, replacePolicy(world, actor.who, params.policyId, input as PolicyInput)),
  ),
  endpoint(
    { id: 'deletePolicy', route: `DELETE ${POLICY}`, ...manage, status: 204 },
    ({ world, actor, params }) => deletePolicy(world, actor.who, params.policyId),
  ),
  endpoint({ id: 'clonePolicy', route: `POST ${POLICY}/clone`, ...manage }, ({ world, actor, params }) =>
    policyView(world, clonePolicy(world, actor.who, params.policyId)),
  ),
  endpoint(
    { id: 'activatePolicy', route: `POST ${POLICY}/lifecycle/activate`, ...manage, status: 204 },
    ({ world, actor, params }) => setPolicyStatus(world, actor.who, params.policyId, 'ACTIVE'),
  ),
  endpoint(
    { id: 'deactivatePolicy', route: `POST ${POLICY}/lifecycle/deactivate`, ...manage, status: 204 },
    ({ world, actor, params }) => setPolicyStatus(world, actor.who, params.policyId, 'INACTIVE'),
  ),
  endpoint(
    {
      id: 'listPolicyRules',
      route: `GET ${POLICY}/rules`,
      ...read,
      page: { style: 'link', default: 100, max: 1_000 },
      traits: { whole: true, linkless: true },
    },
    ({ world, params }) => {
      const policy = findPolicy(world, params.policyId);
      return list(rulesOf(world, policy.id), (rule) => ruleView(world, rule), { sealed: true });
    },
  ),
  endpoint(
    { id: 'createPolicyRule', route: `POST ${POLICY}/rules`, ...manage },
    ({ world, actor, params, input, query }) =>
      ruleView(
        world,
        createPolicyRule(
          world,
          actor.who,
          params.policyId,
          input as PolicyRuleInput,
          query.get('activate') !== 'false',
        ),
      ),
  ),
  endpoint({ id: 'getPolicyRule', route: `GET ${RULE}`, ...read }, ({ world, params }) =>
    ruleView(world, findPolicyRule(world, params.policyId, params.ruleId)),
  ),
  endpoint({ id: 'replacePolicyRule', route: `PUT ${RULE}`, ...manage }, ({ world, actor, params, input }) =>
    ruleView(
      world,
      replacePolicyRule(world, actor.who, params.policyId, params.ruleId, input as PolicyRuleInput),
    ),
  ),
  endpoint(
    { id: 'deletePolicyRule', route: `DELETE ${RULE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deletePolicyRule(world, actor.who, params.policyId, params.ruleId),
  ),
  endpoint(
    { id: 'activatePolicyRule', route: `POST ${RULE}/lifecycle/activate`, ...manage, status: 204 },
    ({ world, actor, params }) => setRuleStatus(world, actor.who, params.policyId, params.ruleId, 'ACTIVE'),
  ),
  endpoint(
    { id: 'deactivatePolicyRule', route: `POST ${RULE}/lifecycle/deactivate`, ...manage, status: 204 },
    ({ world, actor, params }) => setRuleStatus(world, actor.who, params.policyId, params.ruleId, 'INACTIVE'),
  ),
];

/** A policy with its links; `type` comes last. */
export function policyView(world: World, policy: Policy): Record<string, unknown> {
  const { type, resourceType, ...rest } = policy;
  const self = `/api/v1/policies/${policy.id}`;
  const turn = policy.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const free = !policy.system && resourceType !== 'END_USER_ACCOUNT_MANAGEMENT';
  return {
    ...rest,
    _links: {
      ...(free ? { mappings: link(world, `${self}/mappings`, 'GET', 'POST') } : {}),
      self: link(world, self, 'GET', 'PUT', ...(policy.system ? [] : ['DELETE'])),
      rules: link(world, `${self}/rules`, 'GET', 'POST'),
      ...(free ? { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') } : {}),
    },
    ...(resourceType ? { _embedded: { resourceType } } : {}),
    type,
  };
}

/** A rule with its links; `type` comes last. */
export function ruleView(world: World, rule: PolicyRule): Record<string, unknown> {
  const { policyId, type, ...rest } = rule;
  const self = `/api/v1/policies/${policyId}/rules/${rule.id}`;
  const turn = rule.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...rest,
    _links: {
      self: link(world, self, 'GET', 'PUT', ...(rule.system ? [] : ['DELETE'])),
      ...(rule.system ? {} : { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') }),
    },
    type,
  };
}
