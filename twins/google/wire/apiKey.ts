/** API keys: they say which project calls, not who, and open what anyone may read. */
import type { ApiError } from '../../../src/error.ts';
import type { Call, WireRequest } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import type { GoogleActor } from '../actor.ts';
import { googleError } from '../errors.ts';
import { apiKeys } from '../identity/world/client.ts';
import { digestOf, projectOf } from '../identity/world.ts';
import { serviceOf } from '../service.ts';

/** Methods that a key alone may call; what they find is what anyone may see. */
const OPEN = new Set([
  ...['files.get', 'files.list', 'files.export', 'comments.get', 'comments.list'].map((id) => `drive.${id}`),
  ...['replies.get', 'replies.list'].map((id) => `drive.${id}`),
  ...['get', 'values.get', 'values.batchGet'].map((id) => `sheets.spreadsheets.${id}`),
  'docs.documents.get',
]);
/** What reading for anyone comes to. */
const READS = ['https://www.googleapis.com/auth/drive.readonly'];

/** The key that a request shows, as a parameter or in a header. */
export const apiKeyIn = (request: WireRequest): string | undefined =>
  header(request.headers, 'x-goog-api-key') || new URLSearchParams(request.query).get('key') || undefined;

/** Nobody in particular, where the key is the project's. */
export function keyedActor(world: World, key: string): GoogleActor | undefined {
  if (!world.get(apiKeys, digestOf(key))) return undefined;
  return { label: 'API key', email: '', scopes: READS, app: projectOf(world).clientId, keyed: true };
}

export const isOpen = (call: Call): boolean => OPEN.has(call.endpoint.id);

/** Throws 400 for a key that is not the project's, whatever else the request shows. */
export function checkKey(call: Call): void {
  const key = serviceOf(call.request).style === 'oauth' ? undefined : apiKeyIn(call.request);
  if (key === undefined || call.world.get(apiKeys, digestOf(key))) return;
  const message = 'API key not valid. Please pass a valid API key.';
  throw googleError('badRequest', {
    message,
    withStatus: true,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
        metadata: { service: serviceOf(call.request).host },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
    ],
  });
}

/** Nobody said who they are, where a key would have been enough. */
export const unregistered = (): ApiError =>
  googleError('forbidden', {
    message:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or " +
      'other form of API consumer identity to call this API.',
    withStatus: true,
  });

/** What is said to a key where a person is wanted. */
export const KEY_IS_NOT_ENOUGH =
  'API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that ' +
  'assert a principal. See https://cloud.google.com/docs/authentication';
