/** Access tokens: issued, looked up, revoked. https://developers.google.com/identity/protocols/oauth2 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS, REFRESH_TOKENS_MAX } from '../../limits.ts';
import {
  type AccessToken,
  accessTokens,
  digestOf,
  grantKey,
  grants,
  type RefreshToken,
  refreshTokens,
} from '../world.ts';
import { isSuspended } from './person.ts';

/** Expired tokens that one issue sweeps away, so that the table stays bounded. */
const SWEPT_MAX = 50;

/** A new refresh token and its text, which is kept nowhere. */
export function issueRefreshToken(
  world: World,
  grant: Pick<RefreshToken, 'email' | 'clientId' | 'scopes'>,
): RefreshToken & { token: string } {
  makeRoom(world, grant);
  const nth = world.next('google.refreshToken');
  const token = `1//0${world.secret(['google', 'refresh', nth], 98, BASE64URL)}`;
  const row = { digest: digestOf(token), id: `rt${nth}`, ...grant, issuedAt: world.now() };
  return { ...world.insert(refreshTokens, row), token };
}

/** A new access token and its text, which is kept nowhere; lives `seconds` (an hour unless said). */
export function issueAccessToken(
  world: World,
  grant: Pick<AccessToken, 'email' | 'clientId' | 'scopes' | 'refreshToken'>,
  seconds: number = ACCESS_TOKEN_SECONDS,
): AccessToken & { token: string } {
  sweep(world);
  const nth = world.next('google.accessToken');
  const token = `ya29.${world.secret(['google', 'issued', nth], 180, BASE64URL)}`;
  const row = world.insert(accessTokens, {
    digest: digestOf(token),
    id: `at${nth}`,
    ...grant,
    issuedAt: world.now(),
    expiresAt: world.now() + seconds * 1_000,
  });
  return { ...row, token };
}

/** The token that is good now; undefined for an unknown, revoked or expired one, and for who is suspended. */
export function liveToken(world: World, token: string): AccessToken | undefined {
  const row = world.get(accessTokens, digestOf(token));
  if (!row || isSuspended(world, row.email)) return undefined;
  return row.expiresAt === undefined || row.expiresAt > world.now() ? row : undefined;
}

/** Takes a token away, and with it the person's consent and all that came of it. Throws `invalid_token`. */
export function revokeToken(world: World, token: string): void {
  const digest = digestOf(token);
  const row = world.get(accessTokens, digest) ?? world.get(refreshTokens, digest);
  if (!row) throw oauthError('invalid_token', 'Token expired or revoked');
  revokeGrant(world, row);
}

/** Takes a client's access to an account away: the consent, and every token. Says whether there was any. */
export function revokeGrant(world: World, of: { clientId: string; email: string }): boolean {
  const equals = grantKey(of.clientId, of.email);
  const access = world.list(accessTokens, { index: 'grant', equals }).toArray();
  const refresh = world.list(refreshTokens, { index: 'grant', equals }).toArray();
  for (const { digest } of access) world.remove(accessTokens, digest);
  for (const { digest } of refresh) world.remove(refreshTokens, digest);
  return world.remove(grants, equals) || access.length + refresh.length > 0;
}

/** The oldest refresh token goes without a warning, where there are as many as there may be. */
function makeRoom(world: World, { clientId, email }: { clientId: string; email: string }): void {
  const equals = grantKey(clientId, email);
  const live = world.list(refreshTokens, { index: 'grant', equals }).toArray(REFRESH_TOKENS_MAX);
  if (live.length < REFRESH_TOKENS_MAX) return;
  const [oldest] = live.sort((a, b) => a.issuedAt - b.issuedAt || nthOf(a) - nthOf(b));
  if (oldest) world.remove(refreshTokens, oldest.digest);
}

/** Which of those issued at one time it is; the document's own was first. */
const nthOf = ({ id }: RefreshToken): number => Number(/^rt(\d+)$/.exec(id)?.[1] ?? 0);

function sweep(world: World): void {
  const dead = world
    .list(accessTokens, { index: 'expiresAt', where: (row) => (row.expiresAt ?? 0) <= world.now() })
    .toArray(SWEPT_MAX);
  for (const row of dead) world.remove(accessTokens, row.digest);
}
