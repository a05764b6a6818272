/** `/api/v1/roles/{roleRef}/subscriptions` and `/api/v1/users/{userId}/subscriptions`. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  ownSubscriptions,
  roleNamed,
  type Subscription,
  subscribe,
  subscriptionOf,
  subscriptionsOf,
} from '../model/mail/subscription.ts';

const ofRoles = family('Subscription', 'roles', 'other');
const ofUsers = family('Subscription', 'users', 'other');
const ROLE = '/api/v1/roles/{roleRef}/subscriptions';
const USER = '/api/v1/users/{userId}/subscriptions';
/** The service answers 200 with no body. */
const done = () => reply({ status: 200 });

export const subscriptionEndpoints = [
  endpoint({ id: 'listSubscriptionsRole', route: `GET ${ROLE}`, ...ofRoles.read }, ({ world, params }) =>
    subscriptionsOf(world, roleNamed(world, params.roleRef)).map((one) => view(world, 'roles', one)),
  ),
  endpoint(
    { id: 'getSubscriptionsNotificationTypeRole', route: `GET ${ROLE}/{notificationType}`, ...ofRoles.read },
    ({ world, params }) =>
      view(world, 'roles', subscriptionOf(world, roleNamed(world, params.roleRef), params.notificationType)),
  ),
  endpoint(
    {
      id: 'subscribeByNotificationTypeRole',
      route: `POST ${ROLE}/{notificationType}/subscribe`,
      ...ofRoles.manage,
    },
    ({ world, params }) => {
      subscribe(world, roleNamed(world, params.roleRef), params.notificationType, 'subscribed');
      return done();
    },
  ),
  endpoint(
    {
      id: 'unsubscribeByNotificationTypeRole',
      route: `POST ${ROLE}/{notificationType}/unsubscribe`,
      ...ofRoles.manage,
    },
    ({ world, params }) => {
      subscribe(world, roleNamed(world, params.roleRef), params.notificationType, 'unsubscribed');
      return done();
    },
  ),
  endpoint(
    { id: 'listSubscriptionsUser', route: `GET ${USER}`, ...ofUsers.read },
    ({ world, actor, params }) =>
      subscriptionsOf(world, ownSubscriptions(world, actor.who, params.userId)).map((one) =>
        view(world, 'users', one),
      ),
  ),
  endpoint(
    { id: 'getSubscriptionsNotificationTypeUser', route: `GET ${USER}/{notificationType}`, ...ofUsers.read },
    ({ world, actor, params }) =>
      view(
        world,
        'users',
        subscriptionOf(world, ownSubscriptions(world, actor.who, params.userId), params.notificationType),
      ),
  ),
  endpoint(
    {
      id: 'subscribeByNotificationTypeUser',
      route: `POST ${USER}/{notificationType}/subscribe`,
      ...ofUsers.manage,
    },
    ({ world, actor, params }) => {
      subscribe(
        world,
        ownSubscriptions(world, actor.who, params.userId),
        params.notificationType,
        'subscribed',
      );
      return done();
    },
  ),
  endpoint(
    {
      id: 'unsubscribeByNotificationTypeUser',
      route: `POST ${USER}/{notificationType}/unsubscribe`,
      ...ofUsers.manage,
    },
    ({ world, actor, params }) => {
      subscribe(
        world,
        ownSubscriptions(world, actor.who, params.userId),
        params.notificationType,
        'unsubscribed',
      );
      return done();
    },
  ),
];

function view(world: World, kind: string, { of, ...one }: Subscription): Record<string, unknown> {
  const self = `/api/v1/${kind}/${of}/subscriptions/${one.notificationType}`;
  const turn = one.status === 'subscribed' ? 'unsubscribe' : 'subscribe';
  return {
    notificationType: one.notificationType,
    channels: ['email'],
    status: one.status,
    _links: { [turn]: link(world, `${self}/${turn}`, 'POST'), self: link(world, self) },
  };
}
