/** `/api/v1/realm-assignments`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createRealmAssignment,
  deleteRealmAssignment,
  executeRealmAssignment,
  findRealmAssignment,
  type RealmAssignment,
  type RealmAssignmentInput,
  type RealmOperation,
  replaceRealmAssignment,
  setRealmAssignmentStatus,
} from '../model/people/realmAssignment.ts';
import { realmAssignments, realmOperations } from '../world/security.ts';

const { read, manage } = family('RealmAssignment', 'realmAssignments', 'other');
const ALL = '/api/v1/realm-assignments';
const ONE = `${ALL}/{assignmentId}` as const;
const page = { style: 'link', default: 20, max: 200 };

export const realmAssignmentEndpoints = [
  endpoint({ id: 'listRealmAssignments', route: `GET ${ALL}`, ...read, page }, ({ world }) =>
    list(
      world.list(realmAssignments, { orderBy: [{ by: (one) => one.priority }, { by: (one) => one.id }] }),
      (row) => view(world, row),
      { sealed: true },
    ),
  ),
  endpoint({ id: 'createRealmAssignment', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    view(world, createRealmAssignment(world, actor.who, input as RealmAssignmentInput)),
  ),
  endpoint(
    { id: 'listRealmAssignmentOperations', route: `GET ${ALL}/operations`, ...read, page },
    ({ world }) => list(world.list(realmOperations), (row) => operationView(world, row)),
  ),
  endpoint(
    { id: 'executeRealmAssignment', route: `POST ${ALL}/operations`, ...manage, status: 201 },
    ({ world, actor, input }) =>
      operationView(world, executeRealmAssignment(world, actor.who, input as { assignmentId?: string })),
  ),
  endpoint({ id: 'getRealmAssignment', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findRealmAssignment(world, params.assignmentId)),
  ),
  endpoint(
    { id: 'replaceRealmAssignment', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      view(
        world,
        replaceRealmAssignment(world, actor.who, params.assignmentId, input as RealmAssignmentInput),
      ),
  ),
  endpoint(
    { id: 'deleteRealmAssignment', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteRealmAssignment(world, actor.who, params.assignmentId),
  ),
  endpoint(
    { id: 'activateRealmAssignment', route: `POST ${ONE}/lifecycle/activate`, ...manage, status: 204 },
    ({ world, actor, params }) => setRealmAssignmentStatus(world, actor.who, params.assignmentId, 'ACTIVE'),
  ),
  endpoint(
    { id: 'deactivateRealmAssignment', route: `POST ${ONE}/lifecycle/deactivate`, ...manage, status: 204 },
    ({ world, actor, params }) => setRealmAssignmentStatus(world, actor.who, params.assignmentId, 'INACTIVE'),
  ),
];

const self = (world: World, path: string) => ({
  self: { rel: 'self', href: `${world.base()}${path}`, method: 'GET' },
});

const view = (world: World, row: RealmAssignment): Record<string, unknown> => ({
  ...row,
  _links: self(world, `${ALL}/${row.id}`),
});

const operationView = (world: World, row: RealmOperation): Record<string, unknown> => ({
  ...row,
  _links: self(world, `${ALL}/operations`),
});
