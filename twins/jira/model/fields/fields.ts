/**
 * The fields of issues, as `/field` lists them: what each is called, how it is found in queries, what it holds.
 * The order is the one in which a site lists them and in which an issue shows them.
 */
import type { World } from '../../../../src/world/world.ts';
import { type CustomField, customFields } from '../../world.ts';
import { appFieldSchema, fieldType } from './fieldTypes.ts';
import { FIELD_ORDER } from './siteFields.ts';
import { SYSTEM_FIELDS } from './systemFields.ts';

export interface FieldSchema {
  type: string;
  items?: string;
  system?: string;
  custom?: string;
  customId?: number;
}

export interface Field {
  id: string;
  /** Of a field that an app brought along; all others are their ids. */
  key?: string;
  name: string;
  custom: boolean;
  orderable: boolean;
  navigable: boolean;
  searchable: boolean;
  clauseNames: readonly string[];
  schema?: FieldSchema;
}

export const EPIC_NAME = 'customfield_10011';
export const EPIC_STATUS = 'customfield_10012';
export const EPIC_COLOR = 'customfield_10013';
export const EPIC_LINK = 'customfield_10014';
export const RANK = 'customfield_10019';
export const SPRINT = 'customfield_10020';
export const FLAGGED = 'customfield_10021';

/** Every field that the site has and that is not in its trash, in the order in which it lists them. */
export const fieldsOf = (world: World): readonly Field[] => catalogueOf(world).fields;

/** The field with this id, as `customfield_10016`. */
export function fieldById(world: World, id: string): Field | undefined {
  const system = systemById.get(id);
  if (system) return system;
  const row = world.get(customFields, id);
  return row && row.trashed === undefined ? fieldOfRow(row) : undefined;
}

/** The field that queries call so, case aside; a custom field that has no searcher is found by none. */
export const fieldByClause = (world: World, name: string): Field | undefined =>
  catalogueOf(world).byClause.get(name.toLowerCase());

/** The site's fields are about to change: what this transaction has worked out of them no longer holds. */
export const fieldsChange = (world: World): void => {
  catalogues.delete(world);
};

interface Catalogue {
  fields: readonly Field[];
  byClause: ReadonlyMap<string, Field>;
}

/** Fields are asked for with every issue that is shown: they are worked out once in a transaction. */
const catalogues = new WeakMap<World, Catalogue>();

function catalogueOf(world: World): Catalogue {
  const known = catalogues.get(world);
  if (known) return known;
  const rows = new Map(
    world
      .list(customFields, { where: (row) => row.trashed === undefined })
      .toArray()
      .map((row) => [row.id, fieldOfRow(row)]),
  );
  const listed = FIELD_ORDER.flatMap((id) => systemById.get(id) ?? rows.get(id) ?? []);
  const fields = [...listed, ...[...rows.values()].filter((field) => !PLACED.has(field.id))];
  const byClause = new Map<string, Field>();
  for (const field of fields) {
    if (field.custom && !field.searchable) continue;
    for (const name of field.clauseNames) {
      const lower = name.toLowerCase();
      if (!byClause.has(lower)) byClause.set(lower, field);
    }
  }
  const made = { fields, byClause };
  catalogues.set(world, made);
  return made;
}

const systemById = new Map(SYSTEM_FIELDS.map((field) => [field.id, field]));
const PLACED = new Set(FIELD_ORDER);

/** A custom field as a field; rows do not change, so that each is worked out once. */
export function fieldOfRow(row: CustomField): Field {
  const known = fieldsByRow.get(row);
  if (known) return known;
  const field = workedOut(row);
  fieldsByRow.set(row, field);
  return field;
}

const fieldsByRow = new WeakMap<CustomField, Field>();

function workedOut(row: CustomField): Field {
  const number = Number(row.id.slice('customfield_'.length));
  const { label, schema: usual } = fieldType(row.type);
  const schema = (row.app && appFieldSchema(row.app.type)) ?? usual;
  const [type = 'any', items] = schema.split(':');
  return {
    id: row.id,
    ...(row.app ? { key: row.app.fieldKey } : {}),
    name: row.name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: row.isLocked === true || row.searcherKey !== undefined,
    clauseNames: clausesOf(row.name, `cf[${number}]`, label),
    schema: { type, ...(items ? { items } : {}), custom: row.type, customId: number },
  };
}

/** By which names queries know a custom field, in the service's order: that of the alphabet. */
function clausesOf(name: string, number: string, label: string | undefined): string[] {
  if (name === 'Development') return [number, 'development'];
  const names = [name, number, ...(label ? [`${name}[${label}]`] : [])];
  return names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
