/**
 * What a workspace holds: the entities in Slack's own JSON less what Slack computes.
 * Shapes: https://docs.slack.dev/reference/objects
 */
import type { Actor } from '../../src/twin.ts';

export type { App, Shortcut } from './app.ts';

export type Json = Record<string, unknown>;

export { isRecord as isObject } from '../../src/json.ts';

export interface Team {
  id: string;
  name: string;
  domain: string;
  email_domain: string;
}

export interface Profile {
  title: string;
  phone: string;
  skype: string;
  pronouns?: string;
  start_date?: string;
  real_name: string;
  real_name_normalized: string;
  display_name: string;
  display_name_normalized: string;
  fields: Record<string, { value: string; alt: string }> | null;
  status_text: string;
  status_emoji: string;
  status_emoji_display_info: Json[];
  status_expiration: number;
  avatar_hash: string;
  image_original?: string;
  is_custom_image?: boolean;
  email?: string;
  first_name: string;
  last_name: string;
  image_24: string;
  image_32: string;
  image_48: string;
  image_72: string;
  image_192: string;
  image_512: string;
  image_1024?: string;
  status_text_canonical: string;
  huddle_state?: 'in_a_huddle' | 'default_unset';
  /** Seconds. */
  huddle_state_expiration_ts?: number;
  huddle_state_call_id?: string;
  team: string;
  api_app_id?: string;
  bot_id?: string;
  always_active?: boolean;
}

/** A member of the workspace: a person, a bot's user, or Slackbot. `updated` in seconds. */
export interface User {
  id: string;
  team_id: string;
  name: string;
  deleted: boolean;
  color: string;
  real_name: string;
  tz: string;
  profile: Profile;
  is_admin: boolean;
  is_owner: boolean;
  is_primary_owner: boolean;
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  is_bot: boolean;
  is_app_user: boolean;
  updated: number;
  is_email_confirmed: boolean;
  has_2fa?: boolean;
  who_can_share_contact_card: string;
}

export interface Note {
  value: string;
  creator: string;
  /** Seconds; 0 where never set. */
  last_set: number;
}

/** Any conversation. `created` in seconds, `updated` in milliseconds, as Slack has it. */
export interface Channel {
  id: string;
  name: string;
  is_channel: boolean;
  is_group: boolean;
  is_im: boolean;
  is_mpim: boolean;
  is_private: boolean;
  created: number;
  is_archived: boolean;
  is_general: boolean;
  creator: string;
  topic: Note;
  purpose: Note;
  previous_names: string[];
  updated: number;
  /** Of a direct message: the person on the other side of a bot, or either of two people. */
  user?: string;
  /** Of direct messages: everybody in it, sorted, joined by commas. Never on the wire. */
  party?: string;
}

export interface Member {
  channel: string;
  user: string;
  /** Of a direct message that this user closed. */
  closed?: boolean;
}

/** Running totals of a channel, so that nothing counts rows. */
export interface ChannelCount {
  channel: string;
  members: number;
  pins: number;
}

/** How far a user has read in a channel. */
export interface Reading {
  channel: string;
  user: string;
  last_read: string;
}

export interface Reaction {
  name: string;
  users: string[];
  count: number;
}

export interface Message {
  channel: string;
  ts: string;
  type: 'message';
  subtype?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  username?: string;
  icons?: Json;
  client_msg_id?: string;
  text: string;
  team?: string;
  blocks?: Json[];
  attachments?: Json[];
  /** By their ids: what they are is looked up when the message is shown. */
  files?: { id: string }[];
  /** Of messages with files. */
  upload?: boolean;
  display_as_bot?: boolean;
  metadata?: Json;
  /** Slack's markup is not read. */
  mrkdwn?: false;
  /** Of the root of a talk with an assistant: its title. */
  assistant_app_thread?: Json;
  /** How far a message has come that is written piece by piece. */
  streaming_state?: 'in_progress' | 'completed';
  edited?: { user: string; ts: string };
  thread_ts?: string;
  parent_user_id?: string;
  reply_count?: number;
  reply_users?: string[];
  reply_users_count?: number;
  latest_reply?: string;
  is_locked?: boolean;
  subscribed?: boolean;
  reactions?: Reaction[];
  hidden?: boolean;
  /** What subtypes say besides: `topic`, `purpose`, `old_name`, `name`, `inviter`, `root`. */
  topic?: string;
  purpose?: string;
  old_name?: string;
  name?: string;
  inviter?: string;
}

/** A message that one person alone sees. */
export interface Ephemeral extends Message {
  /** Who sees it. */
  to: string;
}

export interface Pin {
  channel: string;
  ts: string;
  created: number;
  created_by: string;
}

/** A token and what it stands for; it is the actor of the requests that carry it. */
export interface Token extends Actor {
  token: string;
  id: string;
  /** `config`: an app configuration token, which belongs to a person and to no app. */
  kind: 'bot' | 'user' | 'app' | 'config';
  app: string;
  bot: string;
  /** The user that it acts as: the bot's own, or a person. */
  user: string;
  team: string;
  scopes: readonly string[];
  revoked?: boolean;
  /** It was given up for one that expires. */
  exchanged?: boolean;
  /** Universe milliseconds. */
  expires_at?: number;
}

export interface Trigger {
  id: string;
  app: string;
  user: string;
  expires_at: number;
  used: boolean;
  /** The view, or the conversation, in which it came about. */
  view?: string;
  channel?: string;
}

export interface ResponseUrl {
  /** The path behind `/actions/`. */
  id: string;
  app: string;
  user: string;
  channel: string;
  message_ts?: string;
  ephemeral: boolean;
  thread_ts?: string;
  uses: number;
  expires_at: number;
}

/** A modal or a home tab, as Slack shows it to its app, and who looks at it. */
export interface View {
  id: string;
  team_id: string;
  type: 'modal' | 'home';
  blocks: Json[];
  private_metadata: string;
  callback_id: string;
  state: { values: Record<string, Record<string, Json>> };
  hash: string;
  title: Json;
  clear_on_close: boolean;
  notify_on_close: boolean;
  close: Json | null;
  submit: Json | null;
  previous_view_id: string | null;
  root_view_id: string;
  app_id: string;
  external_id: string;
  app_installed_team_id: string;
  bot_id: string;
  /** Whose screen it is on. Never on the wire. */
  user: string;
  /** What the app answered to the last submission, by block id. Never on the wire. */
  errors?: Record<string, string>;
}

export interface Scheduled {
  id: string;
  channel_id: string;
  post_at: number;
  date_created: number;
  text: string;
  app: string;
  token: string;
  timer: string;
  draft: Json;
}

export interface UserGroup {
  id: string;
  team_id: string;
  is_usergroup: true;
  is_subteam: true;
  name: string;
  description: string;
  handle: string;
  is_external: false;
  date_create: number;
  date_update: number;
  date_delete: number;
  auto_type: null;
  auto_provision: false;
  enterprise_subteam_id: '';
  created_by: string;
  updated_by: string;
  deleted_by: string | null;
  prefs: { channels: string[]; groups: string[] };
  users: string[];
}

/** A file of any kind: uploaded, kept elsewhere, or a document of Slack's own (canvas, list). Times in seconds. */
export interface SlackFile {
  id: string;
  created: number;
  timestamp: number;
  name: string;
  title: string;
  mimetype: string;
  filetype: string;
  pretty_type: string;
  user: string;
  editable: boolean;
  size: number;
  mode: 'hosted' | 'snippet' | 'external' | 'quip' | 'list' | 'tombstone';
  external_type: string;
  external_id?: string;
  external_url?: string;
  app_id?: string;
  bot_id?: string;
  is_public: boolean;
  public_url_shared: boolean;
  shares: { public?: Record<string, Json[]>; private?: Record<string, Json[]> };
  channels: string[];
  groups: string[];
  ims: string[];
  /** What Slack shows of some kinds besides: `alt_txt`, `original_w`, `preview`, `list_metadata` … */
  facts: Json;
  /** Words by which searches find it, besides its name and title. Never on the wire. */
  said?: string;
  /** What people and channels that were let in may do, by their ids. Never on the wire as such. */
  access: Record<string, 'read' | 'write' | 'owner'>;
}

/** An upload that was asked for. `bytes` in base64 once they have come; `file` once it is complete. */
export interface Upload {
  /** The secret part of its address. */
  secret: string;
  file: string;
  filename: string;
  length: number;
  user: string;
  alt_txt?: string;
  /** The syntax of a snippet. */
  snippet_type?: string;
  bytes?: string;
  completed: boolean;
}

export interface Reminder {
  id: string;
  creator: string;
  user: string;
  text: string;
  recurring: boolean;
  recurrence?: { frequency: 'daily' | 'weekly' | 'monthly' | 'yearly'; weekdays?: string[] };
  /** Seconds; the next time of what comes again. */
  time: number;
  complete_ts: number;
  /** Of what reminds. Never on the wire. */
  timer: string;
}

/** A picture of the workspace's own, or another name (`alias:…`) of one. */
export interface Emoji {
  name: string;
  value: string;
}
