/** What a channel says by itself: that somebody joined, that the topic is another one. */
import type { World } from '../../../../src/world/world.ts';
import { type Channel, type Message, messages } from '../../world.ts';
import { tellMessage } from '../events/event.ts';
import { nextTs } from './timestamp.ts';

export type NoticeKind =
  | 'join'
  | 'leave'
  | 'topic'
  | 'purpose'
  | 'name'
  | 'archive'
  | 'unarchive'
  | 'convert_to_private'
  | 'convert_to_public';

/** Writes a notice by `user`; private channels call theirs `group_…`. */
export function say(
  world: World,
  channel: Channel,
  user: string,
  kind: NoticeKind,
  text: string,
  more: Partial<Message> = {},
): Message {
  const subtype = `${channel.is_private && !channel.is_channel ? 'group' : 'channel'}_${kind}`;
  const ts = nextTs(world, channel.id);
  const notice: Message = { channel: channel.id, type: 'message', subtype, ts, user, text, ...more };
  world.insert(messages, notice);
  const { channel: _, ...event } = notice;
  tellMessage(world, channel, () => ({ ...event, event_ts: ts }));
  return notice;
}
