/** Quick filters: queries that a board offers at a click. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing } from '../../errors.ts';
import { type Board, type QuickFilter, quickFilters } from '../../world.ts';
import { isNumeric } from '../ids.ts';

/** What Jira gives a new board of a company-managed project. */
const STANDARD = [
  {
    name: 'Only My Issues',
    jql: 'assignee = currentUser()',
    description: 'Displays issues which are currently assigned to the current user',
  },
  {
    name: 'Recently Updated',
    jql: 'updatedDate >= -1d',
    description: 'Displays issues which have been updated in the last day',
  },
] as const;

export function addStandardFilters(world: World, board: Board): void {
  for (const [position, one] of STANDARD.entries())
    world.insert(quickFilters, { id: world.next('jira.quickFilter'), boardId: board.id, ...one, position });
}

/** A board's quick filters, by position. */
export const quickFiltersOf = (world: World, board: Board): QuickFilter[] =>
  world
    .list(quickFilters, {
      index: 'board',
      equals: sortable(board.id),
      orderBy: [{ by: (row) => row.position }],
    })
    .toArray();

/** 404 for a quick filter that is not this board's. */
export function requireQuickFilter(world: World, board: Board, id: string): QuickFilter {
  const found = isNumeric(id) ? world.get(quickFilters, sortable(Number(id))) : undefined;
  if (found?.boardId !== board.id) throw missing('The requested quick filter does not exist.');
  return found;
}
