/** Fields as lists of fields show them. */
import type { World } from '../../../src/world/world.ts';
import { contextsOf } from '../model/fields/contexts.ts';
import { plannedDeletion } from '../model/fields/customFields.ts';
import { type Field, fieldOfRow } from '../model/fields/fields.ts';
import { fieldType } from '../model/fields/fieldTypes.ts';
import { projectsWith, screensWith } from '../model/fields/search.ts';
import { stamp } from '../model/time.ts';
import { type CustomField, customFields } from '../world.ts';
import type { Address } from './address.ts';
import { personView } from './peopleView.ts';

type Json = Record<string, unknown>;

/** A field as `/field` lists it. */
export const fieldView = ({ schema, ...field }: Field): Json => ({
  id: field.id,
  key: field.key ?? field.id,
  name: field.name,
  ...(field.custom ? { untranslatedName: field.name === 'Development' ? 'development' : field.name } : {}),
  custom: field.custom,
  orderable: field.orderable,
  navigable: field.navigable,
  searchable: field.searchable,
  clauseNames: field.clauseNames,
  ...(schema ? { schema } : {}),
});

/** What `expand` adds to a field that was searched for. */
const EXPANSIONS: Readonly<Record<string, (world: World, field: Field, row?: CustomField) => unknown>> = {
  key: (_, field) => field.key ?? field.id,
  stableId: (_, field) => `sfid:${field.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
  isLocked: (_, __, row) => row?.isLocked ?? false,
  isUnscreenable: (_, field) => !field.orderable,
  searcherKey: (_, __, row) => row?.searcherKey,
  screensCount: (world, field) => screensWith(world, field.id).length,
  contextsCount: (world, field) => contextsOf(world, field.id).length,
  projectsCount: (world, field) => projectsWith(world, field.id).length,
  // The service does not track every field; here it tracks none.
  lastUsed: () => ({ type: 'NOT_TRACKED' }),
  typeDisplayName: (_, field, row) => (row ? fieldType(row.type).label : undefined) ?? field.schema?.type,
};

/** A field as `/field/search` lists it. */
export function foundField(world: World, field: Field, expand: readonly string[]): Json {
  const row = world.get(customFields, field.id);
  const more = Object.entries(EXPANSIONS).flatMap(([key, of]) => {
    const value = expand.includes(key) ? of(world, field, row) : undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    id: field.id,
    name: field.name,
    schema: field.schema ?? { type: 'issuelink', system: field.id },
    description: row?.description ?? '',
    ...Object.fromEntries(more),
  };
}

/** A field in the trash. */
export function trashedField(at: Address, row: CustomField): Json {
  const { at: since = 0, by = '' } = row.trashed ?? {};
  const { id, name, schema } = fieldOfRow(row);
  return {
    id,
    name,
    schema,
    description: row.description,
    key: id,
    trashedDate: stamp(since),
    trashedBy: personView(at, { accountId: by }),
    plannedDeletionDate: stamp(plannedDeletion(since)),
  };
}
