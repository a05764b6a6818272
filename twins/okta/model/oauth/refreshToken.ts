/**
 * Refresh tokens: kept for as long as the access policy says, rotated where the app asks for it; one that was rotated
 * away and comes back takes all its family with it. https://developer.okta.com/docs/guides/refresh-tokens/
 */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { refreshTokens } from '../../world/oauth.ts';
import { type App, appTarget, findApp } from '../apps/app.ts';
import { record, type Who } from '../log/log.ts';
import { clientWho, settingsOf } from './client.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import type { Lifetimes } from './policy.ts';
import { revokeFamily, type SignInFacts } from './token.ts';
import { sweep } from './usedOnce.ts';

/** What is kept of a refresh token; its text is kept nowhere. Times in universe milliseconds. */
export interface RefreshToken {
  digest: string;
  id: string;
  family: string;
  appId: string;
  userId: string;
  issuerKey: string;
  /** What its tokens have for `iss`. */
  issuer: string;
  scopes: string[];
  /** The grant that it came of: policies are asked about that one again. */
  grantType: string;
  authTime: number;
  createdAt: number;
  /** Where it ends if nobody uses it. */
  expiresAt: number;
  /** Where it ends however often it is used; absent: never. */
  endsAt?: number;
  jkt?: string;
  how?: SignInFacts;
  /** Since when another stands in its place. */
  replacedAt?: number;
}

type Given = Pick<
  RefreshToken,
  'family' | 'appId' | 'userId' | 'issuerKey' | 'issuer' | 'scopes' | 'grantType' | 'authTime'
> & { jkt?: string | undefined; how?: SignInFacts | undefined };

/** Makes a refresh token; `endsAt` is the end of the one that it replaces. */
export function issueRefreshToken(
  world: World,
  { jkt, how, ...given }: Given,
  lifetimes: Lifetimes,
  before?: RefreshToken,
): { text: string; id: string } {
  sweep(world, refreshTokens);
  const text = drawn(world, 'refreshToken');
  const now = world.now();
  const endsAt =
    before?.endsAt ??
    (lifetimes.refreshTokenLifetimeMinutes > 0
      ? now + lifetimes.refreshTokenLifetimeMinutes * MINUTE_MS
      : undefined);
  const row = world.insert(refreshTokens, {
    ...given,
    digest: digestOf(text),
    id: newId(world, 'oar'),
    createdAt: now,
    expiresAt: idleEnd(now, lifetimes, endsAt),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(jkt === undefined ? {} : { jkt }),
    ...(how === undefined ? {} : { how }),
  });
  return { text, id: row.id };
}

/**
 * The row of a refresh token that this client may use. Throws `invalid_grant`; where a replaced one comes back, its
 * family is gone by then, which the caller must let stand.
 */
export function findRefreshToken(
  world: World,
  issuer: Issuer,
  app: App,
  text: string | undefined,
): RefreshToken | 'reused' {
  if (!text) throw oauthError('invalid_request', "The token request must specify a 'refresh_token'.");
  const row = world.get(refreshTokens, digestOf(text));
  if (row?.appId !== app.id || row.issuerKey !== issuer.key || row.expiresAt <= world.now())
    throw refreshRefused();
  const leewayMs = (settingsOf(app).refresh_token?.leeway ?? 0) * 1_000;
  if (row.replacedAt === undefined || world.now() - row.replacedAt < leewayMs) return row;
  revokeFamily(world, row.family);
  record(world, clientWho(app), {
    eventType: `app.oauth2.${issuer.server ? 'as.' : ''}token.detect_reuse`,
    displayMessage: 'OAuth2 refresh token reuse was detected',
    target: [appTarget(app)],
    outcome: { result: 'FAILURE', reason: 'refresh_token_reuse' },
    severity: 'WARN',
  });
  return 'reused';
}

/** The vendor's words for a refresh token that is no good. */
export const refreshRefused = () => oauthError('invalid_grant', 'The refresh token is invalid or expired.');

/** A used token lasts on; one that rotates gets another in its place. Returns what the client is given. */
export function useRefreshToken(
  world: World,
  app: App,
  row: RefreshToken,
  text: string,
  lifetimes: Lifetimes,
): { text: string; id: string } {
  const { refresh_token: settings, application_type } = settingsOf(app);
  const rotates = settings?.rotation_type
    ? settings.rotation_type === 'ROTATE'
    : application_type === 'browser';
  const now = world.now();
  if (!rotates) {
    world.update(refreshTokens, row.digest, { expiresAt: idleEnd(now, lifetimes, row.endsAt) });
    return { text, id: row.id };
  }
  if (row.replacedAt === undefined) world.update(refreshTokens, row.digest, { replacedAt: now });
  const { digest: _, id: _id, createdAt: _c, expiresAt: _e, endsAt: _ends, replacedAt: _r, ...given } = row;
  return issueRefreshToken(world, given, lifetimes, row);
}

/** Whose refresh tokens, and which of them. */
export interface RefreshTokensOf {
  index: 'app' | 'user';
  id: string;
  issuerKey?: string;
  appId?: string;
}

/** The refresh tokens of an app or a person that are good, as a range. */
export const refreshTokenRange = (world: World, of: RefreshTokensOf): Range<RefreshToken> =>
  world.list(refreshTokens, {
    index: of.index,
    equals: of.id,
    where: (row) =>
      row.expiresAt > world.now() &&
      row.replacedAt === undefined &&
      (of.issuerKey === undefined || row.issuerKey === of.issuerKey) &&
      (of.appId === undefined || row.appId === of.appId),
  });

/** The same, all of them. */
export const refreshTokensOf = (world: World, of: RefreshTokensOf): RefreshToken[] =>
  refreshTokenRange(world, of).toArray();

/** Takes refresh tokens back, with all that came of the same sign-ins, and writes it down. */
export function revokeRefreshTokens(world: World, who: Who, rows: readonly RefreshToken[]): void {
  for (const { id, family, appId, issuerKey } of rows) {
    revokeFamily(world, family);
    record(world, who, {
      eventType: `app.oauth2.${issuerKey === 'org' ? '' : 'as.'}token.revoke`,
      displayMessage: 'OAuth2 token revocation request',
      target: [
        appTarget(findApp(world, appId)),
        {
          id,
          type: 'refresh_token',
          alternateId: 'unknown',
          displayName: 'Refresh Token',
          detailEntry: null,
        },
      ],
    });
  }
}

const MINUTE_MS = 60_000;

const idleEnd = (now: number, { refreshTokenWindowMinutes }: Lifetimes, endsAt = Number.MAX_SAFE_INTEGER) =>
  Math.min(now + refreshTokenWindowMinutes * MINUTE_MS, endsAt);
