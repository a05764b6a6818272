/** Which fields of a screen a person may fill in: some need a permission of their own. */
import type { World } from '../../../../src/world/world.ts';
import type { Issue, Project, User } from '../../world.ts';
import { may } from './may.ts';

const NEEDED: Readonly<Record<string, string>> = {
  assignee: 'ASSIGN_ISSUES',
  reporter: 'MODIFY_REPORTER',
  duedate: 'SCHEDULE_ISSUES',
  fixVersions: 'RESOLVE_ISSUES',
  issuelinks: 'LINK_ISSUES',
  attachment: 'CREATE_ATTACHMENTS',
  security: 'SET_ISSUE_SECURITY',
};

/**
 * The fields that `user` may fill in, of those that a screen has; for all others Jira says that they are not on it.
 */
export function fillable(
  world: World,
  user: User | undefined,
  screen: readonly string[],
  project: Project,
  issue?: Issue,
): Set<string> {
  return new Set(
    screen.filter((id) => {
      const key = NEEDED[id];
      return key === undefined || may(world, user, key, project, issue);
    }),
  );
}
