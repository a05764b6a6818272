/** `/api/v1/behaviors`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type Behavior,
  type BehaviorInput,
  createBehavior,
  deleteBehavior,
  findBehavior,
  replaceBehavior,
  setBehaviorStatus,
} from '../model/guard/behavior.ts';
import { behaviors } from '../world/security.ts';

const { read, manage } = family('Behavior', 'behaviors', 'other');
const ALL = '/api/v1/behaviors';
const ONE = `${ALL}/{behaviorId}` as const;

export const behaviorEndpoints = [
  endpoint(
    {
      id: 'listBehaviorDetectionRules',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'link', default: 20, max: 200 },
    },
    ({ world }) =>
      list(world.list(behaviors, { orderBy: [{ by: (one) => one.name }] }), (one) => view(world, one), {
        sealed: true,
      }),
  ),
  endpoint(
    { id: 'createBehaviorDetectionRule', route: `POST ${ALL}`, ...manage },
    ({ world, actor, input }) => view(world, createBehavior(world, actor.who, input as BehaviorInput)),
  ),
  endpoint({ id: 'getBehaviorDetectionRule', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findBehavior(world, params.behaviorId)),
  ),
  endpoint(
    { id: 'replaceBehaviorDetectionRule', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      view(world, replaceBehavior(world, actor.who, params.behaviorId, input as BehaviorInput)),
  ),
  endpoint(
    { id: 'deleteBehaviorDetectionRule', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteBehavior(world, actor.who, params.behaviorId),
  ),
  endpoint(
    { id: 'activateBehaviorDetectionRule', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setBehaviorStatus(world, actor.who, params.behaviorId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateBehaviorDetectionRule', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setBehaviorStatus(world, actor.who, params.behaviorId, 'INACTIVE')),
  ),
];

function view(world: World, row: Behavior): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...row,
    _links: {
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}
