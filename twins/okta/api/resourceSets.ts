/** `/api/v1/iam/resource-sets`: sets, what is in them, who administers it. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import {
  addResources,
  type BindingMember,
  bind,
  createResourceSet,
  deleteResourceSet,
  findBinding,
  findResource,
  findResourceSet,
  membersOf,
  type ResourceSet,
  type ResourceSetInput,
  removeResource,
  replaceResourceSet,
  resourcesOf,
  type SetResource,
  unbind,
} from '../model/resourceSet.ts';
import { resourceSets } from '../world/admin.ts';

const { read, manage } = stored(family('RoleCResourceSet', 'roles', 'other'));
const ALL = '/api/v1/iam/resource-sets';
const ONE = `${ALL}/{resourceSetIdOrLabel}` as const;
const RESOURCES = `${ONE}/resources` as const;
const BINDINGS = `${ONE}/bindings` as const;
const MEMBERS = `${BINDINGS}/{roleIdOrLabel}/members` as const;

const setEndpoints = [
  endpoint({ id: 'listResourceSets', route: `GET ${ALL}`, ...read }, ({ world }) => ({
    'resource-sets': world
      .list(resourceSets)
      .toArray()
      .map((row) => setView(world, row)),
    _links: { self: link(world, ALL) },
  })),
  endpoint({ id: 'createResourceSet', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    setView(world, createResourceSet(world, actor.who, input as ResourceSetInput)),
  ),
  endpoint({ id: 'getResourceSet', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    setView(world, findResourceSet(world, params.resourceSetIdOrLabel)),
  ),
  endpoint({ id: 'replaceResourceSet', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    setView(
      world,
      replaceResourceSet(world, actor.who, params.resourceSetIdOrLabel, input as ResourceSetInput),
    ),
  ),
  endpoint(
    { id: 'deleteResourceSet', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteResourceSet(world, actor.who, params.resourceSetIdOrLabel),
  ),
  endpoint(
    { id: 'listResourceSetResources', route: `GET ${RESOURCES}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key } }) => ({
      resources: resourcesOf(world, key).map((row) => resourceView(world, row)),
      _links: setLinks(world, findResourceSet(world, key).id, 'resources'),
    }),
  ),
  endpoint(
    { id: 'addResourceSetResources', route: `PATCH ${RESOURCES}`, ...manage },
    ({ world, actor, params, input }) =>
      setView(
        world,
        addResources(world, actor.who, params.resourceSetIdOrLabel, input as { additions?: string[] }),
      ),
  ),
  endpoint(
    { id: 'getResourceSetResource', route: `GET ${RESOURCES}/{resourceId}`, ...read },
    ({ world, params }) =>
      resourceView(world, findResource(world, params.resourceSetIdOrLabel, params.resourceId)),
  ),
  endpoint(
    {
      id: 'deleteResourceSetResource',
      route: `DELETE ${RESOURCES}/{resourceId}`,
      ...manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      removeResource(world, actor.who, params.resourceSetIdOrLabel, params.resourceId),
  ),
];

const bindingEndpoints = [
  endpoint(
    { id: 'listBindings', route: `GET ${BINDINGS}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key } }) => {
      const { id } = findResourceSet(world, key);
      const ids = new Set(membersOf(world, id).map((one) => one.roleId));
      return {
        roles: [...ids].map((role) => ({ id: role, _links: bindingLinks(world, id, role) })),
        _links: setLinks(world, id, 'bindings'),
      };
    },
  ),
  endpoint(
    { id: 'createResourceSetBinding', route: `POST ${BINDINGS}`, ...manage },
    ({ world, actor, params: { resourceSetIdOrLabel: key }, input }) => {
      const [one] = bind(world, actor.who, key, input as { role?: string; members?: string[] });
      return reply({ body: { _links: bindingLinks(world, one?.setId ?? key, one?.roleId ?? '') } });
    },
  ),
  endpoint(
    { id: 'getBinding', route: `GET ${BINDINGS}/{roleIdOrLabel}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key, roleIdOrLabel } }) => {
      const [one] = findBinding(world, key, roleIdOrLabel);
      return { id: one?.roleId, _links: bindingLinks(world, one?.setId ?? key, one?.roleId ?? '') };
    },
  ),
  endpoint(
    { id: 'deleteBinding', route: `DELETE ${BINDINGS}/{roleIdOrLabel}`, ...manage, status: 204 },
    ({ world, actor, params }) => unbind(world, actor.who, params.resourceSetIdOrLabel, params.roleIdOrLabel),
  ),
  endpoint(
    { id: 'listMembersOfBinding', route: `GET ${MEMBERS}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key, roleIdOrLabel } }) => {
      const members = findBinding(world, key, roleIdOrLabel);
      return {
        members: members.map((row) => memberView(world, row)),
        _links: bindingLinks(world, members[0]?.setId ?? key, members[0]?.roleId ?? ''),
      };
    },
  ),
  endpoint(
    { id: 'addMembersToBinding', route: `PATCH ${MEMBERS}`, ...manage },
    ({ world, actor, params: { resourceSetIdOrLabel: key, roleIdOrLabel: role }, input }) => {
      const [one] = bind(world, actor.who, key, {
        role,
        members: (input as { additions?: string[] }).additions ?? [],
      });
      return reply({ body: { _links: bindingLinks(world, one?.setId ?? key, one?.roleId ?? '') } });
    },
  ),
  endpoint(
    { id: 'getMemberOfBinding', route: `GET ${MEMBERS}/{memberId}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key, roleIdOrLabel, memberId } }) => {
      const found = findBinding(world, key, roleIdOrLabel).find((one) => one.id === memberId);
      if (!found) throw notFound(memberId, 'IAMPolicyRoleBindingMember');
      return memberView(world, found);
    },
  ),
  endpoint(
    { id: 'unassignMemberFromBinding', route: `DELETE ${MEMBERS}/{memberId}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      unbind(world, actor.who, params.resourceSetIdOrLabel, params.roleIdOrLabel, params.memberId),
  ),
];

export const resourceSetEndpoints = [...setEndpoints, ...bindingEndpoints];

function setView(world: World, row: ResourceSet): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  return {
    ...row,
    _links: {
      bindings: link(world, `${self}/bindings`),
      self: link(world, self),
      resources: link(world, `${self}/resources`),
    },
  };
}

function resourceView(world: World, { setId, ...row }: SetResource): Record<string, unknown> {
  const [, , , , kind, ...rest] = row.orn.split(':');
  const id = rest.at(-1);
  return {
    ...row,
    _links: {
      self: link(world, `/api/v1/${kind}${id ? `/${id}` : ''}`),
      resource: link(world, `${ALL}/${setId}/resources/${row.id}`),
    },
  };
}

const memberView = (world: World, { id, created, lastUpdated, ...row }: BindingMember) => ({
  id,
  created,
  lastUpdated,
  _links: {
    self: { href: row.href },
    binding: link(world, `${ALL}/${row.setId}/bindings/${row.roleId}`),
  },
});

const setLinks = (world: World, id: string, part: string) => ({
  self: link(world, `${ALL}/${id}/${part}`),
  'resource-set': link(world, `${ALL}/${id}`),
});

const bindingLinks = (world: World, id: string, role: string) => ({
  self: link(world, `${ALL}/${id}/bindings/${role}`),
  members: link(world, `${ALL}/${id}/bindings/${role}/members`),
  'resource-set': link(world, `${ALL}/${id}`),
});
