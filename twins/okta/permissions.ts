/**
 * Which permission each operation asks for, and on what. Most follow from the scope and the path; the finer ones of
 * users, and a few that the vendor's description gives roles for (`x-okta-iam-admin-roles`), are named one by one.
 */
import type { EndpointSpec } from '../../src/twin.ts';

/** What a role must have for an operation. */
export interface Need {
  permission: string;
  /** The kind of thing that it is done to, and which parameter of the path names it. */
  kind?: string;
  param?: string;
  /** Kinds of which the role must reach every one. */
  all?: readonly string[];
}

/** The need of an operation; undefined where any administrator will do. */
export function permissionOf(endpoint: EndpointSpec): Need | undefined {
  const known = needs.get(endpoint.id);
  if (known !== undefined) return known ?? undefined;
  const need = needFrom(endpoint);
  needs.set(endpoint.id, need ?? null);
  return need;
}

/** Endpoints are few and never change. */
const needs = new Map<string, Need | null>();

function needFrom({ id, route, scopes }: EndpointSpec): Need | undefined {
  const [scope] = scopes ?? [];
  if (scope === undefined) return undefined;
  const [, kind, param] = SUBJECTS.find(([path]) => path.test(route)) ?? [];
  const permission = NAMED[id] ?? permissionForScope(scope);
  if (/ \/api\/v1\/groups\/rules/.test(route))
    return scope.endsWith('.read')
      ? { permission }
      : { permission: 'okta.groups.rules.manage', all: ['groups', 'users'] };
  if (MEMBERS.has(id)) return { permission, kind: 'groups', param: 'groupId' };
  if (id === 'addGroup') return { permission, all: ['groups'] };
  if (permission.startsWith('okta.iam.')) return { permission, kind: 'iam' };
  if (ORG_WIDE.test(permission)) return { permission };
  return { permission, ...(kind ? { kind } : {}), ...(param ? { param } : {}) };
}

/** Scope by scope, the permission of the same meaning, where it is called otherwise. */
function permissionForScope(scope: string): string {
  const [, family = '', verb = ''] = /^okta\.([\w.]+)\.(\w+)$/.exec(scope) ?? [];
  const manages = verb === 'read' ? 'read' : 'manage';
  return `okta.${FAMILIES[family] ?? family}.${manages}`;
}

const FAMILIES: Readonly<Record<string, string>> = {
  clients: 'apps',
  appGrants: 'apps',
  authorizationServers: 'authzServers',
  brands: 'customizations',
  templates: 'customizations',
  domains: 'customizations',
  emailDomains: 'customizations',
  emailServers: 'customizations',
  idps: 'identityProviders',
  eventHooks: 'eventhooks',
  inlineHooks: 'inlinehooks',
  agentPools: 'agents',
  realmAssignments: 'realms',
  userRisk: 'users.risk',
  roles: 'iam',
  factors: 'users',
};

/** What a path is about. The first that fits counts. */
const SUBJECTS: readonly (readonly [RegExp, string, string?])[] = [
  [/ \/api\/v1\/users\/\{userId\}/, 'users', 'userId'],
  [/ \/api\/v1\/users\/\{id\}/, 'users', 'id'],
  [/ \/api\/v1\/users$/, 'users'],
  [/ \/api\/v1\/groups\/\{groupId\}/, 'groups', 'groupId'],
  [/ \/api\/v1\/groups$/, 'groups'],
  [/ \/api\/v1\/apps\/\{appId\}/, 'apps', 'appId'],
  [/ \/api\/v1\/meta\/schemas\/apps\/\{appId\}/, 'apps', 'appId'],
  [/ \/api\/v1\/apps$/, 'apps'],
  [/ \/oauth2\/v1\/clients\/\{clientId\}/, 'apps', 'clientId'],
  [/ \/oauth2\/v1\/clients$/, 'apps'],
  [/ \/api\/v1\/authorizationServers\/\{authServerId\}/, 'authorization_servers', 'authServerId'],
  [/ \/api\/v1\/authorizationServers$/, 'authorization_servers'],
  [/ \/api\/v1\/policies\/\{policyId\}/, 'policies', 'policyId'],
  [/ \/api\/v1\/policies$/, 'policies'],
  [/ \/api\/v1\/idps\/\{idpId\}/, 'identity_providers', 'idpId'],
  [/ \/api\/v1\/idps/, 'identity_providers'],
  [/ \/api\/v1\/realms\/\{realmId\}/, 'realms', 'realmId'],
  [/ \/api\/v1\/realm/, 'realms'],
  [/ \/api\/v1\/zones\/\{zoneId\}/, 'network_zones', 'zoneId'],
  [/ \/api\/v1\/zones/, 'network_zones'],
  [/ \/api\/v1\/eventHooks/, 'event_hooks'],
  [/ \/api\/v1\/inlineHooks/, 'inline_hooks'],
  [/ \/api\/v1\/(brands|templates|domains|email-domains|email-servers)/, 'customizations'],
  [/ \/api\/v1\/devices/, 'devices'],
  [/ \/api\/v1\/agentPools/, 'agents'],
];

/** What is the org's, whatever the path says. */
const ORG_WIDE = /^okta\.(schemas|linkedObjects|logs|orgs|support|apiTokens)\./;

/** A user in a group: it is the group that must be in reach. */
const MEMBERS: ReadonlySet<string> = new Set(['assignUserToGroup', 'unassignUserFromGroup']);

/** Operations with a permission of their own. */
const NAMED: Readonly<Record<string, string>> = {
  createUser: 'okta.users.create',
  updateUser: 'okta.users.userprofile.manage',
  replaceUser: 'okta.users.userprofile.manage',
  deleteUser: 'okta.users.lifecycle.delete',
  activateUser: 'okta.users.lifecycle.activate',
  reactivateUser: 'okta.users.lifecycle.activate',
  deactivateUser: 'okta.users.lifecycle.deactivate',
  suspendUser: 'okta.users.lifecycle.suspend',
  unsuspendUser: 'okta.users.lifecycle.unsuspend',
  unlockUser: 'okta.users.lifecycle.unlock',
  revokeUserSessions: 'okta.users.lifecycle.clearSessions',
  resetFactors: 'okta.users.credentials.resetFactors',
  unenrollFactor: 'okta.users.credentials.resetFactors',
  resetPassword: 'okta.users.credentials.resetPassword',
  forgotPassword: 'okta.users.credentials.resetPassword',
  forgotPasswordSetNewPassword: 'okta.users.credentials.resetPassword',
  expirePassword: 'okta.users.credentials.expirePassword',
  expirePasswordWithTempPassword: 'okta.users.credentials.expirePassword',
  changePassword: 'okta.users.credentials.manage',
  changeRecoveryQuestion: 'okta.users.credentials.manage',
  enrollFactor: 'okta.users.credentials.manage',
  activateFactor: 'okta.users.credentials.manage',
  replaceFactor: 'okta.users.credentials.manage',
  verifyFactor: 'okta.users.credentials.manage',
  resendEnrollFactor: 'okta.users.credentials.manage',
  createTacAuthenticatorEnrollment: 'okta.users.credentials.manageTemporaryAccessCode',
  listUserDevices: 'okta.users.read',
  listOrgFactors: 'okta.authenticators.read',
  getOrgFactor: 'okta.authenticators.read',
  activateOrgFactor: 'okta.authenticators.manage',
  deactivateOrgFactor: 'okta.authenticators.manage',
  addGroup: 'okta.groups.create',
  assignUserToGroup: 'okta.groups.members.manage',
  unassignUserFromGroup: 'okta.groups.members.manage',
  assignUserToApplication: 'okta.apps.assignment.manage',
  updateApplicationUser: 'okta.apps.assignment.manage',
  unassignUserFromApplication: 'okta.apps.assignment.manage',
  assignGroupToApplication: 'okta.apps.assignment.manage',
  updateGroupAssignmentToApplication: 'okta.apps.assignment.manage',
  unassignApplicationFromGroup: 'okta.apps.assignment.manage',
  getApplicationUserSchema: 'okta.apps.read',
  updateApplicationUserProfile: 'okta.apps.manage',
  getOrgOktaSupportSettings: 'okta.support.read',
  grantOktaSupport: 'okta.support.manage',
  extendOktaSupport: 'okta.support.manage',
  revokeOktaSupport: 'okta.support.manage',
  listOktaSupportCases: 'okta.support.cases.manage',
  updateOktaSupportCase: 'okta.support.cases.manage',
  getAerialConsent: 'okta.support.read',
  grantAerialConsent: 'okta.support.manage',
  revokeAerialConsent: 'okta.support.manage',
  getClientPrivilegesSetting: 'okta.iam.read',
  assignClientPrivilegesSetting: 'okta.iam.manage',
};

/** What everybody may do for themselves, with a token of their own. */
export const SELF_SERVICE: ReadonlySet<string> = new Set([
  ...['getUser', 'updateUser', 'listAppLinks', 'changePassword', 'changeRecoveryQuestion'],
  ...['listFactors', 'getFactor', 'enrollFactor', 'activateFactor', 'verifyFactor', 'unenrollFactor'],
  ...['resendEnrollFactor', 'listSupportedFactors', 'listSupportedSecurityQuestions', 'listUserGroups'],
  ...['listSubscriptionsUser', 'getSubscriptionsNotificationTypeUser'],
  ...['listApiTokens', 'getApiToken', 'revokeApiToken'],
  ...['subscribeByNotificationTypeUser', 'unsubscribeByNotificationTypeUser', 'revokeCurrentApiToken'],
]);
