/** `/api/v1/features`. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { type Feature, findFeature, turnFeature } from '../model/feature.ts';
import { features } from '../world/admin.ts';

const { read, manage } = stored(family('Feature', 'features', 'other'));
const ALL = '/api/v1/features';
const ONE = `${ALL}/{featureId}` as const;

/** No feature here needs another. */
const alone = (world: World, id: string): never[] => {
  findFeature(world, id);
  return [];
};

export const featureEndpoints = [
  endpoint({ id: 'listFeatures', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(features)
      .toArray()
      .map((row) => view(world, row)),
  ),
  endpoint({ id: 'getFeature', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findFeature(world, params.featureId)),
  ),
  endpoint(
    { id: 'listFeatureDependencies', route: `GET ${ONE}/dependencies`, ...read },
    ({ world, params }) => alone(world, params.featureId),
  ),
  endpoint({ id: 'listFeatureDependents', route: `GET ${ONE}/dependents`, ...read }, ({ world, params }) =>
    alone(world, params.featureId),
  ),
  endpoint(
    { id: 'updateFeatureLifecycle', route: `POST ${ONE}/{lifecycle}`, ...manage },
    ({ world, actor, params }) =>
      view(world, turnFeature(world, actor.who, params.featureId, params.lifecycle.toUpperCase())),
  ),
];

function view(world: World, { helpDoc, ...row }: Feature): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ENABLED' ? 'disable' : 'enable';
  return {
    ...row,
    _links: {
      helpDoc: { href: helpDoc },
      [turn]: link(world, `${self}/${turn}`, 'POST'),
      self: link(world, self),
      dependents: link(world, `${self}/dependents`),
      dependencies: link(world, `${self}/dependencies`),
    },
  };
}
