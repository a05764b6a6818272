/** Rows of an org about what works beside it: agents, API services, service accounts, trust between apps. */
import { table } from '../../../src/table.ts';
import type { ApiService } from '../model/apps/apiService.ts';
import type { CrossAppConnection } from '../model/apps/crossAppAccess.ts';
import type { FirstPartySettings } from '../model/apps/firstPartyApp.ts';
import type { TrustMapping } from '../model/apps/interclientTrust.ts';
import type { ServiceAccount } from '../model/apps/serviceAccount.ts';
import type { AgentPool, AgentPoolSettings } from '../model/provisioning/agentPool.ts';
import type { AgentPoolUpdate } from '../model/provisioning/agentPoolUpdate.ts';

export const agentPools = table<AgentPool>({ name: 'okta.agentPools', key: (row) => row.id });

export const agentPoolSettings = table<AgentPoolSettings>({
  name: 'okta.agentPoolSettings',
  key: (row) => row.poolId,
});

export const agentPoolUpdates = table<AgentPoolUpdate>({
  name: 'okta.agentPoolUpdates',
  key: (row) => `${row.poolId}/${row.id}`,
});

export const apiServices = table<ApiService>({ name: 'okta.apiServices', key: (row) => row.id });

export const serviceAccounts = table<ServiceAccount>({
  name: 'okta.serviceAccounts',
  secret: true,
  key: (row) => row.id,
  indexes: { order: (row) => row.order, app: (row) => row.appId, user: (row) => row.oktaUserId },
});

export const trustMappings = table<TrustMapping>({
  name: 'okta.interclientTrustMappings',
  key: (row) => `${row.appInstanceId}/${row.trustedAppInstanceId}`,
  indexes: { app: (row) => [row.appInstanceId, row.trustedAppInstanceId] },
});

export const crossAppConnections = table<CrossAppConnection>({
  name: 'okta.crossAppConnections',
  key: (row) => row.id,
  indexes: { app: (row) => [row.requestingAppInstanceId, row.resourceAppInstanceId] },
});

export const firstPartySettings = table<FirstPartySettings>({
  name: 'okta.firstPartySettings',
  key: (row) => row.appName,
});

/** Every table here. */
export const INTEGRATION_TABLES = [
  agentPools,
  agentPoolSettings,
  agentPoolUpdates,
  apiServices,
  serviceAccounts,
  trustMappings,
  crossAppConnections,
  firstPartySettings,
];
