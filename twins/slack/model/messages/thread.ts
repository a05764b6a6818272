/** Threads: the root of a thread carries its totals, so that nothing counts replies. */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { REPLY_USERS_SHOWN_MAX } from '../../limits.ts';
import { isReply, type Message, messages } from '../../world.ts';

/**
 * The root of the thread that a timestamp names, be it the root's own or a reply's. Throws
 * `thread_not_found`.
 */
export function rootOf(world: World, channel: string, ts: string): Message {
  const root = rootMeant(world, channel, ts);
  if (!root) throw refuse('thread_not_found');
  return root;
}

/** The same; undefined where there is no such message. */
export function rootMeant(world: World, channel: string, ts: string): Message | undefined {
  const named = world.get(messages, `${channel}/${ts}`);
  return named && isReply(named) ? world.get(messages, `${channel}/${named.thread_ts}`) : named;
}

/** Adds a reply and moves its root's totals. */
export function addReply(world: World, root: Message, reply: Message): void {
  const writer = writerOf(reply);
  const replied = hasReplied(world, root, writer);
  const shown = root.reply_users ?? [];
  world.insert(messages, reply);
  world.update(messages, `${root.channel}/${root.ts}`, {
    thread_ts: root.ts,
    reply_count: (root.reply_count ?? 0) + 1,
    reply_users_count: (root.reply_users_count ?? 0) + (replied ? 0 : 1),
    latest_reply: reply.ts,
    reply_users: replied || shown.length >= REPLY_USERS_SHOWN_MAX ? shown : [...shown, writer],
    is_locked: false,
    subscribed: root.subscribed ?? false,
  });
}

/** Moves a root's totals back after a reply was taken away; a message that was none changes nothing. */
export function dropReply(world: World, reply: Message): void {
  const root = isReply(reply) ? world.get(messages, `${reply.channel}/${reply.thread_ts}`) : undefined;
  if (!root) return;
  const left = (root.reply_count ?? 1) - 1;
  const writer = writerOf(reply);
  const gone = !hasReplied(world, root, writer);
  world.update(messages, `${root.channel}/${root.ts}`, (row) => {
    if (left > 0)
      return {
        ...row,
        reply_count: left,
        reply_users_count: (row.reply_users_count ?? 1) - (gone ? 1 : 0),
        reply_users: gone
          ? (row.reply_users ?? []).filter((user) => user !== writer)
          : (row.reply_users ?? []),
        latest_reply: latestReply(world, root) ?? row.ts,
      };
    const { thread_ts, reply_count, reply_users, reply_users_count, latest_reply, ...alone } = row;
    return alone;
  });
}

const writerOf = (reply: Message): string => reply.user ?? reply.bot_id ?? '';

const hasReplied = (world: World, root: Message, writer: string): boolean =>
  world.list(messages, { index: 'replier', equals: `${root.channel}/${root.ts}/${writer}` }).first() !==
  undefined;

const latestReply = (world: World, root: Message): string | undefined =>
  world.list(messages, { index: 'thread', prefix: `${root.channel}/${root.ts}/`, reverse: true }).first()?.ts;
