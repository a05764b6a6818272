/**
 * All that is Jira's about the wire: Basic and Bearer sign-in, the envelope of errors, headers, pages, rates.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/
 */
import { ApiError } from '../../src/error.ts';
import { HEX } from '../../src/ids.ts';
import type { Call, Wire } from '../../src/twin.ts';
import type { WireReply } from '../../src/wire.ts';
import { bulkRefused, CATALOGUE, type ErrorName, refused } from './errors.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { pages } from './pages.ts';
import { DELIVERY_CHANNELS } from './wire/deliveries.ts';
import {
  authenticate,
  authorize,
  GATEWAY,
  identify,
  type JiraActor,
  recognizes,
  TOOLS,
} from './wire/identity.ts';
import {
  noteObjects,
  rateCharges,
  rateCounts,
  rateHeaders,
  rateKey,
  rateLimited,
  TIERS,
} from './wire/rates.ts';

/**
 * The path that is routed: the gateway's prefix goes, `/rest/api/2` and `latest` are `/rest/api/3` with another
 * view of the same things, and slashes too many are forgiven.
 */
export const jiraPath = (path: string): string =>
  path
    .replace(/\/{2,}/g, '/')
    .replace(GATEWAY, '')
    .replace(TOOLS, '/rest/$1/$2')
    // Development information has a version of its own at the gateway.
    .replace(/^\/rest\/devinfo\/0\.1(?=\/)/, '/rest/devinfo/0.10')
    .replace(/^\/rest\/api\/(?:2|latest)(?=\/)/, '/rest/api/3')
    .replace(/^\/(?=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$)/, '/connect-install-keys/')
    .replace(/^\/rest\/agile\/latest(?=\/)/, '/rest/agile/1.0')
    .replace(/^(\/rest\/greenhopper\/.*)\.json$/, '$1')
    .replace(/(?<=.)\/$/, '');

export const wire: Wire<JiraActor> = {
  bodyBytesMax: BODY_BYTES_MAX + 64 * 1024,
  path: jiraPath,
  identify,
  recognizes,
  authenticate,
  authorize,
  input,
  invalid: ({ endpoint }) =>
    endpoint.traits?.envelope === 'bulk' ? bulkRefused(CATALOGUE.badRequest.message) : refused('badRequest'),
  malformed: () => refused('badJson'),
  tooLarge: () => refused('tooLarge'),
  notFound,
  gap: (_call, operation) =>
    refused('notImplemented', `${operation.id} (${operation.method} ${operation.path}) is not there yet.`),
  unexpected: () => refused('internalError'),
  success,
  failure,
  pages,
  tiers: TIERS,
  rateKey,
  rateCounts,
  rateCharges,
  rateLimited,
  rateHeaders,
  errorNamed,
  outage: () => refused('serviceUnavailable'),
  channels: DELIVERY_CHANNELS,
};

function input(call: Call<JiraActor>): unknown {
  const { body, endpoint } = call;
  const form = endpoint.traits?.upload === true || endpoint.traits?.form === true;
  if (body.kind === 'none' || body.kind === 'json' || form) return body.value;
  if (call.request.method === 'GET' || call.request.method === 'DELETE') return undefined;
  throw refused('unsupportedMediaType');
}

function notFound(call: Call<JiraActor>): ApiError {
  const allowed = (call.endpoint.traits?.allowed ?? []) as string[];
  if (allowed.length > 0) return refused('methodNotAllowed', undefined, [['allow', allowed.join(',')]]);
  const { base, path, query } = call.request;
  const message = `null for uri: ${base}${path}${query ? `?${query}` : ''}`;
  return new ApiError({
    name: 'notFound',
    status: 404,
    message,
    data: { raw: { message, 'status-code': 404 } },
  });
}

const JSON_TYPE = 'application/json;charset=UTF-8';

/** What every answer carries. */
function common(call: Call<JiraActor>, contentType: string | undefined): [string, string][] {
  const drawn = call.world.drawFor('jira.requestId', call.world.exchange);
  return [
    ...(contentType ? ([['content-type', contentType]] as [string, string][]) : []),
    ['server', 'AtlassianEdge'],
    ['x-arequestid', drawn.chars(HEX, 32)],
    ...(call.actor
      ? ([['x-aaccountid', encodeURIComponent(call.actor.accountId)]] as [string, string][])
      : []),
    ['cache-control', 'no-cache, no-store, no-transform'],
    ['vary', 'Accept-Encoding'],
    ['x-content-type-options', 'nosniff'],
    ['x-xss-protection', '1; mode=block'],
    ['atl-traceid', drawn.chars(HEX, 32)],
    ['strict-transport-security', 'max-age=63072000; includeSubDomains; preload'],
  ];
}

function success(call: Call<JiraActor>, value: unknown, status: number): WireReply {
  noteObjects(call, value);
  const empty = value === undefined || status === 204;
  const emptyType = call.endpoint.traits?.emptyType as string | undefined;
  return {
    status,
    headers: common(call, empty ? emptyType : JSON_TYPE),
    body: empty ? undefined : JSON.stringify(value),
  };
}

function failure(call: Call<JiraActor>, error: ApiError): WireReply {
  const {
    raw,
    errorMessages = [],
    errors = {},
  } = error.data as {
    raw?: unknown;
    errorMessages?: string[];
    errors?: Record<string, string>;
  };
  const text = typeof raw === 'string';
  return {
    status: error.status,
    headers: [
      ...common(call, text ? 'text/plain;charset=UTF-8' : JSON_TYPE),
      ...error.headers.map(([name, value]): [string, string] => [name, value]),
    ],
    body: text ? raw : JSON.stringify(raw ?? { errorMessages, errors }),
  };
}

function errorNamed(name: string, params: Readonly<Record<string, unknown>>): ApiError | undefined {
  if (!Object.hasOwn(CATALOGUE, name)) return undefined;
  const message = typeof params.message === 'string' ? params.message : undefined;
  const retryAfter = params.retryAfter ?? (name === 'rateLimited' ? 1 : undefined);
  return refused(
    name as ErrorName,
    message,
    retryAfter === undefined ? [] : [['retry-after', String(retryAfter)]],
  );
}
