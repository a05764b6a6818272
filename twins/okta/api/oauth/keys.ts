/** `/api/v1/apps/{appId}/credentials/jwks` and `/api/v1/authorizationServers/{authServerId}/resourceservercredentials/keys`. */
import type { World } from '../../../../src/world/world.ts';
import { family } from '../../docs.ts';
import { endpoint } from '../../endpoint.ts';
import { link } from '../../links.ts';
import {
  activateClientKey,
  addClientKey,
  clientKeys,
  deactivateClientKey,
  findClientKey,
  removeClientKey,
} from '../../model/oauth/clientKey.ts';
import type { PublicKey, PublicKeyInput } from '../../model/oauth/publicKey.ts';
import {
  activateResourceKey,
  addResourceKey,
  deactivateResourceKey,
  findResourceKey,
  removeResourceKey,
  resourceKeys,
} from '../../model/oauth/resourceKey.ts';

const ofApps = family('ApplicationSSOPublicKeys', 'apps', 'app');
const JWKS = '/api/v1/apps/{appId}/credentials/jwks';
const JWK = `${JWKS}/{keyId}` as const;

const clientKeyEndpoints = [
  endpoint({ id: 'listJwk', route: `GET ${JWKS}`, ...ofApps.read }, ({ world, params }) =>
    clientKeys(world, params.appId).map((key) => clientKeyView(world, params.appId, key)),
  ),
  endpoint(
    { id: 'addJwk', route: `POST ${JWKS}`, ...ofApps.manage, status: 201 },
    ({ world, actor, params: { appId }, input }) =>
      clientKeyView(world, appId, addClientKey(world, actor.who, appId, input as PublicKeyInput)),
  ),
  endpoint({ id: 'getJwk', route: `GET ${JWK}`, ...ofApps.read }, ({ world, params: { appId, keyId } }) =>
    clientKeyView(world, appId, findClientKey(world, appId, keyId)),
  ),
  endpoint(
    { id: 'deletejwk', route: `DELETE ${JWK}`, ...ofApps.manage, status: 204 },
    ({ world, actor, params }) => removeClientKey(world, actor.who, params.appId, params.keyId),
  ),
  endpoint(
    { id: 'activateOAuth2ClientJsonWebKey', route: `POST ${JWK}/lifecycle/activate`, ...ofApps.manage },
    ({ world, actor, params: { appId, keyId } }) =>
      clientKeyView(world, appId, activateClientKey(world, actor.who, appId, keyId)),
  ),
  endpoint(
    { id: 'deactivateOAuth2ClientJsonWebKey', route: `POST ${JWK}/lifecycle/deactivate`, ...ofApps.manage },
    ({ world, actor, params: { appId, keyId } }) =>
      clientKeyView(world, appId, deactivateClientKey(world, actor.who, appId, keyId)),
  ),
];

const ofServers = family(
  'OAuth2ResourceServerCredentialsKeys',
  'authorizationServers',
  'authorizationServers',
);
const KEYS = '/api/v1/authorizationServers/{authServerId}/resourceservercredentials/keys';
const KEY = `${KEYS}/{keyId}` as const;

const resourceKeyEndpoints = [
  endpoint(
    { id: 'listOAuth2ResourceServerJsonWebKeys', route: `GET ${KEYS}`, ...ofServers.read },
    ({ world, params }) =>
      resourceKeys(world, params.authServerId).map((key) => resourceKeyView(world, params.authServerId, key)),
  ),
  endpoint(
    { id: 'addOAuth2ResourceServerJsonWebKey', route: `POST ${KEYS}`, ...ofServers.manage, status: 201 },
    ({ world, actor, params: { authServerId: id }, input }) =>
      resourceKeyView(world, id, addResourceKey(world, actor.who, id, input as PublicKeyInput)),
  ),
  endpoint(
    { id: 'getOAuth2ResourceServerJsonWebKey', route: `GET ${KEY}`, ...ofServers.read },
    ({ world, params: { authServerId: id, keyId } }) =>
      resourceKeyView(world, id, findResourceKey(world, id, keyId)),
  ),
  endpoint(
    { id: 'deleteOAuth2ResourceServerJsonWebKey', route: `DELETE ${KEY}`, ...ofServers.manage, status: 204 },
    ({ world, actor, params }) => removeResourceKey(world, actor.who, params.authServerId, params.keyId),
  ),
  endpoint(
    {
      id: 'activateOAuth2ResourceServerJsonWebKey',
      route: `POST ${KEY}/lifecycle/activate`,
      ...ofServers.manage,
    },
    ({ world, actor, params: { authServerId: id, keyId } }) =>
      resourceKeyView(world, id, activateResourceKey(world, actor.who, id, keyId)),
  ),
  endpoint(
    {
      id: 'deactivateOAuth2ResourceServerJsonWebKey',
      route: `POST ${KEY}/lifecycle/deactivate`,
      ...ofServers.manage,
    },
    ({ world, actor, params: { authServerId: id, keyId } }) =>
      resourceKeyView(world, id, deactivateResourceKey(world, actor.who, id, keyId)),
  ),
];

export const oauthKeyEndpoints = [...clientKeyEndpoints, ...resourceKeyEndpoints];

function clientKeyView(world: World, appId: string, key: PublicKey): Record<string, unknown> {
  const self = `/api/v1/apps/${appId}/credentials/jwks/${key.id}`;
  const isOn = key.status === 'ACTIVE';
  const off = {
    activate: link(world, `${self}/lifecycle/activate`, 'POST'),
    delete: link(world, self, 'DELETE'),
  };
  const on = key.use === 'enc' ? {} : { deactivate: link(world, `${self}/lifecycle/deactivate`, 'POST') };
  return { ...key, _links: isOn ? on : off };
}

function resourceKeyView(world: World, serverId: string, key: PublicKey): Record<string, unknown> {
  const self = `/api/v1/authorizationServers/${serverId}/resourceservercredentials/keys/${key.id}`;
  const off = {
    activate: link(world, `${self}/lifecycle/activate`, 'POST'),
    delete: link(world, self, 'DELETE'),
  };
  const on = { deactivate: link(world, `${self}/lifecycle/deactivate`, 'POST') };
  return { ...key, _links: key.status === 'ACTIVE' ? on : off };
}
