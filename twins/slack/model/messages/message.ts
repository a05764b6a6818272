/** Messages: written and shown. https://docs.slack.dev/reference/events/message */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { MARKDOWN_CHARS_MAX, MESSAGE_BLOCKS_MAX } from '../../limits.ts';
import { apps, type Channel, type Json, type Message, messages, type Token } from '../../world.ts';
import { appOf, botProfile } from '../apps/app.ts';
import { prepared } from '../blocks/prepare.ts';
import { tellMention, tellMessage } from '../events/event.ts';
import { filesInBlocks, noteShares } from '../files/fileShare.ts';
import { fileInMessage } from '../files/fileView.ts';
import { noteCalls, withCalls } from '../interactivity/call.ts';
import { emojiPicture } from '../people/emoji.ts';
import { theTeam } from '../people/team.ts';
import { clearStatus } from '../workflows/assistantThread.ts';
import { attached } from './attachment.ts';
import { tellLinks } from './linkShared.ts';
import { markdownBlocks, mrkdwnOf } from './markdownBlocks.ts';
import { tellMetadata } from './metadata.ts';
import { richText } from './richtext.ts';
import { kept, keptObject } from './text.ts';
import { addReply, rootMeant } from './thread.ts';
import { nextTs } from './timestamp.ts';

/** Who writes: a person, an app's bot, or an app under a name of its own. */
export type Author = Pick<
  Message,
  'user' | 'bot_id' | 'app_id' | 'subtype' | 'username' | 'icons' | 'assistant_app_thread'
>;

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
  /** Classic apps may speak as the person whose token they have. */
  as_user?: true;
  /** Text in standard Markdown, in the place of `text` and `blocks`. */
  markdown?: string;
  parse?: 'none' | 'full';
  link_names?: boolean;
  /** Slack's markup is not read. */
  mrkdwn?: false;
  /** More is to come: it may be empty. */
  streaming?: true;
}

const UNSHOWABLE = "This content can't be displayed.";

/** Writes a message into a conversation, counts it in its thread and tells the apps. */
export function post(world: World, channel: Channel, author: Author, draft: Draft): Message {
  const root = draft.thread_ts === undefined ? undefined : rootFor(world, channel.id, draft.thread_ts);
  const ts = nextTs(world, channel.id);
  const broadcast = root !== undefined && draft.reply_broadcast === true;
  const message = { ...author, channel: channel.id, type: 'message', ts } as Message;
  if (broadcast) message.subtype = 'thread_broadcast';
  if (draft.client_msg_id) message.client_msg_id = draft.client_msg_id;
  const files = [...(draft.files ?? []), ...filesInBlocks(world, author.app_id, draft.blocks ?? [])];
  Object.assign(message, content(world, channel.id, ts, { ...draft, files }));
  if (draft.streaming) message.streaming_state = 'in_progress';
  if (author.user) message.team = theTeam(world).id;
  if (root) {
    message.thread_ts = root.ts;
    if (root.user) message.parent_user_id = root.user;
    // A thread that nobody began is taken all the same: what is said there is shown nowhere.
  } else if (draft.thread_ts !== undefined) message.thread_ts = draft.thread_ts;
  if (draft.blocks) noteCalls(world, channel.id, draft.blocks);
  if (root && author.app_id) clearStatus(world, root);
  if (root) addReply(world, root, message);
  else world.insert(messages, message);
  const shown = () => ({ ...messageView(world, message), event_ts: ts });
  tellMessage(world, channel, message.files ? () => ({ subtype: 'file_share', ...shown() }) : shown);
  tellMention(world, channel, message, shown);
  tellLinks(world, channel, message);
  tellMetadata(world, channel, message, undefined, message.metadata);
  if (message.files) noteShares(world, channel, message);
  return message;
}

/** What Slack itself says of a channel has no threads. */
const THREADLESS = /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$/;

/** The message to answer; undefined where there is none. Throws `cannot_reply_to_message`. */
function rootFor(world: World, channel: string, ts: string): Message | undefined {
  const root = rootMeant(world, channel, ts);
  if (root?.subtype && THREADLESS.test(root.subtype)) throw refuse('cannot_reply_to_message');
  return root;
}

/** What a message that was not sent yet would say, with ids for its blocks. Throws `no_text`, `msg_blocks_too_long`. */
export function content(world: World, channel: string, ts: string, draft: Draft): ContentOf {
  const { attachments = [], files = [], metadata, markdown, mrkdwn } = draft;
  const blocks = blocksOf(draft);
  const text = kept(world, markdown === undefined ? (draft.text ?? '') : mrkdwnOf(markdown), draft);
  const silent = text.trim() === '' && blocks.length + attachments.length + files.length === 0;
  if (silent && !draft.streaming) throw refuse('no_text');
  const id = (n: number) => world.drawFor('slack.block', channel, ts, n).chars(BASE64URL, 5);
  const says: ContentOf = { text: text === '' && blocks.length > 0 ? UNSHOWABLE : text };
  if (blocks.length > 0) says.blocks = prepared(blocks, id, (one) => keptObject(world, one));
  else if (mrkdwn === false) says.mrkdwn = false;
  else if (text !== '' && attachments.length === 0) says.blocks = [richText(text, id(0), draft.typed)];
  if (attachments.length > 0) says.attachments = attached(world, attachments, id);
  if (files.length > 0) Object.assign(says, { files, upload: false, display_as_bot: false });
  if (metadata && Object.keys(metadata).length > 0) says.metadata = metadata;
  return says;
}

/** The blocks of a draft; standard Markdown becomes the blocks that show it. */
function blocksOf({ blocks = [], markdown }: Draft): Json[] {
  if (markdown !== undefined) {
    if (markdown.length > MARKDOWN_CHARS_MAX) throw refuse('msg_too_long');
    return fitting(markdownBlocks(markdown));
  }
  if (!blocks.some(({ type }) => type === 'markdown')) return blocks;
  return fitting(
    blocks.flatMap((block) => (block.type === 'markdown' ? markdownBlocks(String(block.text)) : [block])),
  );
}

function fitting(blocks: Json[]): Json[] {
  if (blocks.length > MESSAGE_BLOCKS_MAX) throw refuse('msg_blocks_too_long');
  return blocks;
}

/** The part of a message that can be changed. */
export type ContentOf = Pick<
  Message,
  'text' | 'blocks' | 'attachments' | 'files' | 'upload' | 'display_as_bot' | 'metadata' | 'mrkdwn'
>;

/**
 * As whom a token writes; `username` and icons need `chat:write.customize`, classic tokens have a name of
 * their own.
 */
export function authorOf(world: World, actor: Token, draft: Draft): Author {
  const app = { bot_id: actor.bot, app_id: actor.app };
  if (!isMasked(actor, draft)) return { ...app, user: actor.user };
  const icons = draft.icon_emoji
    ? { emoji: draft.icon_emoji, image_64: emojiPicture(world, draft.icon_emoji) }
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

/** Does the app write under a name that is not its bot's or the person's? Classic apps do unless they say `as_user`. */
export function isMasked(actor: Token, draft: Draft): boolean {
  const named =
    draft.username !== undefined || draft.icon_emoji !== undefined || draft.icon_url !== undefined;
  const classic = actor.scopes.includes('chat:write:bot');
  return (classic && !draft.as_user) || (named && actor.scopes.includes('chat:write.customize'));
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
  if (message.subtype === 'thread_broadcast') Object.assign(shown, rootShown(world, message));
  if (!message.app_id || message.subtype === 'bot_message') return shown;
  const app = world.get(apps, message.app_id);
  if (app) (shown as Json).bot_profile = botProfile(app, message.team ?? '');
  return shown;
}

/** A reply that the channel shows as well brings along what it answers. */
function rootShown(world: World, { channel, thread_ts }: Message): { root?: Json } {
  const root = world.get(messages, `${channel}/${thread_ts}`);
  return root && root.subtype !== 'thread_broadcast' ? { root: messageView(world, root) } : {};
}

/** Did this token's bot or person write the message? What an app says under a name of its own is any token's of it. */
export const wrote = (actor: Token, message: Message): boolean =>
  message.user === undefined
    ? message.bot_id !== undefined && message.bot_id === actor.bot
    : message.user === actor.user && (actor.kind !== 'bot' || message.bot_id === actor.bot);
