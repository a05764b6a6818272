/**
 * Issue type schemes: which types the projects have that use them, in which order.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-type-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { NAME_CHARS_MAX, SCHEME_DESCRIPTION_CHARS_MAX } from '../../limits.ts';
import {
  type IssueTypeScheme,
  issues,
  issueTypes,
  type Project,
  projects,
  issueTypeSchemes as rows,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { given } from '../sentText.ts';
import { moved, type SequenceMove } from '../sequence.ts';
import { beginWithTypes } from './siteTypes.ts';

/** What `POST` and `PUT /issuetypescheme` take. */
export interface IssueTypeSchemeInput {
  name?: string | null;
  description?: string | null;
  defaultIssueTypeId?: string | number | null;
  issueTypeIds?: readonly (string | number)[] | null;
}

/** The schemes of company-managed projects. */
export const issueTypeSchemes = (world: World): IssueTypeScheme[] =>
  world
    .list(rows, { where: (row) => row.scope === undefined })
    .toArray()
    .sort((a, b) => Number(a.id) - Number(b.id));

/** 404 in the vendor's words, for a team-managed project's own too. */
export function requireIssueTypeScheme(world: World, id: string): IssueTypeScheme {
  const found = world.get(rows, id);
  if (!found || found.scope) throw missing('The issue type scheme was not found.');
  return found;
}

/** The projects that have a scheme. */
export const projectsOfTypes = (world: World, { id }: IssueTypeScheme): Project[] =>
  world.list(projects, { index: 'issueTypeScheme', equals: id, where: (row) => !row.deleted }).toArray();

/** Adds a scheme; 409 for a name that is taken. */
export function createIssueTypeScheme(world: World, input: IssueTypeSchemeInput): IssueTypeScheme {
  beginWithTypes(world);
  const ids = known(world, input.issueTypeIds);
  requireStandard(world, ids, 'At least one standard issue type is required.');
  const defaultId = input.defaultIssueTypeId;
  if (given(defaultId) && !ids.includes(String(defaultId)))
    throw badQuery('The default issue type ID has to be present in issue type IDs list.');
  return world.insert(rows, {
    id: nextId(world, 'issueTypeScheme', 10_001),
    name: freeName(world, input.name),
    description: described(input.description) ?? '',
    ...(given(defaultId) ? { defaultIssueTypeId: String(defaultId) } : {}),
    isDefault: false,
    issueTypeIds: ids,
  });
}

/** Changes what is given. */
export function updateIssueTypeScheme(world: World, id: string, input: IssueTypeSchemeInput): void {
  const scheme = requireIssueTypeScheme(world, id);
  const { name, defaultIssueTypeId } = input;
  const description = described(input.description);
  if (given(defaultIssueTypeId) && !scheme.issueTypeIds.includes(String(defaultIssueTypeId)))
    throw badQuery('The default issue type has to be one of the issue types of the scheme.');
  world.update(rows, id, {
    ...(given(name) ? { name: freeName(world, name, id) } : {}),
    ...(description === undefined ? {} : { description }),
    ...(given(defaultIssueTypeId) ? { defaultIssueTypeId: String(defaultIssueTypeId) } : {}),
  });
}

/** Deletes a scheme that no project has; 400 for the default, and for one in use. */
export function deleteIssueTypeScheme(world: World, id: string): void {
  const scheme = requireIssueTypeScheme(world, id);
  if (scheme.isDefault) throw badQuery("The default issue type scheme can't be removed.");
  if (world.list(projects, { index: 'issueTypeScheme', equals: id }).first())
    throw badQuery("The issue type scheme is associated with projects and can't be removed.");
  world.remove(rows, id);
}

/** Adds types behind the others; 400 where one is there already, 404 where one does not exist. */
export function addTypes(
  world: World,
  id: string,
  sent: readonly (string | number)[] | null | undefined,
): void {
  const scheme = requireIssueTypeScheme(world, id);
  const ids = known(world, sent);
  if (ids.length === 0) throw badQuery('The issue type IDs list must not be empty.');
  const present = ids.filter((one) => scheme.issueTypeIds.includes(one));
  if (present.length > 0)
    throw badQuery(
      `These issue types were not added because they are already present in the issue type scheme: ${present.join(', ')}`,
    );
  world.update(rows, id, { issueTypeIds: [...scheme.issueTypeIds, ...ids] });
}

/** Takes a type out of a scheme; 400 where issues use it, from the default scheme, and for the last standard one. */
export function removeTypeFrom(world: World, id: string, typeId: string): void {
  const scheme = requireIssueTypeScheme(world, id);
  if (!scheme.issueTypeIds.includes(typeId))
    throw missing('The issue type was not found in the issue type scheme.');
  if (scheme.isDefault) throw badQuery("Can't remove issue types from the default issue type scheme.");
  const kept = scheme.issueTypeIds.filter((one) => one !== typeId);
  requireStandard(world, kept, "Can't remove the last standard issue type from the issue type scheme.");
  if (issuesOutside(world, projectsOfTypes(world, scheme), kept).length > 0)
    throw badQuery("Can't remove the issue type because it is used by issues.");
  const { defaultIssueTypeId, ...rest } = scheme;
  world.put(rows, {
    ...rest,
    ...(defaultIssueTypeId === undefined || defaultIssueTypeId === typeId ? {} : { defaultIssueTypeId }),
    issueTypeIds: kept,
  });
}

/** Gives types another place in a scheme. */
export function reorderTypes(
  world: World,
  id: string,
  { issueTypeIds, after, position }: { issueTypeIds?: SequenceMove['ids'] } & Omit<SequenceMove, 'ids'>,
): void {
  const scheme = requireIssueTypeScheme(world, id);
  const wanted = (issueTypeIds ?? []).map(String);
  const absent = wanted.filter((one) => !scheme.issueTypeIds.includes(one));
  if (absent.length > 0)
    throw badQuery(
      `The issue type scheme does not include some of the specified issue types. Issue type IDs missing from the scheme are:  ${absent.join(', ')}`,
    );
  const move: SequenceMove = { ids: wanted, after: after ?? null, position: position ?? null };
  const order = moved(scheme.issueTypeIds, move, (one) =>
    badQuery(`The issue type with ID ${one} is not in the issue type scheme.`),
  );
  world.update(rows, id, { issueTypeIds: order });
}

/** Gives a company-managed project a scheme; 400 where issues of its are of types that the scheme lacks. */
export function assignIssueTypeScheme(world: World, id: string, projectId: string): void {
  const scheme = requireIssueTypeScheme(world, id);
  const project = world.get(projects, projectId);
  if (!project || project.deleted) throw missing('The project was not found.');
  if (project.simplified) throw badQuery('Issue type schemes can only be assigned to classic projects.');
  const outside = issuesOutside(world, [project], scheme.issueTypeIds);
  if (outside.length > 0)
    throw badQuery(
      `This issue type scheme can't be assigned to the project. This is because some issues in this project use issue types not present in the scheme. Before assigning the scheme to the project, update the issue types on these issues: ${outside.length}`,
    );
  world.update(projects, projectId, { issueTypeScheme: { id } });
}

const issuesOutside = (world: World, of: readonly Project[], types: readonly string[]): string[] =>
  of.flatMap((project) =>
    world
      .list(issues, {
        index: 'project',
        equals: project.id,
        where: (row) => !types.includes(row.fields.issuetype.id),
      })
      .toArray()
      .map((issue) => issue.key),
  );

function known(world: World, sent: readonly (string | number)[] | null | undefined): string[] {
  const ids = (sent ?? []).map(String);
  if (new Set(ids).size < ids.length) throw badQuery('The issue type IDs list must not contain duplicates.');
  const absent = ids.filter((id) => {
    const type = world.get(issueTypes, id);
    return !type || type.scope !== undefined;
  });
  if (absent.length > 0) throw missing(`These issue types were not found: ${absent.join(', ')}`);
  return ids;
}

function requireStandard(world: World, ids: readonly string[], otherwise: string): void {
  if (!ids.some((id) => world.get(issueTypes, id)?.subtask === false)) throw badQuery(otherwise);
}

function described(description: string | null | undefined): string | undefined {
  if (!given(description)) return undefined;
  if (description.length > SCHEME_DESCRIPTION_CHARS_MAX)
    throw badQuery(`The description must not exceed ${SCHEME_DESCRIPTION_CHARS_MAX} characters.`);
  return description;
}

function freeName(world: World, value: string | null | undefined, self?: string): string {
  const name = (value ?? '').trim();
  if (name === '') throw badQuery('The name is required.');
  if (name.length > NAME_CHARS_MAX) throw badQuery(`The name must not exceed ${NAME_CHARS_MAX} characters.`);
  for (const row of world.list(rows, { index: 'name', equals: name.toLowerCase() }))
    if (row.id !== self && !row.scope) throw refused('conflict', 'The name is used by another scheme.');
  return name;
}
