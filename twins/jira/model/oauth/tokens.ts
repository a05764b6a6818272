/**
 * Tokens of OAuth apps: a code or a refresh token for a new pair, client credentials for a token of the app's own.
 * Refresh tokens rotate: one that was used is good for ten minutes more; used after that, its whole family ends.
 * https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/#use-a-refresh-token-to-get-another-access-token-and-refresh-token-pair
 */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refusedToken } from '../../errors.ts';
import { ACCESS_TOKEN_MS, OWN_TOKEN_MS, REFRESH_LEEWAY_MS, REFRESH_TOKEN_MS } from '../../limits.ts';
import { authorizationCodes, grants, type OauthApp, refreshTokens } from '../../world/apps.ts';
import { type ApiToken, apiTokens, users } from '../../world.ts';
import { mintToken } from '../people/tokens.ts';
import { dropWebhooksOf } from '../webhooks/dynamicWebhook.ts';

/** What an app gets. */
export interface Issued {
  access: ApiToken;
  refresh?: string;
  scopes: readonly string[];
  lifeMs: number;
}

const wrongCode = () => refusedToken(403, 'invalid_grant', 'Invalid authorization code');
const wrongRefresh = () => refusedToken(403, 'unauthorized_client', 'refresh_token is invalid');

/** A code for tokens; 403 `invalid_grant` where it is wrong, used or too old, or goes with other words. */
export function redeemCode(
  world: World,
  app: OauthApp,
  given: { code: string; redirectUri: string | undefined; verifier: string | undefined },
): Issued {
  const row = world.get(authorizationCodes, given.code);
  if (!row || row.app !== app.id || row.used || world.now() >= row.expiresAt) throw wrongCode();
  if (given.redirectUri !== row.redirectUri)
    throw refusedToken(
      403,
      'invalid_grant',
      `The redirect URI is wrong. You sent ${given.redirectUri ?? 'null'}, and we expected ${row.redirectUri}`,
    );
  if (row.challenge && digest(given.verifier ?? '', row.challenge.method) !== row.challenge.of)
    throw refusedToken(403, 'invalid_grant', 'Failed to verify code verifier');
  world.update(authorizationCodes, row.code, { used: true });
  return issue(world, app, row, undefined);
}

const digest = (verifier: string, method: 'S256' | 'plain'): string =>
  method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');

/** A refresh token for a new pair; 403 where it is wrong, too old or was used too long ago. */
export function refresh(world: World, app: OauthApp, token: string): Issued {
  const row = world.get(refreshTokens, token);
  if (!row || row.app !== app.id || world.now() >= row.expiresAt) throw wrongRefresh();
  if (row.usedAt === undefined) world.update(refreshTokens, token, { usedAt: world.now() });
  return issue(world, app, row, row.family);
}

/** Whether a refresh token comes back after its time of grace: somebody else has it too, and its family must end. */
export function isReused(world: World, app: OauthApp, token: string): boolean {
  const row = world.get(refreshTokens, token);
  return row?.app === app.id && row.usedAt !== undefined && world.now() > row.usedAt + REFRESH_LEEWAY_MS;
}

/** Ends every refresh token that comes from the same leave. */
export function endFamily(world: World, token: string): void {
  const family = world.get(refreshTokens, token)?.family;
  if (family === undefined) return;
  for (const row of world.list(refreshTokens, { index: 'family', equals: family }).toArray())
    world.remove(refreshTokens, row.token);
}

/** A token of an app's own, for what programs of build and deployment send. */
export function ownToken(world: World, app: OauthApp): Issued {
  const owner = world.require(users, app.owner.accountId, wrongCode);
  const scopes = app.scopes ?? OWN_SCOPES;
  sweep(world, app.id, owner.accountId);
  const expiresAt = world.now() + OWN_TOKEN_MS;
  const access = mintToken(world, { kind: 'accessToken', owner, app: app.id, scopes, expiresAt });
  return { access, scopes, lifeMs: OWN_TOKEN_MS };
}

/** What tools of development may tell. */
const OWN_SCOPES = ['dev', 'build', 'deployment', 'feature-flag', 'remote-link'].flatMap((what) =>
  ['read', 'write', 'delete'].map((verb) => `${verb}:${what}-info:jira`),
);

function issue(
  world: World,
  app: OauthApp,
  { accountId, scopes }: { accountId: string; scopes: readonly string[] },
  family: string | undefined,
): Issued {
  const owner = world.get(users, accountId);
  if (!owner?.active || !world.get(grants, `${app.id}/${accountId}`)) throw wrongRefresh();
  sweep(world, app.id, accountId);
  const expiresAt = world.now() + ACCESS_TOKEN_MS;
  const held = scopes.filter((scope) => scope !== 'offline_access');
  const access = mintToken(world, { kind: 'accessToken', owner, app: app.id, scopes: held, expiresAt });
  if (!scopes.includes('offline_access')) return { access, scopes, lifeMs: ACCESS_TOKEN_MS };
  const nth = world.next('jira.refreshToken');
  const { token } = world.insert(refreshTokens, {
    token: `eyJraWQiOiJyZWZyZXNoIn0.${world.secret(['jira.refreshToken', app.id, nth], 160, BASE64URL)}`,
    app: app.id,
    accountId,
    scopes,
    family: family ?? `family-${nth}`,
    expiresAt: world.now() + REFRESH_TOKEN_MS,
  });
  return { access, refresh: token, scopes, lifeMs: ACCESS_TOKEN_MS };
}

/** What is good for nothing any more goes, so that a program that refreshes for years leaves no heap behind. */
function sweep(world: World, app: string, accountId: string): void {
  const owner = `${app}/${accountId}`;
  for (const row of world.list(refreshTokens, { index: 'owner', equals: owner }).toArray())
    if (world.now() >= row.expiresAt) world.remove(refreshTokens, row.token);
  for (const row of tokensOf(world, app, accountId))
    if (row.expiresAt !== undefined && world.now() >= row.expiresAt) world.remove(apiTokens, row.id);
}

const tokensOf = (world: World, app: string, accountId?: string): ApiToken[] =>
  world
    .list(apiTokens, { index: 'app', equals: app })
    .toArray()
    .filter((row) => accountId === undefined || row.owner.accountId === accountId);

/** A person takes an app's leave away: its tokens, refresh tokens and webhooks end. Says whether there was one. */
export function withdraw(world: World, app: string, accountId: string): boolean {
  const owner = `${app}/${accountId}`;
  for (const row of tokensOf(world, app, accountId)) world.remove(apiTokens, row.id);
  for (const row of world.list(refreshTokens, { index: 'owner', equals: owner }).toArray())
    world.remove(refreshTokens, row.token);
  dropWebhooksOf(world, app, { accountId });
  return world.remove(grants, owner);
}
