/**
 * The choices that a field offers, context by context; those of a cascading field stand under one another.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-options/
 */
import { between } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { OPTION_CHARS_MAX, OPTIONS_PER_FIELD_MAX, OPTIONS_PER_REQUEST_MAX } from '../../limits.ts';
import {
  appOptions,
  customFields,
  type FieldContext,
  type FieldOption,
  fieldOptions,
  type Issue,
  issues,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { facet, idAtPlace } from '../jql/facets.ts';
import { fieldType } from './fieldTypes.ts';

/** A field's choices in all its contexts, in their order. */
export const optionsOfField = (world: World, fieldId: string): FieldOption[] =>
  inOrder(world.list(fieldOptions, { index: 'field', equals: fieldId }).toArray());

/** Ids and names of what a field offers, also of a field that an app brought along. */
export function choicesOfField(world: World, fieldId: string): { id: string; value: string }[] {
  const own = world.list(appOptions, { prefix: `${fieldId}/` }).toArray();
  return own.length > 0
    ? own.map(({ id, value }) => ({ id: String(id), value }))
    : optionsOfField(world, fieldId);
}

/** A context's choices, in their order, those under others after the others. */
export function optionsOf(world: World, contextId: string): FieldOption[] {
  const all = inOrder(world.list(fieldOptions, { index: 'context', equals: contextId }).toArray());
  const tops = all.filter((one) => one.optionId === undefined);
  return [...tops, ...tops.flatMap((top) => all.filter((one) => one.optionId === top.id))];
}

const inOrder = (rows: FieldOption[]): FieldOption[] => rows.sort((a, b) => a.position - b.position);

/** The kind of a field's values: `option`, `array:option`, `option-with-child`; 400 for fields that offer none. */
export function requireChoices(world: World, { fieldId }: FieldContext): string {
  const { schema } = fieldType(world.get(customFields, fieldId)?.type ?? '');
  if (!schema.includes('option')) throw refused('badRequest', "The custom field doesn't support options.");
  return schema;
}

/** What `POST …/option` takes of one choice. */
export interface OptionInput {
  id?: string;
  value?: string;
  disabled?: boolean;
  optionId?: string;
}

/** Adds choices at the end of a context's. */
export function createOptions(
  world: World,
  context: FieldContext,
  inputs: readonly OptionInput[],
): FieldOption[] {
  const cascading = requireChoices(world, context) === 'option-with-child';
  requireCount(inputs.length);
  if (optionsOfField(world, context.fieldId).length + inputs.length > OPTIONS_PER_FIELD_MAX)
    throw refused('badRequest', `A custom field can have at most ${OPTIONS_PER_FIELD_MAX} options.`);
  return inputs.map(({ value = '', disabled = false, optionId }) => {
    if (optionId !== undefined) requireTop(world, context, cascading, optionId);
    const siblings = siblingsOf(world, context.id, optionId);
    requireValue(siblings, value);
    const last = siblings.at(-1)?.position ?? -1;
    return world.insert(fieldOptions, {
      id: nextId(world, 'fieldOption', FIRST_OWN_OPTION),
      contextId: context.id,
      fieldId: context.fieldId,
      value: value.trim(),
      disabled,
      ...(optionId === undefined ? {} : { optionId }),
      position: last + 1,
    });
  });
}

/** Ids of choices that a new site has are below it. */
const FIRST_OWN_OPTION = 10_300;

/** Renames, disables and enables choices; gives those that changed. */
export function updateOptions(
  world: World,
  context: FieldContext,
  inputs: readonly OptionInput[],
): FieldOption[] {
  requireChoices(world, context);
  requireCount(inputs.length);
  const ids = inputs.map((one) => one.id ?? '');
  for (const id of ids) requireOption(world, context, id);
  if (new Set(ids).size < ids.length) throw refused('badRequest', 'The options must not contain duplicates.');
  return inputs.flatMap(({ id = '', value, disabled }) => {
    const row = requireOption(world, context, id);
    if (value !== undefined && value !== row.value)
      requireValue(
        siblingsOf(world, context.id, row.optionId).filter((one) => one.id !== id),
        value,
      );
    const after = { ...row, value: value?.trim() ?? row.value, disabled: disabled ?? row.disabled };
    if (after.value === row.value && after.disabled === row.disabled) return [];
    return [world.put(fieldOptions, after)];
  });
}

/** What `PUT …/option/move` takes. */
export interface MoveInput {
  customFieldOptionIds?: readonly string[];
  after?: string;
  position?: 'First' | 'Last';
}

/** Puts choices of one level into another place. */
export function moveOptions(world: World, context: FieldContext, input: MoveInput): void {
  requireChoices(world, context);
  const { customFieldOptionIds: ids = [], after, position } = input;
  if (after !== undefined && position !== undefined)
    throw refused(
      'badRequest',
      "'after' and 'position' were provided. Only 'after' or 'position' can be specified.",
    );
  if (after === undefined && position === undefined)
    throw refused('badRequest', "'after' or 'position' must be provided.");
  if (ids.length === 0) throw refused('badRequest', 'The customFieldOptionIds must not be empty.');
  const moved = ids.map((id) => requireOption(world, context, id));
  const [parent] = moved.map((one) => one.optionId);
  const target = after === undefined ? undefined : requireOption(world, context, after);
  if ([...moved, ...(target ? [target] : [])].some((one) => one.optionId !== parent))
    throw refused('badRequest', 'Options and cascading options cannot be moved together.');
  if (new Set(ids).size < ids.length || (after !== undefined && ids.includes(after)))
    throw refused('badRequest', 'The customFieldOptionIds must not contain duplicates.');
  const rest = siblingsOf(world, context.id, parent).filter((one) => !ids.includes(one.id));
  const at = target
    ? rest.findIndex((one) => one.id === target.id) + 1
    : position === 'First'
      ? 0
      : rest.length;
  [...rest.slice(0, at), ...moved, ...rest.slice(at)].forEach((one, place) => {
    if (one.position !== place) world.put(fieldOptions, { ...one, position: place });
  });
}

/** Deletes a choice that has none under it; issues lose it. */
export function deleteOption(world: World, context: FieldContext, id: string): void {
  requireChoices(world, context);
  requireOption(world, context, id);
  if (siblingsOf(world, context.id, id).length > 0)
    throw refused('badRequest', 'The option cannot be deleted because it has cascading options.');
  const key = context.fieldId as `customfield_${number}`;
  for (const issue of holdersOf(world, key, id))
    world.put(issues, {
      ...issue,
      fields: { ...issue.fields, [key]: withoutOption(issue.fields[key], id) },
    });
  world.remove(fieldOptions, id);
}

/** The issues whose field holds the choice. */
export const holdersOf = (world: World, key: `customfield_${number}`, id: string): Issue[] =>
  [...placesOf(world, facet(key, id))].flatMap((place) => world.get(issues, idAtPlace(place)) ?? []);

function placesOf(world: World, term: string): Iterable<string> {
  const places = world.postings(issues, 'facets').get(term);
  return places === undefined ? [] : between(places, '', '\uffff', false);
}

interface Held {
  id: string;
  child?: { id: string };
}

/** A field's value less a choice: nothing in its place, or `instead`. */
export function withoutOption(value: unknown, id: string, instead?: string): unknown {
  if (Array.isArray(value)) {
    const kept = (value as Held[]).flatMap((one) =>
      one.id !== id ? [one] : instead === undefined ? [] : [{ id: instead }],
    );
    const once = kept.filter((one, i) => kept.findIndex((other) => other.id === one.id) === i);
    return once.length > 0 ? once : null;
  }
  const held = value as Held;
  if (held.id === id) return instead === undefined ? null : { id: instead };
  return instead === undefined ? { id: held.id } : { id: held.id, child: { id: instead } };
}

/** A choice of a context; 404 in the vendor's words. */
export function requireOption(world: World, { id: contextId }: FieldContext, id: string): FieldOption {
  const option = world.get(fieldOptions, id);
  if (option?.contextId !== contextId) throw missing('The option was not found.');
  return option;
}

function requireTop(world: World, context: FieldContext, cascading: boolean, id: string): void {
  if (!cascading) throw refused('badRequest', "The custom field doesn't support cascading options.");
  if (requireOption(world, context, id).optionId !== undefined)
    throw refused('badRequest', 'Cascading options cannot have options of their own.');
}

const siblingsOf = (world: World, contextId: string, optionId: string | undefined): FieldOption[] =>
  optionsOf(world, contextId).filter((one) => one.optionId === optionId);

function requireValue(siblings: readonly FieldOption[], value: string): void {
  if (value.trim() === '') throw refused('badRequest', 'The option value cannot be empty.');
  if (value.length > OPTION_CHARS_MAX)
    throw refused('badRequest', `The option value cannot be longer than ${OPTION_CHARS_MAX} characters.`);
  if (siblings.some((one) => one.value.toLowerCase() === value.trim().toLowerCase()))
    throw refused('badRequest', `An option with the value '${value.trim()}' already exists in the context.`);
}

function requireCount(count: number): void {
  if (count === 0) throw refused('badRequest', 'The options must not be empty.');
  if (count > OPTIONS_PER_REQUEST_MAX)
    throw refused('badRequest', `At most ${OPTIONS_PER_REQUEST_MAX} options can be given at once.`);
}
