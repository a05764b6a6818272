/** Messages: written, changed, taken back. https://docs.slack.dev/reference/events/message */
import { BASE64URL } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import {
  apps,
  type Channel,
  type Json,
  type Message,
  messages,
  pins,
  SLACKBOT,
  type Token,
  users,
} from '../world.ts';
import { appOf, botProfile } from './app.ts';
import { prepared } from './blocks/prepare.ts';
import { noteCalls, withCalls } from './call.ts';
import { tellMention, tellMessage } from './event.ts';
import { dropShares } from './fileShare.ts';
import { fileInMessage } from './fileView.ts';
import { tellLinks } from './linkShared.ts';
import { count } from './membership.ts';
import { richText } from './richtext.ts';
import { theTeam } from './team.ts';
import { kept } from './text.ts';
import { addReply, dropReply, rootOf } from './thread.ts';
import { nextTs, seconds } from './timestamp.ts';

/** Who writes: a person, an app's bot, or an app under a name of its own. */
export type Author = Pick<Message, 'user' | 'bot_id' | 'app_id' | 'subtype' | 'username' | 'icons'>;

/** What is to be said. Blocks have been checked; the text is as the writer gave it. */
export interface Draft {
  text?: string;
  blocks?: Json[];
  attachments?: Json[];
  files?: { id: string }[];
  metadata?: Json;
  thread_ts?: string;
  reply_broadcast?: boolean;
  client_msg_id?: string;
  /** Written in Slack's own composer. */
  typed?: boolean;
  username?: string;
  icon_emoji?: string;
  icon_url?: string;
}

const UNSHOWABLE = "This content can't be displayed.";

/** Writes a message into a conversation, counts it in its thread and tells the apps. */
export function post(world: World, channel: Channel, author: Author, draft: Draft): Message {
  const root = draft.thread_ts === undefined ? undefined : rootOf(world, channel.id, draft.thread_ts);
  const ts = nextTs(world, channel.id);
  const broadcast = root !== undefined && draft.reply_broadcast === true;
  const message = { ...author, channel: channel.id, type: 'message', ts } as Message;
  if (broadcast) message.subtype = 'thread_broadcast';
  if (draft.client_msg_id) message.client_msg_id = draft.client_msg_id;
  Object.assign(message, content(world, channel.id, ts, draft));
  if (author.user) message.team = theTeam(world).id;
  if (root) {
    message.thread_ts = root.ts;
    if (root.user) message.parent_user_id = root.user;
  }
  if (draft.blocks) noteCalls(world, channel.id, draft.blocks);
  if (root) addReply(world, root, message);
  else world.insert(messages, message);
  const shown = () => ({ ...messageView(world, message), event_ts: ts });
  tellMessage(world, channel, message.files ? () => ({ subtype: 'file_share', ...shown() }) : shown);
  tellMention(world, channel, message, shown);
  tellLinks(world, channel, message);
  return message;
}

/** What a message that was not sent yet would say, with ids for its blocks. Throws `no_text`. */
export function content(world: World, channel: string, ts: string, draft: Draft): ContentOf {
  const { blocks = [], attachments = [], files = [], metadata } = draft;
  const text = kept(world, draft.text ?? '', draft.typed);
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0 && files.length === 0)
    throw refuse('no_text');
  const id = (n: number) => world.drawFor('slack.block', channel, ts, n).chars(BASE64URL, 5);
  const says: ContentOf = { text: text === '' && blocks.length > 0 ? UNSHOWABLE : text };
  if (blocks.length > 0) says.blocks = prepared(blocks, id);
  else if (text !== '' && attachments.length === 0) says.blocks = [richText(text, id(0))];
  if (attachments.length > 0) says.attachments = attached(attachments, id);
  if (files.length > 0) Object.assign(says, { files, upload: false, display_as_bot: false });
  if (metadata) says.metadata = metadata;
  return says;
}

type ContentOf = Pick<
  Message,
  'text' | 'blocks' | 'attachments' | 'files' | 'upload' | 'display_as_bot' | 'metadata'
>;

/**
 * As whom a token writes; `username` and icons need `chat:write.customize`, classic tokens have a name of
 * their own.
 */
export function authorOf(world: World, actor: Token, draft: Draft): Author {
  const app = { bot_id: actor.bot, app_id: actor.app };
  if (!isMasked(actor, draft)) return { ...app, user: actor.user };
  const emoji = draft.icon_emoji?.replaceAll(':', '');
  const icons = emoji
    ? { emoji: draft.icon_emoji, image_64: `https://a.slack-edge.com/80588/img/emoji/${emoji}.png` }
    : draft.icon_url
      ? { image_48: draft.icon_url }
      : undefined;
  return {
    ...app,
    subtype: 'bot_message',
    username: draft.username || appOf(world, actor).name,
    ...(icons ? { icons } : {}),
  };
}

/** Does the app write under a name that is not its bot's or the person's? Classic apps always do. */
export function isMasked(actor: Token, draft: Draft): boolean {
  const named =
    draft.username !== undefined || draft.icon_emoji !== undefined || draft.icon_url !== undefined;
  return actor.scopes.includes('chat:write:bot') || (named && actor.scopes.includes('chat:write.customize'));
}

/** Changes what a message says. Throws `cant_update_message`, `no_text`. */
export function edit(world: World, channel: Channel, actor: Token, message: Message, draft: Draft): Message {
  if (!wrote(actor, message)) throw refuse('cant_update_message');
  return rewrite(world, channel, message, content(world, channel.id, message.ts, draft), actor.user);
}

/** Puts new contents into a message and tells the apps; `by` is shown as its editor. */
export function rewrite(
  world: World,
  channel: Channel,
  message: Message,
  to: ContentOf,
  by: string | undefined,
): Message {
  const { blocks: _, attachments: __, metadata: ___, ...rest } = message;
  const changed = world.update(messages, `${channel.id}/${message.ts}`, () => ({
    ...rest,
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...to,
    ...(by ? { edited: { user: by, ts: `${seconds(world)}.000000` } } : {}),
  }));
  const ts = nextTs(world, channel.id);
  tellMessage(world, channel, () => ({
    type: 'message',
    subtype: 'message_changed',
    message: messageView(world, changed),
    previous_message: messageView(world, message),
    hidden: true,
    ts,
    event_ts: ts,
  }));
  return changed;
}

/**
 * Takes a message back; a thread's root that has replies leaves a tombstone. Throws `cant_delete_message`.
 */
export function erase(world: World, channel: Channel, actor: Token, message: Message): void {
  const administers = actor.kind === 'user' && world.get(users, actor.user)?.is_admin === true;
  if (!wrote(actor, message) && !administers) throw refuse('cant_delete_message');
  remove(world, channel, message);
}

/** Takes a message away, whoever asks. */
export function remove(world: World, channel: Channel, message: Message): void {
  const key = `${channel.id}/${message.ts}`;
  if ((message.reply_count ?? 0) > 0) world.update(messages, key, () => tombstone(message));
  else {
    world.remove(messages, key);
    dropReply(world, message);
  }
  dropShares(world, channel, message);
  if (world.remove(pins, key)) count(world, channel.id, { pins: -1 });
  const ts = nextTs(world, channel.id);
  tellMessage(world, channel, () => ({
    type: 'message',
    subtype: 'message_deleted',
    previous_message: messageView(world, message),
    hidden: true,
    deleted_ts: message.ts,
    ts,
    event_ts: ts,
  }));
}

/** The message at a timestamp; throws `message_not_found`. */
export function theMessage(world: World, channel: Channel, ts: string): Message {
  const message = world.get(messages, `${channel.id}/${ts}`);
  if (!message || message.subtype === 'tombstone') throw refuse('message_not_found');
  return message;
}

/** A message as Slack shows it. */
export function messageView(world: World, message: Message): Json {
  const { channel: _, ...shown } = message;
  if (message.blocks?.some(({ type }) => type === 'call')) shown.blocks = withCalls(world, message.blocks);
  if (message.files) (shown as Json).files = message.files.map((file) => fileInMessage(world, file));
  if (!message.app_id || message.subtype === 'bot_message') return shown;
  const app = world.get(apps, message.app_id);
  if (app) (shown as Json).bot_profile = botProfile(app, message.team ?? '');
  return shown;
}

/** Did this token's bot or person write the message? */
export const wrote = (actor: Token, message: Message): boolean =>
  actor.kind === 'bot'
    ? message.bot_id === actor.bot && (message.user === undefined || message.user === actor.user)
    : message.user === actor.user;

function tombstone(message: Message): Message {
  const { ts, channel, thread_ts, reply_count, reply_users, reply_users_count, latest_reply } = message;
  return {
    channel,
    type: 'message',
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: SLACKBOT,
    hidden: true,
    ts,
    thread_ts: thread_ts ?? ts,
    reply_count: reply_count ?? 0,
    reply_users: reply_users ?? [],
    reply_users_count: reply_users_count ?? 0,
    ...(latest_reply ? { latest_reply } : {}),
    is_locked: false,
    subscribed: false,
  };
}

/** Attachments with the ids and fallback that Slack gives them. */
function attached(attachments: readonly Json[], id: (n: number) => string): Json[] {
  return attachments.map((attachment, i) => ({
    ...attachment,
    id: i + 1,
    fallback: attachment.fallback ?? (attachment.text || '[no preview available]'),
    ...(Array.isArray(attachment.blocks)
      ? { blocks: prepared(attachment.blocks as Json[], (n) => id(1_000 * (i + 1) + n)) }
      : {}),
  }));
}
