/**
 * Refresh tokens and consents by app, by authorization server and by user. Nobody signs in to the apps of an org here,
 * so that there are none: lists are empty, single ones are not found, and revoking all takes nothing away.
 */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { findApp } from '../model/app.ts';
import { findServer } from '../model/authServer.ts';
import { findUser } from '../model/user.ts';
import { apps } from '../world.ts';

const ofApps = stored(family('ApplicationTokens', 'apps', 'app'));
const ofServers = stored(
  family('AuthorizationServerClients', 'authorizationServers', 'authorizationServers'),
);
const ofUsers = stored(family('UserResources', 'users', 'users'));
const APP = '/api/v1/apps/{appId}/tokens';
const SERVER = '/api/v1/authorizationServers/{authServerId}/clients';
const CLIENT = `${SERVER}/{clientId}/tokens` as const;
const USER = '/api/v1/users/{userId}';

const none = (): never[] => [];

/** A client of the org by its client id. Throws E0000007. */
function findClient(world: World, clientId: string): void {
  if (!world.list(apps, { index: 'client', equals: clientId }).first())
    throw notFound(clientId, 'PublicClientApp');
}

const appTokenEndpoints = [
  endpoint(
    { id: 'listOAuth2TokensForApplication', route: `GET ${APP}`, ...ofApps.read },
    ({ world, params }) => {
      findApp(world, params.appId);
      return none();
    },
  ),
  endpoint(
    { id: 'revokeOAuth2TokensForApplication', route: `DELETE ${APP}`, ...ofApps.manage, status: 204 },
    ({ world, params }) => void findApp(world, params.appId),
  ),
  endpoint(
    { id: 'getOAuth2TokenForApplication', route: `GET ${APP}/{tokenId}`, ...ofApps.read },
    ({ world, params }) => {
      const { id } = findApp(world, params.appId);
      throw notFound(`${id}.${params.tokenId}`, 'OAuth2RefreshTokenTx');
    },
  ),
  endpoint(
    {
      id: 'revokeOAuth2TokenForApplication',
      route: `DELETE ${APP}/{tokenId}`,
      ...ofApps.manage,
      status: 204,
    },
    ({ world, params }) => {
      const { id } = findApp(world, params.appId);
      throw notFound(`${id}.${params.tokenId}`, 'OAuth2RefreshTokenTx');
    },
  ),
];

const serverTokenEndpoints = [
  endpoint(
    { id: 'listOAuth2ClientsForAuthorizationServer', route: `GET ${SERVER}`, ...ofServers.read },
    ({ world, params }) => {
      findServer(world, params.authServerId);
      return none();
    },
  ),
  endpoint(
    { id: 'listRefreshTokensForAuthorizationServerAndClient', route: `GET ${CLIENT}`, ...ofServers.read },
    ({ world, params }) => {
      findServer(world, params.authServerId);
      findClient(world, params.clientId);
      return none();
    },
  ),
  endpoint(
    {
      id: 'revokeRefreshTokensForAuthorizationServerAndClient',
      route: `DELETE ${CLIENT}`,
      ...ofServers.manage,
      status: 204,
    },
    ({ world, params }) => {
      findServer(world, params.authServerId);
      findClient(world, params.clientId);
    },
  ),
];

const userEndpoints = [
  endpoint({ id: 'listUserClients', route: `GET ${USER}/clients`, ...ofUsers.read }, ({ world, params }) => {
    findUser(world, params.userId);
    return none();
  }),
  endpoint({ id: 'listUserGrants', route: `GET ${USER}/grants`, ...ofUsers.read }, ({ world, params }) => {
    findUser(world, params.userId);
    return none();
  }),
  endpoint(
    { id: 'listUserIdentityProviders', route: 'GET /api/v1/users/{id}/idps', ...ofUsers.read },
    ({ world, params }) => {
      findUser(world, params.id);
      return none();
    },
  ),
];

export const refreshTokenEndpoints = [...appTokenEndpoints, ...serverTokenEndpoints, ...userEndpoints];
