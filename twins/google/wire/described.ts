/**
 * Requests as their API's own description has them, read as the newer APIs read them: with protobuf's reader, by the
 * method of the endpoint's id. Names come in either case, numbers as texts, one value in the place of a list; what
 * cannot be read is refused in the reader's words. An endpoint's `input` need only say what holds besides.
 * https://protobuf.dev/programming-guides/json/
 */
import type { EndpointSpec } from '../../../src/twin.ts';
import { badFields } from '../errors.ts';
import { apiOf, descriptionOf, methodOf } from './description.ts';
import { Reading } from './reading.ts';

/** APIs whose requests protobuf's reader reads, with the package of their types. */
const PACKAGES: Readonly<Record<string, string>> = {
  'docs/v1': 'google.apps.docs.v1',
  'sheets/v4': 'google.apps.sheets.v4',
};

/** Fields of their requests that some bodies are bound to; the others are the request itself. */
const BOUND: Readonly<Record<string, string>> = {
  'docs.documents.create': 'document',
  'sheets.spreadsheets.create': 'spreadsheet',
  'sheets.spreadsheets.values.append': 'data',
  'sheets.spreadsheets.values.update': 'data',
};

/** The field of its request that an endpoint's body is bound to; empty where it is the request. */
export const boundTo = ({ id }: EndpointSpec): string => BOUND[id] ?? '';

/** Whether an endpoint's request is read so. */
export const isDescribed = (endpoint: EndpointSpec): boolean => described(endpoint) !== undefined;

/** The body of a described endpoint with the described names and types. Throws `invalidArgument` with all that is wrong. */
export function readBody(endpoint: EndpointSpec, body: unknown): unknown {
  const { method, reading, schemas } = opened(endpoint);
  const type = method.request && schemas[method.request.$ref];
  if (!type) return body;
  return checked(reading, reading.root(type, body, boundTo(endpoint)));
}

/** Query parameters that are wrong in type, or not the method's at all. Throws `invalidArgument`. */
export function checkParameters(endpoint: EndpointSpec, query: URLSearchParams): void {
  const { method, reading, common } = opened(endpoint);
  for (const [name, value] of query)
    if (!SYSTEM.has(name) && !(name in common)) reading.parameter(method.parameters ?? {}, name, value);
  checked(reading, undefined);
}

function described({ id }: EndpointSpec) {
  const api = apiOf(id);
  const types = api && PACKAGES[api];
  const method = types && methodOf(api, id);
  return method && { api, types, method };
}

function opened(endpoint: EndpointSpec) {
  const found = described(endpoint);
  const description = found && descriptionOf(found.api);
  if (!found || !description) throw new Error(`${endpoint.id} has no description`);
  const { schemas, parameters: common } = description;
  return { method: found.method, schemas, common, reading: new Reading(schemas, found.types) };
}

function checked<T>({ violations }: Reading, value: T): T {
  if (violations.length > 0) throw badFields(violations);
  return value;
}

/** Parameters of every method that descriptions leave out. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM: ReadonlySet<string> = new Set([
  ...['$.xgafv', '$alt', '$callback', '$fields', '$key', '$prettyPrint', '$trace', '$userProject', '$xgafv'],
  ...['bearer_token', 'pp', 'trace', 'userIp'],
]);
