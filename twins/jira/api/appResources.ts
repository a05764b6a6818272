/** What apps keep with the site and add to it: properties of Connect and Forge apps, dynamic modules, data policies. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { badQuery, refused, refusedApp, refusedModules } from '../errors.ts';
import {
  type AppFamily,
  appProperties,
  deleteAppProperty,
  requireAppProperty,
  setAppProperty,
} from '../model/apps/appProperty.ts';
import { requireApp } from '../model/apps/connectApp.ts';
import { INSTALL_KEY_ID } from '../model/apps/connectJwt.ts';
import { registerModules, removeModules } from '../model/apps/dynamicModule.ts';
import { type MigratedProperty, migrateProperties } from '../model/apps/entityMigration.ts';
import { personOf } from '../model/people/people.ts';
import { maySee } from '../model/permissions/may.ts';
import { projectNamed } from '../model/projects/projects.ts';
import type { ConnectApp } from '../world/apps.ts';
import { addressOf, caller, doc, listParameter } from './address.ts';
import { appOf } from './apps.ts';

const ADDON = '/rest/atlassian-connect/1/addons/{addonKey}/properties';
const FORGE = '/rest/forge/1/app/properties';
const MODULES = '/rest/atlassian-connect/1/app/module/dynamic';

/** What names a migration of an app's data. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const MIGRATED = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: {
    type: 'object',
    required: ['entityId', 'key', 'value'],
    properties: {
      entityId: { type: 'integer', minimum: 0 },
      key: { type: 'string', minLength: 1 },
      value: { type: 'string' },
    },
  },
};

interface Kind {
  family: AppFamily;
  route: string;
  /** Operation ids: keys, get, set, delete. */
  ids: readonly [string, string, string, string];
  /** The key of the app whose properties they are, which only it may ask for. */
  app(call: Call): string;
  /** Where links to properties begin. */
  self(call: Call, app: string): string;
}

const KINDS: readonly Kind[] = [
  {
    family: 'addon',
    route: ADDON,
    ids: [
      'AddonPropertiesResource.getAddonProperties_get',
      'AddonPropertiesResource.getAddonProperty_get',
      'AddonPropertiesResource.putAddonProperty_put',
      'AddonPropertiesResource.deleteAddonProperty_delete',
    ],
    app(call) {
      const app = appOf(call);
      const { addonKey } = call.params;
      if (app?.baseUrl === undefined || app.id !== addonKey)
        throw refusedApp(401, 'Access to this resource must be authenticated as an app.');
      return app.id;
    },
    self: (call, app) => `${addressOf(call).origin}/rest/atlassian-connect/1/addons/${app}/properties/`,
  },
  {
    family: 'forge',
    route: FORGE,
    ids: ['getForgeAppPropertyKeys', 'getForgeAppProperty', 'putForgeAppProperty', 'deleteForgeAppProperty'],
    app: (call) => forgeApp(call),
    self: (call) => `${addressOf(call).origin}${FORGE}/`,
  },
];

/** A token that an app holds for itself, not for a person. */
function forgeApp(call: Call): string {
  const app = appOf(call);
  if (!app || app.baseUrl !== undefined || caller(call).accountType !== 'app')
    throw refused('forbidden', 'Access to this resource must be authenticated as an app.');
  return app.id;
}

const propertyEndpoints: Endpoint[] = KINDS.flatMap(({ family, route, ids, app, self }) => {
  const one = `${route}/{propertyKey}`;
  const page = doc('app-properties', 'app-properties');
  const key = (call: Call) => call.params.propertyKey as string;
  return [
    endpoint({ id: ids[0], route: `GET ${route}`, doc: page }, (call: Call) => {
      const own = app(call);
      const base = self(call, own);
      const all = appProperties(call.world, family, own);
      return { keys: all.map((row) => ({ self: base + row.key, key: row.key })) };
    }),
    endpoint({ id: ids[1], route: `GET ${one}`, doc: page }, (call: Call) => {
      const own = app(call);
      const value = requireAppProperty(call.world, family, own, key(call));
      return family === 'addon'
        ? { self: self(call, own) + key(call), key: key(call), value }
        : { key: key(call), value };
    }),
    endpoint({ id: ids[2], route: `PUT ${one}`, doc: page }, (call: Call) => {
      const status = setAppProperty(call.world, family, app(call), key(call), call.input) ? 201 : 200;
      const message = status === 201 ? 'Property created.' : 'Property updated.';
      return reply({ status, body: { message, statusCode: status } });
    }),
    endpoint({ id: ids[3], route: `DELETE ${one}`, status: 204, doc: page }, (call: Call) =>
      deleteAppProperty(call.world, family, app(call), key(call)),
    ),
  ];
});

/** The Connect app that asks; 401 for anybody else. */
function connectApp(call: Call): ConnectApp {
  const app = appOf(call);
  if (app?.baseUrl === undefined) throw refusedModules(401, 'The request is not from a Connect app.');
  return requireApp(call.world, app.id);
}

export const appResourceEndpoints: readonly Endpoint[] = [
  ...propertyEndpoints,
  endpoint(
    {
      id: 'getInstallKey',
      route: 'GET /connect-install-keys/{keyId}',
      auth: 'none',
      doc: 'https://developer.atlassian.com/cloud/jira/platform/security-for-connect-apps/#validating-installation-lifecycle-requests',
    },
    (call) => {
      if (call.params.keyId !== INSTALL_KEY_ID) throw refused('notFound');
      const body = call.world.rsaKey(0).publicKey;
      return reply({ raw: true, body, headers: [['content-type', 'text/plain; charset=utf-8']] });
    },
  ),
  endpoint(
    {
      id: 'DynamicModulesResource.getModules_get',
      route: `GET ${MODULES}`,
      doc: doc('dynamic-modules', 'get'),
    },
    (call) => connectApp(call).dynamicModules,
  ),
  endpoint(
    {
      id: 'DynamicModulesResource.registerModules_post',
      route: `POST ${MODULES}`,
      support: 'stored',
      doc: doc('dynamic-modules', 'post'),
    },
    (call) => registerModules(call.world, connectApp(call), call.input),
  ),
  endpoint(
    {
      id: 'DynamicModulesResource.removeModules_delete',
      route: `DELETE ${MODULES}`,
      status: 204,
      doc: doc('dynamic-modules', 'delete'),
    },
    (call) => removeModules(call.world, connectApp(call), call.query.getAll('moduleKey')),
  ),
  endpoint(
    {
      id: 'MigrationResource.updateEntityPropertiesValue_put',
      route: 'PUT /rest/atlassian-connect/1/migration/properties/{entityType}',
      input: MIGRATED,
      doc: doc('app-migration', 'migration-properties-entitytype-put'),
    },
    (call) => {
      if (appOf(call)?.baseUrl === undefined) throw refused('forbidden');
      if (!UUID.test(header(call.request.headers, 'atlassian-transfer-id') ?? ''))
        throw badQuery('The Atlassian-Transfer-Id header is required.');
      migrateProperties(call.world, call.params.entityType, call.input as MigratedProperty[]);
    },
  ),
  endpoint(
    {
      id: 'getPolicy',
      route: 'GET /rest/api/3/data-policy',
      doc: doc('app-data-policies', 'data-policy-get'),
    },
    (call) => {
      appOnly(call);
      return { anyContentBlocked: false };
    },
  ),
  endpoint(
    {
      id: 'getPolicies',
      route: 'GET /rest/api/3/data-policy/project',
      doc: doc('app-data-policies', 'data-policy-project-get'),
    },
    (call) => policies(call),
  ),
];

/** 401 for people's own programs. */
function appOnly(call: Call): void {
  if (!appOf(call)) throw refused('unauthorized', 'Only apps can access this resource.');
}

/** No site of ours blocks an app: what is asked for is there, or is refused as a whole. */
function policies(call: Call): unknown {
  appOnly(call);
  const me = personOf(call.world, caller(call));
  const ids = listParameter(call.query, 'ids');
  const found = ids.flatMap((id) => (/^\d+$/.test(id) ? (projectNamed(call.world, id) ?? []) : []));
  if (ids.length === 0 || found.length < ids.length || !found.every((one) => maySee(call.world, me, one)))
    throw badQuery('Invalid request: some projects are not available or do not exist.');
  return {
    projectDataPolicies: found.map(({ id }) => ({
      id: Number(id),
      dataPolicy: { anyContentBlocked: false },
    })),
  };
}
