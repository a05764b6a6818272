/** Channels that are deleted, with everything in them. https://slack.com/help/articles/213185307 */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import {
  type Channel,
  channelCounts,
  channels,
  members,
  messages,
  pins,
  readings,
  type Token,
} from '../../world.ts';
import { tell } from '../events/event.ts';
import { dropShares } from '../files/fileShare.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { administers } from '../people/user.ts';

/** Deletes a channel, as administrators may. Throws `method_not_supported_for_channel_type`, `not_authorized`, `cant_delete_general`. */
export function deleteChannel(world: World, actor: Token, channel: Channel): void {
  if (channel.is_im || channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  if (!administers(world, actor)) throw refuse('not_authorized');
  if (channel.is_general) throw refuse('cant_delete_general');
  const type = channel.is_private ? 'group_deleted' : 'channel_deleted';
  const event_ts = eventTs(world);
  const since = channel.is_private ? { date_deleted: seconds(world) } : {};
  const event = { type, channel: channel.id, ...since, actor_id: actor.user, event_ts };
  tell(world, event, channel.is_private ? channel : undefined);
  const within = { prefix: `${channel.id}/` };
  for (const message of world.list(messages, within).toArray()) {
    if (message.files) dropShares(world, channel, message);
    world.remove(messages, `${channel.id}/${message.ts}`);
  }
  for (const { ts } of world.list(pins, within).toArray()) world.remove(pins, `${channel.id}/${ts}`);
  for (const { user } of world.list(readings, within).toArray())
    world.remove(readings, `${channel.id}/${user}`);
  for (const { user } of world.list(members, within).toArray())
    world.remove(members, `${channel.id}/${user}`);
  world.remove(channelCounts, channel.id);
  world.remove(channels, channel.id);
}
