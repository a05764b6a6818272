/** `/api/v1/trustedOrigins`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createOrigin,
  deleteOrigin,
  findOrigin,
  replaceOrigin,
  setOriginStatus,
  type TrustedOrigin,
  type TrustedOriginInput,
} from '../model/guard/trustedOrigin.ts';
import { trustedOrigins } from '../world.ts';

const { read, manage } = family('TrustedOrigin', 'trustedOrigins', 'other');
const ONE = '/api/v1/trustedOrigins/{trustedOriginId}';

export const trustedOriginEndpoints = [
  endpoint(
    {
      id: 'listTrustedOrigins',
      route: 'GET /api/v1/trustedOrigins',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['filter', 'q'] },
    },
    ({ world, query }) => {
      const q = query.get('q')?.toLowerCase();
      const where = q ? { where: (one: TrustedOrigin) => one.name.toLowerCase().startsWith(q) } : {};
      return list(world.list(trustedOrigins, where), (one) => originView(world, one));
    },
  ),
  endpoint(
    { id: 'createTrustedOrigin', route: 'POST /api/v1/trustedOrigins', ...manage },
    ({ world, actor, input }) =>
      originView(world, createOrigin(world, actor.who, input as TrustedOriginInput)),
  ),
  endpoint({ id: 'getTrustedOrigin', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    originView(world, findOrigin(world, params.trustedOriginId)),
  ),
  endpoint(
    { id: 'replaceTrustedOrigin', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      originView(world, replaceOrigin(world, actor.who, params.trustedOriginId, input as TrustedOriginInput)),
  ),
  endpoint(
    { id: 'deleteTrustedOrigin', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteOrigin(world, actor.who, params.trustedOriginId),
  ),
  endpoint(
    { id: 'activateTrustedOrigin', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      originView(world, setOriginStatus(world, actor.who, params.trustedOriginId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateTrustedOrigin', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      originView(world, setOriginStatus(world, actor.who, params.trustedOriginId, 'INACTIVE')),
  ),
];

function originView(world: World, origin: TrustedOrigin): Record<string, unknown> {
  const self = `/api/v1/trustedOrigins/${origin.id}`;
  const turn = origin.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...origin,
    _links: {
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}
