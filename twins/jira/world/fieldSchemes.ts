/** Rows of field schemes: which fields projects have, and how kinds of issue have them. */
import { sortable, type Table, table } from '../../../src/table.ts';

/** What is said of a field. */
export interface FieldParameters {
  description?: string;
  isRequired?: boolean;
}

/** A field in a scheme. */
export interface FieldAssociation {
  /** Taken out of a scheme that has all fields otherwise. */
  removed?: boolean;
  /** Kinds of issue that have it; none: all. */
  restrictedToWorkTypes?: readonly string[];
  parameters?: FieldParameters;
  /** By kind of issue. */
  workTypeParameters?: Readonly<Record<string, FieldParameters>>;
}

export interface FieldScheme {
  id: number;
  name: string;
  description: string;
  /** The scheme of projects that have no other: it has every field that is not taken out. */
  isDefault: boolean;
  fields: Readonly<Record<string, FieldAssociation>>;
}

export const fieldSchemes = table<FieldScheme>({
  name: 'jira.fieldSchemes',
  key: (row) => sortable(row.id),
  indexes: { name: (row) => row.name.toLowerCase() },
});

export const FIELD_SCHEME_TABLES = [fieldSchemes] as readonly unknown[] as readonly Table<never>[];
