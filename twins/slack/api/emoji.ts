/** `emoji.list`: the workspace's own emoji. */
import type { Endpoint } from '../../../src/twin.ts';
import { EMOJI_MAX } from '../limits.ts';
import { seconds } from '../model/timestamp.ts';
import { emoji } from '../world.ts';
import { both, method } from './method.ts';

export const emojiMethods: readonly Endpoint[] = [
  method('emoji.list', { ...both('emoji:read'), tier: 'Tier2' }, ({ world }) => ({
    emoji: Object.fromEntries(
      world
        .list(emoji)
        .toArray(EMOJI_MAX)
        .map((row) => [row.name, row.value]),
    ),
    cache_ts: `${seconds(world)}.000000`,
  })),
];
