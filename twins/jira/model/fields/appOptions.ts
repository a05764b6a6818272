/**
 * Choices of select fields that apps brought along: each says in which projects it is there, and whether it can be
 * chosen.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-options--apps-/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { APP_OPTION_SCOPES_MAX, OPTION_CHARS_MAX, OPTIONS_PER_FIELD_MAX } from '../../limits.ts';
import {
  type AppOption,
  type AppOptionConfig,
  appOptions,
  projects,
  type Task,
  type User,
} from '../../world.ts';
import type { AppField } from './appFields.ts';
import { isVisible } from './appScopes.ts';
import { type Replacement, replaced, startReplacement } from './optionReplacement.ts';
import { holdersOf } from './options.ts';

const keyOf = (fieldId: string, id: number): string => `${fieldId}/${sortable(id)}`;

/** A field's choices, in the order of their ids. */
export const appOptionsOf = (world: World, fieldId: string): AppOption[] =>
  world.list(appOptions, { prefix: `${fieldId}/` }).toArray();

/** What is sent of a choice. */
export interface AppOptionInput {
  id?: number;
  value?: string;
  properties?: Record<string, unknown>;
  config?: AppOptionConfig;
}

/** Adds a choice; its id is the field's next. */
export function createAppOption(world: World, { id: fieldId }: AppField, input: AppOptionInput): AppOption {
  const all = appOptionsOf(world, fieldId);
  if (all.length >= OPTIONS_PER_FIELD_MAX)
    throw refused('badRequest', `A field can have at most ${OPTIONS_PER_FIELD_MAX} options.`);
  const id = Math.max(0, ...all.map((one) => one.id)) + 1;
  return world.insert(appOptions, { fieldId, id, ...checked(world, input) });
}

/** Changes a choice, or makes one of this id. */
export function putAppOption(
  world: World,
  { id: fieldId }: AppField,
  id: number,
  input: AppOptionInput,
): AppOption {
  if (input.id !== id)
    throw refused('badRequest', 'The option ID in the path and in the body must be the same.');
  return world.put(appOptions, { fieldId, id, ...checked(world, input) });
}

function checked(
  world: World,
  { value, properties, config }: AppOptionInput,
): Omit<AppOption, 'fieldId' | 'id'> {
  if (value === undefined || value.trim() === '')
    throw refused('badRequest', 'The option value is required.');
  if (value.length > OPTION_CHARS_MAX)
    throw refused('badRequest', `The option value cannot be longer than ${OPTION_CHARS_MAX} characters.`);
  const ids = [...(config?.scope?.projects ?? []), ...(config?.scope?.projects2 ?? []).map((one) => one.id)];
  if (ids.length > APP_OPTION_SCOPES_MAX)
    throw refused('badRequest', `An option can have at most ${APP_OPTION_SCOPES_MAX} scopes.`);
  const gone = ids.find((id) => !world.get(projects, String(id)));
  if (gone !== undefined) throw refused('badRequest', `The project with id '${gone}' was not found.`);
  return { value, ...(properties ? { properties } : {}), ...(config ? { config } : {}) };
}

/** A choice; 404 where the field has none such. */
export function requireAppOption(world: World, { id: fieldId }: AppField, id: number): AppOption {
  const option = Number.isInteger(id) && id >= 0 ? world.get(appOptions, keyOf(fieldId, id)) : undefined;
  if (!option) throw missing(`The option with id '${id}' was not found.`);
  return option;
}

/** Deletes a choice that no issue has; 409 where one has. */
export function deleteAppOption(world: World, field: AppField, id: number): void {
  requireAppOption(world, field, id);
  if (holdersOf(world, field.id as `customfield_${number}`, String(id)).length > 0)
    throw refused('conflict', 'The option is selected for the field in an issue.');
  world.remove(appOptions, keyOf(field.id, id));
}

/** Begins to take a choice from issues, or to put another in its place; 404 for either choice. */
export function replaceAppOption(world: World, user: User, field: AppField, replacement: Replacement): Task {
  requireAppOption(world, field, Number(replacement.optionId));
  if (replacement.replaceWith !== null) requireAppOption(world, field, Number(replacement.replaceWith));
  return startReplacement(world, user, 'replaceAppOption', { fieldId: field.id }, replacement);
}

/** The work: the other choice fits issues of the projects in which it is there. */
export function appOptionReplaced(
  world: World,
  { fieldId, ...replacement }: Replacement & { fieldId: string },
  submitter: { accountId: string },
): unknown {
  const instead = world.get(appOptions, keyOf(fieldId, Number(replacement.replaceWith ?? 0)));
  return replaced(
    world,
    fieldId,
    replacement,
    submitter,
    ({ fields }) => instead !== undefined && isVisible(instead, fields.project.id),
  );
}
