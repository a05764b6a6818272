/** `/api/v1/apps/{appId}/group-push/mappings`. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findApp } from '../model/apps/app.ts';
import {
  createGroupPush,
  deleteGroupPush,
  findGroupPush,
  type GroupPushInput,
  type GroupPushMapping,
  setGroupPushStatus,
} from '../model/provisioning/groupPush.ts';
import { groupPushMappings } from '../world/apps.ts';

const { read, manage } = family('GroupPushMapping', 'apps', 'app');
const ALL = '/api/v1/apps/{appId}/group-push/mappings';
const ONE = `${ALL}/{mappingId}` as const;

export const groupPushEndpoints = [
  endpoint(
    {
      id: 'listGroupPushMappings',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'link', default: 100, max: 1_000 },
      traits: { keeps: ['sourceGroupId', 'status'] },
    },
    ({ world, params, query }) => {
      const within = `${findApp(world, params.appId).id}/`;
      const [source, status] = [query.get('sourceGroupId'), query.get('status')];
      const where = (row: GroupPushMapping) =>
        (!source || row.sourceGroupId === source) && (!status || row.status === status);
      return list(world.list(groupPushMappings, { prefix: within, where }), (row) => view(world, row), {
        within,
      });
    },
  ),
  endpoint(
    { id: 'createGroupPushMapping', route: `POST ${ALL}`, ...manage },
    ({ world, actor, params, input }) =>
      view(world, createGroupPush(world, actor.who, params.appId, input as GroupPushInput)),
  ),
  endpoint({ id: 'getGroupPushMapping', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findGroupPush(world, params.appId, params.mappingId)),
  ),
  endpoint(
    { id: 'updateGroupPushMapping', route: `PATCH ${ONE}`, ...manage },
    ({ world, actor, params: { appId, mappingId }, input }) =>
      view(world, setGroupPushStatus(world, actor.who, appId, mappingId, input as GroupPushInput)),
  ),
  endpoint(
    { id: 'deleteGroupPushMapping', route: `DELETE ${ONE}`, ...manage },
    ({ world, actor, params: { appId, mappingId }, query }) => {
      deleteGroupPush(world, actor.who, appId, mappingId, query.get('deleteTargetGroup') === 'true');
      return reply({ status: 200 });
    },
  ),
];

function view(world: World, mapping: GroupPushMapping): Record<string, unknown> {
  const { appId, externalId: _, pushedName: __, members: ___, ...row } = mapping;
  return {
    ...row,
    _links: {
      app: link(world, `/api/v1/apps/${appId}`),
      sourceGroup: link(world, `/api/v1/groups/${row.sourceGroupId}`),
      targetGroup: link(world, `/api/v1/groups/${row.targetGroupId}`),
    },
  };
}
