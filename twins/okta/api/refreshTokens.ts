/** Refresh tokens and consents by app, by authorization server and by user; all of them can be taken back. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { type App, findApp } from '../model/app.ts';
import { findServer } from '../model/authServer.ts';
import { clientIdOf } from '../model/oauth/client.ts';
import { type RefreshToken, refreshTokensOf } from '../model/oauth/refreshToken.ts';
import { revokeFamily } from '../model/oauth/token.ts';
import type { ScopeConsent } from '../model/scopeConsent.ts';
import { findUser } from '../model/user.ts';
import { stamp } from '../time.ts';
import { scopeConsents } from '../world/apps.ts';
import { apps } from '../world.ts';

const ofApps = family('ApplicationTokens', 'apps', 'app');
const ofServers = family('AuthorizationServerClients', 'authorizationServers', 'authorizationServers');
const ofUsers = family('UserResources', 'users', 'users');
const APP = '/api/v1/apps/{appId}/tokens';
const SERVER = '/api/v1/authorizationServers/{authServerId}/clients';
const CLIENT = `${SERVER}/{clientId}/tokens` as const;
const USER = '/api/v1/users/{userId}';

const appTokenEndpoints = [
  endpoint(
    { id: 'listOAuth2TokensForApplication', route: `GET ${APP}`, ...ofApps.read },
    ({ world, params }) =>
      tokensOfApp(world, findApp(world, params.appId)).map((row) => tokenView(world, row)),
  ),
  endpoint(
    { id: 'revokeOAuth2TokensForApplication', route: `DELETE ${APP}`, ...ofApps.manage, status: 204 },
    ({ world, params }) => revokeAll(world, tokensOfApp(world, findApp(world, params.appId))),
  ),
  endpoint(
    { id: 'getOAuth2TokenForApplication', route: `GET ${APP}/{tokenId}`, ...ofApps.read },
    ({ world, params }) => tokenView(world, tokenOfApp(world, params.appId, params.tokenId)),
  ),
  endpoint(
    {
      id: 'revokeOAuth2TokenForApplication',
      route: `DELETE ${APP}/{tokenId}`,
      ...ofApps.manage,
      status: 204,
    },
    ({ world, params }) => revokeAll(world, [tokenOfApp(world, params.appId, params.tokenId)]),
  ),
];

const serverTokenEndpoints = [
  endpoint(
    { id: 'listOAuth2ClientsForAuthorizationServer', route: `GET ${SERVER}`, ...ofServers.read },
    ({ world, params }) => {
      const { id } = findServer(world, params.authServerId);
      const clients = world.list(apps, { where: (app) => tokensOfApp(world, app, id).length > 0 });
      return clients.toArray().map((app) => clientView(world, app));
    },
  ),
  endpoint(
    { id: 'listRefreshTokensForAuthorizationServerAndClient', route: `GET ${CLIENT}`, ...ofServers.read },
    ({ world, params }) => tokensOfClient(world, params).map((row) => tokenView(world, row)),
  ),
  endpoint(
    {
      id: 'revokeRefreshTokensForAuthorizationServerAndClient',
      route: `DELETE ${CLIENT}`,
      ...ofServers.manage,
      status: 204,
    },
    ({ world, params }) => revokeAll(world, tokensOfClient(world, params)),
  ),
];

const userEndpoints = [
  endpoint({ id: 'listUserClients', route: `GET ${USER}/clients`, ...ofUsers.read }, ({ world, params }) => {
    const { id } = findUser(world, params.userId);
    const theirs = new Set(refreshTokensOf(world, { index: 'user', id }).map(({ appId }) => appId));
    return [...theirs].map((appId) => clientView(world, findApp(world, appId)));
  }),
  endpoint({ id: 'listUserGrants', route: `GET ${USER}/grants`, ...ofUsers.read }, ({ world, params }) => {
    const { id } = findUser(world, params.userId);
    const given = world.list(scopeConsents, { index: 'user', equals: id }).toArray();
    return given.map((row) => consentView(world, row));
  }),
  endpoint(
    { id: 'listUserIdentityProviders', route: 'GET /api/v1/users/{id}/idps', ...ofUsers.read },
    ({ world, params }) => {
      findUser(world, params.id);
      return [];
    },
  ),
];

export const refreshTokenEndpoints = [...appTokenEndpoints, ...serverTokenEndpoints, ...userEndpoints];

const tokensOfApp = (world: World, { id }: App, issuerKey?: string): RefreshToken[] =>
  refreshTokensOf(world, { index: 'app', id, ...(issuerKey === undefined ? {} : { issuerKey }) });

/** One token of an app, or E0000007. */
function tokenOfApp(world: World, appId: string, tokenId: string): RefreshToken {
  const found = tokensOfApp(world, findApp(world, appId)).find((row) => row.id === tokenId);
  if (!found) throw notFound(`${appId}.${tokenId}`, 'OAuth2RefreshTokenTx');
  return found;
}

/** The tokens of a client that a server gave it, or E0000007. */
function tokensOfClient(
  world: World,
  { authServerId, clientId }: { authServerId: string; clientId: string },
): RefreshToken[] {
  const server = findServer(world, authServerId);
  const app = world.list(apps, { index: 'client', equals: clientId }).first();
  if (!app) throw notFound(clientId, 'PublicClientApp');
  return tokensOfApp(world, app, server.id);
}

function revokeAll(world: World, rows: readonly RefreshToken[]): void {
  for (const { family } of rows) revokeFamily(world, family);
}

function tokenView(world: World, row: RefreshToken): Record<string, unknown> {
  const app = findApp(world, row.appId);
  const self = `/api/v1/apps/${app.id}/tokens/${row.id}`;
  return {
    id: row.id,
    status: 'ACTIVE',
    created: stamp(row.createdAt),
    lastUpdated: stamp(row.createdAt),
    expiresAt: stamp(row.expiresAt),
    issuer: row.issuer,
    clientId: clientIdOf(app),
    userId: row.userId,
    scopes: row.scopes,
    _links: {
      app: { ...link(world, `/api/v1/apps/${app.id}`), title: app.label },
      self: link(world, self),
      revoke: link(world, self, 'DELETE'),
      client: { ...link(world, `/oauth2/v1/clients/${clientIdOf(app)}`), title: app.label },
      user: link(world, `/api/v1/users/${row.userId}`),
    },
  };
}

const clientView = (world: World, app: App): Record<string, unknown> => ({
  client_id: clientIdOf(app),
  client_name: app.label,
  client_uri: app.settings.oauthClient?.client_uri ?? null,
  logo_uri: app.settings.oauthClient?.logo_uri ?? null,
  _links: { client: link(world, `/oauth2/v1/clients/${clientIdOf(app)}`) },
});

function consentView(world: World, { appId, issuerKey: _, ...row }: ScopeConsent): Record<string, unknown> {
  return {
    ...row,
    _links: {
      app: link(world, `/api/v1/apps/${appId}`),
      user: link(world, `/api/v1/users/${row.userId}`),
      client: link(world, `/oauth2/v1/clients/${row.clientId}`),
    },
  };
}
