/** Rows of an org that belong to single apps. */
import { table } from '../../../src/table.ts';
import type { ClientSecret } from '../model/apps/clientSecret.ts';
import type { FederatedClaim } from '../model/apps/federatedClaim.ts';
import type { ConsentGrant } from '../model/oauth/consentGrant.ts';
import type { ScopeConsent } from '../model/oauth/scopeConsent.ts';
import type { AppConnection } from '../model/provisioning/appConnection.ts';
import type { KeptFeature } from '../model/provisioning/appFeature.ts';
import type { GroupPushMapping } from '../model/provisioning/groupPush.ts';
import type { ProvisioningTask } from '../model/provisioning/provisioningTask.ts';
import type { ImportedUser } from '../model/provisioning/userImport.ts';
import { IDENTITY_SOURCE_TABLES } from './identitySources.ts';

export const clientSecrets = table<ClientSecret>({
  name: 'okta.clientSecrets',
  secret: true,
  key: (row) => `${row.appId}/${row.id}`,
});

export const federatedClaims = table<FederatedClaim>({
  name: 'okta.federatedClaims',
  key: (row) => `${row.appId}/${row.id}`,
});

export const appConnections = table<AppConnection>({
  name: 'okta.appConnections',
  secret: true,
  key: (row) => row.appId,
});

export const appFeatures = table<KeptFeature>({
  name: 'okta.appFeatures',
  key: (row) => `${row.appId}/${row.id}`,
});

export const provisioningTasks = table<ProvisioningTask>({
  name: 'okta.provisioningTasks',
  secret: true,
  key: (row) => `${row.appId}/${row.id}`,
  indexes: { status: (row) => row.status },
});

export const importedUsers = table<ImportedUser>({
  name: 'okta.importedUsers',
  key: (row) => `${row.appId}/${row.id}`,
});

export const groupPushMappings = table<GroupPushMapping>({
  name: 'okta.groupPushMappings',
  key: (row) => `${row.appId}/${row.id}`,
  indexes: {
    source: (row) => `${row.appId}/${row.sourceGroupId}`,
    group: (row) => [row.sourceGroupId, row.targetGroupId],
  },
});

export const consentGrants = table<ConsentGrant>({
  name: 'okta.consentGrants',
  key: (row) => `${row.appId}/${row.id}`,
});

export const scopeConsents = table<ScopeConsent>({
  name: 'okta.scopeConsents',
  key: (row) => `${row.appId}/${row.id}`,
  indexes: { user: (row) => row.userId, issuer: (row) => row.issuerKey },
});

/** Tables whose rows go with their app. */
export const PARTS_OF_APPS = [
  clientSecrets,
  appFeatures,
  provisioningTasks,
  importedUsers,
  federatedClaims,
  groupPushMappings,
  consentGrants,
  scopeConsents,
  ...IDENTITY_SOURCE_TABLES,
];

/** Every table here. */
export const APP_TABLES = [...PARTS_OF_APPS, appConnections];
