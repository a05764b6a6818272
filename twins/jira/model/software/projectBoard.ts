/** The board that a new project brings along, with the filter that says what is on it. */
import type { World } from '../../../../src/world/world.ts';
import { type Board, boards, type Filter, filters, type Project } from '../../world.ts';
import { nextId } from '../ids.ts';
import { UNRELEASED } from './boards.ts';
import { addStandardFilters } from './quickFilters.ts';

/** Adds a project's first board. That of a team-managed project has no filter that anybody sees. */
export function addProjectBoard(world: World, project: Project, type: Board['type']): Board {
  const own = type === 'simple' ? {} : { filterId: addFilter(world, project).id };
  const board = world.insert(boards, {
    id: world.next('jira.board'),
    name: `${project.key} board`,
    type,
    projectId: project.id,
    admin: project.lead,
    ...own,
    ...(type === 'kanban' ? { subQuery: UNRELEASED } : {}),
  });
  if (type !== 'simple') addStandardFilters(world, board);
  return board;
}

const addFilter = (world: World, { id, key, lead }: Project): Filter =>
  world.insert(filters, {
    id: nextId(world, 'filter'),
    name: `Filter for ${key} board`,
    description: '',
    jql: `project = ${key} ORDER BY Rank ASC`,
    owner: lead,
    sharePermissions: [{ id: world.next('jira.share') + 9_999, type: 'project', project: { id } }],
    editPermissions: [],
  });
