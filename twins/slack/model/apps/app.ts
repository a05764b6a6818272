/** Apps as they are installed in the workspace, and their bots. */
import { socketAddress } from '../../../../src/socket/kind.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, apps, type Json, type Token } from '../../world.ts';

const icons = (at: string): Json => ({
  image_36: `${at}_36.png`,
  image_48: `${at}_48.png`,
  image_72: `${at}_72.png`,
});
const PLAIN = 'https://a.slack-edge.com/80588/img/plugins/app';
const ICONS: Json = { ...icons(`${PLAIN}/bot`), image_72: `${PLAIN}/service_72.png` };

/** The app that a token belongs to. */
export const appOf = (world: World, token: Token): App =>
  world.require(apps, token.app, () => refuse('invalid_auth'));

/** Where an app hears of events: over its connections in Socket Mode, else at its request URL, if it has one. */
export const eventsAddress = (app: App): string | undefined =>
  app.socket_mode ? socketAddress(app.id) : app.events.url;

/** Where it hears what people do with what it shows. */
export const interactivityAddress = (app: App): string | undefined =>
  app.socket_mode ? socketAddress(app.id) : app.interactivity.url;

/** Where it is asked for the options of external menus. */
export const optionsAddress = (app: App): string | undefined =>
  app.socket_mode ? socketAddress(app.id) : (app.interactivity.options_url ?? app.interactivity.url);

/** The app with this bot id. */
export const appByBot = (world: World, bot: string): App | undefined =>
  world.list(apps, { index: 'bot', equals: bot }).first();

/** The app whose bot acts as this user. */
export const appOfBotUser = (world: World, user: string): App | undefined =>
  world.list(apps, { index: 'botUser', equals: user }).first();

/** The first app of the world: the one that the universe document shows. */
export const firstApp = (world: World): App | undefined => world.list(apps, { index: 'order' }).first();

/** A bot as `bots.info` shows it. */
export const botView = (app: App): Json => ({
  id: app.bot_id,
  deleted: app.uninstalled === true,
  name: app.name,
  updated: app.updated,
  app_id: app.id,
  user_id: app.bot_user,
  icons: app.icon ? icons(`https://avatars.slack-edge.com/${app.id}/${app.icon}`) : ICONS,
});

/** Made once per row of an app: rows are immutable, and a page of history shows the same bot many times. */
const profiles = new WeakMap<App, Json>();

/** The bot as it stands under `bot_profile` of a message. */
export function botProfile(app: App, team: string): Json {
  const known = profiles.get(app);
  if (known?.team_id === team) return known;
  const made = { ...botView(app), team_id: team };
  profiles.set(app, made);
  return made;
}
