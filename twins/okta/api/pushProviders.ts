/** `/api/v1/push-providers`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createPushProvider,
  deletePushProvider,
  findPushProvider,
  type PushProvider,
  type PushProviderInput,
  replacePushProvider,
} from '../model/authenticators/pushProvider.ts';
import { pushProviders } from '../world/delivery.ts';

const { read, manage } = family('PushProvider', 'pushProviders', 'other');
const ALL = '/api/v1/push-providers';
const ONE = `${ALL}/{pushProviderId}` as const;

export const pushProviderEndpoints = [
  endpoint({ id: 'listPushProviders', route: `GET ${ALL}`, ...read }, ({ world, query }) => {
    const type = query.get('type');
    return world
      .list(pushProviders, type ? { where: (one) => one.providerType === type } : {})
      .toArray()
      .map((row) => view(world, row));
  }),
  endpoint({ id: 'createPushProvider', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    view(world, createPushProvider(world, actor.who, input as PushProviderInput)),
  ),
  endpoint({ id: 'getPushProvider', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findPushProvider(world, params.pushProviderId)),
  ),
  endpoint({ id: 'replacePushProvider', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    view(world, replacePushProvider(world, actor.who, params.pushProviderId, input as PushProviderInput)),
  ),
  endpoint(
    { id: 'deletePushProvider', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deletePushProvider(world, actor.who, params.pushProviderId),
  ),
];

const view = (world: World, row: PushProvider): Record<string, unknown> => ({
  ...row,
  _links: { self: link(world, `${ALL}/${row.id}`, 'GET', 'PUT', 'DELETE') },
});
