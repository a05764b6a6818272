/**
 * Types of issue: administrators make, change and delete those of the site.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import { SHORT_NAME_CHARS_MAX } from '../../limits.ts';
import {
  avatars,
  type IssueType,
  issues,
  issueTypeSchemes,
  type Project,
  projects,
  properties,
  issueTypes as rows,
  type User,
} from '../../world.ts';
import { avatarOfOwner } from '../avatars/avatars.ts';
import { draftOf } from '../issues/issueFields.ts';
import { issueTypes, requireIssueType } from '../schemes.ts';
import { given } from '../sentText.ts';
import { happened } from '../webhooks/happened.ts';
import { save } from '../workflows/workflow.ts';
import { hasStatus, workflowOf } from '../workflows/workflowOf.ts';
import { forgetMappings } from './forgetMappings.ts';
import { beginWithTypes, makeIssueType, siteTypeNamed } from './siteTypes.ts';

/** What `POST` and `PUT /issuetype` take. */
export interface IssueTypeInput {
  name?: string | null;
  description?: string | null;
  type?: string | null;
  hierarchyLevel?: number | null;
  avatarId?: string | number | null;
}

const AVATARS = { standard: 10_300, subtask: 10_316 };

/** Adds a type of the site's to all schemes that take every new one; `badFields`, 409 for a name that is taken. */
export function createIssueType(world: World, user: User, input: IssueTypeInput): IssueType {
  beginWithTypes(world);
  const name = freeName(world, input.name);
  const level = input.hierarchyLevel ?? (input.type === 'subtask' ? -1 : 0);
  if (level !== 0 && level !== -1)
    throw badFields({ hierarchyLevel: 'The hierarchy level must be 0 for base or -1 for sub-task types.' });
  const issueType = makeIssueType(world, {
    name,
    description: input.description ?? '',
    subtask: level === -1,
    hierarchyLevel: level,
    avatarId: level === -1 ? AVATARS.subtask : AVATARS.standard,
  });
  happened(world, { event: 'issuetype_created', user, issueType });
  return issueType;
}

/** Changes what is given; 400 for a picture that is not the type's. */
export function updateIssueType(world: World, user: User, id: string, input: IssueTypeInput): IssueType {
  requireIssueType(world, id);
  const { name, description, avatarId } = input;
  if (![name, description, avatarId].some(given)) throw badQuery('At least one property has to be provided.');
  if (given(avatarId) && !avatarOfOwner(world, 'issuetype', id, String(avatarId)))
    throw badFields({ avatarId: 'The avatar is not associated with this issue type.' });
  const issueType = world.update(rows, id, {
    ...(given(name) ? { name: freeName(world, name, id) } : {}),
    ...(given(description) ? { description } : {}),
    ...(given(avatarId) ? { avatarId: Number(avatarId) } : {}),
  });
  happened(world, { event: 'issuetype_updated', user, issueType });
  return issueType;
}

function freeName(world: World, value: string | null | undefined, self?: string): string {
  const name = (value ?? '').trim();
  if (name === '') throw badFields({ name: 'You must specify a name.' });
  if (name.length > SHORT_NAME_CHARS_MAX)
    throw badFields({ name: `The name must not exceed ${SHORT_NAME_CHARS_MAX} characters in length.` });
  const holder = siteTypeNamed(world, name);
  if (holder && holder.id !== self)
    throw badFields({ name: 'An issue type with this name already exists.' }, 409);
  return name;
}

/** The projects that have a type. */
export const projectsWithType = (world: World, id: string): Project[] =>
  world
    .list(issueTypeSchemes, { index: 'type', equals: id })
    .toArray()
    .flatMap((scheme) => world.list(projects, { index: 'issueTypeScheme', equals: scheme.id }).toArray());

/**
 * The types whose issues could be of another: of the same level and place, and with the same workflow in every project
 * that has the one.
 */
export function alternativesOf(world: World, id: string): IssueType[] {
  const type = requireIssueType(world, id);
  const used = projectsWithType(world, id);
  return issueTypes(world).filter(
    (other) =>
      other.id !== id &&
      other.subtask === type.subtask &&
      other.hierarchyLevel === type.hierarchyLevel &&
      other.scope?.project.id === type.scope?.project.id &&
      used.every((project) => workflowOf(world, project, other).id === workflowOf(world, project, type).id),
  );
}

/**
 * Deletes a type; its issues become those of an alternative. 404 where it has issues and none is named, 409 and 400 for
 * one that its issues cannot be of.
 */
export function deleteIssueType(world: World, user: User, id: string, alternative: string | null): void {
  const issueType = requireIssueType(world, id);
  const other = alternative === null ? undefined : requireIssueType(world, alternative);
  const used = world.list(issues, { index: 'issuetype', equals: id }).toArray();
  if (used.length > 0) {
    if (!other)
      throw missing('The issue type is in use and an alternative issue type has not been specified.');
    if (other.id === id || other.subtask !== issueType.subtask)
      throw badFields({ alternativeIssueTypeId: 'The alternative issue type is not valid.' }, 409);
    if (!alternativesOf(world, id).some((one) => one.id === other.id))
      throw badFields({
        alternativeIssueTypeId: 'The issues cannot be moved to the alternative issue type.',
      });
    requireRoom(world, id, other);
  }
  happened(world, { event: 'issuetype_deleted', user, issueType });
  for (const issue of used) {
    const draft = draftOf(issue);
    draft.fields.issuetype = { id: (other as IssueType).id };
    save(world, issue, draft, user);
  }
  removeType(world, id, other);
}

/** 400 where a project of the type's issues would be without the alternative's status, or without any type. */
function requireRoom(world: World, id: string, other: IssueType): void {
  for (const project of projectsWithType(world, id)) {
    const workflow = workflowOf(world, project, other);
    for (const issue of world.list(issues, { index: 'project', equals: project.id }))
      if (issue.fields.issuetype.id === id && !hasStatus(workflow, issue))
        throw badQuery(`The issue ${issue.key} cannot be updated with the alternative issue type.`);
  }
}

function removeType(world: World, id: string, other: IssueType | undefined): void {
  for (const scheme of world.list(issueTypeSchemes, { index: 'type', equals: id }).toArray()) {
    const kept = scheme.issueTypeIds.filter((one) => one !== id);
    const { defaultIssueTypeId, ...rest } = scheme;
    world.put(issueTypeSchemes, {
      ...rest,
      ...(defaultIssueTypeId === undefined || defaultIssueTypeId === id ? {} : { defaultIssueTypeId }),
      issueTypeIds: other && !kept.includes(other.id) ? [...kept, other.id] : kept,
    });
  }
  forgetMappings(world, id);
  for (const row of world.list(properties, { prefix: `issuetype/${id}/` }).toArray())
    world.remove(properties, properties.key(row));
  for (const row of world.list(avatars, { index: 'owner', equals: `issuetype/${id}` }).toArray())
    world.remove(avatars, row.id);
  world.remove(rows, id);
}

/** Whether a type is among those that a person sees: the site's, and those of team-managed projects that they see. */
export const isSeenIn = (world: World, type: IssueType, sees: (project: Project) => boolean): boolean => {
  if (!type.scope) return true;
  const project = world.get(projects, type.scope.project.id);
  return project !== undefined && !project.deleted && sees(project);
};
