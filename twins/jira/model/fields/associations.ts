/**
 * Fields that projects have, said project by project: a field that is associated is not hidden in any field
 * configuration of the project; a team-managed project has it on its issues.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-associations/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { ASSOCIATED_FIELDS_MAX, ASSOCIATED_PROJECTS_MAX } from '../../limits.ts';
import {
  fieldConfigurations,
  fieldSchemes,
  type Project,
  projectSchemes,
  projects,
  type Screen,
} from '../../world.ts';
import { issueTypesOf } from '../projects/projects.ts';
import { fieldSchemeOf, isAssociated } from './fieldSchemes.ts';
import { type Field, fieldById } from './fields.ts';
import { fieldConfigurationOf } from './fieldTreatment.ts';
import { classicProjects, setProjectSchemes } from './projectSchemes.ts';
import { isScreenOf } from './screens.ts';

interface Named {
  type?: string;
  identifier?: unknown;
}

/** What `PUT /field/association` takes. */
export interface AssociationsInput {
  associationContexts?: readonly Named[];
  fields?: readonly Named[];
}

/** Associates fields with projects (`there`), or takes them away. 404 for fields and projects that are not there. */
export function setAssociations(world: World, input: AssociationsInput, there: boolean): void {
  const { associationContexts: places = [], fields = [] } = input;
  if (places.length === 0 || fields.length === 0)
    throw refused('badRequest', 'The fields and the association contexts must not be empty.');
  if (fields.length > ASSOCIATED_FIELDS_MAX)
    throw refused('badRequest', `At most ${ASSOCIATED_FIELDS_MAX} fields can be given at once.`);
  if (places.length > ASSOCIATED_PROJECTS_MAX)
    throw refused('badRequest', `At most ${ASSOCIATED_PROJECTS_MAX} projects can be given at once.`);
  const found = fields.map((one) => requireField(world, one));
  const where = places.map((one) => requireProjectOf(world, one));
  for (const project of where)
    for (const field of found)
      if (project.style === 'classic') treat(world, project, field.id, there);
      else keep(world, project, field.id, there);
}

function requireField(world: World, { type, identifier }: Named): Field {
  if (type !== 'FIELD_ID' || typeof identifier !== 'string')
    throw refused('badRequest', "The type of a field has to be 'FIELD_ID'.");
  const field = fieldById(world, identifier);
  if (!field) throw missing(`The field with id '${identifier}' was not found.`);
  if (!field.custom) throw refused('badRequest', 'Only custom fields can be associated with projects.');
  return field;
}

function requireProjectOf(world: World, { type, identifier }: Named): Project {
  if (type !== 'PROJECT_ID' || !/^\d{1,15}$/.test(String(identifier)))
    throw refused('badRequest', "The type of an association context has to be 'PROJECT_ID'.");
  return world.require(projects, String(identifier), () =>
    missing(`The project with id '${String(identifier)}' was not found.`),
  );
}

/** Shows a field in the projects whose schemes lead to a screen that it was put on. */
export function associateByScreen(world: World, screen: Screen, fieldId: string): void {
  for (const project of classicProjects(world))
    if (isScreenOf(world, project, screen)) treat(world, project, fieldId, true);
}

/** Shows or hides a field in the configurations of a company-managed project, and in its scheme. */
function treat(world: World, project: Project, fieldId: string, there: boolean): void {
  for (const type of issueTypesOf(world, project)) {
    const configuration = fieldConfigurationOf(world, project, type);
    if (!configuration || (configuration.items[fieldId]?.isHidden ?? false) === !there) continue;
    const items = { ...configuration.items, [fieldId]: there ? { isHidden: false } : { isHidden: true } };
    world.update(fieldConfigurations, sortable(configuration.id), { items });
  }
  const scheme = fieldSchemeOf(world, project.id);
  if (!there || isAssociated(scheme, fieldId)) return;
  const { removed: _, ...association } = scheme.fields[fieldId] ?? {};
  world.update(fieldSchemes, sortable(scheme.id), { fields: { ...scheme.fields, [fieldId]: association } });
}

/** Remembers or forgets a field of a team-managed project. */
function keep(world: World, { id }: Project, fieldId: string, there: boolean): void {
  const before = world.get(projectSchemes, id)?.ownFields ?? [];
  const others = before.filter((one) => one !== fieldId);
  setProjectSchemes(world, id, { ownFields: there ? [...others, fieldId] : others });
}
