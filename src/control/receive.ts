/** What every call of the control API goes through: key, universe, query, body, handler, answer. */
import type { Registry } from '../registry.ts';
import { didYouMean } from '../suggest.ts';
import type { Caller } from '../tenant.ts';
import type { Universe } from '../universe.ts';
import { readJson } from './body.ts';
import { identify } from './guard.ts';
import { mustFit } from './invalid.ts';
import { type FieldError, invalid, missing, Problem } from './problem.ts';
import { type Asked, type ControlOptions, type Route, type Schema, successOf } from './route.ts';

interface Received {
  request: Request;
  params: Record<string, string>;
  registry: Registry;
  options: ControlOptions;
}

/** Serves one request of `route`. Throws a Problem (or the kernel's ApiError) where it is refused. */
export async function receive(route: Route, received: Received): Promise<Response> {
  const { request, params, registry, options } = received;
  const caller = identify(request, registry);
  if (route.operator && !caller.operator)
    throw new Problem({ status: 403, kind: 'operator-only', detail: 'this takes the operator’s key' });
  const universe = params.universe === undefined ? undefined : universeFor(registry, caller, params.universe);
  const query = readQuery(route, new URL(request.url).searchParams);
  const body = await readBody(route, request);
  const asked: Asked = {
    registry,
    options,
    caller,
    params,
    query,
    body,
    headers: request.headers,
    signal: request.signal,
    // Only routes whose path names a universe read it.
    universe: universe as Universe,
  };
  const value = await route.handle(asked);
  if (value instanceof Response) return value;
  if (value === undefined) return new Response(null, { status: 204 });
  return Response.json(value, { status: successOf(route) });
}

/** The universe, where it is the caller's (or the caller is the operator); another's is as good as none: 404. */
export function universeFor(registry: Registry, caller: Caller, id: string): Universe {
  const universe = registry.get(id);
  if (universe && (caller.operator || universe.tenant === caller.tenant.id)) return universe;
  throw missing(`there is no universe ${id}`);
}

function readQuery(route: Route, given: URLSearchParams): Asked['query'] {
  const known = route.query ?? {};
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, text] of given) {
    const schema = Object.hasOwn(known, name) ? known[name] : undefined;
    const pointer = `/${name}`;
    if (!schema) {
      const detail = `is not a known parameter${didYouMean(name, Object.keys(known))}`;
      errors.push({ in: 'query', pointer, detail });
    } else if (Object.hasOwn(values, name))
      errors.push({ in: 'query', pointer, detail: 'is given more than once' });
    else values[name] = coerce(schema, text);
  }
  if (errors.length > 0) throw invalid(errors, 'the query does not fit');
  mustFit(querySchema(route), values, '', 'query');
  return values as Asked['query'];
}

/** Text to what the schema wants; text that is no such thing stays text, so that the schema refuses it. */
function coerce(schema: Schema, text: string): unknown {
  if (schema.type === 'boolean')
    return text === '' || text === 'true' ? true : text === 'false' ? false : text;
  if ((schema.type === 'integer' || schema.type === 'number') && /^-?\d+(\.\d+)?$/.test(text))
    return Number(text);
  return text;
}

const querySchemas = new WeakMap<Route, Schema>();
function querySchema(route: Route): Schema {
  let schema = querySchemas.get(route);
  if (!schema) {
    schema = { type: 'object', additionalProperties: false, properties: route.query ?? {} };
    querySchemas.set(route, schema);
  }
  return schema;
}

async function readBody(route: Route, request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const value = await readJson(request, {
    ...(route.bodyBytesMax === undefined ? {} : { bytesMax: route.bodyBytesMax }),
    ...(route.anyKeys === undefined ? {} : { anyKeys: route.anyKeys }),
  });
  if (!route.body) {
    if (value === undefined || (typeof value === 'object' && value !== null && isEmpty(value)))
      return undefined;
    throw invalid([{ pointer: '', detail: 'is not wanted: this call takes no body' }]);
  }
  if (value === undefined && !route.bodyOptional)
    throw invalid([{ pointer: '', detail: 'is missing: this call takes a JSON body' }]);
  const body = value ?? {};
  mustFit(route.body, body);
  return body;
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
