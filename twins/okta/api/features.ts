/** `/api/v1/features`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  dependenciesOf,
  dependentsOf,
  type Feature,
  findFeature,
  turnFeature,
} from '../model/org/feature.ts';
import { features } from '../world/admin.ts';

const { read, manage } = family('Feature', 'features', 'other');
const ALL = '/api/v1/features';
const ONE = `${ALL}/{featureId}` as const;

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
    ({ world, params }) => dependenciesOf(world, params.featureId).map((row) => view(world, row)),
  ),
  endpoint({ id: 'listFeatureDependents', route: `GET ${ONE}/dependents`, ...read }, ({ world, params }) =>
    dependentsOf(world, params.featureId).map((row) => view(world, row)),
  ),
  endpoint(
    { id: 'updateFeatureLifecycle', route: `POST ${ONE}/{lifecycle}`, ...manage },
    ({ world, actor, params: { featureId, lifecycle }, query }) => {
      const force = query.get('mode') === 'force';
      return view(world, turnFeature(world, actor.who, featureId, lifecycle.toUpperCase(), force));
    },
  ),
];

function view(world: World, { helpDoc, devDoc, needs: _, ...row }: Feature): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ENABLED' ? 'disable' : 'enable';
  return {
    ...row,
    _links: {
      ...(helpDoc ? { helpDoc: { href: helpDoc } } : {}),
      [turn]: link(world, `${self}/${turn}`, 'POST'),
      self: link(world, self),
      ...(devDoc ? { devDoc: { href: devDoc } } : {}),
      dependents: link(world, `${self}/dependents`),
      dependencies: link(world, `${self}/dependencies`),
    },
  };
}
