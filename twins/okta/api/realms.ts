/** `/api/v1/realms`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createRealm,
  deleteRealm,
  findRealm,
  findRealms,
  type Realm,
  type RealmInput,
  replaceRealm,
} from '../model/people/realm.ts';

const { read, manage } = family('Realm', 'realms', 'other');
const ONE = '/api/v1/realms/{realmId}';
const SEARCH_LIMIT_DEFAULT = 10;

export const realmEndpoints = [
  endpoint(
    {
      id: 'listRealms',
      route: 'GET /api/v1/realms',
      ...read,
      page: { style: 'link', default: 200, max: 200 },
      traits: { keeps: ['search', 'sortBy', 'sortOrder'] },
    },
    ({ world, query }) => {
      const search = query.get('search');
      const { range, sealed } = findRealms(world, {
        search,
        sortBy: query.get('sortBy'),
        sortOrder: query.get('sortOrder'),
      });
      const otherwise = search ? SEARCH_LIMIT_DEFAULT : undefined;
      return list(range, (realm) => realmView(world, realm), { sealed, otherwise });
    },
  ),
  endpoint({ id: 'createRealm', route: 'POST /api/v1/realms', ...manage }, ({ world, actor, input }) =>
    realmView(world, createRealm(world, actor.who, input as RealmInput)),
  ),
  endpoint({ id: 'getRealm', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    realmView(world, findRealm(world, params.realmId)),
  ),
  endpoint({ id: 'replaceRealm', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    realmView(world, replaceRealm(world, actor.who, params.realmId, input as RealmInput)),
  ),
  endpoint(
    { id: 'deleteRealm', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteRealm(world, actor.who, params.realmId),
  ),
];

const realmView = (world: World, realm: Realm): Record<string, unknown> => ({
  ...realm,
  _links: { self: { rel: 'self', href: `${world.base()}/api/v1/realms/${realm.id}`, method: 'GET' } },
});
