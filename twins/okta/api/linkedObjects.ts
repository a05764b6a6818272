/** `/api/v1/meta/schemas/user/linkedObjects` and `/api/v1/users/{user}/linkedObjects`: relations between users. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createLinkedObject,
  deleteLinkedObject,
  findLinkedObject,
  type LinkedObject,
  linkedUsers,
  linkUsers,
  unlinkUser,
} from '../model/people/linkedObject.ts';
import { linkedObjects } from '../world/directory.ts';

const { read, manage } = family('LinkedObject', 'linkedObjects', 'meta');
const values = family('UserLinkedObject', 'users', 'users');
const ALL = '/api/v1/meta/schemas/user/linkedObjects';
const OF_USER = '/api/v1/users/{userIdOrLogin}/linkedObjects';

export const linkedObjectEndpoints = [
  endpoint({ id: 'listLinkedObjectDefinitions', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(linkedObjects)
      .toArray()
      .map((one) => linkedView(world, one)),
  ),
  endpoint(
    { id: 'createLinkedObjectDefinition', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, input }) =>
      linkedView(world, createLinkedObject(world, actor.who, input as LinkedObject)),
  ),
  endpoint(
    { id: 'getLinkedObjectDefinition', route: `GET ${ALL}/{linkedObjectName}`, ...read },
    ({ world, params }) => linkedView(world, findLinkedObject(world, params.linkedObjectName)),
  ),
  endpoint(
    { id: 'deleteLinkedObjectDefinition', route: `DELETE ${ALL}/{linkedObjectName}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteLinkedObject(world, actor.who, params.linkedObjectName),
  ),
  endpoint(
    {
      id: 'assignLinkedObjectValueForPrimary',
      route: `PUT ${OF_USER}/{primaryRelationshipName}/{primaryUserId}`,
      ...values.manage,
      status: 204,
    },
    ({ world, actor, params: { userIdOrLogin, primaryRelationshipName, primaryUserId } }) =>
      linkUsers(world, actor.who, userIdOrLogin, primaryRelationshipName, primaryUserId),
  ),
  endpoint(
    { id: 'listLinkedObjectsForUser', route: `GET ${OF_USER}/{relationshipName}`, ...values.read },
    ({ world, actor, params }) =>
      linkedUsers(world, actor.who, params.userIdOrLogin, params.relationshipName).map((id) => ({
        _links: { self: link(world, `/api/v1/users/${id}`) },
      })),
  ),
  endpoint(
    {
      id: 'deleteLinkedObjectForUser',
      route: `DELETE ${OF_USER}/{relationshipName}`,
      ...values.manage,
      status: 204,
    },
    ({ world, actor, params }) => unlinkUser(world, actor.who, params.userIdOrLogin, params.relationshipName),
  ),
];

const linkedView = (world: World, one: LinkedObject): Record<string, unknown> => ({
  ...one,
  _links: { self: link(world, `${ALL}/${one.primary.name}`) },
});
