/**
 * Client-initiated backchannel authentication: a client names a person, who approves on a device of theirs while the
 * client polls. https://developer.okta.com/docs/guides/configure-ciba/main/
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import {
  BACKCHANNEL_POLL_SECONDS,
  BACKCHANNEL_SECONDS_MAX,
  BINDING_MESSAGE_CHARS_MAX,
} from '../../limits.ts';
import { backchannelRequests } from '../../world/oauth.ts';
import { users } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { send } from '../mail/outgoing.ts';
import { type User, userByLogin } from '../people/user.ts';
import { allowedUser } from './authorization.ts';
import { clientIdOf, type Form, requireGrant, settingsOf } from './client.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import { withRequestObject } from './requestObject.ts';
import { grantedScopes } from './scope.ts';
import { verified } from './signing.ts';
import { sweep } from './usedOnce.ts';

/** A person who is asked. Times in universe milliseconds. */
export interface BackchannelRequest {
  digest: string;
  appId: string;
  userId: string;
  issuerKey: string;
  scopes: string[];
  bindingMessage?: string;
  expiresAt: number;
  polledAt?: number;
  approvedAt?: number;
  denied?: true;
}

export const CIBA = 'urn:openid:params:grant-type:ciba';

/** Asks a person. Throws `invalid_request`, `invalid_scope`, `unauthorized_client`, `access_denied`, `unknown_user_id`. */
export function authorizeBackchannel(world: World, issuer: Issuer, app: App, form: Form) {
  requireGrant(app, CIBA);
  const asked = readRequest(world, issuer, app, form);
  const expiry = Number(asked.request_expiry ?? BACKCHANNEL_SECONDS_MAX);
  if (!Number.isInteger(expiry) || expiry < 1 || expiry > BACKCHANNEL_SECONDS_MAX)
    throw oauthError('invalid_request', "The 'request_expiry' parameter must be between 1 and 300.");
  if ((asked.binding_message ?? '').length > BINDING_MESSAGE_CHARS_MAX)
    throw oauthError('invalid_binding_message', "The 'binding_message' parameter is too long.");
  if (!asked.scope) throw oauthError('invalid_scope', 'No scopes were requested.');
  const scopes = grantedScopes(world, issuer, app, asked.scope, true);
  if (!scopes.includes('openid'))
    throw oauthError('invalid_scope', "The 'openid' scope must be requested for authentication requests.");
  const user = allowedUser(world, app, hinted(world, issuer, app, asked).id);
  sweep(world, backchannelRequests);
  const id = drawn(world, 'backchannelRequest', REQUEST_ID_CHARS);
  world.insert(backchannelRequests, {
    digest: digestOf(id),
    appId: app.id,
    userId: user.id,
    issuerKey: issuer.key,
    scopes,
    ...(asked.binding_message === undefined ? {} : { bindingMessage: asked.binding_message }),
    expiresAt: world.now() + expiry * 1_000,
  });
  send(world, {
    user,
    by: 'push',
    to: user.id,
    kind: 'ciba.transaction',
    values: { client: app.label, bindingMessage: asked.binding_message ?? '' },
  });
  return { auth_req_id: id, expires_in: expiry, interval: BACKCHANNEL_POLL_SECONDS };
}

const REQUEST_ID_CHARS = 34;

function readRequest(world: World, issuer: Issuer, app: App, form: Form): Form {
  const algorithm = settingsOf(app).backchannel_authentication_request_signing_alg;
  if (form.request !== undefined && algorithm === undefined)
    throw oauthError('invalid_request', 'The client is not configured for signed authentication requests.');
  const required = ['exp', 'iat', 'nbf', 'jti'];
  return withRequestObject(world, issuer, app, form, { algorithm, required });
}

/** Whom the client means. */
function hinted(
  world: World,
  issuer: Issuer,
  app: App,
  { login_hint: login, id_token_hint: hint }: Form,
): User {
  if ((login === undefined) === (hint === undefined))
    throw oauthError(
      'invalid_request',
      "The request must contain exactly one of the parameters 'login_hint' and 'id_token_hint'.",
    );
  const claims = hint === undefined ? undefined : verified(world, issuer, hint, true);
  if (hint !== undefined && claims?.aud !== clientIdOf(app))
    throw oauthError('invalid_request', "The 'id_token_hint' parameter is invalid.");
  const user = login === undefined ? world.get(users, String(claims?.sub)) : userByLogin(world, login);
  if (!user) throw oauthError('unknown_user_id', 'The user could not be identified by the hint provided.');
  return user;
}

/** The newest request that waits for this person; `message` names one of several. */
export const waitingFor = (world: World, userId: string, message?: string): BackchannelRequest | undefined =>
  world
    .list(backchannelRequests, {
      index: 'user',
      equals: userId,
      where: (row) =>
        row.expiresAt > world.now() &&
        row.approvedAt === undefined &&
        !row.denied &&
        (message === undefined || row.bindingMessage === message),
    })
    .toArray()
    .at(-1);

/** What the person said on their device. */
export const answerBackchannel = (world: World, { digest }: BackchannelRequest, approves: boolean) =>
  world.update(backchannelRequests, digest, approves ? { approvedAt: world.now() } : { denied: true });

/**
 * A request that was approved; from now on it is good for nothing. Throws `authorization_pending`, `slow_down`,
 * `access_denied`, `expired_token`, `invalid_grant`; the caller lets stand that it asked.
 */
export function redeemBackchannel(
  world: World,
  issuer: Issuer,
  app: App,
  id: string | undefined,
): BackchannelRequest & { approvedAt: number } {
  if (!id) throw oauthError('invalid_request', "The token request must specify an 'auth_req_id'.");
  const row = world.get(backchannelRequests, digestOf(id));
  if (row?.appId !== app.id || row.issuerKey !== issuer.key)
    throw oauthError('invalid_grant', "The 'auth_req_id' is invalid or has expired.");
  const now = world.now();
  if (row.expiresAt <= now) throw oauthError('expired_token', "The 'auth_req_id' has expired.");
  if (row.denied) throw oauthError('access_denied', 'The end user denied the authorization request.');
  const { approvedAt } = row;
  if (approvedAt === undefined) {
    world.update(backchannelRequests, row.digest, { polledAt: now });
    throw row.polledAt !== undefined && now - row.polledAt < BACKCHANNEL_POLL_SECONDS * 1_000
      ? oauthError('slow_down', 'The client is polling too fast. Please slow down.')
      : oauthError(
          'authorization_pending',
          "The authorization request is still pending as the end user hasn't yet been authenticated.",
        );
  }
  world.remove(backchannelRequests, row.digest);
  return { ...row, approvedAt };
}
