/** All that Google's products share on the wire. https://cloud.google.com/apis/docs/system-parameters */
import type { ErrorObject } from 'ajv';
import type { ApiError } from '../../src/error.ts';
import type { Call, Wire } from '../../src/twin.ts';
import type { GoogleActor } from './actor.ts';
import {
  badField,
  badFields,
  badRequest,
  errorNamed,
  googleError,
  missingPart,
  oauthError,
} from './errors.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { serviceOf } from './service.ts';
import { authenticate, authorize, identify } from './wire/auth.ts';
import { DELIVERY_CHANNELS } from './wire/deliveries.ts';
import { boundTo, checkParameters, isDescribed, readBody } from './wire/described.ts';
import { failureReply, preflight, successReply } from './wire/envelope.ts';
import { handedOut } from './wire/handedOut.ts';
import { meant } from './wire/meant.ts';
import { drivePage } from './wire/page.ts';
import { rateCounts, rateKey, rateLimited, TIERS } from './wire/quota.ts';
import { snakeCase } from './wire/reading.ts';
import { checkFields } from './wire/selection.ts';

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
    checkAlt(call);
    checkFields(call);
    if (call.endpoint.traits?.raw) return undefined;
    const { kind, value, bytes } = call.body;
    const isMedia = call.request.path.startsWith('/upload/') || bytes.length === 0;
    const body = kind === 'raw' && !isMedia ? looseJson(call) : value;
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
  tiers: TIERS,
  rateKey,
  rateCounts,
  rateLimited,
  errorNamed,
  outage: (call) => googleError(isNew(call) ? 'UNAVAILABLE' : 'backendError'),
  channels: DELIVERY_CHANNELS,
};

const isNew = (call: Call): boolean => serviceOf(call.request).style === 'status';

/** In which form an answer is wanted: JSON, and bytes where there are any. */
function checkAlt(call: Call): void {
  const alt = call.query.get('alt') ?? call.query.get('$alt') ?? 'json';
  if (alt === 'json' || alt === 'media' || serviceOf(call.request).style === 'oauth') return;
  if (alt === 'proto') throw missingPart('alt=proto');
  if (isNew(call)) throw googleError('invalidArgument');
  throw googleError('invalidParameter', {
    message: `Invalid value '${alt}'. Values must be one of: [json, media, proto]`,
    location: 'alt',
    locationType: 'parameter',
  });
}

/** A null field is one that was not said. No body is an empty one. */
function withoutNulls(value: unknown): unknown {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
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
