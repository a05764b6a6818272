/** `chat.startStream` and on: messages that are written piece by piece. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, blocksIn, json, required, text } from '../args.ts';
import { theChannel } from '../model/channels/access.ts';
import { destination } from '../model/messages/destination.ts';
import { draftOf, threadTs } from '../model/messages/draft.ts';
import { messageView, theMessage } from '../model/messages/message.ts';
import { append, start, stop } from '../model/messages/streaming.ts';
import { piecesOf } from '../model/messages/streamPiece.ts';
import { type MethodCall, method } from './method.ts';

const writing = { bot: ['chat:write'] };

export const chatStreamMethods: readonly Endpoint[] = [
  method('chat.startStream', { ...writing, tier: 'Tier2', required: ['channel'] }, (call) => {
    const { world, actor, args } = call;
    const draft = looks(args);
    const channel = destination(world, actor, required(args, 'channel'), draft);
    const mode = text(args, 'task_display_mode') === 'plan' ? 'plan' : 'timeline';
    const to = { user: text(args, 'recipient_user_id'), team: text(args, 'recipient_team_id') };
    const { ts } = start(world, actor, channel, draft, pieces(args), mode, to);
    return { channel: channel.id, ts };
  }),
  method('chat.appendStream', { ...writing, tier: 'Tier4', required: ['channel', 'ts'] }, (call) => {
    const { channel, message } = named(call);
    append(call.world, call.actor, channel, message, pieces(call.args));
    return { channel: channel.id, ts: message.ts };
  }),
  method('chat.stopStream', { ...writing, tier: 'Tier2', required: ['channel', 'ts'] }, (call) => {
    const { world, actor, args } = call;
    const { channel, message } = named(call);
    const stopped = stop(world, actor, channel, message, pieces(args), ending(args));
    return { channel: channel.id, ts: message.ts, message: messageView(world, stopped) };
  }),
];

function named({ world, actor, args }: MethodCall) {
  const channel = theChannel(world, actor, required(args, 'channel'));
  return { channel, message: theMessage(world, channel, required(args, 'ts')) };
}

const pieces = (args: Args) => piecesOf(text(args, 'markdown_text'), json(args, 'chunks', 'invalid_chunks'));

/** As whom and where a message is begun. */
function looks(args: Args) {
  const thread = text(args, 'thread_ts');
  const [username, icon_emoji, icon_url] = ['username', 'icon_emoji', 'icon_url'].map((name) =>
    text(args, name),
  );
  return {
    ...(thread ? { thread_ts: threadTs(thread) } : {}),
    ...(username === undefined ? {} : { username }),
    ...(icon_emoji === undefined ? {} : { icon_emoji }),
    ...(icon_url === undefined ? {} : { icon_url }),
  };
}

const ending = (args: Args) =>
  draftOf({ blocks: blocksIn(args, 'invalid_blocks_format'), metadata: args.metadata }, { mayBeEmpty: true });
