/**
 * How projects go and come back: put into the archive, into the bin for sixty days, or away for good with all that
 * is theirs. https://support.atlassian.com/jira-cloud-administration/docs/delete-a-project/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { PROJECT_BIN_DAYS } from '../../limits.ts';
import {
  avatars,
  boards,
  components,
  customTemplates,
  issues,
  issueTypeSchemes,
  issueTypes,
  type Project,
  projects,
  projectVisits,
  properties,
  relatedWorks,
  sprints,
  type User,
  type UserRef,
  versions,
} from '../../world.ts';
import { forgetProjectSchemes } from '../fields/projectSchemes.ts';
import { forgetArchived } from '../issues/archive.ts';
import { removeIssue } from '../issues/issues.ts';
import { endRoles } from '../permissions/actors.ts';
import { may } from '../permissions/may.ts';
import { audit } from '../site/audit.ts';
import { removeBoard } from '../software/boards.ts';
import { stamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { endWorkflows } from '../workflows/endWorkflows.ts';
import { requireProjectRow } from './projects.ts';

const DAY_MS = 86_400_000;

/** When a project in the bin is deleted for good, as milliseconds. */
export const binnedUntil = (at: string): number => Date.parse(at) + PROJECT_BIN_DAYS * DAY_MS;

/** Deletes a project: into the bin, or (without `enableUndo`) for good. 400 for one in the archive. */
export function deleteProject(world: World, user: UserRef, project: Project, enableUndo: boolean): void {
  if (project.archived)
    throw badQuery(`Project '${project.key}' is archived. Restore it before you delete it.`);
  note(world, user, project, 'Project deleted');
  happened(world, { event: enableUndo ? 'project_soft_deleted' : 'project_deleted', user, project });
  if (!enableUndo) {
    purgeProject(world, project.id);
    return;
  }
  const at = stamp(world.now());
  world.update(projects, project.id, { deleted: { by: { accountId: user.accountId }, at } });
  world.schedule(binnedUntil(at), 'purgeProject', { id: project.id, at });
}

/** Deletes a project for good, as a task: `id` says which. */
export function deleteProjectLater(world: World, { id }: { id: string }, submitter: UserRef): void {
  const project = world.get(projects, id);
  if (!project) throw missing(`No project could be found with id '${id}'.`);
  deleteProject(world, submitter, project, false);
}

/** Ends a project's time in the bin; nothing for one that was taken out of it. */
export function purgeBinned(world: World, { id, at }: { id: string; at: string }): void {
  if (world.get(projects, id)?.deleted?.at === at) purgeProject(world, id);
}

/** Puts a project into the archive: it can be looked at, and nothing in it changes. 400 for one that is there already. */
export function archiveProject(world: World, user: User, project: Project): void {
  if (project.archived) throw badQuery(`Project '${project.key}' is already archived.`);
  world.update(projects, project.id, {
    archived: { by: { accountId: user.accountId }, at: stamp(world.now()) },
  });
  note(world, user, project, 'Project archived');
  happened(world, { event: 'project_archived', user, project: requireProjectRow(world, project.id) });
}

/** Takes a project out of the archive or the bin; 400 for one that is in neither. */
export function restoreProject(world: World, user: User, project: Project): Project {
  const { archived, deleted, ...rest } = project;
  if (!archived && !deleted) throw badQuery(`Project '${project.key}' is neither archived nor deleted.`);
  const restored = world.put(projects, rest);
  note(world, user, project, 'Project restored');
  happened(world, {
    event: deleted ? 'project_restored_deleted' : 'project_restored_archived',
    user,
    project: restored,
  });
  return restored;
}

/** Whether a person may bring a project back: administrators, and whoever administers a team-managed one. */
export const mayRestore = (world: World, user: User, project: Project): boolean =>
  may(world, user, 'ADMINISTER') || (project.simplified && may(world, user, 'ADMINISTER_PROJECTS', project));

const note = (world: World, author: UserRef, { id, name }: Project, summary: string): void =>
  audit(world, { summary, category: 'projects', author, object: { id, name, typeName: 'PROJECT' } });

/** Takes a project away with its issues, versions, components, boards, and what was made for it alone. */
export function purgeProject(world: World, id: string): void {
  forgetProjectSchemes(world, id);
  const of = { index: 'project', equals: id };
  for (const issue of world.list(issues, of).toArray()) removeIssue(world, issue);
  forgetArchived(world, id);
  for (const version of world.list(versions, of).toArray()) {
    for (const work of world.list(relatedWorks, { index: 'version', equals: version.id }).toArray())
      world.remove(relatedWorks, relatedWorks.key(work));
    world.remove(versions, version.id);
  }
  for (const one of world.list(components, of).toArray()) world.remove(components, one.id);
  for (const board of world.list(boards, of).toArray()) {
    for (const sprint of world.list(sprints, { index: 'board', equals: sortable(board.id) }).toArray())
      world.remove(sprints, sortable(sprint.id));
    removeBoard(world, board);
  }
  for (const one of world.list(properties, { prefix: `project/${id}/` }).toArray())
    world.remove(properties, properties.key(one));
  for (const one of world.list(avatars, { index: 'owner', equals: `project/${id}` }).toArray())
    world.remove(avatars, one.id);
  for (const one of world.list(customTemplates, of).toArray())
    if (!one.snapshot) world.remove(customTemplates, one.key);
  for (const one of world.list(projectVisits, of).toArray())
    world.remove(projectVisits, projectVisits.key(one));
  forgetProjectSchemes(world, id);
  endRoles(world, requireProjectRow(world, id));
  removeOwn(world, id);
  world.remove(projects, id);
}

/** The types, statuses, workflow and schemes of a team-managed project. A shared one leaves the site's alone. */
function removeOwn(world: World, id: string): void {
  const project = requireProjectRow(world, id);
  if (!project.simplified) return;
  const isOwn = (row: { scope?: { project: { id: string } } } | undefined): boolean =>
    row?.scope?.project.id === id;
  const types = world.get(issueTypeSchemes, project.issueTypeScheme.id);
  for (const type of types?.issueTypeIds ?? [])
    if (isOwn(world.get(issueTypes, type))) world.remove(issueTypes, type);
  if (types && isOwn(types)) world.remove(issueTypeSchemes, types.id);
  endWorkflows(world, project);
}
