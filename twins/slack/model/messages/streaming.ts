/**
 * Messages that a program writes piece by piece. https://docs.slack.dev/reference/methods/chat.startStream
 */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { MARKDOWN_CHARS_MAX, MESSAGE_BLOCKS_MAX } from '../../limits.ts';
import { type Channel, type Json, type Message, messages, type Token, users } from '../../world.ts';
import { authorOf, content, type Draft, post } from './message.ts';
import { live, type MessageStream, messageStreams } from './messageStream.ts';
import { replace } from './revision.ts';
import { blocksOf, markdownIn, type Piece, type StreamBody } from './streamPiece.ts';

/** Whom a stream in a channel is for. */
export interface Recipient {
  user: string | undefined;
  team: string | undefined;
}

/**
 * Begins a message. Throws `missing_recipient_user_id`, `missing_recipient_team_id`, `user_not_found`,
 * `msg_too_long`.
 */
export function start(
  world: World,
  actor: Token,
  channel: Channel,
  draft: Draft,
  pieces: readonly Piece[],
  mode: StreamBody['mode'],
  to: Recipient,
): Message {
  if (!channel.is_im) {
    if (!to.user) throw refuse('missing_recipient_user_id');
    if (!to.team) throw refuse('missing_recipient_team_id');
  }
  if (to.user && !world.get(users, to.user)) throw refuse('user_not_found');
  const body = { mode, pieces };
  requireFitting(body);
  const message = post(world, channel, authorOf(world, actor, draft), {
    ...draft,
    ...said(body),
    streaming: true,
  });
  world.insert(messageStreams, { ...body, channel: channel.id, ts: message.ts, touched_at: world.now() });
  return message;
}

/** Adds to it. Throws `message_not_in_streaming_state`, `message_not_owned_by_app`, `no_text`, `msg_blocks_too_many`. */
export function append(
  world: World,
  actor: Token,
  channel: Channel,
  message: Message,
  pieces: readonly Piece[],
): void {
  const stream = streamed(world, actor, message);
  if (pieces.length === 0) throw refuse('no_text');
  const body = { ...stream, pieces: [...stream.pieces, ...pieces] };
  requireFitting(body);
  world.update(messageStreams, `${channel.id}/${message.ts}`, {
    pieces: body.pieces,
    touched_at: world.now(),
  });
  const says = content(world, channel.id, message.ts, { ...said(body), streaming: true });
  world.update(messages, `${channel.id}/${message.ts}`, says);
}

/** Ends it; `more` comes last. Throws as `append` does. */
export function stop(
  world: World,
  actor: Token,
  channel: Channel,
  message: Message,
  pieces: readonly Piece[],
  more: Pick<Draft, 'blocks' | 'metadata'>,
): Message {
  const stream = streamed(world, actor, message);
  const last: Piece[] = more.blocks?.length ? [{ kind: 'blocks', blocks: more.blocks }] : [];
  const body = { mode: stream.mode, pieces: [...stream.pieces, ...pieces, ...last] };
  requireFitting(body);
  const { metadata } = more;
  const says = content(world, channel.id, message.ts, { ...said(body), ...(metadata ? { metadata } : {}) });
  world.remove(messageStreams, `${channel.id}/${message.ts}`);
  return replace(world, channel, message, { ...message, ...says, streaming_state: 'completed' });
}

function streamed(world: World, actor: Token, message: Message): MessageStream {
  if (message.app_id !== actor.app) throw refuse('message_not_owned_by_app');
  const stream = live(world, message);
  if (!stream) throw refuse('message_not_in_streaming_state');
  return stream;
}

/** What pieces say together, as a draft says it. */
function said(body: StreamBody): Pick<Draft, 'text' | 'blocks'> {
  const blocks: Json[] = blocksOf(body);
  return { text: markdownIn(body), ...(blocks.length > 0 ? { blocks } : {}) };
}

function requireFitting(body: StreamBody): void {
  if (markdownIn(body).length > MARKDOWN_CHARS_MAX) throw refuse('msg_too_long');
  if (blocksOf(body).length > MESSAGE_BLOCKS_MAX) throw refuse('msg_blocks_too_many');
}
