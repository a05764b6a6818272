/** `/api/v1/iam/resource-sets`: sets, what is in them, who administers it. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { pathOfResource } from '../model/roles/orn.ts';
import {
  addConditionalResource,
  addResources,
  createResourceSet,
  deleteResourceSet,
  findResource,
  findResourceSet,
  type ResourceConditions,
  type ResourceSet,
  type ResourceSetInput,
  removeResource,
  replaceConditions,
  replaceResourceSet,
  type SetResource,
} from '../model/roles/resourceSet.ts';
import type { Holder } from '../model/roles/role.ts';
import {
  type BindingMember,
  bind,
  findBinding,
  findMember,
  membersOf,
  unbind,
} from '../model/roles/roleBinding.ts';
import { bindingMembers, resourceSets, setResources } from '../world/admin.ts';

const { read, manage } = family('RoleCResourceSet', 'roles', 'other');
const ALL = '/api/v1/iam/resource-sets';
const ONE = `${ALL}/{resourceSetIdOrLabel}` as const;
const RESOURCES = `${ONE}/resources` as const;
const BINDINGS = `${ONE}/bindings` as const;
const MEMBERS = `${BINDINGS}/{roleIdOrLabel}/members` as const;

/** The body of one resource with conditions. */
type ConditionalInput = { resourceOrnOrUrl?: string; conditions?: ResourceConditions } | undefined;

const setEndpoints = [
  endpoint(
    {
      id: 'listResourceSets',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'body', key: 'resource-sets', default: 100, max: 200 },
    },
    ({ world }) =>
      list(world.list(resourceSets), (row) => setView(world, row), { links: { self: link(world, ALL) } }),
  ),
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
    {
      id: 'listResourceSetResources',
      route: `GET ${RESOURCES}`,
      ...read,
      page: { style: 'body', key: 'resources', default: 100, max: 200 },
    },
    ({ world, params }) => {
      const { id } = findResourceSet(world, params.resourceSetIdOrLabel);
      const rows = world.list(setResources, { prefix: `${id}/` });
      const links = setLinks(world, id, 'resources');
      return list(rows, (row) => resourceView(world, row), { within: `${id}/`, links });
    },
  ),
  endpoint(
    { id: 'addResourceSetResource', route: `POST ${RESOURCES}`, ...manage },
    ({ world, actor, params, input }) =>
      resourceView(
        world,
        addConditionalResource(world, actor.who, params.resourceSetIdOrLabel, input as ConditionalInput),
      ),
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
    { id: 'replaceResourceSetResource', route: `PUT ${RESOURCES}/{resourceId}`, ...manage },
    ({ world, actor, params: { resourceSetIdOrLabel, resourceId }, input }) =>
      resourceView(
        world,
        replaceConditions(world, actor.who, resourceSetIdOrLabel, resourceId, input as ConditionalInput),
      ),
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
      return reply({ body: { _links: boundLinks(world, one ?? NOBODY) } });
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
    {
      id: 'listMembersOfBinding',
      route: `GET ${MEMBERS}`,
      ...read,
      page: { style: 'body', key: 'members', default: 100, max: 200 },
    },
    ({ world, params: { resourceSetIdOrLabel: key, roleIdOrLabel } }) => {
      const [{ setId, roleId } = NOBODY] = findBinding(world, key, roleIdOrLabel);
      const within = `${setId}/${roleId}/`;
      const binding = `${ALL}/${setId}/bindings/${roleId}`;
      const links = { self: link(world, `${binding}/members`), binding: link(world, binding) };
      const rows = world.list(bindingMembers, { prefix: within });
      return list(rows, (row) => memberView(world, row), { within, links });
    },
  ),
  endpoint(
    { id: 'addMembersToBinding', route: `PATCH ${MEMBERS}`, ...manage },
    ({ world, actor, params: { resourceSetIdOrLabel: key, roleIdOrLabel: role }, input }) => {
      const [one] = bind(world, actor.who, key, {
        role,
        members: (input as { additions?: string[] }).additions ?? [],
      });
      return reply({ body: { _links: boundLinks(world, one ?? NOBODY) } });
    },
  ),
  endpoint(
    { id: 'getMemberOfBinding', route: `GET ${MEMBERS}/{memberId}`, ...read },
    ({ world, params: { resourceSetIdOrLabel: key, roleIdOrLabel, memberId } }) =>
      memberView(world, findMember(world, key, roleIdOrLabel, memberId)),
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

function resourceView(world: World, row: SetResource): Record<string, unknown> {
  const { setId, resource, ...shown } = row;
  return {
    ...shown,
    _links: {
      self: link(world, pathOfResource(resource)),
      resource: link(world, `${ALL}/${setId}/resources/${row.id}`),
    },
  };
}

/** Where members of a binding live in the API. */
const HOLDERS: Readonly<Record<Holder['type'], string>> = {
  USER: '/api/v1/users',
  GROUP: '/api/v1/groups',
  CLIENT: '/oauth2/v1/clients',
};
const NOBODY = { setId: '', roleId: '' };

const memberView = (world: World, { id, created, lastUpdated, ...row }: BindingMember) => ({
  id,
  created,
  lastUpdated,
  _links: {
    self: link(world, `${HOLDERS[row.memberType]}/${row.memberId}`),
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

/** What an answer to a change of a binding points to. */
const boundLinks = (world: World, { setId, roleId }: { setId: string; roleId: string }) => ({
  self: link(world, `${ALL}/${setId}/bindings/${roleId}`),
  bindings: link(world, `${ALL}/${setId}/bindings`),
  'resource-set': link(world, `${ALL}/${setId}`),
});
