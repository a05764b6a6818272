/** `stars.*`: what people keep for later; Slack shows it to them as such no more, but to programs. */
import { type Endpoint, list } from '../../../src/twin.ts';
import { type Args, text } from '../args.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { type Asked, star, starsOf, starView, unstar } from '../model/messages/star.ts';
import { method } from './method.ts';

const writing = { user: ['stars:write'], tier: 'Tier2' };

export const starMethods: readonly Endpoint[] = [
  method('stars.add', writing, ({ world, actor, args }) => {
    star(world, actor, asked(args));
    return {};
  }),
  method('stars.remove', writing, ({ world, actor, args }) => {
    unstar(world, actor, asked(args));
    return {};
  }),
  method(
    'stars.list',
    {
      user: ['stars:read'],
      tier: 'Tier3',
      page: { style: 'counted', key: 'items', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'next_ts',
    },
    ({ world, actor }) => list(starsOf(world, actor.user), (row) => starView(world, row)),
  ),
];

const asked = (args: Args): Asked => ({
  channel: text(args, 'channel'),
  timestamp: text(args, 'timestamp'),
  file: text(args, 'file'),
  file_comment: text(args, 'file_comment'),
});
