/** How an org begins: its built-ins, then the people, groups and apps of the world file. */
import { sortable } from '../../src/table.ts';
import type { Person } from '../../src/world/cast.ts';
import type { OktaGroupPart, WorldFile } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { newId } from './ids.ts';
import { madeUpGroups } from './madeUpGroups.ts';
import { type AppInput, createApp } from './model/apps/app.ts';
import { isSignOnMode } from './model/apps/appCheck.ts';
import { assignGroup } from './model/apps/appGroup.ts';
import { addOwnApps } from './model/apps/ownApp.ts';
import { addAuthenticator } from './model/authenticators/authenticator.ts';
import { addServer } from './model/authServers/authServer.ts';
import { addGroup, type Group, groupByName } from './model/groups/group.ts';
import { activateRule, createRule } from './model/groups/groupRule.ts';
import { addBuiltInBehaviors } from './model/guard/behavior.ts';
import { addDeviceIntegrations } from './model/guard/deviceIntegration.ts';
import { addSystemZone, EXEMPT_PARTS } from './model/guard/zone.ts';
import { EXEMPT } from './model/guard/zoneMatch.ts';
import { partsOf } from './model/guard/zoneParts.ts';
import { SYSTEM } from './model/log/log.ts';
import { addBrand } from './model/look/brand.ts';
import { GRANT_TYPES } from './model/oauth/grant.ts';
import { createApiToken } from './model/org/apiToken.ts';
import { addFeatures } from './model/org/feature.ts';
import { CONTACT_TYPES, setContact } from './model/org/org.ts';
import { NEW_ORG_ADMIN } from './model/org/orgAdmin.ts';
import { addDefaultRealm } from './model/people/realm.ts';
import { addGroupSchema } from './model/people/schema.ts';
import { createUiSchema } from './model/people/uiSchema.ts';
import { addToOrg, type Profile, type User, userByLogin } from './model/people/user.ts';
import { addUserType } from './model/people/userType.ts';
import { createAccessPolicy, createAccessRule } from './model/policies/accessPolicy.ts';
import { addPolicy } from './model/policies/policy.ts';
import { rulesOf } from './model/policies/policyRule.ts';
import { addRole } from './model/roles/role.ts';
import { stamp } from './time.ts';
import { apiTokens, groupMembers, groupRules, logs, org, orgs, policyRules } from './world.ts';

/** Fills the org. The first of the cast is its super administrator and owns the API token. */
export function plant(world: World, file: WorldFile): void {
  plantOrg(world, file);
  plantBuiltIns(world);
  const people = world.cast.map((person) => addToOrg(world, profileOf(person)));
  const admin = people[0];
  if (admin) plantAdministrator(world, admin);
  if (admin) for (const type of CONTACT_TYPES) setContact(world, type, admin.id);
  const { groups = [] } = file.okta ?? {};
  const parts = 'count' in groups ? madeUpGroups(world, groups.count, groups.members) : groups;
  const planted = parts.map((part) => ({ part, group: plantGroup(world, part) }));
  for (const { part, group } of planted) if (part.rule !== undefined) plantRule(world, group, part.rule);
  for (const app of file.okta?.apps ?? []) plantApp(world, app);
  // What was planted did not happen: the System Log of an org begins empty but for what programs do.
  for (const event of world.list(logs).toArray()) world.remove(logs, sortable(event.sequence));
}

function plantOrg(world: World, file: WorldFile): void {
  const now = stamp(world.now());
  world.insert(orgs, {
    id: newId(world, '00o'),
    subdomain: subdomainOf(file.world),
    companyName: file.world,
    status: 'ACTIVE',
    expiresAt: null,
    created: now,
    lastUpdated: now,
    website: `https://${subdomainOf(file.world)}.example`,
    phoneNumber: '',
    endUserSupportHelpURL: '',
    supportPhoneNumber: '',
    address1: null,
    address2: null,
    city: null,
    state: null,
    country: null,
    postalCode: null,
    defaultRealmId: newId(world, 'guo'),
    issuer: file.okta?.issuer ?? null,
    showEndUserFooter: true,
    optOutEmailUsers: false,
    supportUntil: null,
    contacts: {},
    admin: NEW_ORG_ADMIN,
    rateLimits: {
      adminNotifications: { notificationsEnabled: true },
      perClient: { defaultMode: 'ENFORCE' },
      warningThreshold: { warningThreshold: 60 },
    },
  });
}

function plantBuiltIns(world: World): void {
  addUserType(world, 'SYSTEM', {
    name: 'user',
    displayName: 'User',
    description: 'Okta user profile template with default permission settings',
    default: true,
  });
  addGroupSchema(world);
  const everyone = addGroup(
    world,
    { name: 'Everyone', description: 'All users in your organization' },
    'BUILT_IN',
  );
  plantPolicies(world, everyone);
  addOwnApps(world);
  addSystemZone(world, 'BlockedIpZone', 'BLOCKLIST');
  addSystemZone(world, 'LegacyIpZone', 'POLICY');
  addSystemZone(world, EXEMPT, 'POLICY', { ...EXEMPT_PARTS, gateways: null, proxies: null });
  addSystemZone(world, 'DefaultEnhancedDynamicZone', 'BLOCKLIST', partsOf('DYNAMIC_V2', {}), 'DYNAMIC_V2');
  addBrand(world, org(world).companyName, true);
  addDefaultRealm(world, org(world).defaultRealmId);
  addBuiltInBehaviors(world);
  addDeviceIntegrations(world);
  addFeatures(world);
  createUiSchema(world, { uiSchema: { type: 'Group', elements: ENROLMENT_FIELDS.map(control) } });
  addAuthenticator(world, 'okta_email', 'ACTIVE', {
    settings: { allowedFor: 'any', tokenLifetimeInMinutes: 5 },
  });
  addAuthenticator(world, 'okta_verify', 'ACTIVE', { settings: OKTA_VERIFY });
  addAuthenticator(world, 'okta_password', 'ACTIVE');
  addAuthenticator(world, 'phone_number', 'INACTIVE', { settings: { allowedFor: 'any' } });
  addAuthenticator(world, 'webauthn', 'INACTIVE');
  addAuthenticator(world, 'security_question', 'ACTIVE', { settings: { allowedFor: 'recovery' } });
  addServer(
    world,
    {
      name: 'default',
      description: 'Default Authorization Server for your Applications',
      audiences: ['api://default'],
      issuerMode: 'ORG_URL',
    },
    true,
  );
  plantDefaultAccess(world);
}

/**
 * The rule by which the default authorization server lets everybody try it.
 * https://developer.okta.com/docs/concepts/auth-servers/#default-custom-authorization-server
 */
function plantDefaultAccess(world: World): void {
  const policy = createAccessPolicy(world, SYSTEM, 'default', {
    name: 'Default Policy',
    description: 'Default policy for the default authorization server',
    conditions: { clients: { include: ['ALL_CLIENTS'] } },
  });
  createAccessRule(world, SYSTEM, 'default', policy.id, {
    name: 'Default Policy Rule',
    conditions: {
      people: { groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['implicit', ...GRANT_TYPES.filter((grant) => grant !== 'refresh_token')] },
      scopes: { include: ['*'] },
    },
  });
}

const OKTA_VERIFY = {
  compliance: { fips: 'OPTIONAL' },
  channelBinding: { style: 'NUMBER_CHALLENGE', required: 'NEVER' },
  userVerification: 'PREFERRED',
  userVerificationMethods: ['PIN', 'BIOMETRICS'],
  appInstanceId: '',
};
const ENROLMENT_FIELDS = ['firstName', 'lastName', 'email'] as const;
const control = (name: string) => ({
  type: 'Control',
  scope: `#/properties/${name}`,
  label: name,
  options: { format: 'text' },
});

const ACCOUNT_MANAGEMENT =
  'This policy defines how users must authenticate for authenticator enrollment, password reset, or unlock account. ' +
  'Password policy rules control whether to enforce this policy for password reset and unlock account.';
const DEFAULT_POLICY = 'The default policy applies in all situations if no other policy applies.';

/** Policies of which every org has one. */
const SINGLE_POLICIES = [
  ['IDP_DISCOVERY', 'Idp Discovery Policy', undefined],
  ['ENTITY_RISK', 'Entity Risk Policy', undefined],
  ['POST_AUTH_SESSION', 'Session Protection Policy', undefined],
  ['CLIENT_UPDATE', 'Client Update Policy', 'Enables client update policy evaluation for the org.'],
  [
    'SESSION_VIOLATION_DETECTION',
    'Session Violation Detection Policy',
    'Enables session violation detection for the org',
  ],
] as const;

/** Nobody of a world has a second factor: apps let people in by password until their administrator says otherwise. */
const PASSWORD_ONLY = {
  appSignOn: {
    access: 'ALLOW',
    verificationMethod: {
      factorMode: '1FA',
      type: 'ASSURANCE',
      reauthenticateIn: 'PT12H',
      constraints: [{ knowledge: { types: ['password'], required: true } }],
    },
    keepMeSignedIn: { postAuth: 'NOT_ALLOWED' },
  },
};

function plantPolicies(world: World, everyone: Group): void {
  const system = {
    name: 'Default Policy',
    description: DEFAULT_POLICY,
    status: 'ACTIVE',
    system: true,
    conditions: { people: { groups: { include: [everyone.id] } } },
  } as const;
  addPolicy(world, 'OKTA_SIGN_ON', system);
  addPolicy(world, 'PASSWORD', system);
  addPolicy(world, 'MFA_ENROLL', system);
  for (const [type, name, description] of SINGLE_POLICIES)
    addPolicy(world, type, { name, description, status: 'ACTIVE', system: true });
  for (const name of ['Okta Admin Console', 'Okta Dashboard', 'Okta Browser Plugin'])
    addPolicy(world, 'ACCESS_POLICY', { name, status: 'ACTIVE', system: false });
  const shared = addPolicy(world, 'ACCESS_POLICY', {
    name: 'Any two factors',
    description: 'Require two factors to access.',
    status: 'ACTIVE',
    system: true,
  });
  for (const { id } of rulesOf(world, shared.id).toArray())
    world.update(policyRules, id, { actions: PASSWORD_ONLY });
  addPolicy(world, 'ACCESS_POLICY', {
    name: 'Okta Account Management Policy',
    description: ACCOUNT_MANAGEMENT,
    status: 'ACTIVE',
    system: false,
    resourceType: 'END_USER_ACCOUNT_MANAGEMENT',
  });
  addPolicy(world, 'PROFILE_ENROLLMENT', {
    name: 'Default Policy',
    description: 'Default Policy for Apps',
    status: 'ACTIVE',
    system: true,
  });
}

function profileOf(person: Person): Profile {
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    mobilePhone: null,
    secondEmail: null,
    ...(person.title ? { title: person.title } : {}),
    displayName: person.name,
    ...(person.department ? { department: person.department } : {}),
    ...(person.manager ? { managerId: person.manager, manager: person.manager } : {}),
    login: person.email,
    email: person.email,
  };
}

function plantAdministrator(world: World, admin: User): void {
  addRole(world, { type: 'USER', id: admin.id }, 'SUPER_ADMIN');
  const token = createApiToken(world, SYSTEM, admin, 'Orrery');
  // What a world hands out stays good, however far its clock is moved on.
  world.update(apiTokens, token.id, { endsAt: null });
  const { id } = createApp(world, SYSTEM, SERVICE_APP, true);
  addRole(world, { type: 'CLIENT', id }, 'SUPER_ADMIN');
}

/** The app behind the world's client credentials. */
export const SERVICE_APP_LABEL = 'Orrery service';
const SERVICE_APP: AppInput = {
  name: 'oidc_client',
  label: SERVICE_APP_LABEL,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
};

function plantGroup(world: World, { name, description, members = [] }: OktaGroupPart): Group {
  const group = addGroup(world, { name, description: description ?? null }, 'OKTA_GROUP');
  for (const email of members) {
    const user = userByLogin(world, email);
    if (user) world.put(groupMembers, { groupId: group.id, userId: user.id });
  }
  return group;
}

/** Has everybody whom a rule fits in its group. */
function plantRule(world: World, group: Group, value: string): void {
  const rule = createRule(world, SYSTEM, {
    name: ruleName(world, group.profile.name),
    conditions: { expression: { value } },
    actions: { assignUserToGroups: { groupIds: [group.id] } },
  });
  activateRule(world, SYSTEM, rule.id);
}

const RULE_NAME_CHARS_MAX = 50;

function ruleName(world: World, group: string): string {
  const wanted = `Assign ${group}`.slice(0, RULE_NAME_CHARS_MAX);
  const taken = world.list(groupRules, { index: 'name', equals: wanted.toLowerCase() }).first();
  return taken ? `${wanted.slice(0, RULE_NAME_CHARS_MAX - 8)} ${world.next('okta.ruleName')}` : wanted;
}

/** Short names of kinds of app, as people write them in world files. */
const APP_TYPES: Readonly<Record<string, AppInput>> = {
  bookmark: { name: 'bookmark', signOnMode: 'BOOKMARK', settings: { app: { url: 'https://example.com' } } },
  saml: { signOnMode: 'SAML_2_0' },
  oidc: { name: 'oidc_client', signOnMode: 'OPENID_CONNECT' },
  web: { name: 'oidc_client', signOnMode: 'OPENID_CONNECT' },
  spa: {
    name: 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    settings: { oauthClient: { application_type: 'browser' } },
  },
  service: {
    name: 'oidc_client',
    signOnMode: 'OPENID_CONNECT',
    settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
  },
  swa: { name: 'template_swa', signOnMode: 'BROWSER_PLUGIN' },
};

function plantApp(
  world: World,
  part: { name: string; type: string; label?: string; groups?: string[] },
): void {
  const kind = APP_TYPES[part.type.toLowerCase()] ?? ofCatalogue(part.type);
  const input = { ...kind, label: part.label ?? part.name };
  const app = createApp(world, SYSTEM, input, true);
  for (const name of part.groups ?? []) {
    const group = groupByName(world, name);
    if (group) assignGroup(world, SYSTEM, app.id, group.id, undefined);
  }
}

/** Any other type is a sign-on mode, or the name of an app of the vendor's catalogue. */
const ofCatalogue = (type: string): AppInput =>
  isSignOnMode(type) ? { signOnMode: type } : { name: type, signOnMode: 'SAML_2_0' };

const subdomainOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'org';
