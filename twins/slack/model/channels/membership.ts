/** Who is in which conversation: joining and leaving, with what the channel and its apps hear of it. */
import type { World } from '../../../../src/world/world.ts';
import { type Channel, channelCounts, channels, channelType, members } from '../../world.ts';
import { tell, tellPerson } from '../events/event.ts';
import { say } from '../messages/notice.ts';
import { eventTs } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';

/** Puts a user into a conversation without a word; says whether they were not in it before. */
export function enrol(world: World, channel: string, user: string): boolean {
  if (world.get(members, `${channel}/${user}`)) return false;
  world.insert(members, { channel, user });
  count(world, channel, { members: 1 });
  return true;
}

/** Has a user join; the channel says so. Says whether they were not in it before. */
export function join(world: World, channel: Channel, user: string, inviter?: string): boolean {
  if (!enrol(world, channel.id, user)) return false;
  tellJoined(world, channel, user, inviter);
  say(world, channel, user, 'join', `<@${user}> has joined the channel`, inviter ? { inviter } : {});
  return true;
}

/** Has a user leave. Says whether they were in it. */
export function leave(world: World, channel: Channel, user: string, remover?: string): boolean {
  if (!world.get(members, `${channel.id}/${user}`)) return false;
  announce(world, 'member_left_channel', channel, user);
  if (!remover) say(world, channel, user, 'leave', `<@${user}> has left the channel`);
  world.remove(members, `${channel.id}/${user}`);
  count(world, channel.id, { members: -1 });
  const type = channel.is_private ? 'group_left' : 'channel_left';
  const event_ts = eventTs(world);
  tellPerson(world, user, { type, channel: channel.id, actor_id: remover ?? user, event_ts });
  return true;
}

/**
 * Takes a user whose account is closed out of all channels, without a word; direct conversations stay as they are.
 * Returns the ids of the channels.
 */
export function expel(world: World, user: string): string[] {
  const left: string[] = [];
  for (const row of world.list(members, { index: 'user', equals: user }).toArray()) {
    const channel = world.get(channels, row.channel);
    if (!channel || channel.is_im || channel.is_mpim) continue;
    world.remove(members, `${row.channel}/${user}`);
    count(world, row.channel, { members: -1 });
    left.push(row.channel);
  }
  return left;
}

/** How many users a conversation has. */
export const memberCount = (world: World, channel: string): number =>
  world.get(channelCounts, channel)?.members ?? 0;

/** How many messages a conversation has pinned. */
export const pinCount = (world: World, channel: string): number =>
  world.get(channelCounts, channel)?.pins ?? 0;

/** Moves a channel's running totals. */
export function count(world: World, channel: string, by: { members?: number; pins?: number }): void {
  const now = world.get(channelCounts, channel) ?? { channel, members: 0, pins: 0 };
  world.put(channelCounts, {
    channel,
    members: now.members + (by.members ?? 0),
    pins: now.pins + (by.pins ?? 0),
  });
}

/** Tells the apps in a channel that somebody is in it now. */
export const tellJoined = (world: World, channel: Channel, user: string, inviter?: string): void =>
  announce(world, 'member_joined_channel', channel, user, inviter);

function announce(world: World, type: string, channel: Channel, user: string, inviter?: string): void {
  tell(
    world,
    {
      type,
      user,
      channel: channel.id,
      channel_type: channelType(channel) === 'public_channel' ? 'C' : 'G',
      team: theTeam(world).id,
      ...(inviter ? { inviter } : {}),
      event_ts: eventTs(world),
    },
    channel,
  );
}
