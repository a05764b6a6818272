/** Which projects a person last had to do with: what Jira lists as recent. */
import type { World } from '../../../../src/world/world.ts';
import { RECENT_PROJECTS_MAX } from '../../limits.ts';
import { type Project, projects, projectVisits, type UserRef } from '../../world.ts';

/** A person had to do with a project: made it, or an issue in it. Of each person the newest 20 are kept. */
export function visit(world: World, { accountId }: UserRef, { id }: Project): void {
  world.put(projectVisits, { accountId, projectId: id, nth: world.next('jira.projectVisit') });
  const all = visitsOf(world, accountId);
  for (const old of all.slice(RECENT_PROJECTS_MAX)) world.remove(projectVisits, projectVisits.key(old));
}

const visitsOf = (world: World, accountId: string) =>
  world
    .list(projectVisits, { index: 'account', equals: accountId })
    .toArray()
    .sort((a, b) => b.nth - a.nth);

/** The projects of a person's visits, the latest first. */
export const recentProjects = (world: World, { accountId }: UserRef): Project[] =>
  visitsOf(world, accountId).flatMap(({ projectId }) => {
    const project = world.get(projects, projectId);
    return project && !project.deleted && !project.archived ? [project] : [];
  });
