/** Rows of an org that are about signing in and its dangers. */
import { table } from '../../../src/table.ts';
import type { Csr } from '../model/apps/csr.ts';
import type { TemporaryCode } from '../model/authenticators/authenticatorEnrollment.ts';
import type { CustomAaguid } from '../model/authenticators/customAaguid.ts';
import type { Factor } from '../model/authenticators/factor.ts';
import type { OrgFactor } from '../model/authenticators/orgFactor.ts';
import type { Preregistration } from '../model/authenticators/preregistration.ts';
import type { IdpUser } from '../model/federation/idpUser.ts';
import type { Address } from '../model/guard/address.ts';
import type { Behavior } from '../model/guard/behavior.ts';
import type { Device } from '../model/guard/device.ts';
import type { DeviceAssurance } from '../model/guard/deviceAssurance.ts';
import type { DeviceIntegration } from '../model/guard/deviceIntegration.ts';
import type { DevicePostureCheck } from '../model/guard/devicePostureCheck.ts';
import type { Protection } from '../model/guard/protection.ts';
import type { SignInTrace } from '../model/guard/signInTrace.ts';
import type { ThreatInsight } from '../model/guard/threatInsight.ts';
import type { UserRisk } from '../model/guard/userRisk.ts';
import type { SecurityEventsProvider } from '../model/log/securityEventsProvider.ts';
import type { RealmAssignment, RealmOperation } from '../model/people/realmAssignment.ts';
import type { PolicyMapping } from '../model/policies/policyMapping.ts';
import type { SignInFailures } from '../model/signIn/passwordAttempt.ts';
import type { Session, SessionToken } from '../model/signIn/session.ts';

export const addresses = table<Address>({ name: 'okta.addresses', key: (row) => row.ip });

export const behaviors = table<Behavior>({
  name: 'okta.behaviors',
  key: (row) => row.id,
  indexes: { name: (row) => row.name },
});

export const customAaguids = table<CustomAaguid>({
  name: 'okta.customAaguids',
  key: (row) => `${row.authenticatorId}/${row.aaguid}`,
  indexes: { authenticator: (row) => row.authenticatorId },
});

export const devices = table<Device>({
  name: 'okta.devices',
  key: (row) => row.id,
  indexes: { user: (row) => row.users.map((one) => one.id) },
});

export const deviceAssurances = table<DeviceAssurance>({
  name: 'okta.deviceAssurances',
  key: (row) => row.id,
});

export const deviceIntegrations = table<DeviceIntegration>({
  name: 'okta.deviceIntegrations',
  key: (row) => row.id,
});

export const devicePostureChecks = table<DevicePostureCheck>({
  name: 'okta.devicePostureChecks',
  key: (row) => row.id,
});

export const factors = table<Factor>({
  name: 'okta.factors',
  secret: true,
  key: (row) => `${row.userId}/${row.id}`,
});

export const orgFactors = table<OrgFactor>({ name: 'okta.orgFactors', key: (row) => row.id });

export const policyMappings = table<PolicyMapping>({
  name: 'okta.policyMappings',
  key: (row) => row.id,
  indexes: { policy: (row) => row.policyId, resource: (row) => row.resourceId },
});

export const preregistrations = table<Preregistration>({
  name: 'okta.preregistrations',
  secret: true,
  key: (row) => `${row.userId}/${row.id}`,
});

export const protections = table<Protection>({ name: 'okta.protections', key: () => 'org' });

export const temporaryCodes = table<TemporaryCode>({
  name: 'okta.temporaryCodes',
  secret: true,
  key: (row) => `${row.userId}/${row.id}`,
});

export const realmAssignments = table<RealmAssignment>({
  name: 'okta.realmAssignments',
  key: (row) => row.id,
});

export const realmOperations = table<RealmOperation>({
  name: 'okta.realmOperations',
  key: (row) => row.id,
});

export const securityEventsProviders = table<SecurityEventsProvider>({
  name: 'okta.securityEventsProviders',
  key: (row) => row.id,
});

export const sessions = table<Session>({
  name: 'okta.sessions',
  secret: true,
  key: (row) => row.id,
  indexes: { user: (row) => row.userId },
});

export const sessionTokens = table<SessionToken>({
  name: 'okta.sessionTokens',
  secret: true,
  key: (row) => row.token,
});

export const signInFailures = table<SignInFailures>({
  name: 'okta.signInFailures',
  key: (row) => row.userId,
});

export const csrs = table<Csr>({ name: 'okta.csrs', key: (row) => `${row.ownerId}/${row.id}` });

export const idpUsers = table<IdpUser>({
  name: 'okta.idpUsers',
  secret: true,
  key: (row) => `${row.idpId}/${row.id}`,
  indexes: { user: (row) => row.id, external: (row) => `${row.idpId}/${row.externalId}` },
});

export const signInTraces = table<SignInTrace>({ name: 'okta.signInTraces', key: (row) => row.userId });

export const threatInsights = table<ThreatInsight>({ name: 'okta.threatInsight', key: () => 'org' });

export const userRisks = table<UserRisk>({ name: 'okta.userRisks', key: (row) => row.userId });

/** Every table here. */
export const SECURITY_TABLES = [
  addresses,
  behaviors,
  csrs,
  idpUsers,
  customAaguids,
  devices,
  deviceAssurances,
  deviceIntegrations,
  devicePostureChecks,
  factors,
  orgFactors,
  policyMappings,
  preregistrations,
  protections,
  realmAssignments,
  realmOperations,
  securityEventsProviders,
  sessions,
  sessionTokens,
  signInFailures,
  signInTraces,
  temporaryCodes,
  threatInsights,
  userRisks,
];
