/** `/api/v1/authenticators`. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import {
  type Authenticator,
  type AuthenticatorInput,
  createAuthenticator,
  findAuthenticator,
  KINDS,
  replaceAuthenticator,
  setAuthenticatorStatus,
} from '../model/authenticator.ts';
import { authenticators } from '../world.ts';

const { read, manage } = family('Authenticator', 'authenticators', 'other');
const kept = stored(family('Authenticator', 'authenticators', 'other'));
const ALL = '/api/v1/authenticators';
const ONE = `${ALL}/{authenticatorId}` as const;

export const authenticatorEndpoints = [
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
  endpoint(
    { id: 'listAuthenticatorMethods', route: `GET ${ONE}/methods`, ...kept.read },
    ({ world, params }) => {
      const row = findAuthenticator(world, params.authenticatorId);
      return (KINDS[row.key]?.methods ?? []).map((type) => methodView(world, row, type));
    },
  ),
  endpoint(
    { id: 'getAuthenticatorMethod', route: `GET ${ONE}/methods/{methodType}`, ...kept.read },
    ({ world, params }) => {
      const row = findAuthenticator(world, params.authenticatorId);
      if (!KINDS[row.key]?.methods.includes(params.methodType))
        throw notFound(params.methodType, 'AuthenticatorMethod');
      return methodView(world, row, params.methodType);
    },
  ),
];

function authenticatorView(world: World, row: Authenticator): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...row,
    _links: {
      self: link(world, self, 'GET', 'PUT'),
      ...(row.key === 'okta_password' ? {} : { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') }),
      methods: link(world, `${self}/methods`, 'GET'),
      ...(row.key === 'custom_app' || row.key === 'okta_verify'
        ? { enroll: link(world, '/idp/authenticators', 'POST') }
        : {}),
    },
  };
}

/** Settings of methods that have some, as they are at first. */
const METHOD_SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
  'okta_verify/totp': {
    timeIntervalInSeconds: 30,
    encoding: 'Base32',
    algorithm: 'HMACSHA1',
    passCodeLength: 6,
  },
  'okta_verify/push': { algorithms: ['ES256', 'RS256'], keyProtection: 'ANY', transactionTypes: ['LOGIN'] },
  'okta_verify/signed_nonce': { algorithms: ['ES256', 'RS256'], keyProtection: 'ANY' },
  'webauthn/webauthn': { userVerification: 'DISCOURAGED', attachment: 'ANY' },
};
/** Off until somebody turns them on. */
const OFF_AT_FIRST: ReadonlySet<string> = new Set(['okta_verify/push', 'okta_verify/signed_nonce']);

function methodView(world: World, row: Authenticator, type: string): Record<string, unknown> {
  const self = `${ALL}/${row.id}/methods/${type}`;
  const kind = `${row.key}/${type}`;
  const off = OFF_AT_FIRST.has(kind);
  const settings = METHOD_SETTINGS[kind];
  return {
    type,
    status: off ? 'INACTIVE' : row.status,
    ...(settings ? { settings } : {}),
    _links: {
      self: link(world, self, 'GET', 'PUT'),
      ...(off ? { activate: link(world, `${self}/lifecycle/activate`, 'POST') } : {}),
    },
  };
}
