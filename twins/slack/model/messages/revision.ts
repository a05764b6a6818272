/**
 * Messages changed and taken back. https://docs.slack.dev/reference/methods/chat.update
 */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { FILE_SHARES_MAX } from '../../limits.ts';
import {
  type Channel,
  files,
  type Message,
  messages,
  pins,
  SLACKBOT,
  type Token,
  users,
} from '../../world.ts';
import { count } from '../channels/membership.ts';
import { tellMessage } from '../events/event.ts';
import { dropShares, noteShares, seesFile } from '../files/fileShare.ts';
import { type ContentOf, content, type Draft, messageView, wrote } from './message.ts';
import { requireSettled } from './messageStream.ts';
import { tellMetadata } from './metadata.ts';
import { dropReply } from './thread.ts';
import { nextTs, seconds } from './timestamp.ts';

/**
 * Changes what a message says. Without a text, blocks and attachments that are not given stay; with one, they go.
 * Throws `cant_update_message`, `is_inactive`, `streaming_state_conflict`, `block_mismatch`, `cant_broadcast_message`,
 * `no_dual_broadcast_content_update`, `file_not_found`, `no_text`.
 */
export function edit(
  world: World,
  channel: Channel,
  actor: Token,
  message: Message,
  draft: Draft,
  fileIds?: readonly string[],
): Message {
  if (!wrote(actor, message)) throw refuse('cant_update_message');
  if (channel.is_archived) throw refuse('is_inactive');
  requireSettled(world, message);
  const { text, markdown, blocks, attachments, metadata } = draft;
  const restates = text !== undefined || markdown !== undefined || blocks || attachments;
  if (draft.reply_broadcast) return broadcast(world, channel, message, restates !== undefined);
  if (!restates && !metadata && !fileIds) throw refuse('no_text');
  if (blocks && message.client_msg_id && blocks.some(({ type }) => type !== 'rich_text'))
    throw refuse('block_mismatch');
  const to = restates ? restated(world, message, draft) : kept(message);
  const whole = fileIds ? { ...to, ...attachedFiles(world, actor, fileIds) } : to;
  // What is shown by blocks is not marked as edited.
  const by = text !== undefined && !blocks?.length ? actor.user : undefined;
  const changed = rewrite(world, channel, message, whole, by, metadata);
  if (fileIds) {
    dropShares(world, channel, message);
    noteShares(world, channel, changed);
  }
  return changed;
}

/** What a message says already. */
function kept({ text, blocks, attachments }: Message): ContentOf {
  return { text, ...(blocks ? { blocks } : {}), ...(attachments ? { attachments } : {}) };
}

function restated(world: World, message: Message, draft: Draft): ContentOf {
  const silent = draft.text === undefined && draft.markdown === undefined;
  const to = content(world, message.channel, message.ts, {
    ...(silent ? { text: message.text } : {}),
    ...draft,
    ...(message.files ? { files: message.files } : {}),
  });
  if (!silent) return to;
  return {
    ...to,
    text: message.text,
    ...(draft.blocks || !message.blocks ? {} : { blocks: message.blocks }),
    ...(draft.attachments || !message.attachments ? {} : { attachments: message.attachments }),
  };
}

/** Shows a reply in its channel as well. */
function broadcast(world: World, channel: Channel, message: Message, restates: boolean): Message {
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  if (!isReply || message.subtype !== undefined) throw refuse('cant_broadcast_message');
  if (restates) throw refuse('no_dual_broadcast_content_update');
  return replace(world, channel, message, { ...message, subtype: 'thread_broadcast' });
}

function attachedFiles(world: World, actor: Token, ids: readonly string[]): Pick<Message, 'files'> {
  if (ids.length > FILE_SHARES_MAX) throw refuse('max_file_sharing_exceeded');
  for (const id of ids) {
    const file = world.get(files, id);
    if (file?.mode === 'tombstone') throw refuse('file_deleted');
    if (!file || !seesFile(world, actor.user, file)) throw refuse('file_not_found');
  }
  return { files: ids.map((id) => ({ id })) };
}

/** Puts new contents into a message and tells the apps; `by` is shown as its editor, `metadata` takes the place of what it had. */
export function rewrite(
  world: World,
  channel: Channel,
  message: Message,
  to: ContentOf,
  by: string | undefined,
  metadata: ContentOf['metadata'] = message.metadata,
): Message {
  const { blocks: _, attachments: __, metadata: ___, mrkdwn: ____, ...rest } = message;
  const { metadata: _____, ...says } = to;
  const carries = metadata && Object.keys(metadata).length > 0 ? { metadata } : {};
  const edited = by ? { edited: { user: by, ts: `${seconds(world)}.000000` } } : {};
  const changed = replace(world, channel, message, { ...rest, ...says, ...carries, ...edited });
  tellMetadata(world, channel, changed, message.metadata, changed.metadata);
  return changed;
}

/** Puts a message in the place of another one, with the same timestamp, and tells the apps. */
export function replace(world: World, channel: Channel, message: Message, by: Message): Message {
  const changed = world.update(messages, `${channel.id}/${message.ts}`, () => by);
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

/** Takes a message back. Throws `cant_delete_message`. */
export function erase(world: World, channel: Channel, actor: Token, message: Message): void {
  const administers = actor.kind === 'user' && world.get(users, actor.user)?.is_admin === true;
  if (!wrote(actor, message) && !administers) throw refuse('cant_delete_message');
  remove(world, channel, message);
}

/** Takes a message away, whoever asks; a thread's root that has replies becomes a tombstone. */
export function remove(world: World, channel: Channel, message: Message): void {
  const key = `${channel.id}/${message.ts}`;
  dropShares(world, channel, message);
  if (world.remove(pins, key)) count(world, channel.id, { pins: -1 });
  tellMetadata(world, channel, message, message.metadata, undefined);
  if ((message.reply_count ?? 0) > 0) return void replace(world, channel, message, tombstone(message));
  world.remove(messages, key);
  dropReply(world, message);
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
