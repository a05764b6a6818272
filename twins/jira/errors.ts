/**
 * What Jira refuses, by name: status and wording. Its envelope is `{errorMessages: [...], errors: {field: text}}`
 * with both keys always there; gateway refusals have envelopes of their own (`raw`).
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
 */
import { ApiError } from '../../src/error.ts';

interface Entry {
  status: number;
  message: string;
  /** The whole body where it is not the usual envelope: an object, or a text. */
  raw?: Record<string, unknown> | string;
}

const CLIENT_MUST_BE_AUTHENTICATED = 'Client must be authenticated to access this resource.';

export const CATALOGUE = {
  badRequest: {
    status: 400,
    message: 'Invalid request payload. Refer to the REST API documentation and try again.',
  },
  badJson: {
    status: 400,
    message: 'There was an error parsing JSON. Check that your request body is valid.',
  },
  unauthorized: {
    status: 401,
    message: CLIENT_MUST_BE_AUTHENTICATED,
    raw: { message: CLIENT_MUST_BE_AUTHENTICATED, 'status-code': 401 },
  },
  badCredential: { status: 401, message: CLIENT_MUST_BE_AUTHENTICATED, raw: CLIENT_MUST_BE_AUTHENTICATED },
  /** What the gateway and the calls about a token say to whoever has none. */
  gatewayUnauthorized: {
    status: 401,
    message: 'Unauthorized',
    raw: { code: 401, message: 'Unauthorized' },
  },
  notConnectSession: {
    status: 403,
    message: 'Failed to parse Connect Session Auth Token',
    raw: { error: 'Failed to parse Connect Session Auth Token' },
  },
  loginFailed: { status: 401, message: 'Login failed' },
  notSignedIn: {
    status: 401,
    message: 'You are not authenticated. Authentication required to perform this operation.',
  },
  forged: { status: 403, message: 'XSRF check failed', raw: 'XSRF check failed' },
  scopeMismatch: {
    status: 401,
    message: 'Unauthorized; scope does not match',
    raw: { code: 401, message: 'Unauthorized; scope does not match' },
  },
  forbidden: { status: 403, message: 'You do not have permission to perform this operation.' },
  notFound: { status: 404, message: 'The requested resource could not be found.' },
  issueNotFound: {
    status: 404,
    message: 'Issue does not exist or you do not have permission to see it.',
  },
  tenantNotFound: { status: 404, message: 'Not Found', raw: { code: 404, message: 'Not Found' } },
  methodNotAllowed: { status: 405, message: 'Method Not Allowed', raw: '' },
  conflict: { status: 409, message: 'The request conflicts with the current state of the resource.' },
  preconditionFailed: { status: 412, message: 'Precondition failed.' },
  tooLarge: { status: 413, message: 'The request entity is too large.' },
  rangeNotSatisfiable: { status: 416, message: 'The requested range cannot be satisfied.' },
  unsupportedMediaType: { status: 415, message: 'Unsupported Media Type', raw: '' },
  rateLimited: { status: 429, message: 'Rate limit exceeded.' },
  internalError: { status: 500, message: 'Internal server error' },
  notImplemented: { status: 501, message: 'This twin does not have this operation yet.' },
  badGateway: { status: 502, message: 'Bad gateway' },
  serviceUnavailable: {
    status: 503,
    message: 'The service is temporarily unavailable. Please try again later.',
  },
  gatewayTimeout: { status: 504, message: 'Gateway timeout' },
} as const satisfies Record<string, Entry>;

export type ErrorName = keyof typeof CATALOGUE;

/** A refusal by its name; `message` in place of the catalogue's wording. */
export function refused(
  name: ErrorName,
  message?: string,
  headers: readonly (readonly [string, string])[] = [],
): ApiError {
  const entry: Entry = CATALOGUE[name];
  const text = message ?? entry.message;
  const raw = message === undefined ? entry.raw : undefined;
  return new ApiError({
    name,
    status: entry.status,
    message: text,
    data: raw === undefined ? { errorMessages: [text], errors: {} } : { raw },
    headers,
  });
}

/** Fields that were not taken, each with its own sentence; `errorMessages` stays empty. */
export function badFields(errors: Readonly<Record<string, string>>, status = 400): ApiError {
  return new ApiError({
    name: 'badFields',
    status,
    message: Object.entries(errors)
      .map(([field, text]) => `${field}: ${text}`)
      .join('; '),
    data: { errorMessages: [], errors },
  });
}

/** Sentences of which some belong to a field: 400 with both lists of the envelope. */
export function objected(found: readonly { message: string; field?: string }[]): ApiError {
  const named = found.flatMap(({ field, message }) =>
    field === undefined ? [] : [[field, message] as const],
  );
  return new ApiError({
    name: 'badFields',
    status: 400,
    message: found.map(({ message }) => message).join(' '),
    data: {
      errorMessages: found.flatMap(({ field, message }) => (field === undefined ? [message] : [])),
      errors: Object.fromEntries(named),
    },
  });
}

/** What is wrong with a query, in one or more sentences. */
export function badQuery(...messages: string[]): ApiError {
  return new ApiError({
    name: 'badQuery',
    status: 400,
    message: messages.join(' '),
    data: { errorMessages: messages, errors: {} },
  });
}

/** What the bulk operations refuse, in an envelope of their own: `{errors: [{message}]}`. */
export const bulkRefused = (message: string, status = 400): ApiError =>
  new ApiError({ name: 'bulkRefused', status, message, data: { raw: { errors: [{ message }] } } });

/** 404 `Issue does not exist or you do not have permission to see it.` */
export const issueNotFound = (): ApiError => refused('issueNotFound');

/** A thing that is not there, in the words of its own resource. */
export const missing = (message: string): ApiError => refused('notFound', message);

/** The person may not do this. */
export const forbidden = (message: string): ApiError => refused('forbidden', message);

/** What the token endpoint refuses: `{error, error_description}`. */
export const refusedToken = (status: number, error: string, description: string): ApiError =>
  new ApiError({
    name: error,
    status,
    message: description,
    data: { raw: { error, error_description: description } },
  });

/** What is wrong with the address of a consent page; shown to the person there, never to the app. */
export const refusedConsent = (error: string, description: string): ApiError =>
  new ApiError({ name: error, status: 400, message: description });

/** What the API of the webhook settings refuses: `{messages: [{key, arguments}]}`. */
export const refusedWebhook = (status: number, key: string, ...given: readonly string[]): ApiError =>
  new ApiError({
    name: key,
    status,
    message: [key, ...given].join(' '),
    data: { raw: { messages: [{ key, arguments: given }] } },
  });

/** What the calls of apps refuse: `{message, statusCode}`. */
export const refusedApp = (status: number, message: string): ApiError =>
  new ApiError({ name: 'refusedApp', status, message, data: { raw: { message, statusCode: status } } });

/** What the calls about an app's modules refuse: `{message}`. */
export const refusedModules = (status: number, message: string): ApiError =>
  new ApiError({ name: 'refusedModules', status, message, data: { raw: { message } } });
