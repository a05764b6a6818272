/** `/api/v1/meta/uischemas`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createUiSchema,
  deleteUiSchema,
  findUiSchema,
  replaceUiSchema,
  type UiSchema,
} from '../model/people/uiSchema.ts';
import { uiSchemas } from '../world/directory.ts';

const { read, manage } = family('UISchema', 'uischemas', 'meta');
const ALL = '/api/v1/meta/uischemas';

export const uiSchemaEndpoints = [
  endpoint({ id: 'listUISchemas', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(uiSchemas)
      .toArray()
      .map((one) => uiSchemaView(world, one)),
  ),
  endpoint({ id: 'createUISchema', route: `POST ${ALL}`, ...manage }, ({ world, input }) =>
    uiSchemaView(world, createUiSchema(world, input as Partial<UiSchema>)),
  ),
  endpoint({ id: 'getUISchema', route: `GET ${ALL}/{id}`, ...read }, ({ world, params }) =>
    uiSchemaView(world, findUiSchema(world, params.id)),
  ),
  endpoint({ id: 'replaceUISchemas', route: `PUT ${ALL}/{id}`, ...manage }, ({ world, params, input }) =>
    uiSchemaView(world, replaceUiSchema(world, params.id, input as Partial<UiSchema>)),
  ),
  endpoint(
    { id: 'deleteUISchemas', route: `DELETE ${ALL}/{id}`, ...manage, status: 204 },
    ({ world, params }) => deleteUiSchema(world, params.id),
  ),
];

const uiSchemaView = (world: World, one: UiSchema): Record<string, unknown> => ({
  ...one,
  _links: { self: link(world, `${ALL}/${one.id}`, 'GET', 'PUT', 'DELETE') },
});
