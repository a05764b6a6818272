/**
 * Field schemes: which fields the projects that use a scheme have, for which kinds of issue, required or not.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-field-schemes/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import {
  type FieldAssociation,
  type FieldParameters,
  type FieldScheme,
  fieldSchemes,
  type Project,
  projectSchemes,
} from '../../world.ts';
import { type Field, fieldsOf } from './fields.ts';
import { classicProjects } from './projectSchemes.ts';
import { type SchemeText, schemeText } from './schemeText.ts';
import { DEFAULT_FIELD_SCHEME } from './siteScreens.ts';

const WORDS = { taken: 'A field scheme is using this name.' };

/** Makes a scheme with every field that is not custom, or with those of another (`source`). */
export function createFieldScheme(world: World, input: SchemeText, source?: FieldScheme): FieldScheme {
  const text = schemeText(world, fieldSchemes, input, WORDS);
  const has = (field: Field) => (source ? isAssociated(source, field.id) : !field.custom);
  return world.insert(fieldSchemes, {
    id: DEFAULT_FIELD_SCHEME + world.next('jira.fieldScheme'),
    ...text,
    isDefault: false,
    fields: Object.fromEntries(
      fieldsOf(world)
        .filter(has)
        .map(({ id }) => [id, source?.fields[id] ?? {}]),
    ),
  });
}

/** Renames a scheme. */
export const updateFieldScheme = (world: World, row: FieldScheme, input: SchemeText): FieldScheme =>
  world.update(fieldSchemes, sortable(row.id), schemeText(world, fieldSchemes, input, WORDS, row));

/** Deletes a scheme: 400 for the site's own, 409 for one that projects use. */
export function deleteFieldScheme(world: World, { id, isDefault }: FieldScheme): void {
  if (isDefault) throw refused('badRequest', 'The default field scheme cannot be deleted.');
  if (world.list(projectSchemes, { index: 'fields', equals: String(id) }).first())
    throw refused(
      'conflict',
      'The field scheme cannot be deleted because it is assigned to one or more projects.',
    );
  world.remove(fieldSchemes, sortable(id));
}

/** Whether a scheme has a field at all. */
export function isAssociated({ isDefault, fields }: FieldScheme, fieldId: string): boolean {
  const association = fields[fieldId];
  return association ? !association.removed : isDefault;
}

/** The ids of a scheme's fields, as the site lists them. */
export const associatedFields = (world: World, scheme: FieldScheme): string[] =>
  fieldsOf(world)
    .filter((field) => field.orderable && isAssociated(scheme, field.id))
    .map((field) => field.id);

/** What a scheme says of a field for a kind of issue; undefined where the kind does not have it. */
export function parametersFor(
  scheme: FieldScheme,
  fieldId: string,
  issueTypeId: string,
): FieldParameters | undefined {
  if (!isAssociated(scheme, fieldId)) return undefined;
  const association: FieldAssociation = scheme.fields[fieldId] ?? {};
  const { restrictedToWorkTypes = [], parameters, workTypeParameters } = association;
  if (restrictedToWorkTypes.length > 0 && !restrictedToWorkTypes.includes(issueTypeId)) return undefined;
  return { ...parameters, ...workTypeParameters?.[issueTypeId] };
}

/** The scheme of a company-managed project. */
export function fieldSchemeOf(world: World, projectId: string): FieldScheme {
  const id = Number(world.get(projectSchemes, projectId)?.fieldSchemeId ?? DEFAULT_FIELD_SCHEME);
  return world.require(fieldSchemes, sortable(id), () => new Error(`field scheme ${id} is gone`));
}

/** The company-managed projects that use a scheme. */
export const projectsOfFieldScheme = (world: World, id: number): Project[] =>
  classicProjects(world).filter((project) => fieldSchemeOf(world, project.id).id === id);

/** 404 `The field scheme was not found.` */
export function requireFieldScheme(world: World, id: string): FieldScheme {
  const row = /^\d{1,15}$/.test(id) ? world.get(fieldSchemes, sortable(Number(id))) : undefined;
  if (!row) throw missing('The field scheme was not found.');
  return row;
}
