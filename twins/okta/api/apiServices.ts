/** `/integrations/api/v1/api-services`: programs of other companies that use the management API. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { ASSETS, link } from '../links.ts';
import {
  type ApiService,
  type ApiServiceInput,
  addApiServiceSecret,
  apiServiceSecrets,
  apiServicesOf,
  createApiService,
  deleteApiService,
  findApiService,
} from '../model/apps/apiService.ts';
import { type ClientSecret, deleteSecret, setSecretStatus } from '../model/apps/clientSecret.ts';
import { secretView } from './appCredentials.ts';

const { read, manage } = family('ApiServiceIntegrations', 'oauthIntegrations', 'other');
const ALL = '/integrations/api/v1/api-services';
const ONE = `${ALL}/{apiServiceId}` as const;
const SECRETS = `${ONE}/credentials/secrets` as const;
const SECRET = `${SECRETS}/{secretId}` as const;

export const apiServiceEndpoints = [
  endpoint(
    {
      id: 'listApiServiceIntegrationInstances',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'link', default: 50, max: 200 },
    },
    ({ world }) => list(apiServicesOf(world), (row) => serviceView(world, row)),
  ),
  endpoint(
    { id: 'createApiServiceIntegrationInstance', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, input }) => {
      const { service, clientSecret } = createApiService(world, actor.who, input as ApiServiceInput);
      return { ...serviceView(world, service), clientSecret };
    },
  ),
  endpoint({ id: 'getApiServiceIntegrationInstance', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    serviceView(world, findApiService(world, params.apiServiceId)),
  ),
  endpoint(
    { id: 'deleteApiServiceIntegrationInstance', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteApiService(world, actor.who, params.apiServiceId),
  ),
  endpoint(
    { id: 'listApiServiceIntegrationInstanceSecrets', route: `GET ${SECRETS}`, ...read },
    ({ world, params }) => apiServiceSecrets(world, params.apiServiceId).map((row) => masked(world, row)),
  ),
  endpoint(
    { id: 'createApiServiceIntegrationInstanceSecret', route: `POST ${SECRETS}`, ...manage, status: 201 },
    ({ world, actor, params }) =>
      secretView(world, addApiServiceSecret(world, actor.who, params.apiServiceId), ALL),
  ),
  endpoint(
    {
      id: 'deleteApiServiceIntegrationInstanceSecret',
      route: `DELETE ${SECRET}`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      deleteSecret(world, actor.who, findApiService(world, params.apiServiceId).id, params.secretId),
  ),
  endpoint(
    {
      id: 'activateApiServiceIntegrationInstanceSecret',
      route: `POST ${SECRET}/lifecycle/activate`,
      ...manage,
    },
    ({ world, actor, params }) => {
      const { id } = findApiService(world, params.apiServiceId);
      return masked(world, setSecretStatus(world, actor.who, id, params.secretId, 'ACTIVE'));
    },
  ),
  endpoint(
    {
      id: 'deactivateApiServiceIntegrationInstanceSecret',
      route: `POST ${SECRET}/lifecycle/deactivate`,
      ...manage,
    },
    ({ world, actor, params }) => {
      const { id } = findApiService(world, params.apiServiceId);
      return masked(world, setSecretStatus(world, actor.who, id, params.secretId, 'INACTIVE'));
    },
  ),
];

function serviceView(world: World, row: ApiService): Record<string, unknown> {
  return {
    ...row,
    configGuideUrl: `https://${row.type.replaceAll('_', '-')}.example/configuration-guide`,
    _links: {
      self: link(world, `${ALL}/${row.id}`, 'GET', 'DELETE'),
      client: link(world, `/oauth2/v1/clients/${row.id}`, 'GET'),
      logo: { name: 'small', href: `${ASSETS}/fs/bcg/4/${row.type}_small_logo` },
    },
  };
}

/** Told once, when it is made; afterwards only how it ends. */
const masked = (world: World, row: ClientSecret): Record<string, unknown> => ({
  ...secretView(world, row, ALL),
  client_secret: `***${row.client_secret.slice(-4)}`,
});
