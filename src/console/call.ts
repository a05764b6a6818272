/** Calls of the control API from inside: the same definitions validate and do what a form asks for. */
import { mustFit } from '../control/invalid.ts';
import { missing, Problem } from '../control/problem.ts';
import { universeFor } from '../control/receive.ts';
import { type Asked, type ControlOptions, object, type Route } from '../control/route.ts';
import { ROUTES } from '../control/routes/all.ts';
import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';
import type { Universe } from '../universe.ts';
import type { Given } from './visit.ts';

const BY_ID: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [route.id, route]));

/** Does the call of this operationId for `caller`. Throws what a request to it would be refused with. */
export async function callControl(
  to: { registry: Registry; options: ControlOptions; caller: Caller; request: Request },
  operation: string,
  { params = {}, query = {}, body }: Given = {},
): Promise<unknown> {
  const route = BY_ID.get(operation);
  if (!route) throw missing(`the control API has no call ${operation}`);
  const { registry, options, caller, request } = to;
  if (route.operator && !caller.operator)
    throw new Problem({ status: 403, kind: 'operator-only', detail: 'this takes the operator’s key' });
  const universe = params.universe === undefined ? undefined : universeFor(registry, caller, params.universe);
  mustFit(object(route.query ?? {}), query, '', 'query');
  if (route.body) mustFit(route.body, body ?? {});
  const asked: Asked = {
    registry,
    options,
    caller,
    params,
    query: query as Asked['query'],
    body: body ?? {},
    headers: request.headers,
    signal: request.signal,
    // Only routes whose path names a universe read it.
    universe: universe as Universe,
  };
  return route.handle(asked);
}
