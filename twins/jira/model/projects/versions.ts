/**
 * Versions of a project: their order, their release, and what becomes of issues when one goes.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/
 */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import { NAME_CHARS_MAX, VERSION_DESCRIPTION_CHARS_MAX } from '../../limits.ts';
import {
  type AuditChange,
  type Issue,
  issues,
  type Project,
  relatedWorks,
  statuses,
  type User,
  users,
  type Version,
  versions,
} from '../../world.ts';
import { fieldsOf } from '../fields/fields.ts';
import { nextId } from '../ids.ts';
import { draftOf } from '../issues/issueFields.ts';
import { audit, changesOf } from '../site/audit.ts';
import { isDay } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { save } from '../workflows/workflow.ts';
import { swapped } from './components.ts';
import { projectOf, requireProject } from './projects.ts';

/** What `POST /version` and `PUT /version/{id}` take. */
export interface VersionInput {
  name?: string | null;
  description?: string | null;
  project?: string | null;
  projectId?: string | number | null;
  archived?: boolean | null;
  released?: boolean | null;
  startDate?: string | null;
  releaseDate?: string | null;
  driver?: string | null;
  moveUnfixedIssuesTo?: string | null;
}

/** The versions of a project, in the order that its people gave them. */
export const versionsOf = (world: World, project: Project): Range<Version> =>
  world.list(versions, {
    index: 'project',
    equals: project.id,
    orderBy: [{ by: (row) => row.sequence }],
  });

/** 404 in the vendor's words. */
export const requireVersion = (world: World, id: string): Version =>
  world.require(versions, id, () => missing(`Could not find version for id '${id}'`));

/** The project that a new version names; 400 where it names none, 404 where there is none. */
export function projectOfInput(world: World, { project, projectId }: VersionInput): Project {
  const wanted = projectId ?? project;
  if (wanted === undefined || wanted === null || wanted === '')
    throw badFields({
      project: "Project must be specified to create a version, by either 'project' or 'projectId'.",
    });
  return requireProject(world, String(wanted));
}

/** Adds a version to a project, behind the others; `badFields` for a missing or taken name or wrong dates. */
export function createVersion(world: World, user: User, input: VersionInput): Version {
  const project = projectOfInput(world, input);
  const name = freeName(world, project, input.name);
  const { archived, released } = input;
  const row: Version = {
    id: nextId(world, 'version'),
    projectId: project.id,
    name,
    archived: archived === true,
    released: released === true,
    sequence: 1 + Math.max(-1, ...[...versionsOf(world, project)].map((one) => one.sequence)),
  };
  const version = world.insert(versions, inOrder({ ...row, ...detailsOf(world, input) }));
  note(world, user, version, 'created');
  happened(world, { event: 'jira:version_created', user, version });
  return version;
}

/** Changes a version; its release moves what is not done to `moveUnfixedIssuesTo`, and keeps the day it had. */
export function updateVersion(world: World, user: User, id: string, input: VersionInput): Version {
  const before = requireVersion(world, id);
  const project = projectOf(world, { id: before.projectId });
  const { name, archived, released, moveUnfixedIssuesTo } = input;
  const after = inOrder({
    ...before,
    ...(name === undefined || name === null ? {} : { name: freeName(world, project, name, id) }),
    ...(typeof archived === 'boolean' ? { archived } : {}),
    ...(typeof released === 'boolean' ? { released } : {}),
    ...detailsOf(world, input),
  });
  const version = world.put(versions, withoutEmpty(after, input));
  if (moveUnfixedIssuesTo && version.released && !before.released)
    moveUnfixed(world, user, version, versionAt(world, moveUnfixedIssuesTo));
  note(world, user, version, 'updated', changesOf(before, version));
  happened(world, { event: 'jira:version_updated', user, version });
  if (version.released !== before.released)
    happened(world, {
      event: version.released ? 'jira:version_released' : 'jira:version_unreleased',
      user,
      version,
    });
  return version;
}

/** An empty date, driver or description takes the old one away. */
function withoutEmpty(version: Version, input: VersionInput): Version {
  const gone = (['startDate', 'releaseDate', 'driver', 'description'] as const).filter(
    (key) => input[key] === '',
  );
  return Object.fromEntries(
    Object.entries(version).filter(([key]) => !gone.includes(key as never)),
  ) as unknown as Version;
}

function moveUnfixed(world: World, user: User, from: Version, to: Version): void {
  if (to.projectId !== from.projectId)
    throw badFields({ moveUnfixedIssuesTo: `Could not find version for id '${to.id}'` });
  for (const issue of issuesFixedIn(world, from.id).toArray())
    if (issue.fields.resolution === null) putFixed(world, user, issue, from.id, to);
}

function putFixed(world: World, user: User, issue: Issue, gone: string, other: Version | undefined): void {
  const draft = draftOf(issue);
  draft.fields.fixVersions = swapped(issue.fields.fixVersions, gone, other);
  save(world, issue, draft, user);
}

/** The version that an address (its `self`) or an id leads to; 404 where it leads to none. */
export const versionAt = (world: World, address: string): Version =>
  requireVersion(world, /([^/]*)\/?$/.exec(address)?.[1] ?? '');

function detailsOf(world: World, input: VersionInput): Partial<Version> {
  const { description, driver } = input;
  if (description && description.length > VERSION_DESCRIPTION_CHARS_MAX)
    throw badFields({ description: 'The version description must not exceed 16384 bytes.' });
  if (driver && !world.get(users, driver)) throw badFields({ driver: `The user ${driver} does not exist.` });
  return {
    ...(description ? { description } : {}),
    ...(driver ? { driver: { accountId: driver } } : {}),
    ...day(input, 'startDate'),
    ...day(input, 'releaseDate'),
  };
}

function day(input: VersionInput, key: 'startDate' | 'releaseDate'): { [k in typeof key]?: string } {
  const value = input[key];
  if (!value) return {};
  if (!isDay(value)) throw badFields({ [key]: `The date '${value}' is not in the format yyyy-MM-dd.` });
  return { [key]: value };
}

function inOrder(version: Version): Version {
  if (version.startDate && version.releaseDate && version.startDate > version.releaseDate)
    throw badFields({ startDate: 'The start date must be before the release date.' });
  return version;
}

function freeName(world: World, project: Project, value: string | null | undefined, self?: string): string {
  const name = (value ?? '').trim();
  if (name === '') throw badFields({ name: 'You must specify a valid version name' });
  if (name.length > NAME_CHARS_MAX)
    throw badFields({ name: `The version name must not exceed ${NAME_CHARS_MAX} characters in length.` });
  for (const one of versionsOf(world, project))
    if (one.id !== self && one.name.toLowerCase() === name.toLowerCase())
      throw badFields({ name: 'A version with this name already exists in this project.' });
  return name;
}

export type Move = { after: string } | { position: 'Earlier' | 'Later' | 'First' | 'Last' };

/** Puts a version elsewhere among those of its project: behind another, or first, last, one earlier or later. */
export function moveVersion(world: World, user: User, id: string, move: Move): Version {
  const version = requireVersion(world, id);
  const project = projectOf(world, { id: version.projectId });
  const all = versionsOf(world, project).toArray();
  const at = all.findIndex((one) => one.id === id);
  const others = all.filter((one) => one.id !== id);
  const to = 'after' in move ? behind(world, others, move.after) : placeOf(move.position, at, others.length);
  others.splice(to, 0, version);
  for (const [sequence, one] of others.entries())
    if (one.sequence !== sequence) world.update(versions, one.id, { sequence });
  const moved = requireVersion(world, id);
  happened(world, { event: 'jira:version_moved', user, version: moved });
  return moved;
}

function behind(world: World, others: readonly Version[], address: string): number {
  const { id } = versionAt(world, address);
  const at = others.findIndex((one) => one.id === id);
  if (at < 0) throw badQuery(`The version with id '${id}' cannot be moved after.`);
  return at + 1;
}

function placeOf(position: 'Earlier' | 'Later' | 'First' | 'Last', at: number, last: number): number {
  // The twin keeps the oldest first, as its people see them listed.
  if (position === 'First') return 0;
  if (position === 'Last') return last;
  return Math.max(0, Math.min(last, position === 'Earlier' ? at - 1 : at + 1));
}

/** The issues that are to be, or were, done in a version. */
export const issuesFixedIn = (world: World, id: string): Range<Issue> =>
  world.list(issues, { index: 'fixVersion', equals: id });

/** The issues that a version has the fault of. */
export const issuesAffecting = (world: World, id: string): Range<Issue> =>
  world.list(issues, { index: 'affectedVersion', equals: id });

/** How many issues of a version are in which category of status. */
export function statusCounts(
  world: World,
  id: string,
): { unmapped: number; toDo: number; inProgress: number; done: number } {
  const counts = { unmapped: 0, toDo: 0, inProgress: 0, done: 0 };
  const names = { 2: 'toDo', 3: 'done', 4: 'inProgress' } as Record<number, keyof typeof counts>;
  for (const { fields } of issuesFixedIn(world, id)) {
    const category = world.get(statuses, fields.status.id)?.statusCategory.id ?? 1;
    counts[names[category] ?? 'unmapped']++;
  }
  return counts;
}

/** What takes the place of a version that goes; none where it is just taken from its issues. */
export interface Replacement {
  fix?: string | null;
  affected?: string | null;
  /** By the number of a custom field. */
  custom?: Readonly<Record<number, string | null>>;
}

/**
 * Deletes a version and puts others in its place. A replacement must be another version of the same project:
 * `badQuery` where it is not, 404 where there is no such version.
 */
export function deleteVersion(world: World, user: User, id: string, replacement: Replacement): void {
  const version = requireVersion(world, id);
  const { fix, affected, custom = {} } = replacement;
  const [fixed, affecting] = [otherOf(world, version, fix), otherOf(world, version, affected)];
  const inFields = new Map(
    Object.entries(custom).map(([field, to]) => [Number(field), otherOf(world, version, to)] as const),
  );
  const merged = fixed !== undefined && fixed.id === affecting?.id;
  happened(world, {
    event: merged ? 'jira:version_merged' : 'jira:version_deleted',
    user,
    version,
    ...(fixed ? { mergedTo: fixed } : {}),
  });
  for (const issue of issuesFixedIn(world, id).toArray()) putFixed(world, user, issue, id, fixed);
  for (const issue of issuesAffecting(world, id).toArray()) {
    const draft = draftOf(issue);
    draft.fields.versions = swapped(issue.fields.versions, id, affecting);
    save(world, issue, draft, user);
  }
  swapInCustomFields(world, version, inFields);
  for (const work of world.list(relatedWorks, { index: 'version', equals: id }).toArray())
    world.remove(relatedWorks, relatedWorks.key(work));
  world.remove(versions, id);
  note(world, user, version, merged ? 'merged' : 'deleted');
}

function note(
  world: World,
  author: User,
  { id, name, projectId }: Version,
  what: 'created' | 'updated' | 'deleted' | 'merged',
  changedValues: readonly AuditChange[] = [],
): void {
  const project = projectOf(world, { id: projectId });
  audit(world, {
    summary: `Project version ${what}`,
    category: 'projects',
    author,
    object: { id, name, typeName: 'VERSION', parentId: project.id, parentName: project.name },
    changedValues,
  });
}

function otherOf(world: World, version: Version, wanted: string | null | undefined): Version | undefined {
  if (wanted === undefined || wanted === null || wanted === '') return undefined;
  const found = requireVersion(world, wanted);
  if (found.id === version.id) throw badQuery('You cannot move the issues to the version being deleted.');
  if (found.projectId !== version.projectId)
    throw badQuery(`The version with id ${found.id} does not belong to this project.`);
  return found;
}

/** In version pickers: every value that is this version becomes the field's replacement, or goes. */
function swapInCustomFields(
  world: World,
  version: Version,
  others: ReadonlyMap<number, Version | undefined>,
): void {
  for (const { issue, field } of customUses(world, version)) {
    const value = issue.fields[field];
    const other = others.get(Number(field.slice('customfield_'.length)));
    const next = Array.isArray(value) ? swapped(value, version.id, other) : other ? { id: other.id } : null;
    const now = world.get(issues, issue.id) ?? issue;
    world.put(issues, { ...now, fields: { ...now.fields, [field]: next } });
  }
}

/** Where version pickers of the project's issues hold a version. */
export function customUses(
  world: World,
  version: Version,
): { issue: Issue; field: `customfield_${number}` }[] {
  const pickers = versionPickers(world);
  if (pickers.length === 0) return [];
  const uses: { issue: Issue; field: `customfield_${number}` }[] = [];
  for (const issue of world.list(issues, { index: 'project', equals: version.projectId }))
    for (const field of pickers) if (holds(issue.fields[field], version.id)) uses.push({ issue, field });
  return uses;
}

const holds = (value: unknown, id: string): boolean =>
  (Array.isArray(value) ? value : [value]).some((one) => (one as { id?: unknown } | null)?.id === id);

/** The custom fields whose values are versions. */
const versionPickers = (world: World): `customfield_${number}`[] =>
  fieldsOf(world)
    .filter(({ custom, schema }) => custom && (schema?.type === 'version' || schema?.items === 'version'))
    .map(({ id }) => id as `customfield_${number}`);
