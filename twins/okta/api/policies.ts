/** `/api/v1/policies`: policies and their rules. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { enrollSettings } from '../model/policies/enrollPolicy.ts';
import {
  appsUnder,
  clonePolicy,
  createPolicy,
  deletePolicy,
  findPolicies,
  findPolicy,
  type Policy,
  type PolicyInput,
  type PolicyQuery,
  replacePolicy,
  setPolicyStatus,
} from '../model/policies/policy.ts';
import { type SimulationInput, simulate } from '../model/policies/policyDecision.ts';
import {
  findMapping,
  mappingsOf,
  mapResource,
  type PolicyMapping,
  unmapResource,
} from '../model/policies/policyMapping.ts';
import {
  createPolicyRule,
  deletePolicyRule,
  findPolicyRule,
  type PolicyRule,
  type PolicyRuleInput,
  replacePolicyRule,
  rulesOf,
  setRuleStatus,
} from '../model/policies/policyRule.ts';
import { policyFacts } from '../model/policies/policyType.ts';

import { appView } from './apps.ts';

const { read, manage } = family('Policy', 'policies', 'policies');
const POLICY = '/api/v1/policies/{policyId}';
const RULE = `${POLICY}/rules/{ruleId}` as const;
const MAPPING = `${POLICY}/mappings/{mappingId}` as const;

export const policyEndpoints = [
  endpoint(
    {
      id: 'listPolicies',
      route: 'GET /api/v1/policies',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['expand', 'q', 'resourceId', 'sortBy', 'status', 'type'], whole: true },
    },
    ({ world, query }) =>
      list(findPolicies(world, asked(query)), (one) => listedView(world, one), { sealed: true }),
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
  endpoint({ id: 'listPolicyApps', route: `GET ${POLICY}/app`, ...read }, ({ world, params }) =>
    appsUnder(world, findPolicy(world, params.policyId).id).map((app) => appView(world, app)),
  ),
  endpoint({ id: 'listPolicyMappings', route: `GET ${POLICY}/mappings`, ...read }, ({ world, params }) =>
    mappingsOf(world, params.policyId).map((one) => mappingView(world, one)),
  ),
  endpoint(
    { id: 'mapResourceToPolicy', route: `POST ${POLICY}/mappings`, ...manage },
    ({ world, actor, params, input }) =>
      mappingView(world, mapResource(world, actor.who, params.policyId, input as { resourceId?: string })),
  ),
  endpoint({ id: 'getPolicyMapping', route: `GET ${MAPPING}`, ...read }, ({ world, params }) =>
    mappingView(world, findMapping(world, params.policyId, params.mappingId)),
  ),
  endpoint(
    { id: 'deletePolicyResourceMapping', route: `DELETE ${MAPPING}`, ...manage, status: 204 },
    ({ world, params }) => unmapResource(world, params.policyId, params.mappingId),
  ),
  endpoint(
    { id: 'createPolicySimulation', route: 'POST /api/v1/policies/simulate', ...read },
    ({ world, input }) => simulate(world, input as SimulationInput[]),
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

const asked = (query: URLSearchParams): PolicyQuery => ({
  type: query.get('type'),
  status: query.get('status'),
  q: query.get('q'),
  sortBy: query.get('sortBy'),
  resourceId: query.get('resourceId'),
});

/** A policy as lists show it: only there it says what its kind of resource is. */
function listedView(world: World, policy: Policy): Record<string, unknown> {
  const { type, ...rest } = policyView(world, policy);
  const { resourceType } = policy;
  return { ...rest, ...(resourceType ? { _embedded: { resourceType } } : {}), type };
}

/** A policy with its links; `type` comes last. */
export function policyView(world: World, policy: Policy): Record<string, unknown> {
  const { type, resourceType, settings, ...rest } = policy;
  const self = `/api/v1/policies/${policy.id}`;
  const turn = policy.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const ofAccounts = resourceType === 'END_USER_ACCOUNT_MANAGEMENT';
  const free = !policy.system && !ofAccounts;
  const changes = ofAccounts ? [] : policy.system ? ['PUT'] : ['PUT', 'DELETE'];
  const facts = policyFacts(type);
  return {
    ...rest,
    ...(settings ? { settings: settingsView(world, policy) } : {}),
    _links: {
      ...(free ? { mappings: link(world, `${self}/mappings`, 'GET', 'POST') } : {}),
      self: link(world, self, 'GET', ...changes),
      rules: link(world, `${self}/rules`, 'GET', ...(facts?.fixedRules && facts.single ? [] : ['POST'])),
      ...(free ? { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') } : {}),
    },
    type,
  };
}

const settingsView = (world: World, policy: Policy) =>
  policy.type === 'MFA_ENROLL' && !policy.settings?.factors
    ? { ...policy.settings, authenticators: enrollSettings(world, policy) }
    : policy.settings;

function mappingView(world: World, mapping: PolicyMapping): Record<string, unknown> {
  const { id, policyId, resourceId, resourceType } = mapping;
  const policy = `/api/v1/policies/${policyId}`;
  const all = ['GET', 'PUT', 'DELETE'];
  return {
    id,
    _links: {
      ...(resourceType === 'APP'
        ? { application: link(world, `/api/v1/apps/${resourceId}`, ...all) }
        : { resource: link(world, `/api/v1/policies/${resourceId}`, ...all) }),
      self: link(world, `${policy}/mappings/${id}`, 'GET', 'DELETE'),
      policy: link(world, policy, ...all),
    },
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
