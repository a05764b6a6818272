/** `/api/v1/logs`: the System Log. */
import { list } from '../../../src/twin.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { findEvents, type LogEvent } from '../model/log/log.ts';

const { read } = family('SystemLog', 'logs', 'logs');

export const logEndpoints = [
  endpoint(
    {
      id: 'listLogEvents',
      route: 'GET /api/v1/logs',
      ...read,
      page: { style: 'log', default: 100, max: 1_000 },
    },
    ({ world, query }) =>
      list(
        findEvents(world, {
          since: query.get('since'),
          until: query.get('until'),
          filter: query.get('filter'),
          q: query.get('q'),
          descending: query.get('sortOrder') === 'DESCENDING',
        }),
        eventView,
      ),
  ),
];

/** An event as it is shown: without its place in the order. */
export function eventView({ sequence: _, ...event }: LogEvent): Omit<LogEvent, 'sequence'> {
  return event;
}
