/**
 * All that is Slack's about the wire: tokens, envelope, cursors, rate tiers, deliveries. The endpoints know
 * none of it.
 */
import { ApiError } from '../../src/error.ts';
import type { Call, Wire } from '../../src/twin.ts';
import { invalidArguments, pageNotFound, rateLimited, refuse, refuseHook } from './errors.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { argumentsOf, isMethodPath, violation } from './wire/conventions.ts';
import { authenticate, authorize, identify } from './wire/credential.ts';
import { DELIVERY_CHANNELS } from './wire/deliveries.ts';
import { handedOut } from './wire/handedOut.ts';
import { countedPage, cursorPage, keyedPage } from './wire/pages.ts';
import { rateKey, TIERS, tierOf } from './wire/rates.ts';
import { failure, outcome, preflight, success } from './wire/reply.ts';
import type { Token } from './world.ts';

/** Families that the Conversations API took the place of. */
const RETIRED = /^(channels|groups|im|mpim)\./;
const METHOD = /^\/api\/([A-Za-z0-9.]+)$/;

/** Slack's wire. Rate tiers: https://docs.slack.dev/apis/web-api/rate-limits */
export const wire: Wire<Token> = {
  bodyBytesMax: BODY_BYTES_MAX,
  path: (path) => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path),
  identify,
  recognizes: handedOut,
  authenticate,
  authorize,
  input: (call) => {
    // Methods that ask for no token keep the conventions too.
    const wrong =
      call.endpoint.auth === 'none' && isMethodPath(call.request.path) ? violation(call) : undefined;
    if (wrong) throw wrong;
    return argumentsOf(call);
  },
  invalid: (_call, errors) =>
    invalidArguments(
      errors.map((error) =>
        error.keyword === 'required'
          ? `missing required field: ${String(error.params.missingProperty)}`
          : `${error.message ?? 'is not valid'} [json-pointer:${error.instancePath}]`,
      ),
    ),
  malformed: (call) =>
    call.endpoint.traits?.plain === true
      ? refuseHook('invalid_payload')
      : (violation(call) ?? refuse('invalid_form_data')),
  tooLarge: () => new ApiError({ name: 'request_too_large', status: 413 }),
  notFound,
  preflight,
  gap: (_call, operation) => refuse('not_implemented', { req_method: operation.id }),
  unexpected: () => new ApiError({ name: 'internal_error', status: 500 }),
  success,
  failure,
  outcome,
  pages: { cursor: cursorPage, counted: countedPage, keyed: keyedPage },
  tiers: TIERS,
  tierOf,
  rateKey,
  rateLimited: (call, window) =>
    rateLimited(Math.max(1, Math.ceil((window.resetsAt - call.world.now()) / 1_000))),
  errorNamed: (name, params) => {
    if (name === 'ratelimited') return rateLimited(Number(params.retryAfter ?? 1));
    return /^[a-z][a-z0-9_]*$/.test(name) ? refuse(name) : undefined;
  },
  outage: () => new ApiError({ name: 'service_unavailable', status: 503 }),
  channels: DELIVERY_CHANNELS,
};

function notFound(call: Call): ApiError {
  const path = call.request.path.replace(/\/{2,}/g, '/');
  if (path === '/api/') {
    const query = call.request.query ? `?${call.request.query}` : '';
    return refuse('moved', { location: `${call.request.base}/api${query}` });
  }
  const name = METHOD.exec(path)?.[1];
  if (name === undefined) return pageNotFound();
  if (!RETIRED.test(name)) return refuse('unknown_method', { req_method: name });
  const successor = `conversations.${name.split('.')[1]}`;
  return refuse('method_deprecated', {
    response_metadata: {
      messages: [
        `[ERROR] This method is retired and can no longer be used. Please use ${successor} instead. Learn more: https://api.slack.com/changelog/2020-01-deprecating-antecedents-to-the-conversations-api.`,
      ],
    },
  });
}
