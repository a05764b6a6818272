/**
 * Reading a conversation: what it shows, newest first, and a thread, oldest first. Costs the page, not the
 * channel.
 */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type Channel, type Message, messages } from '../../world.ts';
import { isTs } from './timestamp.ts';

/** Which part of a conversation is asked for. `latest` and `oldest` are timestamps or seconds. */
export interface Window {
  limit: number;
  latest?: string;
  oldest?: string;
  inclusive: boolean;
  /** The timestamp at which the page begins, from a cursor. */
  from?: string;
}

/** One page. `next` is the timestamp at which the next one begins. */
export interface HistoryPage {
  messages: Message[];
  next?: string;
}

/** Behind every key of a timestamp, before the keys of the next. */
const AFTER = '\u0002';

/** The messages that stand in the channel itself, newest first. */
export function history(world: World, channel: Channel, window: Window): HistoryPage {
  const { low, high } = bounds(window);
  const prefix = `${channel.id}/`;
  const to = window.from ? prefix + window.from + AFTER : prefix + high;
  return pageOf(
    world
      .list(messages, { index: 'timeline', from: prefix + low, to, reverse: true })
      .toArray(window.limit + 1),
    window.limit,
  );
}

/**
 * A thread: its root, then its replies, oldest first. The root leads every page's window but not later
 * pages.
 */
export function replies(world: World, channel: Channel, root: Message, window: Window): HistoryPage {
  const { low, high } = bounds(window);
  const prefix = `${channel.id}/${root.ts}/`;
  const from = prefix + (window.from ?? low);
  const found = world.list(messages, { index: 'thread', from, to: prefix + high }).toArray(window.limit + 1);
  const page = pageOf(found, window.limit);
  return window.from ? page : { ...page, messages: [root, ...page.messages] };
}

function pageOf(found: Message[], limit: number): HistoryPage {
  const extra = found.length > limit ? found.pop() : undefined;
  return extra ? { messages: found, next: extra.ts } : { messages: found };
}

function bounds({ latest, oldest, inclusive }: Window): { low: string; high: string } {
  const newest = latest === undefined ? undefined : whole(latest, 'invalid_ts_latest');
  const eldest = oldest === undefined ? undefined : whole(oldest, 'invalid_ts_oldest');
  return {
    low: eldest === undefined ? '' : inclusive ? eldest : eldest + AFTER,
    high: newest === undefined ? '~' : inclusive ? newest + AFTER : newest,
  };
}

/** A timestamp in full: seconds may come without microseconds or with few of their digits. */
function whole(text: string, error: string): string {
  const match = /^(\d{1,10})(?:\.(\d{0,6}))?$/.exec(text);
  if (!match) throw refuse(error);
  const ts = `${(match[1] as string).padStart(10, '0')}.${(match[2] ?? '').padEnd(6, '0')}`;
  if (!isTs(ts)) throw refuse(error);
  return ts;
}
