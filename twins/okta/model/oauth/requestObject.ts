/**
 * Request objects, RFC 9101: what a client asks, as a token that it signed.
 * https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/#tag/OrgAS/operation/authorize
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ASSERTION_SECONDS_MAX } from '../../limits.ts';
import type { App } from '../apps/app.ts';
import { clientIdOf, type Form } from './client.ts';
import type { Issuer } from './issuer.ts';
import { readToken, signedByClient } from './signedByClient.ts';
import { useOnce } from './usedOnce.ts';

/** Claims of the token itself, which are no part of what is asked. */
const ENVELOPE = new Set(['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'sub', 'client_id', 'request']);

/** Which algorithm a client has to sign with, and what must not be left out. */
export interface Demand {
  algorithm: string | undefined;
  required: readonly string[];
}

/**
 * What is asked, with the claims of the `request` among the fields, over which they win. Throws
 * `invalid_request_object` for one that the client did not sign, for another issuer, too old, too long or used before.
 */
export function withRequestObject(world: World, issuer: Issuer, app: App, form: Form, demand: Demand): Form {
  const { request, ...outside } = form;
  if (request === undefined) return form;
  const read = readToken(request);
  if (!read) throw wrong("The 'request' parameter is not a valid JWT.");
  const { header, claims } = read;
  if (demand.algorithm !== undefined && header.alg !== demand.algorithm)
    throw wrong(`The 'request' parameter must be signed with the '${demand.algorithm}' algorithm.`);
  const by = header.alg?.startsWith('HS') ? 'secrets' : 'keys';
  if (!signedByClient(world, app, request, by))
    throw wrong("The signature of the 'request' parameter is invalid.");
  if (claims.iss !== clientIdOf(app)) throw wrong("The 'iss' claim of the 'request' parameter is invalid.");
  if (![claims.aud].flat().includes(issuer.url))
    throw wrong("The 'aud' claim of the 'request' parameter is invalid.");
  for (const name of demand.required)
    if (claims[name] === undefined) throw wrong(`The 'request' parameter is missing the '${name}' claim.`);
  checkTimes(world, app, claims);
  const asked = Object.entries(claims).filter(([name, value]) => !ENVELOPE.has(name) && value !== null);
  return { ...outside, ...Object.fromEntries(asked.map(([name, value]) => [name, String(value)])) };
}

function checkTimes(world: World, app: App, claims: Record<string, unknown>): void {
  const now = Math.floor(world.now() / 1_000);
  const { exp, iat, nbf, jti } = claims as Record<string, number | undefined>;
  if (exp !== undefined && exp <= now) throw wrong("The 'request' parameter is expired.");
  if (exp !== undefined && exp - now > ASSERTION_SECONDS_MAX)
    throw wrong("The 'request' parameter has an expiration too far into the future.");
  if ((iat ?? 0) > now || (nbf ?? 0) > now) throw wrong("The 'request' parameter is not yet valid.");
  const keptUntil = (exp ?? now + ASSERTION_SECONDS_MAX) * 1_000;
  if (jti !== undefined && !useOnce(world, `${app.id}/request/${jti}`, keptUntil))
    throw wrong("The 'request' parameter has already been used. The jti claim must be unique.");
}

const wrong = (says: string) => oauthError('invalid_request_object', says);
