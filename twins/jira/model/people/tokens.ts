/** The secrets by which programs sign in as a person: API tokens, and access tokens of apps. */
import { BASE64URL, HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { type ApiToken, apiTokens, type UserRef } from '../../world.ts';

/** Makes a token for a person. */
export function mintToken(
  world: World,
  wanted: {
    kind: ApiToken['kind'];
    owner: UserRef;
    app?: string;
    scopes?: readonly string[];
    expiresAt?: number;
  },
): ApiToken {
  const id = `token-${world.next('jira.token')}`;
  return world.insert(apiTokens, {
    id,
    kind: wanted.kind,
    token: tokenText(world, wanted.kind, id, 0),
    owner: { accountId: wanted.owner.accountId },
    ...(wanted.app === undefined ? {} : { app: wanted.app }),
    ...(wanted.scopes === undefined ? {} : { scopes: wanted.scopes }),
    ...(wanted.expiresAt === undefined ? {} : { expiresAt: wanted.expiresAt }),
  });
}

/** Gives every token a new secret. */
export function renewTokens(world: World): void {
  for (const row of world.list(apiTokens).toArray())
    world.update(apiTokens, row.id, {
      token: tokenText(world, row.kind, row.id, world.next('jira.renewal')),
    });
}

/** `ATATT3xFfGF0…=XXXXXXXX`: a long secret and eight hexadecimal digits, as Atlassian forms them. */
function tokenText(world: World, kind: ApiToken['kind'], id: string, renewal: number): string {
  const secret = world.secret(['jira.token', id, renewal], 168, BASE64URL);
  if (kind === 'accessToken') return `eyJraWQiOiJhdXRoLmF0bGFzc2lhbi5jb20ifQ.${secret}`;
  return `ATATT3xFfGF0${secret}=${world.secret(['jira.token.check', id, renewal], 8, HEX).toUpperCase()}`;
}
