/** The forms of bodies of what works beside the org: agents, API services, service accounts, trust between apps. */
import { amount, body, flag, listOf, object, of, type Shape, text } from '../shape.ts';

const texts = listOf(text);

const account = body({
  name: text,
  description: text,
  ownerGroupIds: texts,
  ownerUserIds: texts,
  containerOrn: text,
  username: text,
  password: text,
  oktaUserId: text,
});

const update = body({
  name: text,
  agentType: text,
  agents: listOf(object({ id: text })),
  enabled: flag,
  notifyAdmin: flag,
  targetVersion: text,
  schedule: object({ cron: text, timezone: text, duration: amount }),
});

const connection = body({ requestingAppInstanceId: text, resourceAppInstanceId: text, status: text });

export const INTEGRATION_SHAPES: readonly [string, Shape][] = [
  ...of(
    account,
    'createAppServiceAccount',
    'updateAppServiceAccount',
    'createOktaManagedUserAccount',
    'updateOktaManagedUserAccount',
  ),
  ...of(update, 'createAgentPoolsUpdate', 'updateAgentPoolsUpdate'),
  ...of(
    body({
      agentType: text,
      continueOnError: flag,
      latestVersion: text,
      minimalSupportedVersion: text,
      poolName: text,
      releaseChannel: text,
    }),
    'updateAgentPoolsUpdateSettings',
  ),
  ...of(
    body({ type: text, grantedScopes: texts, properties: object() }),
    'createApiServiceIntegrationInstance',
  ),
  ...of(body({ id: text }), 'createInterclientTrustMapping'),
  ...of(connection, 'createCrossAppAccessConnection', 'updateCrossAppAccessConnection'),
  ...of(
    body({ sessionIdleTimeoutMinutes: amount, sessionMaxLifetimeMinutes: amount }),
    'replaceFirstPartyAppSettings',
  ),
];
