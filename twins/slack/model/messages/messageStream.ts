/** Which messages are still being written, piece by piece. */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { MESSAGE_STREAM_IDLE_MS } from '../../limits.ts';
import type { Message } from '../../world.ts';
import type { StreamBody } from './streamPiece.ts';

/** What has been written so far. `touched_at` in universe milliseconds. */
export interface MessageStream extends StreamBody {
  channel: string;
  ts: string;
  touched_at: number;
}

export const messageStreams = table<MessageStream>({
  name: 'slack.messageStreams',
  key: (row) => `${row.channel}/${row.ts}`,
});

/** The stream of a message, unless nothing was added for so long that Slack gave it up. */
export function live(world: World, { channel, ts }: Message): MessageStream | undefined {
  const stream = world.get(messageStreams, `${channel}/${ts}`);
  return stream && world.now() - stream.touched_at <= MESSAGE_STREAM_IDLE_MS ? stream : undefined;
}

/** Throws `streaming_state_conflict` while a message is being written. */
export function requireSettled(world: World, message: Message): void {
  if (live(world, message)) throw refuse('streaming_state_conflict');
}
