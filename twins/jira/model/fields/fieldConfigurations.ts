/**
 * Field configurations: which fields are hidden, which may not be left empty, how each is described and written.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-field-configurations/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { FIELD_CONFIGURATION_ITEMS_MAX, SCHEME_NAME_CHARS_MAX } from '../../limits.ts';
import {
  type FieldConfiguration,
  type FieldTreatment,
  fieldConfigurationSchemes,
  fieldConfigurations,
} from '../../world.ts';
import { type Field, fieldById, fieldsOf } from './fields.ts';
import { STANDARD } from './fieldTypes.ts';
import { type SchemeText, schemeText } from './schemeText.ts';
import { DEFAULT_FIELD_CONFIGURATION } from './siteScreens.ts';

const WORDS = { taken: 'A field configuration is using this name.' };

/** Makes a configuration in which every field may be left empty, and is as the default has it otherwise. */
export function createFieldConfiguration(world: World, input: SchemeText): FieldConfiguration {
  const text = schemeText(world, fieldConfigurations, input, WORDS);
  const { items } = requireFieldConfiguration(world, String(DEFAULT_FIELD_CONFIGURATION));
  return world.insert(fieldConfigurations, {
    id: DEFAULT_FIELD_CONFIGURATION + world.next('jira.fieldConfiguration'),
    ...text,
    isDefault: false,
    items: Object.fromEntries(
      Object.entries(items).map(([id, { isRequired: _, ...treatment }]) => [id, treatment]),
    ),
  });
}

/** Renames a configuration; the default one stays as it is. */
export function updateFieldConfiguration(world: World, row: FieldConfiguration, input: SchemeText): void {
  if (row.isDefault) throw refused('badRequest', 'The default field configuration cannot be updated.');
  const text = schemeText(world, fieldConfigurations, input, WORDS, row);
  world.update(fieldConfigurations, sortable(row.id), text);
}

/** Deletes a configuration that no scheme uses. */
export function deleteFieldConfiguration(world: World, { id, isDefault }: FieldConfiguration): void {
  if (isDefault) throw refused('badRequest', 'The default field configuration cannot be deleted.');
  if (world.list(fieldConfigurationSchemes, { index: 'configuration', equals: String(id) }).first())
    throw refused(
      'badRequest',
      'The field configuration cannot be deleted as it is in use in a field configuration scheme.',
    );
  world.remove(fieldConfigurations, sortable(id));
}

/** A field of a configuration as it is shown. */
export interface ConfiguredField {
  id: string;
  description: string;
  isHidden: boolean;
  isRequired: boolean;
  renderer?: string;
}

/** Every field that can be configured, as a configuration has it. */
export const configuredFields = (world: World, { items }: FieldConfiguration): ConfiguredField[] =>
  fieldsOf(world)
    .filter(configurable)
    .map((field) => {
      const { description = '', isHidden = false, isRequired, renderer } = items[field.id] ?? {};
      const shownBy = renderer ?? rendererOf(field);
      return {
        id: field.id,
        description,
        isHidden,
        isRequired: isRequired ?? ALWAYS_REQUIRED.has(field.id),
        ...(shownBy ? { renderer: shownBy } : {}),
      };
    });

const configurable = (field: Field): boolean => field.orderable && field.id !== 'issuerestriction';

/** Nobody can say that they may be left empty, or hide them. */
const ALWAYS_REQUIRED: ReadonlySet<string> = new Set(['summary', 'issuetype']);

const TEXTS = ['textarea', 'textfield'].map((kind) => STANDARD + kind);
const AUTOCOMPLETED = new Set(['labels', 'components', 'fixVersions', 'versions']);

/** How a field's text is written, where that can be chosen. */
function rendererOf({ id, schema }: Field): string | undefined {
  if (AUTOCOMPLETED.has(id) || schema?.custom === `${STANDARD}multiversion`) return 'autocomplete-renderer';
  if (id === 'description' || id === 'environment' || id === 'comment') return 'wiki-renderer';
  return TEXTS.includes(schema?.custom ?? '') ? 'text-renderer' : undefined;
}

/** What `PUT …/fields` takes of one field. */
export interface ItemInput extends FieldTreatment {
  id?: string;
}

/** Changes how fields are treated; what is not said of a field stays. All are changed, or none. */
export function updateItems(world: World, row: FieldConfiguration, inputs: readonly ItemInput[]): void {
  if (inputs.length === 0) throw refused('badRequest', 'The fieldConfigurationItems must not be empty.');
  if (inputs.length > FIELD_CONFIGURATION_ITEMS_MAX)
    throw refused('badRequest', `At most ${FIELD_CONFIGURATION_ITEMS_MAX} items can be given at once.`);
  const ids = inputs.map((one) => one.id);
  if (new Set(ids).size < ids.length)
    throw refused('badRequest', 'The field configuration items must not contain duplicates.');
  const items: Record<string, FieldTreatment> = { ...row.items };
  for (const { id = '', ...change } of inputs) items[id] = treated(world, id, items[id] ?? {}, change);
  world.update(fieldConfigurations, sortable(row.id), { items });
}

function treated(world: World, id: string, before: FieldTreatment, change: FieldTreatment): FieldTreatment {
  const field = fieldById(world, id);
  if (!field || !configurable(field)) throw refused('badRequest', `The field with id '${id}' was not found.`);
  if (ALWAYS_REQUIRED.has(id) && (change.isHidden === true || change.isRequired === false))
    throw refused('badRequest', `The field '${field.name}' is required and cannot be hidden or optional.`);
  if (change.isHidden === true && change.isRequired === true)
    throw refused('badRequest', `The field '${field.name}' cannot be both hidden and required.`);
  if ((change.description ?? '').length > SCHEME_NAME_CHARS_MAX)
    throw refused('badRequest', `The description cannot be longer than ${SCHEME_NAME_CHARS_MAX} characters.`);
  if (change.renderer !== undefined) requireRenderer(field, change.renderer);
  // Who hides a field loses what was said of it.
  if (change.isHidden === true) return { isHidden: true };
  if (before.isHidden && change.isHidden !== false && change.isRequired)
    throw refused('badRequest', `The field '${field.name}' is hidden and cannot be required.`);
  return { ...before, ...change };
}

const RENDERERS = ['text-renderer', 'wiki-renderer'];

function requireRenderer(field: Field, renderer: string): void {
  const own = rendererOf(field);
  if (own === renderer) return;
  if (own === undefined || own === 'autocomplete-renderer' || !RENDERERS.includes(renderer))
    throw refused('badRequest', `The renderer '${renderer}' is not valid for the field '${field.name}'.`);
}

/** 404 `The field configuration was not found.` */
export function requireFieldConfiguration(world: World, id: string): FieldConfiguration {
  const row = /^\d{1,15}$/.test(id) ? world.get(fieldConfigurations, sortable(Number(id))) : undefined;
  if (!row) throw missing('The field configuration was not found.');
  return row;
}
