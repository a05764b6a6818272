/** `/api/v1/idps`: identity providers, and the certificates that they sign with. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { invalid } from '../errors.ts';
import { link } from '../links.ts';
import { cloneKey, findKey, generateKey, keysOf } from '../model/apps/signingKey.ts';
import {
  createIdp,
  deleteIdp,
  findIdp,
  findIdps,
  type Idp,
  type IdpInput,
  replaceIdp,
  setIdpStatus,
  signingKidOf,
} from '../model/federation/idp.ts';
import { addIdpKey, findIdpKey, removeIdpKey, replaceIdpKey } from '../model/federation/idpKey.ts';
import { idpKeys } from '../world.ts';
import { signingKeyView } from './signingKeys.ts';

const { read, manage } = family('IdentityProvider', 'idps', 'other');
const keys = family('IdentityProviderKeys', 'idps', 'other');
const signing = family('IdentityProviderSigningKeys', 'idps', 'other');
const IDP = '/api/v1/idps/{idpId}';
const KEYS = '/api/v1/idps/credentials/keys';

export const idpEndpoints = [
  endpoint(
    {
      id: 'listIdentityProviders',
      route: 'GET /api/v1/idps',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
    },
    ({ world, query }) =>
      list(findIdps(world, query.get('q'), query.get('type')), (idp) => idpView(world, idp)),
  ),
  endpoint(
    { id: 'createIdentityProvider', route: 'POST /api/v1/idps', ...manage },
    ({ world, actor, input }) => idpView(world, createIdp(world, actor.who, input as IdpInput)),
  ),
  endpoint({ id: 'getIdentityProvider', route: `GET ${IDP}`, ...read }, ({ world, params }) =>
    idpView(world, findIdp(world, params.idpId)),
  ),
  endpoint(
    { id: 'replaceIdentityProvider', route: `PUT ${IDP}`, ...manage },
    ({ world, actor, params, input }) =>
      idpView(world, replaceIdp(world, actor.who, params.idpId, input as IdpInput)),
  ),
  endpoint(
    { id: 'deleteIdentityProvider', route: `DELETE ${IDP}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteIdp(world, actor.who, params.idpId),
  ),
  endpoint(
    { id: 'activateIdentityProvider', route: `POST ${IDP}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) => idpView(world, setIdpStatus(world, actor.who, params.idpId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateIdentityProvider', route: `POST ${IDP}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) => idpView(world, setIdpStatus(world, actor.who, params.idpId, 'INACTIVE')),
  ),
  endpoint({ id: 'listIdentityProviderKeys', route: `GET ${KEYS}`, ...keys.read }, ({ world }) =>
    world.list(idpKeys).toArray(),
  ),
  endpoint(
    { id: 'createIdentityProviderKey', route: `POST ${KEYS}`, ...keys.manage },
    ({ world, actor, input }) => addIdpKey(world, actor.who, input as { x5c?: string[] }),
  ),
  endpoint({ id: 'getIdentityProviderKey', route: `GET ${KEYS}/{kid}`, ...keys.read }, ({ world, params }) =>
    findIdpKey(world, params.kid),
  ),
  endpoint(
    { id: 'replaceIdentityProviderKey', route: `PUT ${KEYS}/{kid}`, ...keys.manage },
    ({ world, actor, params, input }) =>
      replaceIdpKey(world, actor.who, params.kid, input as { x5c?: string[] }),
  ),
  endpoint(
    { id: 'deleteIdentityProviderKey', route: `DELETE ${KEYS}/{kid}`, ...keys.manage, status: 204 },
    ({ world, actor, params }) => removeIdpKey(world, actor.who, params.kid),
  ),
  endpoint(
    { id: 'listIdentityProviderSigningKeys', route: `GET ${IDP}/credentials/keys`, ...signing.read },
    ({ world, params }) => keysOf(world, findIdp(world, params.idpId).id).map(signingKeyView),
  ),
  endpoint(
    {
      id: 'generateIdentityProviderSigningKey',
      route: `POST ${IDP}/credentials/keys/generate`,
      ...signing.manage,
      status: 201,
    },
    ({ world, actor, params, query }) =>
      signingKeyView(
        generateKey(world, actor.who, findIdp(world, params.idpId).id, query.get('validityYears')),
      ),
  ),
  endpoint(
    {
      id: 'listActiveIdentityProviderSigningKey',
      route: `GET ${IDP}/credentials/keys/active`,
      ...signing.read,
    },
    ({ world, params }) => {
      const kid = signingKidOf(findIdp(world, params.idpId));
      const active = keysOf(world, params.idpId).filter((key) => key.kid === kid);
      return active.length > 0 ? active.map(signingKeyView) : reply({ status: 204 });
    },
  ),
  endpoint(
    {
      id: 'cloneIdentityProviderKey',
      route: `POST ${IDP}/credentials/keys/{kid}/clone`,
      ...signing.manage,
      status: 201,
    },
    ({ world, actor, params, query }) => {
      const target = findIdp(world, query.get('targetIdpId') ?? '');
      if (keysOf(world, target.id).some(({ kid }) => kid === params.kid))
        throw invalid('kid', `kid: The key is already in the list of the target's key credentials`);
      const key = cloneKey(world, actor.who, findIdp(world, params.idpId).id, params.kid, target.id);
      return signingKeyView(key);
    },
  ),
  endpoint(
    { id: 'getIdentityProviderSigningKey', route: `GET ${IDP}/credentials/keys/{kid}`, ...signing.read },
    ({ world, params }) => signingKeyView(findKey(world, findIdp(world, params.idpId).id, params.kid)),
  ),
];

const AUTHORIZE =
  '&client_id={clientId}&response_type={responseType}&response_mode={responseMode}' +
  '&scope={scopes}&redirect_uri={redirectUri}&state={state}&nonce={nonce}';

/** A provider with its links; `type` comes before them, last. */
export function idpView(world: World, idp: Idp): Record<string, unknown> {
  const { type, sp, protocol, ...rest } = idp;
  const self = `/api/v1/idps/${idp.id}`;
  const turn = idp.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const links =
    type === 'SAML2'
      ? {
          metadata: {
            href: `${world.base()}${self}/metadata.xml`,
            type: 'application/xml',
            hints: { allow: ['GET'] },
          },
          acs: {
            href: `${world.base()}/sso/saml2/${idp.id}`,
            type: 'application/xml',
            hints: { allow: ['POST'] },
          },
          users: link(world, `${self}/users`, 'GET'),
          [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
        }
      : {
          authorize: {
            href: `${world.base()}/oauth2/v1/authorize?idp=${idp.id}${AUTHORIZE}`,
            templated: true,
            hints: { allow: ['GET'] },
          },
          clientRedirectUri: link(world, '/oauth2/v1/authorize/callback', 'POST'),
        };
  return { ...rest, protocol: withAudience(world, protocol, sp), type, _links: links };
}

/** What a SAML provider must name as its audience, unless it was told another. */
function withAudience(world: World, protocol: Idp['protocol'], sp: string): Idp['protocol'] {
  const credentials = protocol.credentials as { trust?: object } | undefined;
  if (!credentials?.trust) return protocol;
  const audience = `${world.base()}/saml2/service-provider/${sp}`;
  return { ...protocol, credentials: { ...credentials, trust: { audience, ...credentials.trust } } };
}
