/** What comes of it when a person lets an app in: its bot, its tokens, its webhook. */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, apps, channels, type Token, tokens, type User, users } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { newBotUser } from '../people/newcomer.ts';
import { theTeam } from '../people/team.ts';
import { theUser } from '../people/user.ts';
import type { Authorization } from './authorization.ts';
import { type Credential, issuePair } from './rotation.ts';
import { goodTokens, isSignIn, issue } from './token.ts';
import { newWebhook, type Webhook } from './webhook.ts';

/** What an app has got. */
export interface Installation {
  app: App;
  user: User;
  bot?: Credential;
  /** The installing person's token. */
  personal?: Credential;
  webhook?: Webhook;
}

/** Whom an app is let in by, and to what. */
export type Grant = Pick<Authorization, 'user' | 'scopes' | 'user_scopes'> & {
  channel?: string;
  /** Its tokens expire, whatever the app's settings say. */
  rotates?: boolean;
};

/**
 * Installs an app, or installs it once more: scopes add to those that it has, and a token that does not expire stays
 * the same. Throws `invalid_code` where who allowed it has been deactivated since.
 */
export function install(world: World, app: App, grant: Grant): Installation {
  const user = theUser(world, grant.user);
  if (user.deleted) throw refuse('invalid_code');
  const rotates = grant.rotates ?? app.token_rotation ?? false;
  const bot = grant.scopes.length === 0 ? undefined : botToken(world, app, grant.scopes, rotates);
  // An app that acts for people only is in the workspace too; who signs in with it lets nothing in.
  if (!bot && app.uninstalled && !isSignIn(grant.user_scopes))
    world.update(apps, app.id, { uninstalled: false });
  const installed = world.get(apps, app.id) ?? app;
  const personal =
    grant.user_scopes.length === 0
      ? undefined
      : userToken(world, installed, user, grant.user_scopes, rotates);
  const channel = grant.channel === undefined ? undefined : world.get(channels, grant.channel);
  const webhook = channel && newWebhook(world, installed, channel, user.id);
  return {
    app: installed,
    user,
    ...(bot ? { bot } : {}),
    ...(personal ? { personal } : {}),
    ...(webhook ? { webhook } : {}),
  };
}

/** Sees to it that an app is in the workspace with a bot that is alive. */
export function seat(world: World, app: App): App {
  const bot = world.get(users, app.bot_user);
  if (bot?.deleted) world.update(users, bot.id, { deleted: false, updated: seconds(world) });
  if (bot && !app.uninstalled) return app;
  const { id } = bot ?? world.insert(users, botUserOf(world, app));
  return world.update(apps, app.id, { bot_user: id, uninstalled: false });
}

/** What a manifest says of an app's bot. */
interface BotUserPart {
  display_name?: string;
  always_online?: boolean;
}

function botUserOf(world: World, app: App): User {
  const features = app.manifest?.features as { bot_user?: BotUserPart } | undefined;
  const { display_name: name = app.name, always_online: online = false } = features?.bot_user ?? {};
  return newBotUser(world, theTeam(world), { bot: app.bot_id, app: app.id, name, online });
}

function botToken(world: World, app: App, scopes: readonly string[], rotates: boolean): Credential {
  const standing = app.uninstalled ? [] : goodTokens(world, app, 'bot');
  const all = joined(standing.at(-1)?.scopes ?? [], scopes);
  return tokenOf(world, { kind: 'bot', app: seat(world, app), scopes: all }, standing, rotates);
}

function userToken(
  world: World,
  app: App,
  user: User,
  scopes: readonly string[],
  rotates: boolean,
): Credential {
  const standing = goodTokens(world, app, 'user').filter((one) => one.user === user.id);
  const all = joined(standing.at(-1)?.scopes ?? [], scopes);
  return tokenOf(world, { kind: 'user', app, user: user.id, scopes: all }, standing, rotates);
}

function tokenOf(
  world: World,
  draft: { kind: 'bot' | 'user'; app: App; user?: string; scopes: readonly string[] },
  standing: readonly Token[],
  rotates: boolean,
): Credential {
  if (rotates) return issuePair(world, draft);
  const known = standing.find((one) => one.expires_at === undefined);
  if (!known) return { token: issue(world, draft) };
  return { token: world.update(tokens, known.token, { scopes: draft.scopes }) };
}

const joined = (some: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...some, ...more]),
];
