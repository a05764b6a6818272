/**
 * Contexts of custom fields: for which projects and kinds of issue a field is there, and with which choices.
 * https://support.atlassian.com/jira-cloud-administration/docs/what-are-custom-field-contexts/
 */
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { CONTEXT_NAME_CHARS_MAX, CONTEXTS_PER_FIELD_MAX } from '../../limits.ts';
import {
  type FieldContext,
  fieldContexts,
  fieldOptions,
  issueTypes,
  projects,
  type User,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { audit } from '../site/audit.ts';
import { requireCustomField } from './customFields.ts';

/** A field's contexts, in the order of their ids. */
export const contextsOf = (world: World, fieldId: string): FieldContext[] =>
  world.list(fieldContexts, { index: 'field', equals: fieldId }).toArray();

/**
 * The context that a field has for a kind of issue in a project: the project's own, or the one for all projects;
 * undefined where the field is not there.
 */
export function contextFor(
  world: World,
  fieldId: string,
  projectId: string,
  issueTypeId: string,
): FieldContext | undefined {
  const all = contextsOf(world, fieldId);
  const context =
    all.find((one) => one.projectIds.includes(projectId)) ?? all.find((one) => one.projectIds.length === 0);
  if (!context) return undefined;
  return context.issueTypeIds.length === 0 || context.issueTypeIds.includes(issueTypeId)
    ? context
    : undefined;
}

/** A context of a field; 404 for the field, or `The context was not found.` */
export function requireContext(world: World, fieldId: string, id: string): FieldContext {
  requireCustomField(world, fieldId);
  const context = world.get(fieldContexts, id);
  if (context?.fieldId !== fieldId) throw missing('The context was not found.');
  return context;
}

/** What `POST /field/{fieldId}/context` takes. */
export interface ContextInput {
  name?: string;
  description?: string;
  projectIds?: string[];
  issueTypeIds?: string[];
}

/** Makes a context; 400 where another one has its projects already. */
export function createContext(world: World, user: User, fieldId: string, input: ContextInput): FieldContext {
  const field = requireCustomField(world, fieldId);
  const { projectIds = [], issueTypeIds = [], description = '' } = input;
  const all = contextsOf(world, fieldId);
  const name = contextName(all, input.name ?? '');
  requireProjects(world, projectIds);
  requireIssueTypes(world, issueTypeIds);
  if (all.length >= CONTEXTS_PER_FIELD_MAX)
    throw refused('badRequest', `A custom field can have at most ${CONTEXTS_PER_FIELD_MAX} contexts.`);
  if (projectIds.length === 0) requireNoGlobal(all);
  requireFree(all, projectIds);
  const id = nextId(world, 'fieldContext', 10_100);
  const row = world.insert(fieldContexts, { id, fieldId, name, description, projectIds, issueTypeIds });
  told(world, user, 'Custom field context created', field.name, row);
  return row;
}

/** Renames a context. */
export function updateContext(
  world: World,
  user: User,
  { fieldId, id }: FieldContext,
  input: Pick<ContextInput, 'name' | 'description'>,
): void {
  const others = contextsOf(world, fieldId).filter((one) => one.id !== id);
  if ((input.description ?? '').length > CONTEXT_NAME_CHARS_MAX)
    throw refused(
      'badRequest',
      `The description cannot be longer than ${CONTEXT_NAME_CHARS_MAX} characters.`,
    );
  const row = world.update(fieldContexts, id, {
    ...(input.name === undefined ? {} : { name: contextName(others, input.name) }),
    ...(input.description === undefined ? {} : { description: input.description }),
  });
  told(world, user, 'Custom field context updated', requireCustomField(world, fieldId).name, row);
}

/** Deletes a context with its choices. Values of issues stay, and show again under a context that has them. */
export function deleteContext(world: World, user: User, context: FieldContext): void {
  const { name } = requireCustomField(world, context.fieldId);
  removeContext(world, context);
  told(world, user, 'Custom field context deleted', name, context);
}

/** Takes a context away with its choices. Without its last project or kind of issue it would be for all of them. */
export function removeContext(world: World, { id }: FieldContext): void {
  for (const option of world.list(fieldOptions, { index: 'context', equals: id }).toArray())
    world.remove(fieldOptions, option.id);
  world.remove(fieldContexts, id);
}

/** Adds kinds of issue, none of which the context may have yet. */
export function addIssueTypes(world: World, context: FieldContext, ids: readonly string[]): void {
  requireOnce(ids, 'issueTypeIds');
  requireIssueTypes(world, ids);
  const known = ids.filter((id) => context.issueTypeIds.includes(id));
  if (known.length > 0)
    throw refused(
      'badRequest',
      `These issue types are already associated with the context: ${known.join(', ')}.`,
    );
  world.update(fieldContexts, context.id, { issueTypeIds: [...context.issueTypeIds, ...ids] });
}

/** Takes kinds of issue away; a context without any applies to all. */
export function removeIssueTypes(world: World, context: FieldContext, ids: readonly string[]): void {
  requireOnce(ids, 'issueTypeIds');
  requireIssueTypes(world, ids);
  const unknown = ids.filter((id) => !context.issueTypeIds.includes(id));
  if (unknown.length > 0)
    throw refused(
      'badRequest',
      `These issue types are not associated with the context: ${unknown.join(', ')}.`,
    );
  world.update(fieldContexts, context.id, {
    issueTypeIds: context.issueTypeIds.filter((id) => !ids.includes(id)),
  });
}

/** Adds projects, none of which may have a context of the field yet. */
export function addProjects(world: World, context: FieldContext, ids: readonly string[]): void {
  requireOnce(ids, 'projectIds');
  requireProjects(world, ids);
  requireFree(contextsOf(world, context.fieldId), ids);
  world.update(fieldContexts, context.id, { projectIds: [...context.projectIds, ...ids] });
}

/** Takes projects away; a context without any applies to all, and there can be one such only. */
export function removeProjects(world: World, context: FieldContext, ids: readonly string[]): void {
  requireOnce(ids, 'projectIds');
  requireProjects(world, ids);
  const unknown = ids.filter((id) => !context.projectIds.includes(id));
  if (unknown.length > 0)
    throw refused('badRequest', `These projects are not associated with the context: ${unknown.join(', ')}.`);
  const projectIds = context.projectIds.filter((id) => !ids.includes(id));
  if (projectIds.length === 0)
    requireNoGlobal(contextsOf(world, context.fieldId).filter((one) => one.id !== context.id));
  world.update(fieldContexts, context.id, { projectIds });
}

function contextName(others: readonly FieldContext[], name: string): string {
  if (name.trim() === '') throw refused('badRequest', 'The name cannot be empty.');
  if (name.length > CONTEXT_NAME_CHARS_MAX)
    throw refused('badRequest', `The name cannot be longer than ${CONTEXT_NAME_CHARS_MAX} characters.`);
  if (others.some((one) => one.name.toLowerCase() === name.trim().toLowerCase()))
    throw refused('badRequest', 'The context name must be unique.');
  return name.trim();
}

function requireNoGlobal(all: readonly FieldContext[]): void {
  if (all.some((one) => one.projectIds.length === 0))
    throw refused('badRequest', 'A custom field can have only one global context.');
}

function requireFree(all: readonly FieldContext[], projectIds: readonly string[]): void {
  const taken = projectIds.filter((id) => all.some((one) => one.projectIds.includes(id)));
  if (taken.length > 0)
    throw refused('badRequest', `These projects are already associated with a context: ${taken.join(', ')}.`);
}

function requireOnce(ids: readonly string[], what: string): void {
  if (ids.length === 0) throw refused('badRequest', `The ${what} must not be empty.`);
  if (new Set(ids).size < ids.length) throw refused('badRequest', `The ${what} must not contain duplicates.`);
}

/** 404 with those that are not there. */
export function requireProjects(world: World, ids: readonly string[]): void {
  const gone = ids.filter((id) => !world.get(projects, id));
  if (gone.length > 0) throw missing(`These projects were not found: ${gone.join(', ')}.`);
}

/** 404 with those that are not there. */
export function requireIssueTypes(world: World, ids: readonly string[]): void {
  const gone = ids.filter((id) => !world.get(issueTypes, id));
  if (gone.length > 0) throw missing(`These issue types were not found: ${gone.join(', ')}.`);
}

function told(world: World, author: User, summary: string, field: string, { id, name }: FieldContext): void {
  audit(world, {
    summary,
    category: 'fields',
    author,
    object: { id, name, typeName: 'CUSTOM_FIELD_CONTEXT' },
    associatedItems: [{ name: field, typeName: 'CUSTOM_FIELD' }],
  });
}
