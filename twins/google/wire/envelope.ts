/** Answers and refusals as each API sends them: headers, JSON, error envelopes. */
import type { ApiError } from '../../../src/error.ts';
import type { Call, WireReply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { RPC_STATUS } from '../errors.ts';
import { parseFields, project } from '../fields.ts';
import { type Service, serviceOf } from '../service.ts';
import { fieldsOf } from './selection.ts';

type Headers = [string, string][];

const NEVER_CACHED: Headers = [
  ['cache-control', 'no-cache, no-store, max-age=0, must-revalidate'],
  ['pragma', 'no-cache'],
  ['expires', 'Mon, 01 Jan 1990 00:00:00 GMT'],
];

/** A plain success: the selected fields, or the method's default ones. */
export function successReply(call: Call, value: unknown, status: number): WireReply {
  const service = serviceOf(call.request);
  const headers = headersOf(service, call);
  if (status === 204 || value === undefined)
    return {
      status: status === 200 ? 204 : status,
      headers: [['content-type', 'text/html'], ...headers],
      body: undefined,
    };
  const shown = selected(call, value);
  return written(call, shown, status, headers);
}

/** A refusal in the envelope of the API that was asked. `call` may lack an actor. */
export function failureReply(call: Call, error: ApiError): WireReply {
  const service = serviceOf(call.request);
  const isOauth = error.data.oauth === true || service.style === 'oauth';
  const body = isOauth ? oauthBody(error) : { error: errorBody(styleOf(call, service), error) };
  const own = error.headers.map(([k, v]): [string, string] => [k, v]);
  return written(call, body, error.status, [...headersOf(service, call), ...own]);
}

/** `$.xgafv` asks for errors in the older (1) or the newer (2) form, whatever the API's own is. */
function styleOf(call: Call, { style }: Service): Service['style'] | 'v1' {
  const asked = call.query.get('$.xgafv') ?? call.query.get('$xgafv');
  if (asked === '2' && style !== 'oauth') return 'status';
  return asked === '1' && style === 'status' ? 'v1' : style;
}

/** JSON, or a script that calls a page's own function with it (`callback`), which no status may keep from running. */
function written(call: Call, value: unknown, status: number, headers: Headers): WireReply {
  const text = write(call, value);
  const callback = call.query.get('callback') ?? call.query.get('$callback') ?? '';
  if (call.request.method !== 'GET' || !/^[\w$.[\]]{1,200}$/.test(callback))
    return { status, headers: [JSON_TYPE, ...headers], body: text, ...zipped(call) };
  return {
    status: 200,
    headers: [SCRIPT_TYPE, ['content-disposition', 'attachment; filename="f.txt"'], ...headers],
    body: `// API callback\n${callback}(${text.trimEnd()});`,
  };
}

/** Who takes gzip must say so twice. https://developers.google.com/workspace/drive/api/guides/performance#gzip */
const zipped = ({ request: { headers } }: Call): { gzip?: true } =>
  /\bgzip\b/.test(header(headers, 'accept-encoding') ?? '') &&
  /gzip/.test(header(headers, 'user-agent') ?? '')
    ? { gzip: true }
    : {};

const SCRIPT_TYPE: [string, string] = ['content-type', 'text/javascript; charset=UTF-8'];

const JSON_TYPE: [string, string] = ['content-type', 'application/json; charset=UTF-8'];

function selected(call: Call, value: unknown): unknown {
  const wanted = fieldsOf(call) ?? (call.endpoint.traits?.fields as string | undefined);
  const mask = wanted ? parseFields(wanted) : undefined;
  return mask ? project(value, mask) : value;
}

/** The headers that every answer of an API has. */
export function headersOf(service: Service, call: Call): Headers {
  const vary = service.name === 'drive' ? 'Origin, X-Origin' : 'Origin, X-Origin, Referer';
  const cached: Headers =
    service.name === 'drive' || service.name === 'oauth'
      ? NEVER_CACHED
      : service.name === 'sheets'
        ? [['cache-control', 'private']]
        : [];
  return [
    ...cached,
    ['vary', vary],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'SAMEORIGIN'],
    ['x-xss-protection', '0'],
    ['server', 'ESF'],
    ...crossOrigin(call),
  ];
}

/** Pages anywhere may ask; what they are about to send is what they may. */
export function preflight({ request }: Call): WireReply | undefined {
  const origin = header(request.headers, 'origin');
  if (!origin) return undefined;
  const asked = header(request.headers, 'access-control-request-headers');
  return {
    status: 200,
    headers: [
      ['access-control-allow-origin', origin],
      ['vary', 'origin, referer, x-origin'],
      ['access-control-allow-methods', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'],
      ...(asked ? ([['access-control-allow-headers', asked]] as Headers) : []),
      ['access-control-allow-credentials', 'true'],
      ['access-control-max-age', '3600'],
    ],
    body: undefined,
  };
}

/** What browsers need, sent only to them. */
function crossOrigin(call: Call): Headers {
  const { origin } = call.request.headers;
  if (typeof origin !== 'string' || !origin) return [];
  return [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', 'vary,vary,vary,content-encoding,date,server,content-length'],
  ];
}

function errorBody(style: Service['style'] | 'v1', error: ApiError): Record<string, unknown> {
  const { reason, domain, location, locationType, details, withStatus } = error.data;
  const status = RPC_STATUS[error.status];
  if (style === 'status')
    return {
      code: error.status,
      message: error.message,
      ...(status ? { status } : {}),
      ...(Array.isArray(details) && details.length > 0 ? { details } : {}),
    };
  const one = {
    message: withStatus && typeof error.data.short === 'string' ? error.data.short : error.message,
    domain: domain ?? 'global',
    reason: reason ?? error.name,
    ...(location ? { location, locationType: locationType ?? 'parameter' } : {}),
  };
  return {
    code: error.status,
    message: error.message,
    errors: [one],
    ...((withStatus && style === 'classic') || style === 'v1'
      ? { status, ...(details ? { details } : {}) }
      : {}),
  };
}

/** RFC 6749 §5.2; errors of the shared machinery are told by their names, a missing or bad token as Google does. */
function oauthBody(error: ApiError): Record<string, unknown> {
  if (error.data.oauth === true) return { error: error.name, error_description: error.message };
  if (error.name === 'authError')
    return { error: 'invalid_request', error_description: 'Invalid Credentials' };
  return {
    error: error.status >= 500 ? 'internal_failure' : error.name,
    error_description: error.message,
  };
}

/** Indented unless `prettyPrint=false`, as Google does. */
function write(call: Call, value: unknown): string {
  const compact =
    (call.query.get('prettyPrint') ?? call.query.get('$prettyPrint'))?.toLowerCase() === 'false';
  return compact ? JSON.stringify(value) : `${JSON.stringify(value, null, 2)}\n`;
}
