/** `/api/v1/apps/{appId}/features` and `/connections/default`. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type AppConnection,
  type AppFeature,
  connectionOf,
  featureOf,
  featuresOf,
  setConnection,
  turnConnection,
} from '../model/appFeature.ts';

const features = stored(family('ApplicationFeatures', 'apps', 'app'));
const connections = stored(family('ApplicationConnections', 'apps', 'app'));
const CONNECTION = '/api/v1/apps/{appId}/connections/default';

export const appFeatureEndpoints = [
  endpoint(
    { id: 'listFeaturesForApplication', route: 'GET /api/v1/apps/{appId}/features', ...features.read },
    ({ world, params }) =>
      featuresOf(world, params.appId).map((one) => featureView(world, params.appId, one)),
  ),
  endpoint(
    {
      id: 'getFeatureForApplication',
      route: 'GET /api/v1/apps/{appId}/features/{featureName}',
      ...features.read,
    },
    ({ world, params }) =>
      featureView(world, params.appId, featureOf(world, params.appId, params.featureName)),
  ),
  endpoint(
    { id: 'getDefaultProvisioningConnectionForApplication', route: `GET ${CONNECTION}`, ...connections.read },
    ({ world, params }) => connectionView(world, connectionOf(world, params.appId)),
  ),
  endpoint(
    {
      id: 'updateDefaultProvisioningConnectionForApplication',
      route: `POST ${CONNECTION}`,
      ...connections.manage,
    },
    ({ world, actor, params, input, query }) =>
      connectionView(
        world,
        setConnection(
          world,
          actor.who,
          params.appId,
          input as { baseUrl?: string },
          query.get('activate') === 'true',
        ),
      ),
  ),
  endpoint(
    {
      id: 'activateDefaultProvisioningConnectionForApplication',
      route: `POST ${CONNECTION}/lifecycle/activate`,
      ...connections.manage,
      status: 204,
    },
    ({ world, actor, params }) => turnConnection(world, actor.who, params.appId, 'ENABLED'),
  ),
  endpoint(
    {
      id: 'deactivateDefaultProvisioningConnectionForApplication',
      route: `POST ${CONNECTION}/lifecycle/deactivate`,
      ...connections.manage,
      status: 204,
    },
    ({ world, actor, params }) => turnConnection(world, actor.who, params.appId, 'DISABLED'),
  ),
];

function featureView(world: World, appId: string, feature: AppFeature): Record<string, unknown> {
  const self = `/api/v1/apps/${appId}/features/${feature.name}`;
  return { ...feature, _links: { self: link(world, self, 'GET', 'PUT') } };
}

function connectionView(world: World, row: AppConnection): Record<string, unknown> {
  const { appId, authScheme, status, baseUrl } = row;
  if (status === 'UNKNOWN') return { status, profile: { authScheme } };
  const self = `/api/v1/apps/${appId}/connections/default`;
  const turn = status === 'ENABLED' ? 'deactivate' : 'activate';
  return {
    authScheme,
    status,
    ...(baseUrl ? { baseUrl } : {}),
    profile: { authScheme },
    _links: {
      self: link(world, self, 'POST', 'GET'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}
