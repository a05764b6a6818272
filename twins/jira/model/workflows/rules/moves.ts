/** The statuses that an issue has been through, as its changelog tells them. */
import type { World } from '../../../../../src/world/world.ts';
import type { Issue } from '../../../world.ts';
import { historyOf } from '../../issues/history.ts';

export interface Move {
  /** Account id of who did it. */
  author: string;
  from: string;
  to: string;
}

/** Every change of an issue's status, oldest first. */
export const movesOf = (world: World, issue: Issue): Move[] =>
  [...historyOf(world, issue.id)].flatMap(({ author, items }) =>
    items
      .filter(({ field }) => field === 'status')
      .map(({ from, to }) => ({ author: author.accountId, from: from ?? '', to: to ?? '' })),
  );
