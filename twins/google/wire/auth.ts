/** Who calls and what they may: bearer tokens, service accounts' own tokens, API keys, OAuth scopes. */
import type { Call, WireRequest } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import type { GoogleActor } from '../actor.ts';
import { googleError } from '../errors.ts';
import { selfSigned } from '../identity/model/selfSigned.ts';
import { liveToken } from '../identity/model/token.ts';
import { longScope, shortScope } from '../identity/scopes.ts';
import { serviceOf } from '../service.ts';
import { apiKeyIn, checkKey, isOpen, KEY_IS_NOT_ENOUGH, keyedActor, unregistered } from './apiKey.ts';

const REALM = 'Bearer realm="https://accounts.google.com/"';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';

/** The caller, if the token is good now; nobody in particular, where there is only a good API key. */
export function identify(world: World, request: WireRequest): GoogleActor | undefined {
  const token = bearer(request);
  if (token === undefined) {
    const key = apiKeyIn(request);
    return key === undefined ? undefined : keyedActor(world, key);
  }
  const row = liveToken(world, token) ?? selfSigned(world, token, serviceOf(request).host);
  return row && { label: row.email, email: row.email, scopes: row.scopes, app: row.clientId };
}

/** Throws 401 for a missing, unknown, revoked or expired token, 400 for an unknown API key, 403 for nothing at all. */
export function authenticate(call: Call<GoogleActor>): void {
  checkKey(call);
  if (call.actor) {
    if (call.actor.keyed && !isOpen(call)) throw missingCredential(call, KEY_IS_NOT_ENOUGH);
    return;
  }
  if (bearer(call.request) === undefined)
    throw isOpen(call) ? unregistered() : missingCredential(call, MISSING);
  throw googleError('authError', {
    location: 'Authorization',
    locationType: 'header',
    withStatus: true,
    short: 'Invalid Credentials',
    headers: [['www-authenticate', `${REALM}, error="invalid_token"`]],
  });
}

const MISSING =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other ' +
  'valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

const missingCredential = (call: Call, message: string) =>
  googleError('authError', {
    message,
    location: 'Authorization',
    locationType: 'header',
    withStatus: true,
    short: 'Login Required.',
    reason: 'required',
    details: [errorInfo(call, 'CREDENTIALS_MISSING')],
    headers: [['www-authenticate', REALM]],
  });

/** Throws 403 where none of the method's scopes was granted. */
export function authorize(call: Call<GoogleActor>): void {
  const { scopes } = call.endpoint;
  if (!scopes || scopes.length === 0 || call.actor.keyed) return;
  const granted = new Set(call.actor.scopes.map(shortScope));
  if (scopes.some((scope) => granted.has(scope))) return;
  const needed = scopes.map(longScope).join(' ');
  throw googleError('insufficientPermissions', {
    withStatus: true,
    short: 'Insufficient Permission',
    details: [errorInfo(call, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')],
    headers: [['www-authenticate', `${REALM}, error="insufficient_scope", scope="${needed}"`]],
  });
}

function errorInfo(call: Call, reason: string): Record<string, unknown> {
  return {
    '@type': ERROR_INFO,
    reason,
    domain: 'googleapis.com',
    metadata: { service: serviceOf(call.request).host, method: call.endpoint.id },
  };
}

/** Names under which a token may stand in an address. */
const PARAMETERS = ['access_token', 'oauth_token', 'bearer_token'];

function bearer(request: WireRequest): string | undefined {
  const match = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(header(request.headers, 'authorization') ?? '');
  if (match) return match[1];
  if (!request.query.includes('_token')) return undefined;
  const query = new URLSearchParams(request.query);
  return PARAMETERS.map((name) => query.get(name)).find((one) => one !== null) ?? undefined;
}
