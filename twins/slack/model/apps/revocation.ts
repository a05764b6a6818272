/** Tokens that are taken back, and apps that are taken out of the workspace, with what those apps hear of it. */
import type { World } from '../../../../src/world/world.ts';
import { type App, apps, type Token, tokens, users } from '../../world.ts';
import { expel } from '../channels/membership.ts';
import { tellApp } from '../events/event.ts';
import { seconds } from '../messages/timestamp.ts';
import { goodToken, goodTokens, tokenById } from './token.ts';
import { dropWebhooks } from './webhook.ts';

/**
 * Takes a token back; says whether there was a good one. A bot without a token left is deactivated and is in no
 * channel any more. https://docs.slack.dev/reference/methods/auth.revoke
 */
export function revoke(world: World, id: string): boolean {
  const token = tokenById(world, id);
  if (!token || token.revoked) return false;
  world.update(tokens, token.token, { revoked: true });
  const app = world.get(apps, token.app);
  if (!app) return true;
  tellRevoked(world, app, [token]);
  if (token.kind === 'bot' && !goodToken(world, app, 'bot')) retireBot(world, app);
  return true;
}

/** Takes an app out of the workspace: its tokens, webhooks and bot. https://docs.slack.dev/reference/methods/apps.uninstall */
export function uninstall(world: World, app: App): App {
  const good = [...goodTokens(world, app, 'bot'), ...goodTokens(world, app, 'user')];
  if (app.uninstalled && good.length === 0) return app;
  for (const token of good) world.update(tokens, token.token, { revoked: true });
  tellRevoked(world, app, good);
  tellApp(world, app, { type: 'app_uninstalled' });
  dropWebhooks(world, app);
  retireBot(world, app);
  return world.update(apps, app.id, { uninstalled: true });
}

function tellRevoked(world: World, app: App, revoked: readonly Token[]): void {
  const usersOf = (kind: Token['kind']) => revoked.filter((one) => one.kind === kind).map((one) => one.user);
  const oauth = usersOf('user');
  const bot = usersOf('bot');
  if (oauth.length + bot.length > 0) tellApp(world, app, { type: 'tokens_revoked', tokens: { oauth, bot } });
}

function retireBot(world: World, app: App): void {
  if (!world.get(users, app.bot_user)) return;
  world.update(users, app.bot_user, { deleted: true, updated: seconds(world) });
  expel(world, app.bot_user);
}
