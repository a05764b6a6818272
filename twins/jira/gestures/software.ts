/** What people do on boards: drag cards, set a board up, start and complete sprints. */
import type { Gesture } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { requireBoard } from '../model/software/boards.ts';
import { completeSprint, startSprint } from '../model/software/completion.ts';
import { columnOf, dragTo } from '../model/software/drag.ts';
import { rankIssues } from '../model/software/ranking.ts';
import { setUpBoard } from '../model/software/setUp.ts';
import { requireSprint } from '../model/software/sprints.ts';
import { site } from '../world.ts';
import { gesture, shape } from './gesture.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const id = { type: 'integer', minimum: 1 } as const;
const query = { type: 'string', maxLength: 32_767 } as const;

const column = shape({ name, statuses: { type: 'array', items: name, maxItems: 100 }, min: id, max: id }, [
  'name',
  'statuses',
]);

export const softwareGestures: Readonly<Record<string, Gesture>> = {
  drag: gesture<{ issue: string; board: number; to?: string; before?: string; after?: string }>(
    'Drags a card of a board to a column, right before or after another card where one is named.',
    shape({ issue: name, board: id, to: name, before: name, after: name }, ['issue', 'board']),
    (world, user, { issue: key, board: boardId, to, before, after }) => {
      const board = requireBoard(world, user, String(boardId));
      const issue = requireIssue(world, key);
      if (to !== undefined) dragTo(world, user, issue, columnOf(world, board, to));
      if (before ?? after)
        rankIssues(world, user, [issue.id], { rankBeforeIssue: before, rankAfterIssue: after });
      return { key: issue.key };
    },
  ),
  startSprint: gesture<{ sprint: number; days?: number }>(
    'Starts a sprint by the button of the backlog, for two weeks unless it says otherwise.',
    shape({ sprint: id, days: { type: 'integer', minimum: 1, maximum: 365 } }, ['sprint']),
    (world, user, { sprint, days }) => {
      const { id: started, state } = startSprint(
        world,
        user,
        requireSprint(world, user, String(sprint)),
        days,
      );
      return { id: started, state };
    },
  ),
  endSprint: gesture<{ sprint: number; moveTo?: number | 'backlog' }>(
    'Completes a sprint; what is not done goes to another sprint, or to the backlog.',
    shape({ sprint: id, moveTo: { anyOf: [id, { const: 'backlog' }] } }, ['sprint']),
    (world, user, { sprint, moveTo = 'backlog' }) => {
      const next = moveTo === 'backlog' ? undefined : requireSprint(world, user, String(moveTo));
      const ended = completeSprint(world, user, requireSprint(world, user, String(sprint)), next);
      return { id: ended.id, state: ended.state };
    },
  ),
  parallelSprints: gesture<{ on: boolean }>(
    'Lets several sprints run on one board, or no longer, as an administrator does in the site’s settings.',
    shape({ on: { type: 'boolean' } }, ['on']),
    (world, user, { on }) => {
      requireAdmin(world, user);
      world.update(site, 'site', { parallelSprints: on });
      return { on };
    },
  ),
  setUpBoard: gesture<{ board: number } & Parameters<typeof setUpBoard>[3]>(
    'Changes a board’s settings: its columns, its sub-query, what it estimates by, its quick filters.',
    shape(
      {
        board: id,
        columns: { type: 'array', items: column, minItems: 1, maxItems: 50 },
        subQuery: query,
        estimation: { enum: ['none', 'issueCount', 'storyPoints', 'originalEstimate'] },
        quickFilters: {
          type: 'array',
          items: shape({ name, jql: query, description: query }, ['name', 'jql']),
          maxItems: 100,
        },
      },
      ['board'],
    ),
    (world, user, { board: boardId, ...settings }) => {
      if (Object.keys(settings).length === 0) throw badQuery('There is nothing to change.');
      return { id: setUpBoard(world, user, requireBoard(world, user, String(boardId)), settings).id };
    },
  ),
};
