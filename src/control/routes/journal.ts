/** What happened in a universe: pages of its journal, its hash, the event stream, gaps. */
import { eventStream } from '../events.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'journal';
const kinds = ['exchange', 'delivery', 'fault', 'gesture', 'clock', 'state', 'note'];
const filters = { kind: { enum: kinds }, twin: schema.label };
const after = { type: 'integer', minimum: 0 };

/** One entry (contract of journals: fields by kind). */
const entry = {
  type: 'object',
  required: ['seq', 'at', 'wallAt', 'kind'],
  properties: {
    seq: { type: 'integer' },
    at: schema.instant,
    wallAt: schema.instant,
    kind: { enum: kinds },
    twin: schema.label,
  },
};
const parent = object({ universe: schema.label, seq: { type: 'integer' } }, ['universe', 'seq']);

/** The calls of this group. */
export const journalRoutes: readonly Route[] = [
  route<unknown, { after?: number; kind?: string; twin?: string; limit?: number; hash?: boolean }>(
    {
      id: 'readJournal',
      method: 'GET',
      path: '/v1/universes/{universe}/journal',
      summary: 'Entries behind `after`, oldest first; with `hash`, the hash of all entries in canonical form',
      group,
      query: { after, ...filters, limit: schema.limit(5_000, 100), hash: { type: 'boolean' } },
      responses: {
        200: {
          description: 'a page; ask for what is behind `next`',
          schema: {
            anyOf: [
              object(
                {
                  entries: { type: 'array', items: entry },
                  next: { type: 'integer' },
                  dropped: { type: 'integer' },
                  parent,
                },
                ['entries', 'next', 'dropped'],
              ),
              object({ hash: { type: 'string' }, entries: { type: 'integer' } }, ['hash', 'entries']),
            ],
          },
        },
      },
    },
    ({ universe, query: { hash, limit = 100, ...query } }) => {
      const { journal } = universe;
      if (hash) return { hash: journal.hash(), entries: journal.end };
      return { ...journal.page({ ...query, limit }), ...(journal.parent ? { parent: journal.parent } : {}) };
    },
  ),
  route<unknown, { after?: number; kind?: string; twin?: string }>(
    {
      id: 'streamEvents',
      method: 'GET',
      path: '/v1/universes/{universe}/events',
      summary: 'The journal as server-sent events from `after` (or `Last-Event-ID`) on, then as it grows',
      group,
      query: { after, ...filters },
      responses: {
        200: { description: 'one event per entry; its id is the entry’s seq', media: 'text/event-stream' },
      },
    },
    ({ universe, query, headers, options }) =>
      eventStream(universe, { query, headers, closing: options.closing }),
  ),
  route<unknown, { twin?: string }>(
    {
      id: 'listGaps',
      method: 'GET',
      path: '/v1/universes/{universe}/gaps',
      summary: 'Operations that programs asked for and no twin has',
      group,
      query: { twin: schema.label },
      responses: {
        200: {
          description: 'most asked first',
          schema: schema.listOf(
            'gaps',
            object({
              twin: schema.label,
              operation: schema.label,
              method: schema.label,
              path: { type: 'string' },
              count: { type: 'integer' },
              lastSeq: { type: 'integer' },
            }),
          ),
        },
      },
    },
    ({ universe, query: { twin } }) => ({
      gaps: universe.journal.gaps().filter((gap) => !twin || gap.twin === twin),
    }),
  ),
];
