/** A universe's rows: export, import, snapshots, and what differs between two points. */
import { SNAPSHOTS_MAX, type Snapshot, type Universe } from '../../universe.ts';
import { diffOf } from '../diff.ts';
import { universeDocument } from '../document.ts';
import { findSnapshot } from '../points.ts';
import { conflict } from '../problem.ts';
import { checkStateQuota } from '../quota.ts';
import { object, type Route, route, type Schema } from '../route.ts';
import * as schema from '../schema.ts';
import { exportState, importState, type StateDocument } from '../state.ts';

const group = 'state';
const base = '/v1/universes/{universe}';
const IMPORT_BYTES_MAX = 32 * 1024 * 1024;
const DIFF_ROWS_MAX = 10_000;
const only = { twin: schema.label, table: schema.label };
const tables: Schema = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'object' }, maxItems: 500_000 },
};
const stateDocument = object({ twins: { type: 'object', additionalProperties: tables }, kernel: tables }, [
  'twins',
]);
const snapshot = object(
  { id: schema.label, name: schema.label, now: schema.instant, createdAt: schema.instant },
  ['id', 'name', 'now', 'createdAt'],
);
const rows = { type: 'array', items: object({ key: { type: 'string' }, row: { type: 'object' } }) };
const tableDiff = object({
  created: rows,
  updated: {
    type: 'array',
    items: object({
      key: { type: 'string' },
      changed: {
        type: 'array',
        items: object({ pointer: { type: 'string' }, before: {}, after: {} }, ['pointer']),
      },
    }),
  },
  deleted: rows,
});

/** The calls of this group. */
export const stateRoutes: readonly Route[] = [
  route<unknown, { twin?: string; table?: string }>(
    {
      id: 'exportState',
      method: 'GET',
      path: `${base}/state`,
      summary: 'All rows by twin and table, in the vendors’ own entity shapes',
      group,
      query: only,
      responses: { 200: { description: 'rows', schema: stateDocument } },
    },
    ({ universe, query }) => exportState(universe, query),
  ),
  route<StateDocument, { twin?: string; table?: string }>(
    {
      id: 'importState',
      method: 'PUT',
      path: `${base}/state`,
      summary: 'Put tables in the place of those that are there, all or none; tables that are not sent stay',
      group,
      query: only,
      body: stateDocument,
      bodyBytesMax: IMPORT_BYTES_MAX,
      anyKeys: true,
      responses: {
        200: {
          description: 'how many rows each table has now',
          schema: object({ rows: { type: 'object' } }, ['rows']),
        },
      },
    },
    ({ registry, universe, caller, query, body }) => {
      checkStateQuota(registry, caller.tenant);
      return { rows: importState(universe, body, query) };
    },
  ),
  route<unknown, { from?: string; to?: string; limit?: number }>(
    {
      id: 'diffUniverse',
      method: 'GET',
      path: `${base}/diff`,
      summary: 'Rows created, updated (with the changed fields) and deleted between two points',
      group,
      query: {
        from: { ...schema.label, description: '`beginning` (unless said), `now`, or a snapshot' },
        to: { ...schema.label, description: '`now` (unless said), `beginning`, or a snapshot' },
        limit: schema.limit(DIFF_ROWS_MAX, 1_000),
      },
      responses: {
        200: {
          description: 'what differs',
          schema: object(
            {
              from: schema.label,
              to: schema.label,
              rows: { type: 'integer' },
              truncated: { type: 'boolean' },
              twins: {
                type: 'object',
                additionalProperties: { type: 'object', additionalProperties: tableDiff },
              },
            },
            ['from', 'to', 'rows', 'truncated', 'twins'],
          ),
        },
      },
    },
    ({ universe, query: { from = 'beginning', to = 'now', limit = 1_000 } }) => ({
      from,
      to,
      ...diffOf(rootAt(universe, from), rootAt(universe, to), limit),
    }),
  ),
  ...snapshotRoutes(),
];

function snapshotRoutes(): Route[] {
  return [
    route<{ name?: string }>(
      {
        id: 'takeSnapshot',
        method: 'POST',
        path: `${base}/snapshots`,
        summary: 'Name this point, to return to it or to fork from it',
        group,
        body: object({ name: schema.label }),
        bodyOptional: true,
        responses: { 201: { description: 'the snapshot', schema: snapshot } },
      },
      ({ universe, body }) => shown(take(universe, body.name)),
    ),
    route(
      {
        id: 'listSnapshots',
        method: 'GET',
        path: `${base}/snapshots`,
        summary: 'Snapshots, oldest first',
        group,
        responses: { 200: { description: 'snapshots', schema: schema.listOf('snapshots', snapshot) } },
      },
      ({ universe }) => ({ snapshots: [...universe.snapshots.values()].map(shown) }),
    ),
    route(
      {
        id: 'restoreSnapshot',
        method: 'POST',
        path: `${base}/snapshots/{snapshot}/restore`,
        summary: 'Back to a snapshot: its rows, and its time where the clock is frozen; the journal goes on',
        group,
        responses: { 200: { description: 'the universe', schema: schema.universeDocument } },
      },
      ({ universe, params }) => {
        universe.restore(findSnapshot(universe, params.snapshot as string));
        return universeDocument(universe);
      },
    ),
    route(
      {
        id: 'deleteSnapshot',
        method: 'DELETE',
        path: `${base}/snapshots/{snapshot}`,
        summary: 'Forget a snapshot',
        group,
        responses: { 204: { description: 'it is gone' } },
      },
      ({ universe, params }) => {
        universe.snapshots.delete(findSnapshot(universe, params.snapshot as string).id);
        universe.kept?.touch();
      },
    ),
  ];
}

function take(universe: Universe, name: string | undefined): Snapshot {
  if (universe.snapshots.size >= SNAPSHOTS_MAX)
    throw conflict('too-many-snapshots', `a universe holds at most ${SNAPSHOTS_MAX} snapshots: delete some`);
  const numbers = [...universe.snapshots.keys()].map((id) => Number(id.slice(universe.id.length + 1)) || 0);
  const id = `${universe.id}.${Math.max(0, ...numbers) + 1}`;
  return universe.snapshot(id, name ?? id);
}

function shown({ id, name, now, createdAt }: Snapshot) {
  return { id, name, now: new Date(now).toISOString(), createdAt: new Date(createdAt).toISOString() };
}

function rootAt(universe: Universe, point: string) {
  if (point === 'beginning') return universe.beginning;
  return point === 'now' ? universe.state.snapshot() : findSnapshot(universe, point).root;
}
