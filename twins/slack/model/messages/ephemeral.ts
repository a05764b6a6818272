/** Messages that one person alone sees; they are in no history. */
import type { World } from '../../../../src/world/world.ts';
import { type Channel, type Ephemeral, ephemerals } from '../../world.ts';
import { type Author, content, type Draft } from './message.ts';
import { eventTs } from './timestamp.ts';

/** Shows a message to one person in a conversation. */
export function whisper(world: World, channel: Channel, author: Author, to: string, draft: Draft): Ephemeral {
  let ts = eventTs(world);
  for (let n = 1; world.get(ephemerals, `${channel.id}/${ts}`); n++) ts = bumped(ts, n);
  return world.insert(ephemerals, {
    ...author,
    channel: channel.id,
    to,
    type: 'message',
    ts,
    ...content(world, channel.id, ts, draft),
    ...(draft.thread_ts ? { thread_ts: draft.thread_ts } : {}),
  });
}

const bumped = (ts: string, by: number): string =>
  `${ts.slice(0, -6)}${String((Number(ts.slice(-6)) + by) % 1_000_000).padStart(6, '0')}`;
