/** `emoji.list`: the workspace's own emoji. */
import type { Endpoint } from '../../../src/twin.ts';
import { flag } from '../args.ts';
import { emojiCategories } from '../emojiNames.ts';
import { EMOJI_MAX } from '../limits.ts';
import { seconds } from '../model/messages/timestamp.ts';
import { emoji } from '../world.ts';
import { both, method } from './method.ts';

/** Which names stand in which category has changed before. */
const CATEGORIES_VERSION = '5';

export const emojiMethods: readonly Endpoint[] = [
  method('emoji.list', { ...both('emoji:read'), tier: 'Tier2' }, ({ world, args }) => ({
    emoji: Object.fromEntries(
      world
        .list(emoji)
        .toArray(EMOJI_MAX)
        .map((row) => [row.name, row.value]),
    ),
    cache_ts: `${seconds(world)}.000000`,
    ...(flag(args, 'include_categories')
      ? { categories_version: CATEGORIES_VERSION, categories: emojiCategories() }
      : {}),
  })),
];
