/** Which schemes a project has; one that was never given any has the site's own. */
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import {
  fieldConfigurationSchemes,
  fieldContexts,
  type IssueTypeScreenScheme,
  issueTypeScreenSchemes,
  type Project,
  type ProjectSchemes,
  projectSchemes,
  projects,
} from '../../world.ts';
import { removeContext } from './contexts.ts';
import { DEFAULT_ISSUE_TYPE_SCREEN_SCHEME } from './siteScreens.ts';

/** The issue type screen scheme of a project. */
export function projectScreenScheme(world: World, projectId: string): IssueTypeScreenScheme {
  const id =
    world.get(projectSchemes, projectId)?.issueTypeScreenSchemeId ?? DEFAULT_ISSUE_TYPE_SCREEN_SCHEME;
  return world.require(issueTypeScreenSchemes, id, () => new Error(`issue type screen scheme ${id} is gone`));
}

/** Gives a project a scheme; one of `undefined` is taken away. */
export function setProjectSchemes(
  world: World,
  projectId: string,
  change: { [K in Exclude<keyof ProjectSchemes, 'projectId'>]?: ProjectSchemes[K] | undefined },
): void {
  const merged = { ...world.get(projectSchemes, projectId), ...change };
  const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  world.put(projectSchemes, { ...kept, projectId });
}

/** A company-managed project; 404 in the vendor's words, 400 with `message` for a team-managed one. */
export function requireClassic(world: World, projectId: string, message: string): Project {
  const project = world.require(projects, projectId, () => missing('The project was not found.'));
  if (project.style !== 'classic') throw refused('badRequest', message);
  return project;
}

/** The company-managed projects, in the order of their ids. */
export const classicProjects = (world: World): Project[] =>
  world.list(projects, { where: (row) => row.style === 'classic' }).toArray();

/** A project is gone: what schemes it had is forgotten, and contexts that were for it alone. */
export function forgetProjectSchemes(world: World, projectId: string): void {
  world.remove(projectSchemes, projectId);
  for (const context of world.list(fieldContexts, { index: 'project', equals: projectId }).toArray()) {
    const projectIds = context.projectIds.filter((id) => id !== projectId);
    if (projectIds.length > 0) world.update(fieldContexts, context.id, { projectIds });
    else removeContext(world, context);
  }
}

/** A kind of issue is gone: contexts and schemes that name it do so no longer. */
export function forgetIssueType(world: World, id: string): void {
  for (const context of world.list(fieldContexts, { index: 'issueType', equals: id }).toArray()) {
    const issueTypeIds = context.issueTypeIds.filter((one) => one !== id);
    if (issueTypeIds.length > 0) world.update(fieldContexts, context.id, { issueTypeIds });
    else removeContext(world, context);
  }
  for (const rows of [issueTypeScreenSchemes, fieldConfigurationSchemes])
    for (const row of world.list(rows, { where: ({ mappings }) => id in mappings }).toArray()) {
      const { [id]: _, ...mappings } = row.mappings;
      world.update(rows as typeof issueTypeScreenSchemes, row.id, { mappings });
    }
}
