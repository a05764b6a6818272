/**
 * Devices without a browser: they show a code, the person types it elsewhere, the device asks until they have answered.
 * https://developers.google.com/identity/protocols/oauth2/limited-input-device
 */
import type { ApiError } from '../../../../src/error.ts';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { addressOf } from '../../address.ts';
import { oauthError } from '../../errors.ts';
import { DEVICE_CODE_SECONDS, DEVICE_POLL_SECONDS } from '../../limits.ts';
import { shortScope } from '../scopes.ts';
import { type DeviceRequest, deviceRequests, type OAuthClient } from '../world/client.ts';
import { digestOf } from '../world.ts';
import { scopesOf } from './authorization.ts';
import { personSaying, widenGrant } from './consent.ts';

/** Letters that make no words and are not taken for digits. */
const USER_CODE = 'BCDFGHJKLMNPQRSTVWXZ';
/** What devices may ask for: https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes */
const ALLOWED = new Set([
  ...['openid', 'userinfo.email', 'userinfo.profile', 'drive.appdata', 'drive.file'],
  ...['youtube', 'youtube.readonly'],
]);
const SWEPT_MAX = 50;
const NOT_A_DEVICE =
  "Only clients of type 'TVs and Limited Input devices' can use the OAuth 2.0 flow for TV and Limited-Input Device " +
  'Applications. Please create and use an appropriate client.';

/** `POST /device/code`. Throws `invalid_client`, `invalid_scope`, `invalid_request`. */
export function requestDevice(world: World, client: OAuthClient, scope: string | undefined) {
  if (client.kind !== 'tv') throw oauthError('invalid_client', NOT_A_DEVICE, 401);
  if (!scope) throw oauthError('invalid_request', 'Missing required parameter: scope');
  const scopes = scopesOf(scope);
  const barred = scopes.filter((one) => !ALLOWED.has(shortScope(one)));
  if (barred.length > 0) throw oauthError('invalid_scope', `Invalid device flow scope: ${barred.join(' ')}`);
  sweep(world);
  const nth = world.next('google.deviceCode');
  const code = `AH-1Ng${world.secret(['google', 'device', nth], 82, BASE64URL)}`;
  const letters = world.secret(['google', 'userCode', nth], 8, USER_CODE);
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  world.insert(deviceRequests, {
    digest: digestOf(code),
    userCode,
    clientId: client.clientId,
    scopes,
    expiresAt: world.now() + DEVICE_CODE_SECONDS * 1_000,
  });
  return {
    device_code: code,
    user_code: userCode,
    expires_in: DEVICE_CODE_SECONDS,
    interval: DEVICE_POLL_SECONDS,
    verification_url: `${addressOf(world, 'www.google.com')}/device`,
  };
}

/** The open request of a typed code, in any case and with or without its hyphen. Throws `invalid_request`. */
export function deviceNamed(world: World, typed: string): DeviceRequest {
  const letters = typed.toUpperCase().replace(/[^A-Z]/g, '');
  const equals = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const row = world.list(deviceRequests, { index: 'userCode', equals }).first();
  if (!row || row.answer || row.expiresAt <= world.now())
    throw oauthError('invalid_request', 'That code didn’t work. Check the code and try again.');
  return row;
}

/** The person lets the device in, with `scopes` or those of them that it asked for; with none, they deny. */
export function answerDevice(
  world: World,
  row: DeviceRequest,
  { email, scopes }: { email: string; scopes: readonly string[] },
): 'allowed' | 'denied' {
  const person = personSaying(world, email);
  const granted = row.scopes.filter((scope) => scopes.includes(scope));
  const answer = granted.length > 0 ? { email: person.primaryEmail, scopes: granted } : 'denied';
  world.update(deviceRequests, row.digest, { answer });
  if (answer === 'denied') return 'denied';
  widenGrant(world, { clientId: row.clientId, email: answer.email }, granted);
  return 'allowed';
}

/**
 * What a device's code is good for now. What it is refused is given, not thrown, where the asking itself is to be
 * remembered: `authorization_pending`, `slow_down`. Throws `invalid_grant`, `expired_token`, `access_denied`.
 */
export function redeemDevice(
  world: World,
  client: OAuthClient,
  code: string | undefined,
): { email: string; scopes: string[] } | ApiError {
  if (!code) throw oauthError('invalid_request', 'Missing required parameter: device_code');
  const row = world.get(deviceRequests, digestOf(code));
  if (!row || row.clientId !== client.clientId) throw oauthError('invalid_grant', 'Malformed auth code.');
  if (row.expiresAt <= world.now()) throw oauthError('expired_token', 'Bad Request');
  if (row.answer === 'denied') throw oauthError('access_denied', 'Forbidden', 403);
  if (row.answer) {
    world.remove(deviceRequests, row.digest);
    return row.answer;
  }
  const soon = row.polledAt !== undefined && world.now() - row.polledAt < DEVICE_POLL_SECONDS * 1_000;
  world.update(deviceRequests, row.digest, { polledAt: world.now() });
  return soon
    ? oauthError('slow_down', 'Forbidden', 403)
    : oauthError('authorization_pending', 'Precondition Required', 428);
}

/** Codes that ran out long ago are forgotten; until then their device is told that they did. */
function sweep(world: World): void {
  const dead = world.now() - DEVICE_CODE_SECONDS * 1_000;
  const rows = world
    .list(deviceRequests, { index: 'expiresAt', where: ({ expiresAt }) => expiresAt <= dead })
    .toArray(SWEPT_MAX);
  for (const { digest } of rows) world.remove(deviceRequests, digest);
}
