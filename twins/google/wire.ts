/** All that Google's products share on the wire. https://cloud.google.com/apis/docs/system-parameters */
import type { ErrorObject } from 'ajv';
import type { ApiError } from '../../src/error.ts';
import type { Call, RateWindow, Wire } from '../../src/twin.ts';
import type { GoogleActor } from './actor.ts';
import { badField, badFields, badRequest, errorNamed, googleError, oauthError } from './errors.ts';
import { parseFields, type Shape, unknownPath } from './fields.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { serviceOf } from './service.ts';
import { authenticate, authorize, identify } from './wire/auth.ts';
import { DELIVERY_CHANNELS } from './wire/deliveries.ts';
import { boundTo, checkParameters, isDescribed, readBody } from './wire/described.ts';
import { failureReply, fieldsOf, preflight, successReply } from './wire/envelope.ts';
import { handedOut } from './wire/handedOut.ts';
import { meant } from './wire/meant.ts';
import { drivePage } from './wire/page.ts';
import { snakeCase } from './wire/reading.ts';

const MINUTE_SECONDS = 60;

export const wire: Wire<GoogleActor> = {
  bodyBytesMax: BODY_BYTES_MAX,
  meant,
  path: (path) =>
    path
      .replace(/\/{2,}/g, '/')
      .replace(/\/:/g, ':')
      .replace(/(.)\/$/, '$1'),
  identify,
  recognizes: handedOut,
  authenticate,
  authorize,
  input(call) {
    checkFields(call);
    const { kind, value, bytes } = call.body;
    const isMedia = kind !== 'raw' || call.request.path.startsWith('/upload/') || bytes.length === 0;
    if (call.endpoint.traits?.raw) return undefined;
    const body = isMedia ? value : looseJson(call);
    if (!isDescribed(call.endpoint)) return withoutNulls(body);
    checkParameters(call.endpoint, call.query);
    return readBody(call.endpoint, body ?? {});
  },
  invalid,
  malformed,
  tooLarge: () => googleError('uploadTooLarge'),
  notFound: (call) =>
    googleError('notFound', {
      message: serviceOf(call.request).style === 'status' ? 'Method not found.' : 'Not Found',
    }),
  preflight,
  gap: (_call, operation) =>
    googleError('notImplemented', { message: `${operation.id} is not implemented by this twin.` }),
  unexpected: (call) => googleError(isNew(call) ? 'INTERNAL' : 'internalError'),
  success: successReply,
  failure: failureReply,
  pages: { drive: drivePage },
  // Per user and minute. https://developers.google.com/workspace/sheets/api/limits and its likes for Drive and Docs
  tiers: {
    drive: { limit: 12_000, windowSeconds: MINUTE_SECONDS },
    'sheets.read': { limit: 60, windowSeconds: MINUTE_SECONDS },
    'sheets.write': { limit: 60, windowSeconds: MINUTE_SECONDS },
    'docs.read': { limit: 300, windowSeconds: MINUTE_SECONDS },
    'docs.write': { limit: 60, windowSeconds: MINUTE_SECONDS },
  },
  rateKey: (call) => call.actor?.email ?? '',
  rateLimited,
  errorNamed,
  outage: (call) => googleError(isNew(call) ? 'UNAVAILABLE' : 'backendError'),
  channels: DELIVERY_CHANNELS,
};

const isNew = (call: Call): boolean => serviceOf(call.request).style === 'status';

/** A null field is one that was not said. No body is an empty one. */
function withoutNulls(value: unknown): unknown {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

/** Fields that cannot be read or are not there are refused before anything is done. */
function checkFields(call: Call): void {
  const { traits } = call.endpoint;
  const fields = fieldsOf(call);
  if (fields === null) {
    if (traits?.fieldsRequired)
      throw googleError('required', { location: 'fields', locationType: 'parameter' });
    return;
  }
  const mask = parseFields(fields);
  const shape = traits?.shape as Shape | undefined;
  const wrong = mask ? shape && unknownPath(mask, shape) : fields;
  if (wrong === undefined) return;
  if (!isNew(call))
    throw googleError('invalidParameter', {
      message: `Invalid field selection ${wrong.split('/').at(-1)}`,
      location: 'fields',
      locationType: 'parameter',
    });
  const path = wrong.replaceAll('/', '.');
  throw googleError('invalidArgument', {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [
          {
            field: path,
            description: `Error expanding 'fields' parameter. Cannot find matching fields for path '${path}'.`,
          },
        ],
      },
    ],
  });
}

/** Some clients send JSON without saying so. */
function looseJson(call: Call): unknown {
  const text = new TextDecoder().decode(call.body.bytes).trim();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wire.malformed(call as Call<GoogleActor>, 'Expected a value.');
  }
}

function malformed(call: Call, why: string): ApiError {
  const { style } = serviceOf(call.request);
  if (style === 'oauth') return oauthError('invalid_request', 'Bad Request');
  if (style === 'status') return badField(`Invalid JSON payload received. ${why}`);
  return googleError('parseError', { message: 'Parse Error' });
}

/** `Invalid value at 'data.values' (type), "X"`, one line for each, as protobuf's JSON reader says it. */
function invalid(call: Call<GoogleActor>, errors: readonly ErrorObject[]): ApiError {
  if (serviceOf(call.request).style === 'oauth') return oauthError('invalid_request', 'Bad Request');
  if (!isNew(call)) return badRequest('Invalid Value', errors[0]?.instancePath.slice(1) ?? 'body');
  const root = boundTo(call.endpoint);
  const violations = errors.map((error) => {
    const steps = error.instancePath.split('/').slice(1);
    const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${snakeCase(step)}`)).join('');
    const field = `${root}${path}`.replace(/^\./, '');
    const type = (error.parentSchema as { proto?: string } | undefined)?.proto ?? 'TYPE_MESSAGE';
    return { field, description: `Invalid value at '${field}' (${type}), ${JSON.stringify(error.data)}` };
  });
  const unique = [...new Map(violations.map((one) => [one.description, one])).values()];
  return badFields(unique);
}

/** Drive says 403 `userRateLimitExceeded`, the newer APIs 429 `RESOURCE_EXHAUSTED`. */
function rateLimited(call: Call<GoogleActor>, window: RateWindow): ApiError {
  const service = serviceOf(call.request);
  if (service.style !== 'status') return googleError('userRateLimitExceeded');
  const what = call.request.method === 'GET' ? 'Read' : 'Write';
  const limit = `${what} requests per minute per user`;
  return googleError('RESOURCE_EXHAUSTED', {
    message: `Quota exceeded for quota metric '${what} requests' and limit '${limit}' of service '${service.host}'.`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'RATE_LIMIT_EXCEEDED',
        domain: 'googleapis.com',
        metadata: {
          service: service.host,
          quota_metric: `${service.host}/${what.toLowerCase()}_requests`,
          quota_limit: `${what}RequestsPerMinutePerUser`,
          quota_limit_value: String(window.limit),
          quota_location: 'global',
        },
      },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Request a higher quota limit.',
            url: 'https://cloud.google.com/docs/quotas/help/request_increase',
          },
        ],
      },
    ],
  });
}
