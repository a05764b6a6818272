/** `/api/v1/meta`: user types and profile schemas. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { findApp } from '../model/apps/app.ts';
import {
  findSchema,
  groupSchema,
  type Schema,
  type SchemaChange,
  updateSchema,
} from '../model/people/schema.ts';
import {
  createUserType,
  deleteUserType,
  findUserType,
  type UserType,
  type UserTypeInput,
  updateUserType,
} from '../model/people/userType.ts';
import { userTypes } from '../world.ts';

const types = family('UserType', 'userTypes', 'meta');
const schemasOf = family('Schema', 'schemas', 'meta');
const TYPE = '/api/v1/meta/types/user/{typeId}';

export const metaEndpoints = [
  endpoint({ id: 'listUserTypes', route: 'GET /api/v1/meta/types/user', ...types.read }, ({ world }) =>
    world
      .list(userTypes)
      .toArray()
      .map((type) => typeView(world, type)),
  ),
  endpoint(
    { id: 'createUserType', route: 'POST /api/v1/meta/types/user', ...types.manage },
    ({ world, actor, input }) => typeView(world, createUserType(world, actor.who, input as UserTypeInput)),
  ),
  endpoint({ id: 'getUserType', route: `GET ${TYPE}`, ...types.read }, ({ world, params }) =>
    typeView(world, findUserType(world, params.typeId)),
  ),
  endpoint(
    { id: 'updateUserType', route: `POST ${TYPE}`, ...types.manage },
    ({ world, actor, params, input }) =>
      typeView(world, updateUserType(world, actor.who, params.typeId, input as UserTypeInput)),
  ),
  endpoint(
    { id: 'replaceUserType', route: `PUT ${TYPE}`, ...types.manage },
    ({ world, actor, params, input }) =>
      typeView(world, updateUserType(world, actor.who, params.typeId, input as UserTypeInput)),
  ),
  endpoint(
    { id: 'deleteUserType', route: `DELETE ${TYPE}`, ...types.manage, status: 204 },
    ({ world, params }) => deleteUserType(world, params.typeId),
  ),
  endpoint(
    { id: 'getUserSchema', route: 'GET /api/v1/meta/schemas/user/{schemaId}', ...schemasOf.read },
    ({ world, params }) => schemaView(world, findSchema(world, params.schemaId)),
  ),
  endpoint(
    { id: 'updateUserProfile', route: 'POST /api/v1/meta/schemas/user/{schemaId}', ...schemasOf.manage },
    ({ world, actor, params, input }) =>
      schemaView(
        world,
        updateSchema(world, actor.who, findSchema(world, params.schemaId).id, input as SchemaChange),
      ),
  ),
  endpoint(
    {
      id: 'getApplicationUserSchema',
      route: 'GET /api/v1/meta/schemas/apps/{appId}/default',
      ...schemasOf.read,
    },
    ({ world, params }) => schemaView(world, findSchema(world, findApp(world, params.appId).id)),
  ),
  endpoint(
    {
      id: 'updateApplicationUserProfile',
      route: 'POST /api/v1/meta/schemas/apps/{appId}/default',
      ...schemasOf.manage,
    },
    ({ world, actor, params, input }) =>
      schemaView(
        world,
        updateSchema(world, actor.who, findApp(world, params.appId).id, input as SchemaChange),
      ),
  ),
  endpoint(
    { id: 'getGroupSchema', route: 'GET /api/v1/meta/schemas/group/default', ...schemasOf.read },
    ({ world }) => schemaView(world, groupSchema(world)),
  ),
  endpoint(
    { id: 'updateGroupSchema', route: 'POST /api/v1/meta/schemas/group/default', ...schemasOf.manage },
    ({ world, actor, input }) =>
      schemaView(world, updateSchema(world, actor.who, 'group', input as SchemaChange)),
  ),
];

/** A user type with its links, in a style of their own. */
export function typeView(world: World, type: UserType): Record<string, unknown> {
  return {
    ...type,
    _links: {
      schema: relation(world, 'schema', `/api/v1/meta/schemas/user/osc${type.id.slice(3)}`),
      self: relation(world, 'self', `/api/v1/meta/types/user/${type.id}`),
    },
  };
}

/** A schema as JSON Schema: attributes of the org's own, then those that come with the product. */
export function schemaView(world: World, schema: Schema): Record<string, unknown> {
  const path = PATHS[schema.of](schema);
  return {
    id: world.base() + path.meta,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name: schema.name,
    title: schema.title,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    lastUpdated: schema.lastUpdated,
    created: schema.created,
    definitions: {
      custom: definition('#custom', schema.custom),
      base: definition('#base', schema.base),
    },
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] } },
    ...(schema.of === 'app' ? {} : { _links: schemaLinks(world, schema, path.self) }),
  };
}

const PATHS: Readonly<Record<Schema['of'], (schema: Schema) => { meta: string; self: string }>> = {
  user: (schema) => ({
    meta: `/meta/schemas/user/${schema.name === 'user' ? 'default' : schema.id}`,
    self: `/api/v1/meta/schemas/user/${schema.id}`,
  }),
  group: () => ({ meta: '/meta/schemas/group/default', self: '/api/v1/meta/schemas/group/default' }),
  app: (schema) => ({
    meta: `/meta/schemas/apps/${schema.id}/default`,
    self: `/api/v1/meta/schemas/apps/${schema.id}/default`,
  }),
};

function schemaLinks(world: World, schema: Schema, self: string): Record<string, unknown> {
  return {
    self: relation(world, 'self', self),
    ...(schema.typeId ? { type: relation(world, 'type', `/api/v1/meta/types/user/${schema.typeId}`) } : {}),
  };
}

function definition(id: string, properties: Schema['base']): Record<string, unknown> {
  const names = Object.keys(properties);
  const required = names.filter((name) => properties[name]?.required === true);
  return { id, type: 'object', properties, ...(names.length > 0 ? { required } : {}) };
}

const relation = (world: World, rel: string, path: string) => ({
  rel,
  href: world.base() + path,
  method: 'GET',
});
