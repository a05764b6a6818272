/** Tokens of apps and people: made, found, given new secrets. https://docs.slack.dev/authentication/tokens */
import { BASE62, DIGITS, HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { type App, type Token, tokens, users } from '../../world.ts';
import { theTeam } from '../people/team.ts';

/** What a token is to be good for. */
export interface TokenDraft {
  kind: Token['kind'];
  /** Absent for an app configuration token. */
  app?: App;
  /** The person that a user or configuration token acts as. */
  user?: string;
  scopes: readonly string[];
  /** Universe milliseconds. */
  expires_at?: number;
  /** It is one of a pair with a refresh token, and looks like it. */
  rotates?: boolean;
}

/** Who signs in with Slack grants these and nothing more. */
const SIGN_IN = /^(identity[.:]|openid$|email$|profile$)/;

/** Do these scopes say who somebody is, and let nothing be done? */
export const isSignIn = (scopes: readonly string[]): boolean => scopes.every((scope) => SIGN_IN.test(scope));

/**
 * Makes a token. The same app, kind, person and count give the same token in a universe with the same seed
 * and salt.
 */
export function issue(world: World, draft: TokenDraft): Token {
  const { app, kind, scopes } = draft;
  const personal = kind === 'user' || kind === 'config';
  const user = (personal && draft.user) || app?.bot_user || '';
  const nth = world.next('slack.token');
  const email = world.get(users, user)?.profile.email;
  const identifies = kind === 'user' && !isSignIn(scopes);
  return world.insert(tokens, {
    token: secretOf(world, draft, user, [nth]),
    id: `T${String(nth).padStart(6, '0')}`,
    kind,
    app: app?.id ?? '',
    bot: app?.bot_id ?? '',
    user,
    team: theTeam(world).id,
    label: personal ? (email ?? user) : (app?.name ?? ''),
    scopes: identifies ? ['identify', ...scopes.filter((scope) => scope !== 'identify')] : [...scopes],
    ...(draft.expires_at === undefined ? {} : { expires_at: draft.expires_at }),
  });
}

/** A token's row by its id. */
export const tokenById = (world: World, id: string): Token | undefined =>
  world.list(tokens, { index: 'id', equals: id }).first();

/** Is the time of an expiring token over? */
export const isExpired = (world: World, token: Pick<Token, 'expires_at'>): boolean =>
  token.expires_at !== undefined && token.expires_at <= world.now();

/** The app's good tokens of a kind, the oldest first. */
export function goodTokens(world: World, app: App, kind: Token['kind']): Token[] {
  const all = world.list(tokens, { index: 'app', equals: `${app.id}/${kind}` }).toArray();
  return all
    .filter((token) => !token.revoked && !isExpired(world, token))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The app's oldest good token of a kind; undefined where it has none. */
export const goodToken = (world: World, app: App, kind: Token['kind']): Token | undefined =>
  goodTokens(world, app, kind)[0];

/** Gives every token of an app (or, without one, every configuration token) a new secret under the same id. */
export function renewTokens(world: World, app?: App): void {
  for (const kind of app ? (['bot', 'user', 'app'] as const) : (['config'] as const))
    for (const old of world.list(tokens, { index: 'app', equals: `${app?.id ?? ''}/${kind}` }).toArray()) {
      world.remove(tokens, old.token);
      const nth = world.next('slack.token');
      const draft = {
        kind,
        scopes: old.scopes,
        rotates: old.token.startsWith('xoxe.'),
        ...(app ? { app } : {}),
      };
      world.insert(tokens, { ...old, token: secretOf(world, draft, old.user, [nth, world.universe]) });
    }
}

function secretOf(
  world: World,
  { app, kind, rotates }: TokenDraft,
  user: string,
  of: readonly (string | number)[],
): string {
  const parts = ['slack.token', kind, app?.id ?? '', user, ...of];
  if (kind === 'config') return `xoxe.xoxp-1-${world.secret(parts, 140, BASE62)}`;
  if (!app) throw new Error(`a token of the kind ${kind} belongs to an app`);
  if (rotates) return `xoxe.${kind === 'bot' ? 'xoxb' : 'xoxp'}-1-${world.secret(parts, 140, BASE62)}`;
  const number = (id: string) => world.drawFor('slack.tokenNumber', id).chars(DIGITS, 13);
  const team = number(app.id.slice(0, 3));
  if (kind === 'app') return `xapp-1-${app.id}-${number(app.id)}-${world.secret([...parts, 'x'], 64, HEX)}`;
  if (kind === 'user')
    return `xoxp-${team}-${number(user)}-${number(app.id)}-${world.secret(parts, 32, HEX)}`;
  return `xoxb-${team}-${number(app.bot_user)}-${world.secret(parts, 24, BASE62)}`;
}
