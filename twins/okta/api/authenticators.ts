/** `/api/v1/authenticators`. */
import type { World } from '../../../src/world/world.ts';
import { family, managementDoc } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { link } from '../links.ts';
import {
  type Authenticator,
  type AuthenticatorInput,
  createAuthenticator,
  findAuthenticator,
  replaceAuthenticator,
  setAuthenticatorStatus,
} from '../model/authenticators/authenticator.ts';
import { providerShown } from '../model/authenticators/authenticatorKind.ts';
import {
  type AuthenticatorMethod,
  findMethod,
  methodsOf,
  replaceMethod,
  setMethodStatus,
  turns,
  verifyRpIdDomain,
} from '../model/authenticators/authenticatorMethod.ts';
import {
  type AaguidInput,
  aaguidsOf,
  type CustomAaguid,
  changeAaguid,
  createAaguid,
  deleteAaguid,
  findAaguid,
} from '../model/authenticators/customAaguid.ts';
import { authenticators, org } from '../world.ts';

const { read, manage } = family('Authenticator', 'authenticators', 'other');
const ALL = '/api/v1/authenticators';
const ONE = `${ALL}/{authenticatorId}` as const;
const METHOD = `${ONE}/methods/{methodType}` as const;
const AAGUID = `${ONE}/aaguids/{aaguid}` as const;

const authenticatorsThemselves = [
  endpoint({ id: 'listAuthenticators', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(authenticators)
      .toArray()
      .map((row) => authenticatorView(world, row)),
  ),
  endpoint({ id: 'createAuthenticator', route: `POST ${ALL}`, ...manage }, ({ world, actor, input, query }) =>
    authenticatorView(
      world,
      createAuthenticator(world, actor.who, input as AuthenticatorInput, query.get('activate') === 'true'),
    ),
  ),
  endpoint({ id: 'getAuthenticator', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    authenticatorView(world, findAuthenticator(world, params.authenticatorId)),
  ),
  endpoint(
    { id: 'replaceAuthenticator', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      authenticatorView(
        world,
        replaceAuthenticator(world, actor.who, params.authenticatorId, input as AuthenticatorInput),
      ),
  ),
  endpoint(
    { id: 'activateAuthenticator', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      authenticatorView(world, setAuthenticatorStatus(world, actor.who, params.authenticatorId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateAuthenticator', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      authenticatorView(world, setAuthenticatorStatus(world, actor.who, params.authenticatorId, 'INACTIVE')),
  ),
];

const methods = [
  endpoint({ id: 'listAuthenticatorMethods', route: `GET ${ONE}/methods`, ...read }, ({ world, params }) => {
    const row = findAuthenticator(world, params.authenticatorId);
    return methodsOf(row).map((method) => methodView(world, [row, method]));
  }),
  endpoint({ id: 'getAuthenticatorMethod', route: `GET ${METHOD}`, ...read }, ({ world, params }) =>
    methodView(world, findMethod(world, params.authenticatorId, params.methodType)),
  ),
  endpoint(
    { id: 'replaceAuthenticatorMethod', route: `PUT ${METHOD}`, ...manage },
    ({ world, actor, params: { authenticatorId, methodType }, input }) =>
      methodView(
        world,
        replaceMethod(world, actor.who, authenticatorId, methodType, input as Record<string, unknown>),
      ),
  ),
  endpoint(
    { id: 'activateAuthenticatorMethod', route: `POST ${METHOD}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      methodView(
        world,
        setMethodStatus(world, actor.who, params.authenticatorId, params.methodType, 'ACTIVE'),
      ),
  ),
  endpoint(
    { id: 'deactivateAuthenticatorMethod', route: `POST ${METHOD}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      methodView(
        world,
        setMethodStatus(world, actor.who, params.authenticatorId, params.methodType, 'INACTIVE'),
      ),
  ),
  endpoint(
    {
      id: 'verifyRpIdDomain',
      route: `POST ${ONE}/methods/{webAuthnMethodType}/verify-rp-id-domain`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      verifyRpIdDomain(world, actor.who, params.authenticatorId, params.webAuthnMethodType),
  ),
];

const aaguids = [
  endpoint({ id: 'listAllCustomAAGUIDs', route: `GET ${ONE}/aaguids`, ...read }, ({ world, params }) =>
    aaguidsOf(world, params.authenticatorId).map((row) => aaguidView(world, row)),
  ),
  endpoint(
    { id: 'createCustomAAGUID', route: `POST ${ONE}/aaguids`, ...manage },
    ({ world, actor, params, input }) =>
      aaguidView(world, createAaguid(world, actor.who, params.authenticatorId, input as AaguidInput)),
  ),
  endpoint({ id: 'getCustomAAGUID', route: `GET ${AAGUID}`, ...read }, ({ world, params }) =>
    aaguidView(world, findAaguid(world, params.authenticatorId, params.aaguid)),
  ),
  endpoint(
    { id: 'replaceCustomAAGUID', route: `PUT ${AAGUID}`, ...manage },
    ({ world, actor, params: { authenticatorId, aaguid }, input }) =>
      aaguidView(world, changeAaguid(world, actor.who, authenticatorId, aaguid, input as AaguidInput, true)),
  ),
  endpoint(
    { id: 'updateCustomAAGUID', route: `PATCH ${AAGUID}`, ...manage },
    ({ world, actor, params: { authenticatorId, aaguid }, input }) =>
      aaguidView(world, changeAaguid(world, actor.who, authenticatorId, aaguid, input as AaguidInput, false)),
  ),
  endpoint(
    { id: 'deleteCustomAAGUID', route: `DELETE ${AAGUID}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteAaguid(world, actor.who, params.authenticatorId, params.aaguid),
  ),
];

export const authenticatorEndpoints = [
  ...authenticatorsThemselves,
  ...methods,
  ...aaguids,
  endpoint(
    {
      id: 'getWellKnownAppAuthenticatorConfiguration',
      route: 'GET /.well-known/app-authenticator-configuration',
      auth: 'none',
      tier: 'other',
      doc: managementDoc('Authenticator'),
    },
    ({ world, query }) => {
      const client = query.get('oauthClientId');
      if (!client) throw refuse('E0000001', { args: ['oauthClientId'], causes: ['oauthClientId: required'] });
      return world
        .list(authenticators, { where: (row) => row.settings?.oauthClientId === client })
        .toArray()
        .map((row) => wellKnownView(world, row));
    },
  ),
];

function authenticatorView(world: World, row: Authenticator): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const { methods: _, provider, ...shown } = row;
  return {
    ...shown,
    ...(provider ? { provider: providerShown(provider) } : {}),
    _links: {
      self: link(world, self, 'GET', 'PUT'),
      ...(row.key === 'okta_password' ? {} : { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') }),
      methods: link(world, `${self}/methods`, 'GET'),
      ...(row.key === 'webauthn' && row.status === 'ACTIVE'
        ? { aaguids: link(world, `${self}/aaguids`, 'GET', 'POST') }
        : {}),
      ...(row.key === 'custom_app' || row.key === 'okta_verify'
        ? { enroll: link(world, '/idp/authenticators', 'POST') }
        : {}),
    },
  };
}

function methodView(world: World, [row, method]: [Authenticator, AuthenticatorMethod]) {
  const self = `${ALL}/${row.id}/methods/${method.type}`;
  const turn = method.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const hasDomain = method.settings?.rpId !== undefined;
  return {
    ...method,
    _links: {
      self: link(world, self, 'GET', 'PUT'),
      ...(turns(row, method.type) ? { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') } : {}),
      ...(hasDomain ? { 'verify-rp-id-domain': link(world, `${self}/verify-rp-id-domain`, 'POST') } : {}),
    },
  };
}

function aaguidView(world: World, { authenticatorId, ...row }: CustomAaguid): Record<string, unknown> {
  const self = `${ALL}/${authenticatorId}/aaguids/${row.aaguid}`;
  return { ...row, _links: { self: link(world, self, 'GET', 'PUT', 'DELETE') } };
}

/** What an app that people confirm sign-ins in finds out about itself. */
function wellKnownView(world: World, row: Authenticator): Record<string, unknown> {
  return {
    authenticatorId: row.id,
    orgId: org(world).id,
    type: row.type,
    key: row.key,
    name: row.name,
    createdDate: row.created,
    lastUpdated: row.lastUpdated,
    settings: { userVerification: row.settings?.userVerification },
    supportedMethods: methodsOf(row).map(({ type, status, settings }) => ({
      type,
      status,
      settings: { algorithms: settings?.algorithms, keyProtection: settings?.keyProtection },
    })),
    appAuthenticatorEnrollEndpoint: `${world.base()}/idp/myaccount/app-authenticators`,
  };
}
