/** `reactions.*` and `pins.*`: what hangs on a message. */
import type { Endpoint } from '../../../src/twin.ts';
import { list } from '../../../src/twin.ts';
import { required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { canSee, theChannel, theOwnChannel } from '../model/channels/access.ts';
import { theFile } from '../model/files/file.ts';
import { fileView } from '../model/files/fileView.ts';
import { messageView, theMessage } from '../model/messages/message.ts';
import { pin, pinsOf, unpin } from '../model/messages/pin.ts';
import { react, unreact } from '../model/messages/reaction.ts';
import { isTs } from '../model/messages/timestamp.ts';
import { theUser } from '../model/people/user.ts';
import { permalink } from '../model/url.ts';
import { channels, messages } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const reading = both('reactions:read');
const writing = both('reactions:write');

export const reactionMethods: readonly Endpoint[] = [
  method('reactions.add', { ...writing, tier: 'Tier3', required: ['name'] }, (call) => {
    const { channel, message } = named(call, theChannel);
    react(call.world, channel, message, call.actor.user, required(call.args, 'name'));
    return {};
  }),
  method('reactions.remove', { ...writing, tier: 'Tier2', required: ['name'] }, (call) => {
    const { channel, message } = named(call, theChannel);
    unreact(call.world, channel, message, call.actor.user, required(call.args, 'name'));
    return {};
  }),
  method('reactions.get', { ...reading, tier: 'Tier3' }, (call) => {
    const { world, actor, args } = call;
    const file = text(args, 'file');
    if (file) return { type: 'file', file: fileView(world, theFile(world, actor, file)) };
    const { channel, message } = named(call, theChannel);
    const shown = { ...messageView(call.world, message), permalink: permalink(call.world, message) };
    return { type: 'message', message: shown, channel: channel.id };
  }),
  method(
    'reactions.list',
    {
      ...reading,
      tier: 'Tier2',
      page: { style: 'cursor', key: 'items', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'next',
    },
    ({ world, actor, args }) => {
      const user = theUser(world, text(args, 'user') || actor.user).id;
      const range = world.list(messages, {
        index: 'reactor',
        equals: user,
        reverse: true,
        where: (row) => {
          const channel = world.get(channels, row.channel);
          return channel !== undefined && canSee(world, channel, actor.user);
        },
      });
      return list(range, (row) => ({
        type: 'message',
        channel: row.channel,
        message: { ...messageView(world, row), permalink: permalink(world, row) },
      }));
    },
  ),
  method('pins.add', { ...both('pins:write'), tier: 'Tier2', required: ['channel'] }, (call) => {
    const { channel, message } = named(call, theOwnChannel);
    pin(call.world, channel, message, call.actor.user);
    return {};
  }),
  method('pins.remove', { ...both('pins:write'), tier: 'Tier2', required: ['channel'] }, (call) => {
    const { channel, message } = named(call, theOwnChannel);
    unpin(call.world, channel, message, call.actor.user);
    return {};
  }),
  method('pins.list', { ...both('pins:read'), tier: 'Tier2', required: ['channel'] }, (call) => {
    const { world, actor, args } = call;
    return { items: pinsOf(world, theOwnChannel(world, actor, required(args, 'channel'))) };
  }),
];

/**
 * The message that `channel` and `timestamp` name, in a conversation that `reach` finds. Throws `no_item_specified`,
 * `bad_timestamp`, `message_not_found`.
 */
function named({ world, actor, args }: MethodCall, reach: typeof theChannel) {
  const id = text(args, 'channel');
  const ts = text(args, 'timestamp');
  if (!id || !ts) throw refuse('no_item_specified');
  if (!isTs(ts)) throw refuse('bad_timestamp');
  const channel = reach(world, actor, id);
  return { channel, message: theMessage(world, channel, ts) };
}
