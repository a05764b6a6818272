/** `/api/v1/apps`: apps themselves. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { link } from '../links.ts';
import {
  type App,
  type AppInput,
  createApp,
  deleteApp,
  findApp,
  replaceApp,
  setAppStatus,
} from '../model/apps/app.ts';
import { appLogo, setAppLogo } from '../model/apps/appLogo.ts';
import { findApps } from '../model/apps/appSearch.ts';
import { org } from '../world.ts';

const { read, manage } = family('Application', 'apps', 'apps');
const one = { tier: 'app' } as const;

export const appEndpoints = [
  endpoint(
    { id: 'uploadApplicationLogo', route: 'POST /api/v1/apps/{appId}/logo', ...manage, ...one, status: 201 },
    ({ world, actor, params, body }) => {
      setAppLogo(world, actor.who, params.appId, body.files?.[0]?.bytes);
    },
  ),
  endpoint(
    {
      id: 'listApplications',
      route: 'GET /api/v1/apps',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['filter', 'q'] },
    },
    ({ world, query }) => {
      checkExpand(query.get('expand'));
      return list(findApps(world, query.get('q'), query.get('filter')), (app) => appView(world, app));
    },
  ),
  endpoint(
    { id: 'createApplication', route: 'POST /api/v1/apps', ...manage },
    ({ world, actor, query, input }) =>
      appView(world, createApp(world, actor.who, input as AppInput, query.get('activate') !== 'false')),
  ),
  endpoint(
    { id: 'getApplication', route: 'GET /api/v1/apps/{appId}', ...read, ...one },
    ({ world, params, query }) => {
      checkExpand(query.get('expand'));
      return appView(world, findApp(world, params.appId));
    },
  ),
  endpoint(
    { id: 'replaceApplication', route: 'PUT /api/v1/apps/{appId}', ...manage, ...one },
    ({ world, actor, params, input }) =>
      appView(world, replaceApp(world, actor.who, params.appId, input as AppInput)),
  ),
  endpoint(
    { id: 'deleteApplication', route: 'DELETE /api/v1/apps/{appId}', ...manage, ...one, status: 204 },
    ({ world, actor, params }) => deleteApp(world, actor.who, params.appId),
  ),
  endpoint(
    { id: 'activateApplication', route: 'POST /api/v1/apps/{appId}/lifecycle/activate', ...manage, ...one },
    ({ world, actor, params }) => {
      setAppStatus(world, actor.who, params.appId, 'ACTIVE');
      return {};
    },
  ),
  endpoint(
    {
      id: 'deactivateApplication',
      route: 'POST /api/v1/apps/{appId}/lifecycle/deactivate',
      ...manage,
      ...one,
    },
    ({ world, actor, params }) => {
      setAppStatus(world, actor.who, params.appId, 'INACTIVE');
      return {};
    },
  ),
];

/** Settings of a client; its keys tell their age only at their own address. */
export function clientSettingsView(client: Record<string, unknown>): Record<string, unknown> {
  const { keys } = (client.jwks ?? {}) as { keys?: Record<string, unknown>[] };
  if (!keys) return client;
  const shown = keys.map(({ created: _, lastUpdated: _changed, ...key }) => key);
  return { ...client, jwks: { keys: shown } };
}

/** An app with its resource name and links. */
export function appView(world: World, app: App): Record<string, unknown> {
  const { id, accessPolicy, profileEnrollment, settings, ...rest } = app;
  const { oauthClient: client, ...others } = settings;
  return {
    id,
    orn: `orn:okta:idp:${org(world).id}:apps:${app.name}:${id}`,
    ...rest,
    settings: { ...others, ...(client ? { oauthClient: clientSettingsView(client) } : {}) },
    _links: linksOf(world, app, accessPolicy, profileEnrollment),
  };
}

function linksOf(
  world: World,
  app: App,
  access: string | null,
  enrollment: string | null,
): Record<string, unknown> {
  const self = `/api/v1/apps/${app.id}`;
  const saml = app.signOnMode?.startsWith('SAML') ?? false;
  const turn = app.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...(saml ? samlLinks(world, app) : {}),
    uploadLogo: link(world, `${self}/logo`, 'POST'),
    appLinks: Object.keys((app.visibility.appLinks ?? {}) as object).map((name) => ({
      name,
      href: `${world.base()}/home/${app.name}/${app.id}/aln177a159h7Zf52X0g8`,
      type: 'text/html',
    })),
    ...(enrollment ? { profileEnrollment: link(world, `/api/v1/policies/${enrollment}`) } : {}),
    policies: link(world, `${self}/policies`, 'PUT'),
    groups: link(world, `${self}/groups`),
    logo: [{ name: 'medium', ...appLogo(world, app) }],
    ...(app.credentials.oauthClient
      ? { clientCredentials: [{ name: 'secrets', href: `${world.base()}${self}/credentials/secrets` }] }
      : {}),
    ...(access ? { accessPolicy: link(world, `/api/v1/policies/${access}`) } : {}),
    users: link(world, `${self}/users`),
    [turn]: { href: `${world.base()}${self}/lifecycle/${turn}` },
  };
}

function samlLinks(world: World, app: App): Record<string, unknown> {
  return {
    help: {
      href: `${world.base()}/app/${app.name}/${app.id}/setup/help/SAML_2_0/instructions`,
      type: 'text/html',
    },
    metadata: {
      href: `${world.base()}/api/v1/apps/${app.id}/sso/saml/metadata?kid=${app.credentials.signing?.kid}`,
      type: 'application/xml',
    },
  };
}

/** `expand` is `user/{userId}` or nothing. */
function checkExpand(expand: string | null): void {
  if (expand !== null && !/^user\/\w+$/.test(expand))
    throw refuse('E0000001', { args: ['RequestParams'], causes: ['Expand query is malformed.'] });
}
