import type { World } from '../../../../src/world/world.ts';
import { missing } from '../../errors.ts';
import {
  type Component,
  components,
  type IssueType,
  type IssueTypeScheme,
  issueTypeSchemes,
  issueTypes,
  type Priority,
  type PriorityScheme,
  type Project,
  priorities,
  prioritySchemes,
  projects,
  type Ref,
  type Resolution,
  resolutions,
  type Status,
  statuses,
  type Version,
  versions,
} from '../../world.ts';
import { PRIORITY_SCHEME } from '../defaults.ts';
import { isNumeric } from '../ids.ts';

/** The project with this id or key, now or before; keys are upper case, and asked for in any. None that is in the bin. */
export function projectNamed(world: World, idOrKey: string): Project | undefined {
  const found = projectAnywhere(world, idOrKey);
  return found?.deleted ? undefined : found;
}

/** The same, also of those in the bin. */
export const projectAnywhere = (world: World, idOrKey: string): Project | undefined =>
  isNumeric(idOrKey)
    ? world.get(projects, idOrKey)
    : world.list(projects, { index: 'key', equals: idOrKey.toUpperCase() }).first();

/** 404 in the vendor's words for an id or for a key. */
export function requireProject(world: World, idOrKey: string): Project {
  const found = projectNamed(world, idOrKey);
  if (!found) throw projectNotFound(idOrKey);
  return found;
}

/** 404 `No project could be found with key 'ENG'.` */
export const projectNotFound = (idOrKey: string) =>
  missing(`No project could be found with ${isNumeric(idOrKey) ? 'id' : 'key'} '${idOrKey}'.`);

const gone = (what: string, id: string) => () => new Error(`${what} ${id} is referred to and not there`);

/** A project that other rows refer to, as it is now. */
export const requireProjectRow = (world: World, id: string): Project =>
  world.require(projects, id, gone('project', id));

export const projectOf = (world: World, ref: Ref): Project => requireProjectRow(world, ref.id);
export const issueTypeOf = (world: World, ref: Ref): IssueType =>
  world.require(issueTypes, ref.id, gone('issue type', ref.id));
export const statusOf = (world: World, ref: Ref): Status =>
  world.require(statuses, ref.id, gone('status', ref.id));
export const priorityOf = (world: World, ref: Ref): Priority =>
  world.require(priorities, ref.id, gone('priority', ref.id));
export const resolutionOf = (world: World, ref: Ref): Resolution =>
  world.require(resolutions, ref.id, gone('resolution', ref.id));
export const componentOf = (world: World, ref: Ref): Component | undefined => world.get(components, ref.id);
export const versionOf = (world: World, ref: Ref): Version | undefined => world.get(versions, ref.id);

/** The scheme that says which types of issue a project has. */
export const issueTypeSchemeOf = (world: World, { issueTypeScheme: { id } }: Project): IssueTypeScheme =>
  world.require(issueTypeSchemes, id, gone('issue type scheme', id));

/** The types of issue that a project has, in their order. */
export const issueTypesOf = (world: World, project: Project): IssueType[] =>
  issueTypeSchemeOf(world, project).issueTypeIds.map((id) => issueTypeOf(world, { id }));

/** The scheme that says which priorities a project has, and which one its issues begin with. */
export function prioritySchemeOf(world: World, project: Project): PriorityScheme {
  const id = project.priorityScheme?.id ?? PRIORITY_SCHEME.id;
  return world.require(prioritySchemes, id, gone('priority scheme', id));
}

/** The priorities that a project has, in the site's order. */
export const prioritiesOf = (world: World, project: Project): Priority[] =>
  prioritySchemeOf(world, project)
    .priorityIds.map((id) => priorityOf(world, { id }))
    .sort((a, b) => a.sequence - b.sequence);
