/** Tokens of apps: made, looked through, taken back. https://docs.slack.dev/authentication/tokens */
import { BASE62, DIGITS, HEX } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { type App, type Token, tokens, users } from '../world.ts';
import { theTeam } from './team.ts';

/** What a token is to be good for. */
export interface TokenDraft {
  kind: Token['kind'];
  app: App;
  /** The person that a user token acts as. */
  user?: string;
  scopes: readonly string[];
  expires_at?: number;
}

/**
 * Makes a token. The same app, kind, person and count give the same token in a universe with the same seed
 * and salt.
 */
export function issue(world: World, draft: TokenDraft): Token {
  const { app, kind, scopes } = draft;
  const user = kind === 'user' && draft.user ? draft.user : app.bot_user;
  const nth = world.next('slack.token');
  const email = world.get(users, user)?.profile.email;
  return world.insert(tokens, {
    token: secretOf(world, app, kind, user, [nth]),
    id: `T${String(nth).padStart(6, '0')}`,
    kind,
    app: app.id,
    bot: app.bot_id,
    user,
    team: theTeam(world).id,
    label: kind === 'user' ? (email ?? user) : app.name,
    scopes: kind === 'user' ? ['identify', ...scopes] : [...scopes],
    ...(draft.expires_at === undefined ? {} : { expires_at: draft.expires_at }),
  });
}

/** Takes a token back; says whether there was a good one. */
export function revoke(world: World, id: string): boolean {
  const token = world.list(tokens, { index: 'id', equals: id }).first();
  if (!token || token.revoked) return false;
  world.update(tokens, token.token, { revoked: true });
  return true;
}

/** The app's newest good token of a kind. Throws where it has none. */
export function goodToken(world: World, app: App, kind: Token['kind']): Token | undefined {
  const all = world.list(tokens, { index: 'app', equals: `${app.id}/${kind}` }).toArray();
  return all.filter((token) => !token.revoked).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** Gives every token a new secret under the same id. */
export function renewTokens(world: World, app: App): void {
  for (const kind of ['bot', 'user', 'app'] as const)
    for (const old of world.list(tokens, { index: 'app', equals: `${app.id}/${kind}` }).toArray()) {
      world.remove(tokens, old.token);
      const nth = world.next('slack.token');
      world.insert(tokens, { ...old, token: secretOf(world, app, kind, old.user, [nth, world.universe]) });
    }
}

function secretOf(
  world: World,
  app: App,
  kind: Token['kind'],
  user: string,
  of: readonly (string | number)[],
): string {
  const parts = ['slack.token', kind, app.id, user, ...of];
  const number = (id: string) => world.drawFor('slack.tokenNumber', id).chars(DIGITS, 13);
  const team = number(app.id.slice(0, 3));
  if (kind === 'app') return `xapp-1-${app.id}-${number(app.id)}-${world.secret([...parts, 'x'], 64, HEX)}`;
  if (kind === 'user')
    return `xoxp-${team}-${number(user)}-${number(app.id)}-${world.secret(parts, 32, HEX)}`;
  return `xoxb-${team}-${number(app.bot_user)}-${world.secret(parts, 24, BASE62)}`;
}
