/** A board's settings, as its administrators change them on its page of settings: no API does. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Board, type BoardColumn, boards, quickFilters, statuses, type User } from '../../world.ts';
import { compileJql } from '../jql/compile.ts';
import { happened } from '../webhooks/happened.ts';
import { estimationField } from './boardSettings.ts';
import { requireEditsBoard } from './boards.ts';
import { quickFiltersOf } from './quickFilters.ts';

/** What of a board is to be as given; what is left out stays. Columns name their statuses. */
export interface BoardSettings {
  columns?: readonly BoardColumn[];
  subQuery?: string;
  estimation?: 'none' | 'issueCount' | 'storyPoints' | 'originalEstimate';
  quickFilters?: readonly { name: string; jql: string; description?: string }[];
}

/** Changes a board's settings; 400 for a status that there is not, that two columns have, or a wrong query. */
export function setUpBoard(world: World, user: User, board: Board, settings: BoardSettings): Board {
  requireEditsBoard(world, user, board);
  const { columns, subQuery, estimation } = settings;
  for (const { jql } of settings.quickFilters ?? []) compileJql(world, user, jql);
  if (subQuery) compileJql(world, user, subQuery);
  const { subQuery: before, ...rest } = board;
  const query = subQuery ?? before;
  const changed = world.put(boards, {
    ...rest,
    ...(columns ? { columns: columnsFrom(world, columns) } : {}),
    ...(query ? { subQuery: query } : {}),
    ...(estimation ? { estimation: estimationField(board, estimation) } : {}),
    ...(columns?.some(({ min, max }) => min !== undefined || max !== undefined)
      ? { constraintType: 'issueCount' as const }
      : {}),
  });
  if (settings.quickFilters) replaceQuickFilters(world, board, settings.quickFilters);
  happened(world, { event: 'board_configuration_changed', user, board: changed });
  return changed;
}

function columnsFrom(world: World, columns: readonly BoardColumn[]): BoardColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => ({
    ...column,
    statuses: column.statuses.flatMap((wanted) => {
      const ids = statusesNamed(world, wanted).filter((id) => !taken.has(id));
      if (ids.length === 0) throw badQuery(`There is no status called '${wanted}' that is free.`);
      for (const id of ids) taken.add(id);
      return ids;
    }),
  }));
}

/** Ids of the statuses that are called so, or have this id. */
const statusesNamed = (world: World, wanted: string): string[] =>
  world.get(statuses, wanted)
    ? [wanted]
    : world
        .list(statuses, { index: 'name', equals: wanted.toLowerCase() })
        .toArray()
        .map(({ id }) => id);

function replaceQuickFilters(
  world: World,
  board: Board,
  wanted: NonNullable<BoardSettings['quickFilters']>,
): void {
  for (const row of quickFiltersOf(world, board)) world.remove(quickFilters, sortable(row.id));
  for (const [position, { name, jql, description = '' }] of wanted.entries())
    world.insert(quickFilters, {
      id: world.next('jira.quickFilter'),
      boardId: board.id,
      name,
      jql,
      description,
      position,
    });
}
