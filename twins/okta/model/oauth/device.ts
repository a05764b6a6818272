/** The device grant, RFC 8628: a device shows a code, a person types it elsewhere and signs in, the device polls. */
import { LOWER36, uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { DEVICE_CODE_LASTS_MS, DEVICE_POLL_SECONDS } from '../../limits.ts';
import { deviceCodes } from '../../world/oauth.ts';
import type { App } from '../apps/app.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import { sweep } from './usedOnce.ts';

/** A device that waits. Times in universe milliseconds. */
export interface DeviceCode {
  digest: string;
  userCode: string;
  appId: string;
  issuerKey: string;
  scopes: string[];
  expiresAt: number;
  polledAt?: number;
  /** Who let it in, and when they signed in; `denied` where they would not. */
  allowed?: { userId: string; authTime: number };
  denied?: true;
}

/** Begins: the device's own code, the one to type, and where. */
export function authorizeDevice(world: World, issuer: Issuer, app: App, scopes: string[]) {
  sweep(world, deviceCodes);
  const code = uuid(world.drawFor('okta.deviceCode', drawn(world, 'deviceCode')));
  const userCode = world.draw('okta.userCode').chars(LETTERS, USER_CODE_CHARS);
  world.insert(deviceCodes, {
    digest: digestOf(code),
    userCode,
    appId: app.id,
    issuerKey: issuer.key,
    scopes,
    expiresAt: world.now() + DEVICE_CODE_LASTS_MS,
  });
  const page = `${world.base()}/activate`;
  return {
    user_code: userCode,
    device_code: code,
    interval: DEVICE_POLL_SECONDS,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    verification_uri: page,
    expires_in: DEVICE_CODE_LASTS_MS / 1_000,
  };
}

const LETTERS = LOWER36.slice(10).toUpperCase();
const USER_CODE_CHARS = 8;

/** The device that waits with this code on its screen. */
export const waitingDevice = (world: World, userCode: string): DeviceCode | undefined =>
  world
    .list(deviceCodes, {
      index: 'userCode',
      equals: userCode.toUpperCase().replace(/[^A-Z0-9]/g, ''),
      where: (row) => row.expiresAt > world.now() && !row.allowed && !row.denied,
    })
    .first();

/** What the person said. */
export const answerDevice = (
  world: World,
  { digest }: DeviceCode,
  answer: Pick<DeviceCode, 'allowed' | 'denied'>,
): DeviceCode => world.update(deviceCodes, digest, answer);

/**
 * The device that somebody let in, and its code is used up. Throws `authorization_pending`, `slow_down`,
 * `access_denied`, `expired_token`, `invalid_grant`; the caller lets stand that it asked.
 */
export function redeemDevice(
  world: World,
  issuer: Issuer,
  app: App,
  code: string | undefined,
): DeviceCode & { allowed: { userId: string; authTime: number } } {
  if (!code) throw oauthError('invalid_request', "The token request must specify a 'device_code'.");
  const row = world.get(deviceCodes, digestOf(code));
  if (row?.appId !== app.id || row.issuerKey !== issuer.key)
    throw oauthError('invalid_grant', 'The device code is invalid or has expired.');
  const now = world.now();
  if (row.expiresAt <= now) throw oauthError('expired_token', 'The device code is invalid or has expired.');
  if (row.denied) throw oauthError('access_denied', 'The resource owner denied the request.');
  const { allowed } = row;
  if (!allowed) {
    world.update(deviceCodes, row.digest, { polledAt: now });
    throw row.polledAt !== undefined && now - row.polledAt < DEVICE_POLL_SECONDS * 1_000
      ? oauthError('slow_down', 'The client is polling too fast. Please slow down.')
      : oauthError('authorization_pending', 'The device authorization is pending. Please try again later.');
  }
  world.remove(deviceCodes, row.digest);
  return { ...row, allowed };
}
