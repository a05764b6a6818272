/** Apps, as the workspace knows them. https://docs.slack.dev/app-manifests/ */
import type { Json } from './entities.ts';

/** An app as installed in the workspace. */
export interface App {
  id: string;
  name: string;
  client_id: string;
  client_secret: string;
  signing_secret: string;
  verification_token: string;
  bot_id: string;
  bot_user: string;
  scopes: string[];
  user_scopes: string[];
  events: Subscriptions;
  interactivity: { url?: string; options_url?: string };
  shortcuts?: Shortcut[];
  unfurl_domains?: string[];
  commands: { command: string; url?: string; description?: string }[];
  socket_mode: boolean;
  /** Where people may be sent back to after an install; absent: anywhere (an app of a world file that names none). */
  redirect_urls?: readonly string[];
  /** Its tokens live twelve hours and come with a refresh token. */
  token_rotation?: boolean;
  /** A public client: a code may be exchanged by its verifier in the place of the client secret. */
  pkce?: boolean;
  /** Not (or no longer) in the workspace. */
  uninstalled?: boolean;
  /** Its owner deleted it: what its bot has written is all that is left. */
  deleted?: boolean;
  /** The manifest that it was last made or changed by. */
  manifest?: Json;
  /** The digest in its icon's addresses; absent for Slack's own picture. */
  icon?: string;
  /** Whose app it is, where a person made it by a manifest. */
  owner?: string;
  /** Seconds. */
  updated: number;
  /** Where it was planted, counted from 0: the first app is the one that the universe document shows. */
  order: number;
}

/** What an app hears of: as its bot, and on behalf of the people whose tokens it holds. */
export interface Subscriptions {
  url?: string;
  verified: boolean;
  subscriptions: string[];
  user_subscriptions?: string[];
  /** Nearly all of what was sent failed: nothing more is sent until somebody switches it on again. */
  disabled?: boolean;
}

/** What people find under an app's name: everywhere, or beside a message. */
export interface Shortcut {
  type: 'global' | 'message';
  name: string;
  callback_id: string;
  description: string;
}
