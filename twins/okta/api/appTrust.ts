/** `/api/v1/apps/{appId}/interclient-…`, `/cwo/connections`, `/api/v1/first-party-app-settings`: how apps stand to apps. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  type CrossAppInput,
  connectApps,
  connectionsOf,
  disconnectApps,
  findConnection,
  turnConnectionOfApps,
} from '../model/apps/crossAppAccess.ts';
import {
  type FirstPartySettings,
  firstPartySettingsOf,
  setFirstPartySettings,
} from '../model/apps/firstPartyApp.ts';
import { allowedApps, distrustApp, targetApps, trustApp } from '../model/apps/interclientTrust.ts';

const trust = family('ApplicationInterclientTrustMappings', 'apps', 'app');
const access = family('ApplicationCrossAppAccessConnections', 'apps', 'app');
const own = family('OktaApplicationSettings', 'apps', 'other');
const APP = '/api/v1/apps/{appId}';
const ALLOWED = `${APP}/interclient-allowed-apps` as const;
const CONNECTIONS = `${APP}/cwo/connections` as const;
const CONNECTION = `${CONNECTIONS}/{connectionId}` as const;
const SETTINGS = '/api/v1/first-party-app-settings/{appName}';

export const appTrustEndpoints = [
  endpoint(
    { id: 'listInterclientAllowedApplications', route: `GET ${ALLOWED}`, ...trust.read },
    ({ world, params }) => allowedApps(world, params.appId),
  ),
  endpoint(
    { id: 'createInterclientTrustMapping', route: `POST ${ALLOWED}`, ...trust.manage, status: 201 },
    ({ world, actor, params, input }) => trustApp(world, actor.who, params.appId, input as { id?: string }),
  ),
  endpoint(
    {
      id: 'deleteInterclientTrustMapping',
      route: `DELETE ${ALLOWED}/{allowedAppId}`,
      ...trust.manage,
      status: 204,
    },
    ({ world, actor, params }) => distrustApp(world, actor.who, params.appId, params.allowedAppId),
  ),
  endpoint(
    {
      id: 'listInterclientTargetApplications',
      route: `GET ${APP}/interclient-target-apps`,
      ...trust.read,
    },
    ({ world, params }) => targetApps(world, params.appId),
  ),
  endpoint(
    { id: 'getAllCrossAppAccessConnections', route: `GET ${CONNECTIONS}`, ...access.read },
    ({ world, params, query }) =>
      connectionsOf(world, params.appId, {
        status: query.get('status'),
        requestingAppId: query.get('requestingAppId'),
        resourceAppId: query.get('resourceAppId'),
        requestingAppName: query.get('requestingAppName'),
        resourceAppName: query.get('resourceAppName'),
        activeAppsOnly: query.get('activeAppsOnly') === 'true',
      }),
  ),
  endpoint(
    { id: 'createCrossAppAccessConnection', route: `POST ${CONNECTIONS}`, ...access.manage, status: 201 },
    ({ world, actor, params, input }) => connectApps(world, actor.who, params.appId, input as CrossAppInput),
  ),
  endpoint(
    { id: 'getCrossAppAccessConnection', route: `GET ${CONNECTION}`, ...access.read },
    ({ world, params }) => findConnection(world, params.appId, params.connectionId),
  ),
  endpoint(
    { id: 'updateCrossAppAccessConnection', route: `PATCH ${CONNECTION}`, ...access.manage },
    ({ world, actor, params: { appId, connectionId }, input }) =>
      turnConnectionOfApps(world, actor.who, appId, connectionId, input as CrossAppInput),
  ),
  endpoint(
    {
      id: 'deleteCrossAppAccessConnection',
      route: `DELETE ${CONNECTION}`,
      ...access.manage,
      status: 204,
    },
    ({ world, actor, params }) => disconnectApps(world, actor.who, params.appId, params.connectionId),
  ),
  endpoint({ id: 'getFirstPartyAppSettings', route: `GET ${SETTINGS}`, ...own.read }, ({ world, params }) =>
    shown(firstPartySettingsOf(world, params.appName)),
  ),
  endpoint(
    { id: 'replaceFirstPartyAppSettings', route: `PUT ${SETTINGS}`, ...own.manage },
    ({ world, actor, params, input }) =>
      shown(setFirstPartySettings(world, actor.who, params.appName, input as Partial<FirstPartySettings>)),
  ),
];

const shown = ({ appName: _, ...settings }: FirstPartySettings): Record<string, unknown> => settings;
