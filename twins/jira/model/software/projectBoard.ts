/** The board that a new project brings along. */
import type { World } from '../../../../src/world/world.ts';
import { type Board, boards, type Project } from '../../world.ts';

/** Adds a project's first board. */
export const addProjectBoard = (world: World, project: Project, type: Board['type']): Board =>
  world.insert(boards, {
    id: world.next('jira.board'),
    name: `${project.key} board`,
    type,
    projectId: project.id,
    admin: project.lead,
  });
