/** `/api/v1/apps/{appId}/features`: what an app that provisions does. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { type AppFeature, featureOf, featuresOf, updateFeature } from '../model/provisioning/appFeature.ts';

const { read, manage } = family('ApplicationFeatures', 'apps', 'app');
const ALL = '/api/v1/apps/{appId}/features';
const ONE = `${ALL}/{featureName}` as const;

export const appFeatureEndpoints = [
  endpoint({ id: 'listFeaturesForApplication', route: `GET ${ALL}`, ...read }, ({ world, params }) =>
    featuresOf(world, params.appId).map((one) => featureView(world, params.appId, one)),
  ),
  endpoint({ id: 'getFeatureForApplication', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    featureView(world, params.appId, featureOf(world, params.appId, params.featureName)),
  ),
  endpoint(
    { id: 'updateFeatureForApplication', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params: { appId, featureName }, input }) =>
      featureView(
        world,
        appId,
        updateFeature(world, actor.who, appId, featureName, input as Record<string, unknown>),
      ),
  ),
];

function featureView(world: World, appId: string, feature: AppFeature): Record<string, unknown> {
  const self = `/api/v1/apps/${appId}/features/${feature.name}`;
  return { ...feature, _links: { self: link(world, self, 'GET', 'PUT') } };
}
