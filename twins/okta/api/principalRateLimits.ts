/** `/api/v1/principal-rate-limits`. */
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createPrincipalLimit,
  findPrincipalLimit,
  findPrincipalLimits,
  type PrincipalInput,
  replacePrincipalLimit,
} from '../model/principalRateLimit.ts';

const { read, manage } = stored(family('PrincipalRateLimit', 'principalRateLimits', 'other'));
const ALL = '/api/v1/principal-rate-limits';
const ONE = `${ALL}/{principalRateLimitId}` as const;

export const principalRateLimitEndpoints = [
  endpoint({ id: 'listPrincipalRateLimitEntities', route: `GET ${ALL}`, ...read }, ({ world, query }) =>
    findPrincipalLimits(world, query.get('filter')),
  ),
  endpoint(
    { id: 'createPrincipalRateLimitEntity', route: `POST ${ALL}`, ...manage },
    ({ world, actor, input }) => createPrincipalLimit(world, actor.who, input as PrincipalInput),
  ),
  endpoint({ id: 'getPrincipalRateLimitEntity', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    findPrincipalLimit(world, params.principalRateLimitId),
  ),
  endpoint(
    { id: 'replacePrincipalRateLimitEntity', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      replacePrincipalLimit(world, actor.who, params.principalRateLimitId, input as PrincipalInput),
  ),
];
