/** `/oauth2/v1/clients`: dynamic client registration, RFC 7591; a client is an app seen from the side of OAuth. */
import { list } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { endpoint } from '../../endpoint.ts';
import { unknownClient } from '../../errors.ts';
import {
  type App,
  type AppInput,
  createApp,
  deleteApp,
  replaceApp,
  setAppStatus,
} from '../../model/apps/app.ts';
import { newClientSecret, secretsOf } from '../../model/apps/clientSecret.ts';
import { clientIdOf } from '../../model/oauth/client.ts';
import { checkRegistration, type Registration } from '../../model/oauth/registration.ts';
import { apps } from '../../world.ts';
import { clientSettingsView } from '../apps.ts';

const CLIENTS = '/oauth2/v1/clients';
const CLIENT = `${CLIENTS}/{clientId}` as const;
const common = {
  tier: 'apps',
  doc: 'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/Client/',
};
const read = { ...common, scopes: ['okta.clients.read'] };
const manage = { ...common, scopes: ['okta.clients.manage'] };

export const clientEndpoints = [
  endpoint(
    {
      id: 'listClients',
      route: `GET ${CLIENTS}`,
      ...read,
      page: { style: 'link', default: 50, max: 200 },
      traits: { keeps: ['q'] },
    },
    ({ world, query }) => {
      const q = query.get('q');
      const where = (app: App) =>
        app.settings.oauthClient !== undefined &&
        (!q || app.label.startsWith(q) || clientIdOf(app).startsWith(q));
      return list(world.list(apps, { where }), (app) => clientView(world, app, false));
    },
  ),
  endpoint(
    {
      id: 'createClient',
      route: `POST ${CLIENTS}`,
      ...common,
      scopes: ['okta.clients.register'],
      status: 201,
    },
    ({ world, actor, input }) =>
      clientView(world, createApp(world, actor.who, appInput(input as Registration), true), true),
  ),
  endpoint({ id: 'getClient', route: `GET ${CLIENT}`, ...read }, ({ world, params }) =>
    clientView(world, clientNamed(world, params.clientId), false),
  ),
  endpoint({ id: 'replaceClient', route: `PUT ${CLIENT}`, ...manage }, ({ world, actor, params, input }) => {
    const { id } = clientNamed(world, params.clientId);
    return clientView(world, replaceApp(world, actor.who, id, appInput(input as Registration)), true);
  }),
  endpoint(
    { id: 'deleteClient', route: `DELETE ${CLIENT}`, ...manage, status: 204 },
    ({ world, actor, params }) => {
      const { id } = clientNamed(world, params.clientId);
      setAppStatus(world, actor.who, id, 'INACTIVE');
      deleteApp(world, actor.who, id);
    },
  ),
  endpoint(
    { id: 'generateNewClientSecret', route: `POST ${CLIENT}/lifecycle/newSecret`, ...manage },
    ({ world, actor, params }) => {
      const { id } = clientNamed(world, params.clientId);
      return clientView(world, newClientSecret(world, actor.who, id), true);
    },
  ),
];

function clientNamed(world: World, clientId: string): App {
  const app = world.list(apps, { index: 'client', equals: clientId }).first();
  if (!app?.settings.oauthClient) throw unknownClient(404);
  return app;
}

function appInput(input: Registration | undefined): AppInput {
  checkRegistration(input ?? {});
  const { client_name: label = '', token_endpoint_auth_method: method, ...settings } = input ?? {};
  const { client_id: _, client_secret: _secret, ...oauthClient } = settings;
  return {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: method === undefined ? {} : { token_endpoint_auth_method: method } },
    settings: { oauthClient: { consent_method: 'REQUIRED', ...oauthClient } },
  };
}

/** Settings of an app that are no part of a registration. */
const APP_ONLY: ReadonlySet<string> = new Set([
  ...['issuer_mode', 'consent_method', 'idp_initiated_login', 'wildcard_redirect'],
  ...['dpop_bound_access_tokens', 'participate_slo'],
]);

/** The secret is shown when it is new, and when the client is changed. */
function clientView(world: World, app: App, withSecret: boolean): Record<string, unknown> {
  const client = app.credentials.oauthClient;
  const hasSecret = client?.client_secret !== undefined;
  const secret = secretsOf(world, app.id).findLast(({ status }) => status === 'ACTIVE')?.client_secret;
  const shown = Object.entries(clientSettingsView(app.settings.oauthClient ?? {})).filter(
    ([name]) => !APP_ONLY.has(name),
  );
  return {
    client_id: clientIdOf(app),
    ...(withSecret && hasSecret ? { client_secret: secret } : {}),
    client_id_issued_at: Math.floor(Date.parse(app.created) / 1_000),
    ...(hasSecret ? { client_secret_expires_at: 0 } : {}),
    client_name: app.label,
    ...Object.fromEntries(shown),
    token_endpoint_auth_method: client?.token_endpoint_auth_method,
  };
}
