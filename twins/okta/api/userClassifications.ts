/** `/api/v1/users/{userId}/classification` and `/blocks`: what a user counts as, and what keeps them out. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { findUser, type User } from '../model/people/user.ts';
import { classificationOf, classify } from '../model/people/userClassification.ts';
import { blocksOf } from '../model/people/userLifecycle.ts';

const { read, manage } = family('UserClassification', 'users', 'users');
const AT = '/api/v1/users/{userId}/classification';

export const userClassificationEndpoints = [
  endpoint({ id: 'getUserClassification', route: `GET ${AT}`, ...read }, ({ world, actor, params }) =>
    classificationView(world, findUser(world, params.userId, actor.who)),
  ),
  endpoint({ id: 'replaceUserClassification', route: `PUT ${AT}`, ...manage }, ({ world, params, input }) => {
    classify(world, params.userId, input as { type?: string });
    return classificationView(world, findUser(world, params.userId));
  }),
  endpoint(
    {
      id: 'listUserBlocks',
      route: 'GET /api/v1/users/{id}/blocks',
      ...family('User', 'users', 'users').read,
    },
    ({ world, actor, params }) => blocksOf(findUser(world, params.id, actor.who)),
  ),
];

/** What a user counts as, and since when. */
export function classificationView(world: World, user: User): Record<string, unknown> {
  const { type, lastUpdated } = classificationOf(world, user);
  return { type, lastUpdated };
}
