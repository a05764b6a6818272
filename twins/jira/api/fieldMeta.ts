/** What `createmeta` and `editmeta` say of a field: whether it must be set, what it takes, how it may be changed. */
import { appOptionsOf } from '../model/fields/appOptions.ts';
import { isSelectable } from '../model/fields/appScopes.ts';
import { defaultsFor } from '../model/fields/contextDefaults.ts';
import { contextFor } from '../model/fields/contexts.ts';
import { type Field, type FieldSchema, fieldById } from '../model/fields/fields.ts';
import { type Treatments, treatmentsOf } from '../model/fields/fieldTreatment.ts';
import { STANDARD } from '../model/fields/fieldTypes.ts';
import { optionsOf } from '../model/fields/options.ts';
import { screenOf } from '../model/fields/screens.ts';
import { fillable } from '../model/permissions/fillable.ts';
import { browsableProjects } from '../model/permissions/may.ts';
import { componentsOf } from '../model/projects/components.ts';
import { issueTypesOf, prioritiesOf, prioritySchemeOf } from '../model/projects/projects.ts';
import { versionsOf } from '../model/projects/versions.ts';
import { resolutions } from '../model/schemes.ts';
import type { Issue, IssueType, Project, ScreenOperation } from '../world.ts';
import type { Address } from './address.ts';
import { optionView, shownValue } from './customValues.ts';
import {
  componentView,
  issueTypeView,
  priorityView,
  projectView,
  resolutionView,
  versionView,
} from './schemeViews.ts';

type Json = Record<string, unknown>;

/** Every field of a screen that the caller may fill in, by id. */
export const fieldMeta = (
  at: Address,
  project: Project,
  type: IssueType,
  screen: ScreenOperation,
  issue?: Issue,
): Json => {
  const ids = screenOf(at.world, project, type, screen);
  const shown = at.me ? fillable(at.world, at.me, ids, project, issue) : ids;
  return metaOfFields(at, project, type, [...shown], screen);
};

/** These fields, by id; those that the site does not have are left out. */
export function metaOfFields(
  at: Address,
  project: Project,
  type: IssueType,
  ids: readonly string[],
  screen: ScreenOperation,
): Json {
  const { world } = at;
  const place: Place = {
    at,
    project,
    type,
    screen,
    treatments: treatmentsOf(world, project, type),
    defaults: new Map(screen === 'create' ? defaultsFor(world, project, type) : []),
  };
  const out: Json = {};
  for (const id of ids) {
    const field = fieldById(world, id);
    if (field) out[id] = metaOf(place, field);
  }
  return out;
}

/** Where the fields are asked for. */
interface Place {
  at: Address;
  project: Project;
  type: IssueType;
  screen: ScreenOperation;
  treatments: Treatments;
  /** Stored values that new issues get, by field id. */
  defaults: ReadonlyMap<string, unknown>;
}

const REQUIRED = new Set(['summary', 'issuetype', 'project', 'reporter']);

function metaOf(place: Place, field: Field): Json {
  const { at, project, screen, treatments } = place;
  const { id } = field;
  const allowedValues = valuesOf(place, field);
  const autoComplete = completionOf(at, project, field);
  const standard = defaultOf(place, field, allowedValues);
  return {
    required:
      treatments.of(id).isRequired ?? (REQUIRED.has(id) && !(id === 'reporter' && screen === 'create')),
    schema: field.schema ?? { type: 'issuelink', system: id },
    name: field.name,
    key: id,
    ...(autoComplete ? { autoCompleteUrl: autoComplete } : {}),
    // Where an issue is edited nothing is filled in by itself, and only the parent says so.
    ...(screen === 'create' || id === 'parent'
      ? { hasDefaultValue: id === 'reporter' || standard !== undefined }
      : {}),
    operations: operationsOf(field),
    ...(allowedValues ? { allowedValues } : {}),
    ...(standard === undefined ? {} : { defaultValue: standard }),
  };
}

/** What the field holds in a new issue that does not say; undefined for nothing. */
function defaultOf(
  { at, project, screen, defaults }: Place,
  field: Field,
  allowed?: readonly Json[],
): unknown {
  if (screen !== 'create') return undefined;
  if (field.id === 'priority') {
    const { defaultPriorityId } = prioritySchemeOf(at.world, project);
    return allowed?.find((one) => one.id === defaultPriorityId);
  }
  return defaults.has(field.id) ? shownValue(at, field, defaults.get(field.id)) : undefined;
}

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  issuetype: [],
  attachment: ['set', 'copy'],
  fixVersions: ['set', 'add', 'remove'],
  versions: ['set', 'add', 'remove'],
  issuelinks: ['add', 'copy'],
  timetracking: ['set', 'edit'],
  worklog: ['add'],
  comment: ['add'],
};

function operationsOf(field: Field): readonly string[] {
  const own = OPERATIONS[field.id];
  if (own) return own;
  return field.schema?.type === 'array' && field.schema.items !== 'json' ? ['add', 'set', 'remove'] : ['set'];
}

function valuesOf({ at, project, type, screen }: Place, field: Field): Json[] | undefined {
  const { world } = at;
  switch (field.id) {
    case 'issuetype': {
      const same = issueTypesOf(world, project).filter((one) => one.hierarchyLevel === type.hierarchyLevel);
      return (screen === 'create' ? [type] : same).map((one) => issueTypeView(at, one));
    }
    case 'project':
      return [projectView(at, project)];
    case 'priority':
      return prioritiesOf(world, project).map((one) => priorityView(at, one));
    case 'resolution':
      return resolutions(world).map((one) => resolutionView(at, one));
    case 'components':
      return [...componentsOf(world, project)].map((one) => componentView(at, one));
    case 'fixVersions':
    case 'versions':
      return versionsAllowed(at, project);
    case 'issuerestriction':
      return [];
    default:
      return customChoices(at, project, type, field);
  }
}

const versionsAllowed = (at: Address, project: Project): Json[] =>
  [...versionsOf(at.world, project)].filter((one) => !one.archived).map((one) => versionView(at, one));

/** What a custom field offers here; undefined where anything may be given. */
function customChoices(at: Address, project: Project, type: IssueType, field: Field): Json[] | undefined {
  const kind = field.custom ? (field.schema?.items ?? field.schema?.type) : undefined;
  if (kind === 'version') return versionsAllowed(at, project);
  if (kind === 'project') return browsableProjects(at.world, at.me).map((one) => projectView(at, one));
  if (kind === 'option2')
    return appOptionsOf(at.world, field.id)
      .filter((one) => isSelectable(one, project.id))
      .map(({ id, value }) => ({ id: String(id), value }));
  if (kind !== 'option' && kind !== 'option-with-child') return undefined;
  const context = contextFor(at.world, field.id, project.id, type.id);
  const all = context ? optionsOf(at.world, context.id).filter((one) => !one.disabled) : [];
  const under = (parent: string | undefined): Json[] =>
    all
      .filter((one) => one.optionId === parent)
      .map((one) => {
        const children = under(one.id);
        return { ...optionView(at, one), ...(children.length > 0 ? { children } : {}) };
      });
  return under(undefined);
}

function completionOf(at: Address, project: Project, { id, schema }: Field): string | undefined {
  switch (id) {
    case 'labels':
      return `${at.origin}/rest/api/1.0/labels/suggest?query=`;
    case 'issuelinks':
      return `${at.rest}/issue/picker?currentProjectId=&showSubTaskParent=true&showSubTasks=true&currentIssueKey=null&query=`;
    case 'assignee':
      return `${at.rest}/user/assignable/search?project=${project.key}&query=`;
    case 'reporter':
      return `${at.rest}/user/recommend?context=Reporter&issueKey=`;
    default:
      return schema?.custom === undefined ? undefined : customCompletion(at, id, schema);
  }
}

function customCompletion(at: Address, id: string, schema: FieldSchema): string | undefined {
  const kind = schema.items ?? schema.type;
  if (kind === 'user') return `${at.rest}/user/recommend?fieldId=${id}&query=`;
  if (kind === 'group') return `${at.rest}/groups/picker?query=`;
  if (schema.custom === `${STANDARD}labels`)
    return `${at.origin}/rest/api/1.0/labels/suggest?customFieldId=${schema.customId}&query=`;
  return undefined;
}
