/** What was said before the universe began. */
import type { SlackMessagePart } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { content } from './model/messages/message.ts';
import { addReply } from './model/messages/thread.ts';
import { tsAt } from './model/messages/timestamp.ts';
import { theTeam } from './model/people/team.ts';
import { channels, type Message, messages, type User } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Said {
  from: string;
  text: string;
  at: number;
}

/**
 * Writes the world file's messages. Those without a time come one a minute up to now. Where the file's times lie in
 * the universe's future, all of them are moved back by the same whole days, so that what is new sorts behind.
 */
export function plantHistory(
  world: World,
  parts: readonly SlackMessagePart[],
  people: ReadonlyMap<string, User>,
): void {
  const now = world.now();
  const timed = parts.map((part, i) => {
    const at = part.at ? Date.parse(part.at) : now - (parts.length - i) * MINUTE_MS * 10;
    const replies = (part.replies ?? []).map((reply, n) => ({
      ...reply,
      at: reply.at ? Date.parse(reply.at) : at + (n + 1) * MINUTE_MS,
    }));
    return { ...part, at, replies };
  });
  let latest = 0;
  for (const part of timed) for (const { at } of [part, ...part.replies]) latest = Math.max(latest, at);
  const back = latest >= now ? Math.ceil((latest - now + 1) / DAY_MS) * DAY_MS : 0;
  const free: FreeTimes = new Map();
  for (const part of timed) {
    const channel = world.list(channels, { index: 'name', equals: part.channel }).first();
    if (!channel) continue;
    const root = write(world, channel.id, { ...part, at: part.at - back }, people, free);
    for (const reply of part.replies)
      write(world, channel.id, { ...reply, at: reply.at - back }, people, free, root?.ts);
  }
}

/** Where several things were said at one time: the first one behind it that is free, by channel and time. */
type FreeTimes = Map<string, number>;

function freeTime(world: World, channel: string, at: number, free: FreeTimes): number {
  if (!world.get(messages, `${channel}/${tsAt(at)}`)) return at;
  let later = free.get(`${channel}/${at}`) ?? at + 1;
  while (world.get(messages, `${channel}/${tsAt(later)}`)) later++;
  free.set(`${channel}/${at}`, later + 1);
  return later;
}

function write(
  world: World,
  channel: string,
  said: Said,
  people: ReadonlyMap<string, User>,
  free: FreeTimes,
  rootTs?: string,
): Message | undefined {
  const user = people.get(said.from.toLowerCase());
  if (!user) return undefined;
  const ts = tsAt(freeTime(world, channel, said.at, free));
  const root = rootTs === undefined ? undefined : world.get(messages, `${channel}/${rootTs}`);
  const message: Message = {
    channel,
    type: 'message',
    user: user.id,
    ts,
    team: theTeam(world).id,
    ...content(world, channel, ts, { text: said.text, typed: true }),
    ...(root ? { thread_ts: root.ts, parent_user_id: root.user ?? '' } : {}),
  };
  if (root) addReply(world, root, message);
  else world.insert(messages, message);
  return message;
}
