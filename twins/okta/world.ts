/** The rows of an org: one table per resource, with the look-ups that its operations need. */
import { sortable, type Table, table } from '../../src/table.ts';
import type { World } from '../../src/world/world.ts';
import type { App } from './model/apps/app.ts';
import type { AppGroup } from './model/apps/appGroup.ts';
import type { AppUser } from './model/apps/appUser.ts';
import type { IdTokenSettings } from './model/apps/idTokenSettings.ts';
import type { SigningKey } from './model/apps/signingKey.ts';
import type { Authenticator } from './model/authenticators/authenticator.ts';
import type { AuthServer } from './model/authServers/authServer.ts';
import type { Claim, Scope } from './model/authServers/authServerPart.ts';
import type { Idp } from './model/federation/idp.ts';
import type { IdpKey } from './model/federation/idpKey.ts';
import type { Group, GroupMember } from './model/groups/group.ts';
import type { GroupOwner } from './model/groups/groupOwner.ts';
import type { GroupRule } from './model/groups/groupRule.ts';
import type { Captcha, OrgCaptcha } from './model/guard/captcha.ts';
import type { TrustedOrigin } from './model/guard/trustedOrigin.ts';
import type { Zone } from './model/guard/zone.ts';
import type { EventHook } from './model/hooks/eventHook.ts';
import type { InlineHook } from './model/hooks/inlineHook.ts';
import type { LogEvent } from './model/log/log.ts';
import type { LogStream } from './model/log/logStream.ts';
import type { Brand, Theme } from './model/look/brand.ts';
import type { ApiToken } from './model/org/apiToken.ts';
import type { Org } from './model/org/org.ts';
import type { PrincipalRateLimit } from './model/org/principalRateLimit.ts';
import type { UserSecret } from './model/people/password.ts';
import type { Realm } from './model/people/realm.ts';
import type { Schema } from './model/people/schema.ts';
import type { User } from './model/people/user.ts';
import type { UserType } from './model/people/userType.ts';
import type { AccessPolicy, AccessRule } from './model/policies/accessPolicy.ts';
import { idsIn } from './model/policies/named.ts';
import type { Policy } from './model/policies/policy.ts';
import type { PolicyRule } from './model/policies/policyRule.ts';
import type { Mapping } from './model/provisioning/mapping.ts';
import type { CustomRole } from './model/roles/customRole.ts';
import type { RoleAssignment } from './model/roles/role.ts';
import { ACCOUNT_TABLES } from './world/account.ts';
import { ADMIN_TABLES } from './world/admin.ts';
import { APP_TABLES } from './world/apps.ts';
import { DELIVERY_TABLES } from './world/delivery.ts';
import { DIRECTORY_TABLES } from './world/directory.ts';
import { INTEGRATION_TABLES } from './world/integrations.ts';
import { LOOK_TABLES } from './world/look.ts';
import { OAUTH_TABLES } from './world/oauth.ts';
import { SECURITY_TABLES } from './world/security.ts';
import { SIGN_IN_TABLES } from './world/signIn.ts';

export const orgs = table<Org>({ name: 'okta.org', key: () => 'org' });

export const users = table<User>({
  name: 'okta.users',
  key: (row) => row.id,
  indexes: {
    login: (row) => row.profile.login.toLowerCase(),
    email: (row) => row.profile.email.toLowerCase(),
    shortName: (row) => row.profile.login.toLowerCase().split('@', 1)[0],
    firstName: (row) => lower(row.profile.firstName),
    lastName: (row) => lower(row.profile.lastName),
    department: (row) => lower(row.profile.department),
    status: (row) => row.status,
    type: (row) => row.type.id,
    lastUpdated: (row) => row.lastUpdated,
  },
});

export const secrets = table<UserSecret>({
  name: 'okta.userSecrets',
  secret: true,
  key: (row) => row.userId,
});

export const groups = table<Group>({
  name: 'okta.groups',
  key: (row) => row.id,
  indexes: { name: (row) => row.profile.name.toLowerCase(), type: (row) => row.type },
});

export const groupMembers = table<GroupMember>({
  name: 'okta.groupMembers',
  key: (row) => `${row.groupId}/${row.userId}`,
  indexes: { user: (row) => row.userId },
});

export const groupRules = table<GroupRule>({
  name: 'okta.groupRules',
  key: (row) => row.id,
  indexes: { status: (row) => row.status, name: (row) => row.name.toLowerCase() },
});

export const userTypes = table<UserType>({
  name: 'okta.userTypes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name, default: (row) => String(row.default) },
});

export const schemas = table<Schema>({
  name: 'okta.schemas',
  key: (row) => row.id,
  indexes: { of: (row) => row.of },
});

export const apps = table<App>({
  name: 'okta.apps',
  secret: true,
  key: (row) => row.id,
  indexes: {
    client: (row) => row.credentials.oauthClient?.client_id,
    policy: (row) => [row.accessPolicy, row.profileEnrollment].filter((id) => id !== null),
    inlineHook: (row) => idsIn(row.settings.signOn),
  },
});

export const appUsers = table<AppUser>({
  name: 'okta.appUsers',
  key: (row) => `${row.appId}/${row.id}`,
  indexes: {
    user: (row) => row.id,
    external: (row) => (row.externalId === null ? undefined : `${row.appId}/${row.externalId}`),
  },
});

export const appGroups = table<AppGroup>({
  name: 'okta.appGroups',
  key: (row) => `${row.appId}/${row.id}`,
  indexes: { group: (row) => row.id },
});

export const logs = table<LogEvent>({
  name: 'okta.logs',
  key: (row) => sortable(row.sequence),
  indexes: { published: (row) => sortable(Date.parse(row.published)) },
});

export const apiTokens = table<ApiToken>({
  name: 'okta.apiTokens',
  secret: true,
  key: (row) => row.id,
  indexes: {
    hash: (row) => row.hash,
    user: (row) => row.userId,
    zone: (row) => [...(row.network.include ?? []), ...(row.network.exclude ?? [])],
  },
});

export const roleAssignments = table<RoleAssignment>({
  name: 'okta.roleAssignments',
  key: (row) => `${row.assigneeId}/${row.id}`,
  indexes: { type: (row) => row.assignmentType },
});

export const policies = table<Policy>({
  name: 'okta.policies',
  key: (row) => row.id,
  indexes: { type: (row) => `${row.type}`, names: (row) => idsIn(row.conditions, row.settings) },
});

export const policyRules = table<PolicyRule>({
  name: 'okta.policyRules',
  key: (row) => row.id,
  indexes: { policy: (row) => row.policyId, names: (row) => idsIn(row.conditions, row.actions) },
});

export const signingKeys = table<SigningKey>({
  name: 'okta.signingKeys',
  key: (row) => `${row.ownerId}/${row.kid}`,
});

export const idTokenSettings = table<IdTokenSettings>({
  name: 'okta.idTokenSettings',
  key: (row) => row.appId,
});

export const groupOwners = table<GroupOwner>({
  name: 'okta.groupOwners',
  key: (row) => `${row.groupId}/${row.id}`,
  indexes: { owner: (row) => row.id },
});

export const mappings = table<Mapping>({
  name: 'okta.mappings',
  key: (row) => row.id,
  indexes: { source: (row) => row.source.id, target: (row) => row.target.id },
});

export const zones = table<Zone>({
  name: 'okta.zones',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), usage: (row) => row.usage },
});

export const brands = table<Brand>({
  name: 'okta.brands',
  key: (row) => row.id,
});

export const themes = table<Theme>({
  name: 'okta.themes',
  key: (row) => row.id,
  indexes: { brand: (row) => row.brandId },
});

export const idps = table<Idp>({
  name: 'okta.idps',
  secret: true,
  key: (row) => row.id,
});

export const idpKeys = table<IdpKey>({
  name: 'okta.idpKeys',
  key: (row) => row.kid,
});

export const authServers = table<AuthServer>({
  name: 'okta.authServers',
  key: (row) => row.id,
});

export const authServerScopes = table<Scope>({
  name: 'okta.authServerScopes',
  key: (row) => `${row.serverId}/${row.id}`,
});

export const authServerClaims = table<Claim>({
  name: 'okta.authServerClaims',
  key: (row) => `${row.serverId}/${row.id}`,
});

export const accessPolicies = table<AccessPolicy>({
  name: 'okta.accessPolicies',
  key: (row) => row.id,
  indexes: { parent: (row) => row.parentId },
});

export const accessRules = table<AccessRule>({
  name: 'okta.accessRules',
  key: (row) => row.id,
  indexes: { parent: (row) => row.parentId, inlineHook: (row) => idsIn(row.actions) },
});

export const eventHooks = table<EventHook>({
  name: 'okta.eventHooks',
  secret: true,
  key: (row) => row.id,
  indexes: { event: (row) => row.events.items },
});

export const inlineHooks = table<InlineHook>({
  name: 'okta.inlineHooks',
  secret: true,
  key: (row) => row.id,
  indexes: { type: (row) => row.type, key: (row) => row.channel.config.oauth?.hookKeyId },
});

export const customRoles = table<CustomRole>({
  name: 'okta.customRoles',
  key: (row) => row.id,
  indexes: { label: (row) => row.label },
});

export const trustedOrigins = table<TrustedOrigin>({
  name: 'okta.trustedOrigins',
  key: (row) => row.id,
  indexes: { origin: (row) => row.origin.toLowerCase() },
});

export const realms = table<Realm>({
  name: 'okta.realms',
  key: (row) => row.id,
});

export const logStreams = table<LogStream>({
  name: 'okta.logStreams',
  secret: true,
  key: (row) => row.id,
  indexes: { name: (row) => row.name, status: (row) => row.status },
});

export const principalRateLimits = table<PrincipalRateLimit>({
  name: 'okta.principalRateLimits',
  key: (row) => row.id,
  indexes: { principal: (row) => row.principalId },
});

export const authenticators = table<Authenticator>({
  name: 'okta.authenticators',
  secret: true,
  key: (row) => row.id,
});

export const captchas = table<Captcha>({
  name: 'okta.captchas',
  key: (row) => row.id,
});

export const orgCaptchas = table<OrgCaptcha>({ name: 'okta.orgCaptcha', key: () => 'org' });

/** Every table of the twin. */
export const TABLES = [
  orgs,
  users,
  secrets,
  groups,
  groupMembers,
  groupRules,
  userTypes,
  schemas,
  apps,
  appUsers,
  appGroups,
  logs,
  apiTokens,
  roleAssignments,
  policies,
  policyRules,
  signingKeys,
  idTokenSettings,
  groupOwners,
  mappings,
  zones,
  brands,
  themes,
  idps,
  idpKeys,
  authServers,
  authServerScopes,
  authServerClaims,
  accessPolicies,
  accessRules,
  eventHooks,
  inlineHooks,
  customRoles,
  trustedOrigins,
  realms,
  logStreams,
  principalRateLimits,
  authenticators,
  captchas,
  orgCaptchas,
  ...ADMIN_TABLES,
  ...ACCOUNT_TABLES,
  ...APP_TABLES,
  ...DELIVERY_TABLES,
  ...INTEGRATION_TABLES,
  ...DIRECTORY_TABLES,
  ...OAUTH_TABLES,
  ...SECURITY_TABLES,
  ...LOOK_TABLES,
  ...SIGN_IN_TABLES,
] as unknown as readonly Table<never>[];

/** The org itself; it is there from the beginning. */
export const org = (world: World): Org =>
  world.require(orgs, 'org', () => new Error('the org is not planted'));

const lower = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
