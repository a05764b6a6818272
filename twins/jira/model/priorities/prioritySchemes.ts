/**
 * Priority schemes: which priorities the issues of some projects may have. A change of scheme says what becomes of
 * issues whose priority is no longer there.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-priority-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { NAME_CHARS_MAX, SCHEME_DESCRIPTION_CHARS_MAX } from '../../limits.ts';
import {
  issues,
  type Priority,
  type PriorityScheme,
  type Project,
  priorities as priorityRows,
  prioritySchemes,
  projects,
  type UserRef,
} from '../../world.ts';
import { PRIORITY_SCHEME } from '../defaults.ts';
import { nextId } from '../ids.ts';
import { draftOf } from '../issues/issueFields.ts';
import { requireUser } from '../people/people.ts';
import { prioritySchemeOf } from '../projects/projects.ts';
import { priorities } from '../schemes.ts';
import { descriptionIn, given, uniqueName } from '../sentText.ts';
import { save } from '../workflows/workflow.ts';

const NAME = { of: 'priority scheme', charsMax: NAME_CHARS_MAX };

/** Old priority → new one. */
export type PriorityMap = Readonly<Record<string, string | number>>;

export interface Change {
  add?: { ids?: readonly (string | number)[] | null } | null;
  remove?: { ids?: readonly (string | number)[] | null } | null;
}

/** What `POST` and `PUT /priorityscheme` take. */
export interface PrioritySchemeInput {
  name?: string | null;
  description?: string | null;
  defaultPriorityId?: string | number | null;
  priorityIds?: readonly (string | number)[] | null;
  projectIds?: readonly (string | number)[] | null;
  priorities?: Change | null;
  projects?: Change | null;
  mappings?: { in?: PriorityMap | null; out?: PriorityMap | null } | null;
}

/** What is to become of the priorities of issues, project by project. */
export interface Migration {
  /** Project id → the map that holds there. */
  maps: Readonly<Record<string, PriorityMap>>;
}

/** 404 in the vendor's words. */
export const requirePriorityScheme = (world: World, id: string): PriorityScheme =>
  world.require(prioritySchemes, id, () => missing(`Priority scheme with ID ${id} not found.`));

/** The projects that have a scheme; those that name none have the default. */
export const projectsOfScheme = (world: World, { id }: PriorityScheme): Project[] => [
  ...(id === PRIORITY_SCHEME.id
    ? world.list(projects, { index: 'priorityScheme', equals: '' }).toArray()
    : []),
  ...world.list(projects, { index: 'priorityScheme', equals: id }).toArray(),
];

/** The priorities of a scheme, in the site's order. */
export const prioritiesIn = (world: World, scheme: Pick<PriorityScheme, 'priorityIds'>): Priority[] =>
  priorities(world).filter(({ id }) => scheme.priorityIds.includes(id));

/** Adds a scheme and gives it to projects; what is to become of their issues comes with it. */
export function createPriorityScheme(
  world: World,
  input: PrioritySchemeInput,
): { scheme: PriorityScheme; migration: Migration | undefined } {
  const priorityIds = known(world, input.priorityIds);
  if (priorityIds.length === 0) throw badQuery('At least one priority has to be provided.');
  const draft: PriorityScheme = {
    id: '',
    name: uniqueName(world, prioritySchemes, input.name, NAME),
    description: descriptionIn(input.description, SCHEME_DESCRIPTION_CHARS_MAX) ?? '',
    isDefault: false,
    defaultPriorityId: defaultIn(input.defaultPriorityId, priorityIds),
    priorityIds,
  };
  const added = projectsNamed(world, input.projectIds);
  const maps = mapsInto(world, draft, [], added, input.mappings?.in ?? {});
  const scheme = world.insert(prioritySchemes, { ...draft, id: nextId(world, 'priorityScheme') });
  for (const { id } of added) world.update(projects, id, { priorityScheme: { id: scheme.id } });
  return { scheme, migration: added.length > 0 ? { maps } : undefined };
}

/** Changes a scheme, its priorities and its projects. */
export function updatePriorityScheme(
  world: World,
  id: string,
  input: PrioritySchemeInput,
): { scheme: PriorityScheme; migration: Migration } {
  const before = requirePriorityScheme(world, id);
  const after = changed(world, before, input);
  const added = projectsNamed(world, input.projects?.add?.ids).filter(
    (one) => prioritySchemeOf(world, one).id !== id,
  );
  const removed = projectsNamed(world, input.projects?.remove?.ids);
  if (removed.some((one) => prioritySchemeOf(world, one).id !== id))
    throw badQuery('Projects that are not associated with the priority scheme cannot be removed from it.');
  if (removed.length > 0 && before.isDefault)
    throw badQuery('Projects cannot be removed from the default priority scheme.');
  const staying = projectsOfScheme(world, before).filter((one) => !removed.includes(one));
  const maps = {
    ...mapsInto(world, after, staying, added, input.mappings?.in ?? {}),
    ...mapsOut(world, after, removed, input.mappings?.out ?? {}),
  };
  for (const project of added) world.update(projects, project.id, { priorityScheme: { id } });
  for (const { priorityScheme: _, ...project } of removed) world.put(projects, project);
  return { scheme: world.put(prioritySchemes, after), migration: { maps } };
}

/** A scheme with what an input changes of itself. */
function changed(world: World, before: PriorityScheme, input: PrioritySchemeInput): PriorityScheme {
  const { name, description, defaultPriorityId } = input;
  const gone = known(world, input.priorities?.remove?.ids);
  const come = known(world, input.priorities?.add?.ids);
  if (before.isDefault && (gone.length > 0 || given(name)))
    throw badQuery('The default priority scheme cannot be changed so.');
  const absent = gone.filter((id) => !before.priorityIds.includes(id));
  if (absent.length > 0)
    throw badQuery(`The priorities with IDs ${list(absent)} are not in the priority scheme.`);
  const kept = before.priorityIds.filter((id) => !gone.includes(id));
  const priorityIds = [...kept, ...come.filter((id) => !kept.includes(id))];
  if (priorityIds.length === 0) throw badQuery('At least one priority has to be provided.');
  const text = descriptionIn(description, SCHEME_DESCRIPTION_CHARS_MAX);
  return {
    ...before,
    ...(given(name) ? { name: uniqueName(world, prioritySchemes, name, NAME, before.id) } : {}),
    ...(text === undefined ? {} : { description: text }),
    priorityIds,
    defaultPriorityId: defaultIn(defaultPriorityId ?? before.defaultPriorityId, priorityIds),
  };
}

/** Deletes a scheme that no project has; 400 for the default, and for one in use. */
export function deletePriorityScheme(world: World, id: string): void {
  const scheme = requirePriorityScheme(world, id);
  if (scheme.isDefault) throw badQuery('The default priority scheme cannot be deleted.');
  if (projectsOfScheme(world, scheme).length > 0)
    throw badQuery('The priority scheme is associated with projects and cannot be deleted.');
  world.remove(prioritySchemes, id);
}

/** The priorities that projects have now and a scheme (as it would be) has not, in the site's order. */
export function needingMap(
  world: World,
  after: Pick<PriorityScheme, 'priorityIds'>,
  of: readonly Project[],
): Priority[] {
  const had = new Set(of.flatMap((project) => prioritySchemeOf(world, project).priorityIds));
  return priorities(world).filter(({ id }) => had.has(id) && !after.priorityIds.includes(id));
}

/** Gives issues their new priorities, as a task. */
export function migratePriorities(world: World, { maps }: Migration, submitter: UserRef): void {
  for (const [projectId, map] of Object.entries(maps))
    for (const issue of world.list(issues, { index: 'project', equals: projectId }).toArray()) {
      const to = issue.fields.priority && map[issue.fields.priority.id];
      if (to === null || to === undefined) continue;
      const draft = draftOf(issue);
      draft.fields.priority = { id: String(to) };
      save(world, issue, draft, requireUser(world, submitter.accountId));
    }
}

type Maps = Record<string, PriorityMap>;

/** The map for every project that gets the scheme, or keeps it while it loses priorities. */
function mapsInto(
  world: World,
  after: PriorityScheme,
  staying: readonly Project[],
  added: readonly Project[],
  map: PriorityMap,
): Maps {
  const all = [...staying, ...added];
  const needed = needingMap(world, after, all).map(({ id }) => id);
  requireMaps('in', needed, map, after, 'current');
  return Object.fromEntries(all.map(({ id }) => [id, map]));
}

/** The map for every project that goes back to the default scheme. */
function mapsOut(world: World, after: PriorityScheme, removed: readonly Project[], map: PriorityMap): Maps {
  if (removed.length === 0) {
    requireMaps('out', [], map, after, 'default');
    return {};
  }
  const home = requirePriorityScheme(world, PRIORITY_SCHEME.id);
  const needed = needingMap(world, home, removed).map(({ id }) => id);
  requireMaps('out', needed, map, home, 'default');
  return Object.fromEntries(removed.map(({ id }) => [id, map]));
}

/** 400 in the vendor's words where a map leaves a priority out, has one too many, or leads out of the scheme. */
function requireMaps(
  side: 'in' | 'out',
  needed: readonly string[],
  map: PriorityMap,
  scheme: PriorityScheme,
  which: 'current' | 'default',
): void {
  const keys = Object.keys(map);
  if (needed.length > 0 && keys.length === 0)
    throw badQuery(
      `The changes to priority schemes require mapping of priorities. Please provide a value for the '${side}' mappings object.`,
    );
  const tooMany = keys.filter((id) => !needed.includes(id));
  if (tooMany.length > 0)
    throw badQuery(
      `The priorities with IDs ${list(tooMany)} do not require mapping. Please remove these keys and their corresponding values from the '${side}' mappings object.`,
    );
  const absent = needed.filter((id) => !keys.includes(id));
  if (absent.length > 0)
    throw badQuery(
      `The priorities with IDs ${list(absent)} require mapping. Please provide mappings in the '${side}' mappings object, where these priorities are the keys with corresponding values.`,
    );
  const astray = Object.values(map)
    .map(String)
    .filter((id) => !scheme.priorityIds.includes(id));
  if (astray.length > 0)
    throw badQuery(
      `The priorities with IDs ${list(astray)} being mapped to are not in the ${which} scheme. Please remove these values and their corresponding keys from the '${side}' mappings object.`,
    );
}

const list = (ids: readonly string[]): string => `[${ids.join(', ')}]`;

function known(world: World, sent: readonly (string | number)[] | null | undefined): string[] {
  const ids = [...new Set((sent ?? []).map(String))];
  const absent = ids.filter((id) => !world.get(priorityRows, id));
  if (absent.length > 0) throw badQuery(`The priorities with IDs ${list(absent)} do not exist.`);
  return ids;
}

/** Company-managed projects by id; 400 for one that is not there, and for a team-managed one. */
function projectsNamed(world: World, sent: readonly (string | number)[] | null | undefined): Project[] {
  return [...new Set((sent ?? []).map(String))].map((id) => {
    const project = world.get(projects, id);
    if (!project || project.deleted) throw badQuery(`The projects with IDs [${id}] do not exist.`);
    if (project.simplified)
      throw badQuery('Team-managed projects cannot be associated with a priority scheme.');
    return project;
  });
}

function defaultIn(sent: string | number | null | undefined, among: readonly string[]): string {
  if (!given(sent)) throw badQuery('The default priority has to be provided.');
  if (!among.includes(String(sent)))
    throw badQuery('The default priority has to be one of the priorities of the scheme.');
  return String(sent);
}
