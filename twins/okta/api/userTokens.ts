/** What a person let clients have: `/api/v1/users/{userId}/clients`, their refresh tokens, and `/grants`, the consents. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { findApp } from '../model/apps/app.ts';
import {
  type RefreshToken,
  refreshTokenRange,
  refreshTokensOf,
  revokeRefreshTokens,
} from '../model/oauth/refreshToken.ts';
import { consentsOf, findConsent, revokeConsents, type ScopeConsent } from '../model/oauth/scopeConsent.ts';
import { findUser } from '../model/people/user.ts';
import { appOfClient, clientView, scopesShown, tokenView } from './refreshTokens.ts';

const ofUsers = family('UserResources', 'users', 'users');
const ofGrants = family('UserGrant', 'users', 'users');
const ofTokens = family('UserOAuth', 'users', 'users');
const USER = '/api/v1/users/{userId}';
const CLIENT = `${USER}/clients/{clientId}` as const;
const TOKENS = `${CLIENT}/tokens` as const;
const paged = {
  page: { style: 'link', default: 20, max: 200 },
  traits: { keeps: ['expand', 'scopeId'] },
} as const;
const gone = { status: 204 } as const;

/** Whose, and by which client. */
interface OfClient {
  userId: string;
  clientId: string;
}

const grantEndpoints = [
  endpoint(
    { id: 'listUserGrants', route: `GET ${USER}/grants`, ...ofGrants.read, ...paged },
    ({ world, params, query }) => {
      const { id } = findUser(world, params.userId);
      const given = consentsOf(world, id, { scopeId: query.get('scopeId') ?? undefined });
      return list(given, (row) => consentView(world, row, query.get('expand')), { sealed: true });
    },
  ),
  endpoint(
    { id: 'revokeUserGrants', route: `DELETE ${USER}/grants`, ...ofGrants.manage, ...gone },
    ({ world, actor, params }) => {
      const { id } = findUser(world, params.userId);
      revokeConsents(world, actor.who, consentsOf(world, id, {}).toArray(), 'revoke.user');
    },
  ),
  endpoint(
    { id: 'getUserGrant', route: `GET ${USER}/grants/{grantId}`, ...ofGrants.read },
    ({ world, params, query }) => {
      const { id } = findUser(world, params.userId);
      return consentView(world, findConsent(world, id, params.grantId), query.get('expand'));
    },
  ),
  endpoint(
    { id: 'revokeUserGrant', route: `DELETE ${USER}/grants/{grantId}`, ...ofGrants.manage, ...gone },
    ({ world, actor, params }) => {
      const { id } = findUser(world, params.userId);
      revokeConsents(world, actor.who, [findConsent(world, id, params.grantId)], 'revoke');
    },
  ),
  endpoint(
    { id: 'listGrantsForUserAndClient', route: `GET ${CLIENT}/grants`, ...ofGrants.read, ...paged },
    ({ world, params, query }) =>
      list(
        consentsOfClient(world, params),
        (row: ScopeConsent) => consentView(world, row, query.get('expand')),
        { sealed: true },
      ),
  ),
  endpoint(
    { id: 'revokeGrantsForUserAndClient', route: `DELETE ${CLIENT}/grants`, ...ofGrants.manage, ...gone },
    ({ world, actor, params }) =>
      revokeConsents(world, actor.who, consentsOfClient(world, params).toArray(), 'revoke.user.client'),
  ),
];

const tokenEndpoints = [
  endpoint(
    { id: 'listRefreshTokensForUserAndClient', route: `GET ${TOKENS}`, ...ofTokens.read, ...paged },
    ({ world, params, query }) =>
      list(
        refreshTokenRange(world, ofClient(world, params)),
        (row) => tokenView(world, row, query.get('expand')),
        { sealed: true },
      ),
  ),
  endpoint(
    { id: 'revokeTokensForUserAndClient', route: `DELETE ${TOKENS}`, ...ofTokens.manage, ...gone },
    ({ world, actor, params }) =>
      revokeRefreshTokens(world, actor.who, refreshTokensOf(world, ofClient(world, params))),
  ),
  endpoint(
    { id: 'getRefreshTokenForUserAndClient', route: `GET ${TOKENS}/{tokenId}`, ...ofTokens.read },
    ({ world, params, query }) => tokenView(world, tokenOf(world, params), query.get('expand')),
  ),
  endpoint(
    { id: 'revokeTokenForUserAndClient', route: `DELETE ${TOKENS}/{tokenId}`, ...ofTokens.manage, ...gone },
    ({ world, actor, params }) => revokeRefreshTokens(world, actor.who, [tokenOf(world, params)]),
  ),
];

export const userTokenEndpoints = [
  endpoint({ id: 'listUserClients', route: `GET ${USER}/clients`, ...ofUsers.read }, ({ world, params }) => {
    const { id } = findUser(world, params.userId);
    const theirs = new Set(refreshTokensOf(world, { index: 'user', id }).map(({ appId }) => appId));
    return [...theirs].map((appId) => clientView(world, findApp(world, appId)));
  }),
  ...grantEndpoints,
  ...tokenEndpoints,
];

const ofClient = (world: World, { userId, clientId }: OfClient) => ({
  index: 'user' as const,
  id: findUser(world, userId).id,
  appId: appOfClient(world, clientId).id,
});

function consentsOfClient(world: World, params: OfClient) {
  const { id, appId } = ofClient(world, params);
  return consentsOf(world, id, { appId });
}

/** One token of a person by a client, or E0000007. */
function tokenOf(world: World, params: OfClient & { tokenId: string }): RefreshToken {
  const found = refreshTokensOf(world, ofClient(world, params)).find(({ id }) => id === params.tokenId);
  if (!found) throw notFound(params.tokenId, 'OAuth2RefreshTokenTx');
  return found;
}

function consentView(
  world: World,
  { appId, issuerKey, ...row }: ScopeConsent,
  expand: string | null,
): Record<string, unknown> {
  const app = findApp(world, appId);
  const self = `/api/v1/users/${row.userId}/grants/${row.id}`;
  const [scope] = expand === 'scope' ? scopesShown(world, issuerKey, [row.scopeId]) : [];
  return {
    ...row,
    ...(scope ? { _embedded: { scope } } : {}),
    _links: {
      app: { ...link(world, `/api/v1/apps/${appId}`), title: app.label },
      self: link(world, self, 'GET', 'DELETE'),
      client: { ...link(world, `/oauth2/v1/clients/${row.clientId}`), title: app.label },
      user: link(world, `/api/v1/users/${row.userId}`),
      authorizationServer: link(world, `/api/v1/authorizationServers/${issuerKey}`),
    },
  };
}
