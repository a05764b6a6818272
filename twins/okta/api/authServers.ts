/** `/api/v1/authorizationServers`: servers, scopes and claims. */

import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import {
  type AuthServer,
  type AuthServerInput,
  associate,
  createServer,
  deleteServer,
  dissociate,
  findServer,
  replaceServer,
  rotateKeys,
  setServerStatus,
} from '../model/authServers/authServer.ts';
import {
  type Claim,
  type ClaimInput,
  claimsOf,
  createClaim,
  createScope,
  deleteClaim,
  deleteScope,
  findClaim,
  findScope,
  replaceClaim,
  replaceScope,
  type Scope,
  type ScopeInput,
  scopesOf,
} from '../model/authServers/authServerPart.ts';
import type { PublicKey } from '../model/oauth/publicKey.ts';
import { publicJwk, publishedKeys } from '../model/oauth/signing.ts';
import { authServers, org } from '../world.ts';

const { read, manage } = family('AuthorizationServer', 'authorizationServers', 'authorizationServers');
const ofScopes = family('AuthorizationServerScopes', 'authorizationServers', 'authorizationServers');
const ofClaims = family('AuthorizationServerClaims', 'authorizationServers', 'authorizationServers');
const ofKeys = family('AuthorizationServerKeys', 'authorizationServers', 'authorizationServers');
const ofAssoc = family('AuthorizationServerAssoc', 'authorizationServers', 'authorizationServers');
const SERVER = '/api/v1/authorizationServers/{authServerId}';

export const authServerEndpoints = [
  endpoint(
    {
      id: 'listAuthorizationServers',
      route: 'GET /api/v1/authorizationServers',
      ...read,
      page: { style: 'link', default: 200, max: 200 },
      traits: { keeps: ['q'] },
    },
    ({ world, query }) => {
      const q = query.get('q')?.toLowerCase();
      const where = q ? { where: (one: AuthServer) => one.name.toLowerCase().includes(q) } : {};
      return list(world.list(authServers, where), (server) => serverView(world, server));
    },
  ),
  endpoint(
    { id: 'createAuthorizationServer', route: 'POST /api/v1/authorizationServers', ...manage, status: 201 },
    ({ world, actor, input }) => serverView(world, createServer(world, actor.who, input as AuthServerInput)),
  ),
  endpoint({ id: 'getAuthorizationServer', route: `GET ${SERVER}`, ...read }, ({ world, params }) =>
    serverView(world, findServer(world, params.authServerId)),
  ),
  endpoint(
    { id: 'replaceAuthorizationServer', route: `PUT ${SERVER}`, ...manage },
    ({ world, actor, params, input }) =>
      serverView(world, replaceServer(world, actor.who, params.authServerId, input as AuthServerInput)),
  ),
  endpoint(
    { id: 'deleteAuthorizationServer', route: `DELETE ${SERVER}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteServer(world, actor.who, params.authServerId),
  ),
  endpoint(
    { id: 'activateAuthorizationServer', route: `POST ${SERVER}/lifecycle/activate`, ...manage, status: 204 },
    ({ world, actor, params }) => setServerStatus(world, actor.who, params.authServerId, 'ACTIVE'),
  ),
  endpoint(
    {
      id: 'deactivateAuthorizationServer',
      route: `POST ${SERVER}/lifecycle/deactivate`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) => setServerStatus(world, actor.who, params.authServerId, 'INACTIVE'),
  ),
  ...scopeEndpoints(),
  ...claimEndpoints(),
  ...keyEndpoints(),
];

/** How a server is named in addresses: the default one by that name. */
const nameOf = (server: AuthServer): string => (server.default ? 'default' : server.id);

function serverView(world: World, server: AuthServer): Record<string, unknown> {
  const {
    associated: _,
    retiredKid: _retired,
    resourceKeys: keys = [],
    id,
    name,
    description,
    audiences,
    ...rest
  } = server;
  const self = `/api/v1/authorizationServers/${nameOf(server)}`;
  const issuer = `${org(world).issuer ?? world.base()}/oauth2/${nameOf(server)}`;
  const turn = server.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const metadata = (kind: string) => ({
    name: kind,
    href: `${world.base()}/oauth2/${nameOf(server)}/.well-known/${kind}`,
    hints: { allow: ['GET'] },
  });
  return {
    id,
    name,
    description,
    audiences,
    issuer,
    ...rest,
    ...(server.accessTokenEncryptedResponseAlgorithm ? { jwks: { keys: keys.map(bareKey) } } : {}),
    _links: {
      rotateKey: link(world, `${self}/credentials/lifecycle/keyRotate`, 'POST'),
      metadata: [metadata('oauth-authorization-server'), metadata('openid-configuration')],
      resourceServerCredentialsKeys: link(world, `${self}/resourceservercredentials/keys`, 'GET'),
      keys: link(world, `${self}/credentials/keys`, 'GET'),
      claims: link(world, `${self}/claims`, 'GET', 'POST'),
      policies: link(world, `${self}/policies`, 'GET', 'POST'),
      self: link(world, self, 'GET', 'DELETE', 'PUT'),
      scopes: link(world, `${self}/scopes`, 'GET', 'POST'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}

const bareKey = ({ created: _, lastUpdated: _changed, ...key }: PublicKey) => key;

function scopeEndpoints() {
  const path = `${SERVER}/scopes` as const;
  const view = (world: World, { serverId, ...scope }: Scope) => ({
    ...scope,
    apiResourceId: null,
    _links: {
      self: link(
        world,
        `/api/v1/authorizationServers/${nameOf(findServer(world, serverId))}/scopes/${scope.id}`,
        'GET',
        'PUT',
        'DELETE',
      ),
    },
  });
  return [
    endpoint({ id: 'listOAuth2Scopes', route: `GET ${path}`, ...ofScopes.read }, ({ world, params }) =>
      scopesOf(world, params.authServerId).map((one) => view(world, one)),
    ),
    endpoint(
      { id: 'createOAuth2Scope', route: `POST ${path}`, ...ofScopes.manage, status: 201 },
      ({ world, actor, params, input }) =>
        view(world, createScope(world, actor.who, params.authServerId, input as ScopeInput)),
    ),
    endpoint(
      { id: 'getOAuth2Scope', route: `GET ${path}/{scopeId}`, ...ofScopes.read },
      ({ world, params }) => view(world, findScope(world, params.authServerId, params.scopeId)),
    ),
    endpoint(
      { id: 'replaceOAuth2Scope', route: `PUT ${path}/{scopeId}`, ...ofScopes.manage },
      ({ world, actor, params, input }) =>
        view(world, replaceScope(world, actor.who, params.authServerId, params.scopeId, input as ScopeInput)),
    ),
    endpoint(
      { id: 'deleteOAuth2Scope', route: `DELETE ${path}/{scopeId}`, ...ofScopes.manage, status: 204 },
      ({ world, actor, params }) => deleteScope(world, actor.who, params.authServerId, params.scopeId),
    ),
  ];
}

function claimEndpoints() {
  const path = `${SERVER}/claims` as const;
  const view = (world: World, { serverId, ...claim }: Claim) => ({
    ...claim,
    apiResourceId: null,
    _links: {
      self: link(
        world,
        `/api/v1/authorizationServers/${nameOf(findServer(world, serverId))}/claims/${claim.id}`,
        'GET',
        'PUT',
        'DELETE',
      ),
    },
  });
  return [
    endpoint({ id: 'listOAuth2Claims', route: `GET ${path}`, ...ofClaims.read }, ({ world, params }) =>
      claimsOf(world, params.authServerId).map((one) => view(world, one)),
    ),
    endpoint(
      { id: 'createOAuth2Claim', route: `POST ${path}`, ...ofClaims.manage, status: 201 },
      ({ world, actor, params, input }) =>
        view(world, createClaim(world, actor.who, params.authServerId, input as ClaimInput)),
    ),
    endpoint(
      { id: 'getOAuth2Claim', route: `GET ${path}/{claimId}`, ...ofClaims.read },
      ({ world, params }) => view(world, findClaim(world, params.authServerId, params.claimId)),
    ),
    endpoint(
      { id: 'replaceOAuth2Claim', route: `PUT ${path}/{claimId}`, ...ofClaims.manage },
      ({ world, actor, params, input }) =>
        view(world, replaceClaim(world, actor.who, params.authServerId, params.claimId, input as ClaimInput)),
    ),
    endpoint(
      { id: 'deleteOAuth2Claim', route: `DELETE ${path}/{claimId}`, ...ofClaims.manage, status: 204 },
      ({ world, actor, params }) => deleteClaim(world, actor.who, params.authServerId, params.claimId),
    ),
  ];
}

function keyNamed<K extends object>(keys: readonly K[], kid: string): K {
  const found = keys.find((key) => (key as { kid?: string }).kid === kid);
  if (!found) throw notFound(kid, 'JsonWebKey');
  return found;
}

function keyEndpoints() {
  const keysOf = (world: World, server: AuthServer) => {
    const path = `/api/v1/authorizationServers/${nameOf(server)}/credentials/keys`;
    return publishedKeys(world, server).map(({ kid, status }) => ({
      status,
      ...publicJwk(world, kid),
      _links: { self: link(world, `${path}/${kid}`, 'GET') },
    }));
  };
  return [
    endpoint(
      { id: 'listAuthorizationServerKeys', route: `GET ${SERVER}/credentials/keys`, ...ofKeys.read },
      ({ world, params }) => keysOf(world, findServer(world, params.authServerId)),
    ),
    endpoint(
      { id: 'getAuthorizationServerKey', route: `GET ${SERVER}/credentials/keys/{keyId}`, ...ofKeys.read },
      ({ world, params }) => keyNamed(keysOf(world, findServer(world, params.authServerId)), params.keyId),
    ),
    endpoint(
      {
        id: 'rotateAuthorizationServerKeys',
        route: `POST ${SERVER}/credentials/lifecycle/keyRotate`,
        ...ofKeys.manage,
      },
      ({ world, actor, params }) => keysOf(world, rotateKeys(world, actor.who, params.authServerId)),
    ),
    endpoint(
      { id: 'listAssociatedServersByTrustedType', route: `GET ${SERVER}/associatedServers`, ...ofAssoc.read },
      ({ world, params }) =>
        findServer(world, params.authServerId).associated.map((id) => ({
          ...serverView(world, findServer(world, id)),
          _links: null,
        })),
    ),
    endpoint(
      { id: 'createAssociatedServers', route: `POST ${SERVER}/associatedServers`, ...ofAssoc.manage },
      ({ world, actor, params, input }) =>
        associate(
          world,
          actor.who,
          params.authServerId,
          (input as { trusted?: string[] } | undefined)?.trusted ?? [],
        ).map((server) => ({ ...serverView(world, server), _links: null })),
    ),
    endpoint(
      {
        id: 'deleteAssociatedServer',
        route: `DELETE ${SERVER}/associatedServers/{associatedServerId}`,
        ...ofAssoc.manage,
        status: 204,
      },
      ({ world, actor, params }) =>
        dissociate(world, actor.who, params.authServerId, params.associatedServerId),
    ),
  ];
}
