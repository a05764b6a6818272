/** Fields that are looked for by name, id, kind or project, and where they are used. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import {
  type CustomField,
  customFields,
  type Project,
  projectSchemes,
  projects,
  type Screen,
  type ScreenTab,
  screens,
  screenTabs,
} from '../../world.ts';
import { contextsOf } from './contexts.ts';
import { fieldSchemeOf, isAssociated } from './fieldSchemes.ts';
import { type Field, fieldsOf } from './fields.ts';

/** What a search for fields asks. */
export interface FieldQuery {
  /** Part of a name or a description. */
  text: string;
  ids: readonly string[];
  types: readonly string[];
  projectIds: readonly string[];
}

const TYPES = ['custom', 'system'];

/** The fields that match; 400 for a kind that is not known. */
export function fieldsFound(world: World, { text, ids, types, projectIds }: FieldQuery): Field[] {
  const unknown = types.find((type) => !TYPES.includes(type));
  if (unknown !== undefined) throw badQuery(`The type '${unknown}' is not valid.`);
  return fieldsOf(world).filter(
    (field) =>
      (types.length === 0 || types.includes(field.custom ? 'custom' : 'system')) &&
      (ids.length === 0 || ids.includes(field.id)) &&
      matches(text, field.name, world.get(customFields, field.id)?.description) &&
      (projectIds.length === 0 ||
        projectsWith(world, field.id).some((project) => projectIds.includes(project.id))),
  );
}

/** The fields in the trash that match. */
export function trashedFields(world: World, { text, ids }: FieldQuery): CustomField[] {
  return world
    .list(customFields, {
      where: (row) =>
        row.trashed !== undefined &&
        (ids.length === 0 || ids.includes(row.id)) &&
        matches(text, row.name, row.description),
    })
    .toArray();
}

const matches = (text: string, name: string, description = ''): boolean =>
  `${name}\n${description}`.toLowerCase().includes(text.toLowerCase());

/** The projects that have a field for some kind of issue; all for fields that are not custom. */
export function projectsWith(world: World, fieldId: string): Project[] {
  const all = world.list(projects).toArray();
  const row = world.get(customFields, fieldId);
  if (!row) return all;
  const contexts = contextsOf(world, fieldId);
  const global = contexts.some((one) => one.projectIds.length === 0);
  const ids = new Set(contexts.flatMap((one) => one.projectIds));
  return all.filter(({ id, style }) => {
    if (!global && !ids.has(id)) return false;
    if (style === 'classic') return isAssociated(fieldSchemeOf(world, id), fieldId);
    return row.isLocked === true || world.get(projectSchemes, id)?.ownFields?.includes(fieldId) === true;
  });
}

/** The screens that a field stands on, each with the tab that it is in. */
export const screensWith = (world: World, fieldId: string): { screen: Screen; tab: ScreenTab }[] =>
  world
    .list(screenTabs, { index: 'field', equals: fieldId })
    .toArray()
    .flatMap((tab) => {
      const screen = world.get(screens, sortable(tab.screenId));
      return screen ? [{ screen, tab }] : [];
    });
