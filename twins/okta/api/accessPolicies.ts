/** `/api/v1/authorizationServers/{authServerId}/policies`: who gets which token. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type AccessInput,
  type AccessPolicy,
  type AccessRule,
  accessRulesOf,
  createAccessPolicy,
  createAccessRule,
  deleteAccessPolicy,
  deleteAccessRule,
  findAccessPolicy,
  findAccessRule,
  policiesOf,
  replaceAccessPolicy,
  replaceAccessRule,
  setAccessPolicyStatus,
  setAccessRuleStatus,
} from '../model/policies/accessPolicy.ts';
import { CONDITIONS_FORM, inForm } from '../model/policies/policyShape.ts';

const { read, manage } = family(
  'AuthorizationServerPolicies',
  'authorizationServers',
  'authorizationServers',
);
const ofRules = family('AuthorizationServerRules', 'authorizationServers', 'authorizationServers');
const POLICIES = '/api/v1/authorizationServers/{authServerId}/policies';
const POLICY = `${POLICIES}/{policyId}` as const;
const RULE = `${POLICY}/rules/{ruleId}` as const;

const policyEndpoints = [
  endpoint(
    { id: 'listAuthorizationServerPolicies', route: `GET ${POLICIES}`, ...read },
    ({ world, params }) =>
      policiesOf(world, params.authServerId).map((one) => policyView(world, params.authServerId, one)),
  ),
  endpoint(
    { id: 'createAuthorizationServerPolicy', route: `POST ${POLICIES}`, ...manage, status: 201 },
    ({ world, actor, params: { authServerId }, input }) =>
      policyView(
        world,
        authServerId,
        createAccessPolicy(world, actor.who, authServerId, input as AccessInput),
      ),
  ),
  endpoint(
    { id: 'getAuthorizationServerPolicy', route: `GET ${POLICY}`, ...read },
    ({ world, params: { authServerId, policyId } }) =>
      policyView(world, authServerId, findAccessPolicy(world, authServerId, policyId)),
  ),
  endpoint(
    { id: 'replaceAuthorizationServerPolicy', route: `PUT ${POLICY}`, ...manage },
    ({ world, actor, params: { authServerId, policyId }, input }) =>
      policyView(
        world,
        authServerId,
        replaceAccessPolicy(world, actor.who, authServerId, policyId, input as AccessInput),
      ),
  ),
  endpoint(
    { id: 'deleteAuthorizationServerPolicy', route: `DELETE ${POLICY}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteAccessPolicy(world, actor.who, params.authServerId, params.policyId),
  ),
  endpoint(
    {
      id: 'activateAuthorizationServerPolicy',
      route: `POST ${POLICY}/lifecycle/activate`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      setAccessPolicyStatus(world, actor.who, params.authServerId, params.policyId, 'ACTIVE'),
  ),
  endpoint(
    {
      id: 'deactivateAuthorizationServerPolicy',
      route: `POST ${POLICY}/lifecycle/deactivate`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      setAccessPolicyStatus(world, actor.who, params.authServerId, params.policyId, 'INACTIVE'),
  ),
];

const ruleEndpoints = [
  endpoint(
    { id: 'listAuthorizationServerPolicyRules', route: `GET ${POLICY}/rules`, ...ofRules.read },
    ({ world, params: { authServerId, policyId } }) =>
      accessRulesOf(world, authServerId, policyId).map((rule) => ruleView(world, authServerId, rule)),
  ),
  endpoint(
    {
      id: 'createAuthorizationServerPolicyRule',
      route: `POST ${POLICY}/rules`,
      ...ofRules.manage,
      status: 201,
    },
    ({ world, actor, params: { authServerId, policyId }, input }) =>
      ruleView(
        world,
        authServerId,
        createAccessRule(world, actor.who, authServerId, policyId, input as AccessInput),
      ),
  ),
  endpoint(
    { id: 'getAuthorizationServerPolicyRule', route: `GET ${RULE}`, ...ofRules.read },
    ({ world, params: { authServerId, policyId, ruleId } }) =>
      ruleView(world, authServerId, findAccessRule(world, authServerId, policyId, ruleId)),
  ),
  endpoint(
    { id: 'replaceAuthorizationServerPolicyRule', route: `PUT ${RULE}`, ...ofRules.manage },
    ({ world, actor, params: { authServerId, policyId, ruleId }, input }) =>
      ruleView(
        world,
        authServerId,
        replaceAccessRule(world, actor.who, authServerId, policyId, ruleId, input as AccessInput),
      ),
  ),
  endpoint(
    { id: 'deleteAuthorizationServerPolicyRule', route: `DELETE ${RULE}`, ...ofRules.manage, status: 204 },
    ({ world, actor, params }) =>
      deleteAccessRule(world, actor.who, params.authServerId, params.policyId, params.ruleId),
  ),
  endpoint(
    {
      id: 'activateAuthorizationServerPolicyRule',
      route: `POST ${RULE}/lifecycle/activate`,
      ...ofRules.manage,
      status: 204,
    },
    ({ world, actor, params: { authServerId, policyId, ruleId } }) =>
      setAccessRuleStatus(world, actor.who, authServerId, policyId, ruleId, 'ACTIVE'),
  ),
  endpoint(
    {
      id: 'deactivateAuthorizationServerPolicyRule',
      route: `POST ${RULE}/lifecycle/deactivate`,
      ...ofRules.manage,
      status: 204,
    },
    ({ world, actor, params: { authServerId, policyId, ruleId } }) =>
      setAccessRuleStatus(world, actor.who, authServerId, policyId, ruleId, 'INACTIVE'),
  ),
];

export const accessPolicyEndpoints = [...policyEndpoints, ...ruleEndpoints];

function policyView(world: World, server: string, policy: AccessPolicy): Record<string, unknown> {
  const { parentId: _, id, status, name, description, priority, system, conditions, ...dates } = policy;
  const self = `/api/v1/authorizationServers/${server}/policies/${policy.id}`;
  const turn = policy.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...{ id, status, name, description, priority, system, conditions },
    ...dates,
    _links: {
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      rules: link(world, `${self}/rules`, 'GET'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
    type: 'OAUTH_AUTHORIZATION_POLICY',
  };
}

function ruleView(world: World, server: string, rule: AccessRule): Record<string, unknown> {
  const { parentId, id, status, name, priority, created, lastUpdated, system, conditions, actions } = rule;
  const self = `/api/v1/authorizationServers/${server}/policies/${parentId}/rules/${rule.id}`;
  const turn = rule.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...{ id, status, name, priority, created, lastUpdated, system },
    conditions: inForm(CONDITIONS_FORM, conditions),
    actions,
    _links: {
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
    type: 'RESOURCE_ACCESS',
  };
}
