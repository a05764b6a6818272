/** Projects with their kinds of issue, statuses, components and versions. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing } from '../../errors.ts';
import {
  type Component,
  components,
  type IssueType,
  issues,
  issueTypes,
  type Priority,
  type Project,
  priorities,
  projects,
  type Ref,
  type Resolution,
  resolutions,
  type Status,
  statuses,
  type UserRef,
  type Version,
  versions,
} from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { isDay } from '../time.ts';

/** The project with this id or key; keys are upper case, and asked for in any. */
export const projectNamed = (world: World, idOrKey: string): Project | undefined =>
  isNumeric(idOrKey)
    ? world.get(projects, idOrKey)
    : world.list(projects, { index: 'key', equals: idOrKey.toUpperCase() }).first();

/** 404 in the vendor's words for an id or for a key. */
export function requireProject(world: World, idOrKey: string): Project {
  const found = projectNamed(world, idOrKey);
  if (!found)
    throw missing(`No project could be found with ${isNumeric(idOrKey) ? 'id' : 'key'} '${idOrKey}'.`);
  return found;
}

const gone = (what: string, id: string) => () => new Error(`${what} ${id} is referred to and not there`);

export const projectOf = (world: World, ref: Ref): Project =>
  world.require(projects, ref.id, gone('project', ref.id));
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

/** The kinds of issue that a project has, in their order. */
export const issueTypesOf = (world: World, project: Project): IssueType[] =>
  project.issueTypes.map((ref) => issueTypeOf(world, ref));

export const componentsOf = (world: World, project: Project): Range<Component> =>
  world.list(components, { index: 'project', equals: project.id });

export const versionsOf = (world: World, project: Project): Range<Version> =>
  world.list(versions, { index: 'project', equals: project.id });

/** What `POST /component` takes. */
export interface ComponentInput {
  name?: unknown;
  description?: unknown;
  project?: unknown;
  projectId?: unknown;
  lead?: UserRef;
  assigneeType?: unknown;
}

/** Adds a component to a project; `badFields` for a missing or taken name, 404 for the project. */
export function createComponent(world: World, input: ComponentInput): Component {
  const project = requireProject(world, String(input.project ?? input.projectId ?? ''));
  const name = named(input.name, 'component');
  if ([...componentsOf(world, project)].some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw badFields({ name: `A component with the name ${name} already exists in this project.` });
  return world.insert(components, {
    id: nextId(world, 'component'),
    projectId: project.id,
    name,
    ...(typeof input.description === 'string' ? { description: input.description } : {}),
    ...(input.lead ? { lead: input.lead } : {}),
    assigneeType: typeof input.assigneeType === 'string' ? input.assigneeType : 'PROJECT_DEFAULT',
  });
}

/** What `POST /version` takes. */
export interface VersionInput {
  name?: unknown;
  description?: unknown;
  project?: unknown;
  projectId?: unknown;
  archived?: unknown;
  released?: unknown;
  startDate?: unknown;
  releaseDate?: unknown;
}

/** Adds a version to a project; `badFields` for a missing or taken name or a wrong date, 404 for the project. */
export function createVersion(world: World, input: VersionInput): Version {
  const project = requireProject(world, String(input.projectId ?? input.project ?? ''));
  const name = named(input.name, 'version');
  if ([...versionsOf(world, project)].some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw badFields({ name: 'A version with this name already exists in this project.' });
  return world.insert(versions, {
    id: nextId(world, 'version'),
    projectId: project.id,
    name,
    ...(typeof input.description === 'string' ? { description: input.description } : {}),
    archived: input.archived === true,
    released: input.released === true,
    ...day(input, 'startDate'),
    ...day(input, 'releaseDate'),
  });
}

/** Changes a version's own fields. */
export function updateVersion(world: World, id: string, input: VersionInput): Version {
  requireVersion(world, id);
  return world.update(versions, id, {
    ...(input.name === undefined ? {} : { name: named(input.name, 'version') }),
    ...(typeof input.description === 'string' ? { description: input.description } : {}),
    ...(typeof input.archived === 'boolean' ? { archived: input.archived } : {}),
    ...(typeof input.released === 'boolean' ? { released: input.released } : {}),
    ...day(input, 'startDate'),
    ...day(input, 'releaseDate'),
  });
}

/** 404 in the vendor's words. */
export const requireVersion = (world: World, id: string): Version =>
  world.require(versions, id, () => missing(`Could not find version for id '${id}'`));

/** 404 in the vendor's words. */
export const requireComponent = (world: World, id: string): Component =>
  world.require(components, id, () => missing(`The component with id ${id} does not exist.`));

/** Deletes a version and takes it from the issues that name it. */
export function deleteVersion(world: World, id: string): void {
  const version = requireVersion(world, id);
  const without = (refs: readonly Ref[]) => refs.filter((ref) => ref.id !== id);
  for (const issue of world.list(issues, { index: 'project', equals: version.projectId }).toArray()) {
    const { fixVersions, versions: affected } = issue.fields;
    if (![...fixVersions, ...affected].some((ref) => ref.id === id)) continue;
    const fields = { ...issue.fields, fixVersions: without(fixVersions), versions: without(affected) };
    world.put(issues, { ...issue, fields });
  }
  world.remove(versions, id);
}

/** Deletes a component and takes it from the issues that name it. */
export function deleteComponent(world: World, id: string): void {
  const component = requireComponent(world, id);
  for (const issue of world.list(issues, { index: 'project', equals: component.projectId }).toArray()) {
    const kept = issue.fields.components.filter((ref) => ref.id !== id);
    if (kept.length < issue.fields.components.length)
      world.put(issues, { ...issue, fields: { ...issue.fields, components: kept } });
  }
  world.remove(components, id);
}

function day(input: VersionInput, key: 'startDate' | 'releaseDate'): { [k in typeof key]?: string } {
  const value = input[key];
  if (typeof value !== 'string' || value === '') return {};
  if (!isDay(value)) throw badFields({ [key]: `The date '${value}' is not in the format yyyy-MM-dd.` });
  return { [key]: value };
}

function named(value: unknown, what: 'component' | 'version'): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 255) return value.trim();
  throw badFields({
    name:
      typeof value === 'string' && value.length > 255
        ? `The ${what} name must not exceed 255 characters in length.`
        : `The ${what} name specified is invalid - cannot be an empty string.`,
  });
}
