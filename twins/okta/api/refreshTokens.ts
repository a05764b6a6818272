/** Refresh tokens by app and by authorization server; all of them can be taken back. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { type App, findApp } from '../model/apps/app.ts';
import { findServer } from '../model/authServers/authServer.ts';
import { scopesOf } from '../model/authServers/authServerPart.ts';
import { clientIdOf } from '../model/oauth/client.ts';
import { type RefreshToken, refreshTokensOf, revokeRefreshTokens } from '../model/oauth/refreshToken.ts';
import { stamp } from '../time.ts';
import { apps } from '../world.ts';

const ofApps = family('ApplicationTokens', 'apps', 'app');
const ofServers = family('AuthorizationServerClients', 'authorizationServers', 'authorizationServers');
const APP = '/api/v1/apps/{appId}/tokens';
const SERVER = '/api/v1/authorizationServers/{authServerId}/clients';
const CLIENT = `${SERVER}/{clientId}/tokens` as const;

const appTokenEndpoints = [
  endpoint(
    { id: 'listOAuth2TokensForApplication', route: `GET ${APP}`, ...ofApps.read },
    ({ world, params, query }) =>
      tokensOfApp(world, findApp(world, params.appId)).map((row) =>
        tokenView(world, row, query.get('expand')),
      ),
  ),
  endpoint(
    { id: 'revokeOAuth2TokensForApplication', route: `DELETE ${APP}`, ...ofApps.manage, status: 204 },
    ({ world, actor, params }) =>
      revokeRefreshTokens(world, actor.who, tokensOfApp(world, findApp(world, params.appId))),
  ),
  endpoint(
    { id: 'getOAuth2TokenForApplication', route: `GET ${APP}/{tokenId}`, ...ofApps.read },
    ({ world, params, query }) =>
      tokenView(world, tokenOfApp(world, params.appId, params.tokenId), query.get('expand')),
  ),
  endpoint(
    {
      id: 'revokeOAuth2TokenForApplication',
      route: `DELETE ${APP}/{tokenId}`,
      ...ofApps.manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      revokeRefreshTokens(world, actor.who, [tokenOfApp(world, params.appId, params.tokenId)]),
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
    ({ world, params, query }) =>
      tokensOfClient(world, params).map((row) => tokenView(world, row, query.get('expand'))),
  ),
  endpoint(
    {
      id: 'revokeRefreshTokensForAuthorizationServerAndClient',
      route: `DELETE ${CLIENT}`,
      ...ofServers.manage,
      status: 204,
    },
    ({ world, actor, params }) => revokeRefreshTokens(world, actor.who, tokensOfClient(world, params)),
  ),
  endpoint(
    {
      id: 'getRefreshTokenForAuthorizationServerAndClient',
      route: `GET ${CLIENT}/{tokenId}`,
      ...ofServers.read,
    },
    ({ world, params, query }) => tokenView(world, tokenOfClient(world, params), query.get('expand')),
  ),
  endpoint(
    {
      id: 'revokeRefreshTokenForAuthorizationServerAndClient',
      route: `DELETE ${CLIENT}/{tokenId}`,
      ...ofServers.manage,
      status: 204,
    },
    ({ world, actor, params }) => revokeRefreshTokens(world, actor.who, [tokenOfClient(world, params)]),
  ),
];

export const refreshTokenEndpoints = [...appTokenEndpoints, ...serverTokenEndpoints];

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
  return tokensOfApp(world, appOfClient(world, clientId), server.id);
}

/** One token of a client that a server gave it, or E0000007. */
function tokenOfClient(
  world: World,
  params: { authServerId: string; clientId: string; tokenId: string },
): RefreshToken {
  const found = tokensOfClient(world, params).find((row) => row.id === params.tokenId);
  if (!found) throw notFound(params.tokenId, 'OAuth2RefreshTokenTx');
  return found;
}

/** The app with this client id, or E0000007. */
export function appOfClient(world: World, clientId: string): App {
  const app = world.list(apps, { index: 'client', equals: clientId }).first();
  if (!app) throw notFound(clientId, 'PublicClientApp');
  return app;
}

/** A refresh token without its text; `expand=scope` tells of its scopes, too. */
export function tokenView(world: World, row: RefreshToken, expand: string | null): Record<string, unknown> {
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
    ...(expand === 'scope' ? { _embedded: { scopes: scopesShown(world, row.issuerKey, row.scopes) } } : {}),
    _links: {
      app: { ...link(world, `/api/v1/apps/${app.id}`), title: app.label },
      self: link(world, self),
      revoke: link(world, self, 'DELETE'),
      client: { ...link(world, `/oauth2/v1/clients/${clientIdOf(app)}`), title: app.label },
      user: link(world, `/api/v1/users/${row.userId}`),
    },
  };
}

/** An app as one of the clients that hold tokens. */
export const clientView = (world: World, app: App): Record<string, unknown> => ({
  client_id: clientIdOf(app),
  client_name: app.label,
  client_uri: app.settings.oauthClient?.client_uri ?? null,
  logo_uri: app.settings.oauthClient?.logo_uri ?? null,
  _links: { client: link(world, `/oauth2/v1/clients/${clientIdOf(app)}`) },
});

/** Scopes of an issuer as tokens and consents embed them. */
export function scopesShown(world: World, issuerKey: string, names: readonly string[]) {
  const known = issuerKey === 'org' ? [] : scopesOf(world, issuerKey);
  return names.map((name) => {
    const scope = known.find((one) => one.name === name);
    const title = scope?.displayName ?? name;
    const at = `/api/v1/authorizationServers/${issuerKey}/scopes/${scope?.id}`;
    return {
      id: scope?.id ?? name,
      name,
      displayName: title,
      description: scope?.description ?? null,
      _links: scope ? { scope: { ...link(world, at), title } } : {},
    };
  });
}
