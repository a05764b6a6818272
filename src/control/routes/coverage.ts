/** What the twins have of the vendors' official operations. */
import { coverageOf, SUPPORT } from '../coverage.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const count = { type: 'integer' };
const totals = object({ implemented: count, stored: count, gap: count, total: count });

/** The calls of this group. */
export const coverageRoutes: readonly Route[] = [
  route<unknown, { twin?: string; support?: string }>(
    {
      id: 'readCoverage',
      method: 'GET',
      path: '/v1/coverage',
      summary: 'Every operation of every twin, and whether it is implemented, only stored, or a gap',
      group: 'server',
      query: { twin: schema.label, support: { enum: SUPPORT } },
      responses: {
        200: {
          description: 'totals by twin, and the operations',
          schema: object(
            {
              twins: { type: 'object', additionalProperties: totals },
              operations: {
                type: 'array',
                items: object(
                  {
                    twin: schema.label,
                    id: schema.label,
                    method: schema.label,
                    path: { type: 'string' },
                    support: { enum: SUPPORT },
                    official: { type: 'boolean' },
                    doc: { type: 'string' },
                  },
                  ['twin', 'id', 'method', 'path', 'support'],
                ),
              },
            },
            ['twins', 'operations'],
          ),
        },
      },
    },
    ({ registry, query: { twin, support } }) => {
      const twins = [...registry.twins.values()].map((compiled) => compiled.twin);
      const chosen = twins.filter((one) => twin === undefined || one.name === twin);
      const { totals: all, operations } = coverageOf(chosen);
      const shown = operations.filter((one) => support === undefined || one.support === support);
      return { twins: all, operations: shown };
    },
  ),
];
