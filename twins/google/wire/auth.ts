/** Who calls and what they may: bearer tokens and OAuth scopes. */
import type { Call, WireRequest } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import type { GoogleActor } from '../actor.ts';
import { googleError } from '../errors.ts';
import { liveToken } from '../identity/model/token.ts';
import { longScope, shortScope } from '../identity/scopes.ts';
import { serviceOf } from '../service.ts';

const REALM = 'Bearer realm="https://accounts.google.com/"';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';

/** The caller, if the token is good now. */
export function identify(world: World, request: WireRequest): GoogleActor | undefined {
  const token = bearer(request);
  const row = token === undefined ? undefined : liveToken(world, token);
  return row && { label: row.email, email: row.email, scopes: row.scopes, app: row.clientId };
}

/** Throws 401 for a missing, unknown, revoked or expired token. */
export function authenticate(call: Call<GoogleActor>): void {
  if (call.actor) return;
  const missing = bearer(call.request) === undefined;
  throw googleError('authError', {
    ...(missing ? { message: MISSING } : {}),
    location: 'Authorization',
    locationType: 'header',
    withStatus: true,
    short: missing ? 'Login Required.' : 'Invalid Credentials',
    ...(missing ? { reason: 'required' } : {}),
    details: missing ? [errorInfo(call, 'CREDENTIALS_MISSING')] : [],
    headers: [['www-authenticate', missing ? REALM : `${REALM}, error="invalid_token"`]],
  });
}

const MISSING =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other ' +
  'valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

/** Throws 403 where none of the method's scopes was granted. */
export function authorize(call: Call<GoogleActor>): void {
  const { scopes } = call.endpoint;
  if (!scopes || scopes.length === 0) return;
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

function bearer(request: WireRequest): string | undefined {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(header(request.headers, 'authorization') ?? '');
  if (match) return match[1];
  return new URLSearchParams(request.query).get('access_token') ?? undefined;
}
