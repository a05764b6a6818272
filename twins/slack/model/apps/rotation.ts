/**
 * Tokens that expire, each with a refresh token that is good once.
 * https://docs.slack.dev/authentication/using-token-rotation, https://docs.slack.dev/authentication/using-pkce
 */
import { BASE62 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { PKCE_REFRESH_TOKEN_MS, ROTATING_TOKEN_MS, ROTATING_TOKENS_MAX } from '../../limits.ts';
import { type App, type Token, tokens, users } from '../../world.ts';
import { isExpired, issue, type TokenDraft, tokenById } from './token.ts';

/** What is good for one new pair. */
interface RefreshToken {
  token: string;
  kind: 'bot' | 'user' | 'config';
  app: string;
  user: string;
  /** The id of the access token that it came with. */
  access: string;
  used: boolean;
  /** Universe milliseconds; absent where it is good for ever. */
  expires_at?: number;
}

export const refreshTokens = table<RefreshToken>({
  name: 'slack.refreshTokens',
  secret: true,
  key: (row) => row.token,
  indexes: { owner: (row) => ownerOf(row) },
});

/** An access token, and the refresh token that came with it, where it expires. */
export interface Credential {
  token: Token;
  refresh?: string;
}

const ownerOf = (row: Pick<RefreshToken, 'app' | 'kind' | 'user'>) => `${row.app}/${row.kind}/${row.user}`;

/** A token that expires in twelve hours, and its refresh token. */
export function issuePair(world: World, draft: TokenDraft & { kind: RefreshToken['kind'] }): Credential {
  const token = issue(world, { ...draft, rotates: true, expires_at: world.now() + ROTATING_TOKEN_MS });
  const { app, user } = token;
  const nth = world.next('slack.refreshToken');
  const refresh = `xoxe-1-${world.secret(['slack.refreshToken', app, user, nth], 140, BASE62)}`;
  world.insert(refreshTokens, {
    token: refresh,
    kind: draft.kind,
    app,
    user,
    access: token.id,
    used: false,
    ...(draft.app?.pkce ? { expires_at: world.now() + PKCE_REFRESH_TOKEN_MS } : {}),
  });
  retire(world, ownerOf({ app, user, kind: draft.kind }));
  return { token, refresh };
}

/** The unused refresh token of an app, for what comes from it. Throws `invalid_refresh_token`. */
export function refresh(world: World, app: App, text: string): Credential {
  const old = use(world, text, app.id);
  return issuePair(world, { kind: old.kind, app, user: old.user, scopes: old.scopes });
}

/** A new pair of an app configuration token and its refresh token. Throws `invalid_refresh_token`. */
export function rotateConfiguration(world: World, text: string): Credential {
  const { user } = use(world, text, '');
  return issueConfiguration(world, user);
}

/** What a person makes under "Your app configuration tokens". */
export const issueConfiguration = (world: World, user: string): Credential =>
  issuePair(world, {
    kind: 'config',
    user,
    scopes: ['app_configurations:read', 'app_configurations:write'],
  });

/**
 * Gives a token that never expires up for a pair. Throws `token_rotation_not_enabled`, `invalid_token`,
 * `token_already_exchanged`, `authorization_not_found`.
 */
export function exchangeLegacy(world: World, app: App, text: string): Credential {
  const token = world.get(tokens, text);
  if (!token || token.app !== app.id || token.expires_at !== undefined) throw refuse('invalid_token');
  if (token.kind !== 'bot' && token.kind !== 'user') throw refuse('invalid_token');
  if (!app.token_rotation) throw refuse('token_rotation_not_enabled');
  if (token.exchanged) throw refuse('token_already_exchanged');
  if (token.revoked) throw refuse('authorization_not_found');
  world.update(tokens, token.token, { revoked: true, exchanged: true });
  return issuePair(world, { kind: token.kind, app, user: token.user, scopes: token.scopes });
}

/** No refresh token is good any more. */
export function dropRefreshTokens(world: World): void {
  for (const row of world.list(refreshTokens).toArray()) world.remove(refreshTokens, row.token);
}

/** What is in a refresh token besides: the scopes go over to the next pair. */
function use(world: World, text: string, app: string): RefreshToken & { scopes: readonly string[] } {
  const row = world.get(refreshTokens, text);
  const access = row && tokenById(world, row.access);
  const gone = !row || row.used || row.app !== app || isExpired(world, row);
  if (gone || !access || access.revoked || world.get(users, row.user)?.deleted === true)
    throw refuse('invalid_refresh_token');
  world.update(refreshTokens, text, { used: true });
  return { ...row, scopes: access.scopes };
}

/** Of the pairs of one installation the newest two stay good; rows that are good for nothing more go. */
function retire(world: World, owner: string): void {
  const all = world.list(refreshTokens, { index: 'owner', equals: owner }).toArray();
  all.sort((a, b) => (a.access < b.access ? 1 : -1));
  for (const old of all.slice(ROTATING_TOKENS_MAX)) {
    world.remove(refreshTokens, old.token);
    const access = tokenById(world, old.access);
    if (access && !access.revoked) world.update(tokens, access.token, { revoked: true });
  }
}
