/** `/api/v1/apps/{appId}/connections/default`: how Okta reaches what an app provisions. */
import { callOut } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import type { Who } from '../model/log/log.ts';
import { publicJwk } from '../model/oauth/signing.ts';
import {
  type AppConnection,
  type ConnectionInput,
  changedConnection,
  connectionKeyId,
  connectionOf,
  connectionTest,
  consentExchange,
  consentUrl,
  disableConnection,
  keepConnection,
  keepConsent,
  passTest,
} from '../model/provisioning/appConnection.ts';

const { read, manage } = family('ApplicationConnections', 'apps', 'app');
const CONNECTION = '/api/v1/apps/{appId}/connections/default';

export const appConnectionEndpoints = [
  endpoint(
    { id: 'getDefaultProvisioningConnectionForApplication', route: `GET ${CONNECTION}`, ...read },
    ({ world, params }) => connectionView(world, connectionOf(world, params.appId)),
  ),
  endpoint(
    { id: 'updateDefaultProvisioningConnectionForApplication', route: `POST ${CONNECTION}`, ...manage },
    ({ world, actor: { who }, params, input, query }) => {
      const changed = changedConnection(world, params.appId, input as ConnectionInput);
      if (query.get('activate') === 'true') return goLive(world, who, changed, connectionView);
      return connectionView(world, keepConnection(world, who, changed, false));
    },
  ),
  endpoint(
    { id: 'getUserProvisioningConnectionJWKS', route: `GET ${CONNECTION}/jwks`, ...read },
    ({ world, params }) => ({ jwks: { keys: [publicJwk(world, connectionKeyId(world, params.appId))] } }),
  ),
  endpoint(
    {
      id: 'activateDefaultProvisioningConnectionForApplication',
      route: `POST ${CONNECTION}/lifecycle/activate`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      goLive(world, actor.who, connectionOf(world, params.appId), () => undefined),
  ),
  endpoint(
    {
      id: 'deactivateDefaultProvisioningConnectionForApplication',
      route: `POST ${CONNECTION}/lifecycle/deactivate`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) => disableConnection(world, actor.who, params.appId),
  ),
  endpoint(
    {
      id: 'verifyProvisioningConnectionForApplication',
      route: 'POST /api/v1/apps/{appName}/{appId}/oauth2/callback',
      ...manage,
      status: 204,
    },
    ({ world, actor, params: { appName, appId }, query }) =>
      callOut(
        consentExchange(world, appName, appId, { code: query.get('code'), state: query.get('state') }),
        (later, outcome) => keepConsent(later, actor.who, appId, outcome),
      ),
  ),
];

/** Turns a connection on once its service has let Okta in; `view` makes the answer. */
function goLive(
  world: World,
  who: Who,
  connection: AppConnection,
  view: (world: World, kept: AppConnection) => unknown,
): unknown {
  const test = connection.status === 'UNKNOWN' ? undefined : connectionTest(connection);
  if (!test) return view(world, keepConnection(world, who, connection, true));
  return callOut(test, (later, outcome) => {
    passTest(outcome);
    return view(later, keepConnection(later, who, connection, true));
  });
}

function connectionView(world: World, row: AppConnection): Record<string, unknown> {
  const { appId, authScheme, status, baseUrl, rotationMode } = row;
  if (status === 'UNKNOWN') return { status, profile: { authScheme } };
  const self = `/api/v1/apps/${appId}/connections/default`;
  const turn = status === 'ENABLED' ? 'deactivate' : 'activate';
  const consent = consentUrl(world, row);
  return {
    ...(authScheme === 'TOKEN' ? { authScheme } : {}),
    status,
    ...(baseUrl ? { baseUrl } : {}),
    profile: { authScheme, ...(rotationMode ? { signing: { rotationMode } } : {}) },
    _links: {
      self: link(world, self, 'POST', 'GET'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
      ...(consent ? { authorize: { href: consent, hints: { allow: ['GET'] }, guidance: [GUIDANCE] } } : {}),
    },
  };
}

const GUIDANCE =
  'Specifies the URI to invoke in a browser for granting scope consent required to complete the OAuth 2.0 connection.';
