/** Events and webhooks: what was sent where, what is due, once more. */
import { type Delivery, deliveries } from '../../outbox.ts';
import { conflict, missing } from '../problem.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'deliveries';
const all = '/v1/universes/{universe}/deliveries';
const statuses = ['due', 'delivered', 'failed', 'dropped'];
const required = ['id', 'twin', 'event', 'to', 'status', 'attempts', 'createdAt', 'dueAt'];
const fields = {
  id: schema.label,
  twin: schema.label,
  event: schema.label,
  to: { type: 'string' },
  app: schema.label,
  status: { enum: statuses },
  attempts: { type: 'integer' },
  createdAt: schema.instant,
  dueAt: schema.instant,
  lastStatus: { type: 'integer' },
  lastFailure: { type: 'string' },
  fault: { type: 'array', items: schema.label },
};
const delivery = object(fields, required);

/** The calls of this group. */
export const deliveryRoutes: readonly Route[] = [
  route<unknown, { twin?: string; status?: string; after?: string; limit?: number }>(
    {
      id: 'listDeliveries',
      method: 'GET',
      path: all,
      summary: 'Deliveries, oldest first: what was sent where, and what is due',
      group,
      query: {
        twin: schema.label,
        status: { enum: statuses },
        after: schema.label,
        limit: schema.limit(1_000, 100),
      },
      responses: {
        200: {
          description: 'deliveries; `next` is where to go on from',
          schema: schema.listOf('deliveries', delivery, { next: schema.label }),
        },
      },
    },
    ({ universe, query: { twin, status, after, limit = 100 } }) => {
      const wanted = (row: Delivery) =>
        (twin === undefined || row.twin === twin) && (status === undefined || row.status === status);
      const page = universe.state.list(deliveries, { where: wanted }).page({ limit, after });
      return { deliveries: page.items.map(shown), ...(page.next === undefined ? {} : { next: page.next }) };
    },
  ),
  route(
    {
      id: 'getDelivery',
      method: 'GET',
      path: `${all}/{delivery}`,
      summary: 'One delivery, with what it carries',
      group,
      responses: {
        200: {
          description: 'the delivery',
          schema: object({ ...fields, payload: { type: 'object' } }, [...required, 'payload']),
        },
      },
    },
    ({ universe, params }) => {
      const found = universe.state.get(deliveries, params.delivery as string);
      if (!found) throw missing(`${universe.id} has no delivery ${params.delivery}`);
      return { ...shown(found), payload: found.payload };
    },
  ),
  route(
    {
      id: 'redeliver',
      method: 'POST',
      path: `${all}/{delivery}/redeliver`,
      summary: 'Send it once more, now, with the same event id',
      group,
      responses: { 202: { description: 'it is due', schema: delivery } },
    },
    ({ universe, params }) => {
      const id = params.delivery as string;
      if (!universe.state.get(deliveries, id)) throw missing(`${universe.id} has no delivery ${id}`);
      const again = universe.redeliver(id);
      if (!again) throw conflict('already-due', `${id} is on its way already`);
      return shown(again);
    },
  ),
];

function shown(row: Delivery) {
  const { id, twin, event, to, app, status, attempts, lastStatus, lastFailure, faults } = row;
  return {
    ...{ id, twin, event, to, app, status, attempts },
    createdAt: new Date(row.createdAt).toISOString(),
    dueAt: new Date(row.dueAt).toISOString(),
    ...{ lastStatus, lastFailure, fault: faults },
  };
}
