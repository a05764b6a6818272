/** `/api/v1/meta/schemas/user/linkedObjects`: relations between users. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createLinkedObject,
  deleteLinkedObject,
  findLinkedObject,
  type LinkedObject,
} from '../model/linkedObject.ts';
import { linkedObjects } from '../world.ts';

const { read, manage } = stored(family('LinkedObject', 'linkedObjects', 'meta'));
const ALL = '/api/v1/meta/schemas/user/linkedObjects';

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
];

const linkedView = (world: World, one: LinkedObject): Record<string, unknown> => ({
  ...one,
  _links: { self: link(world, `${ALL}/${one.primary.name}`) },
});
