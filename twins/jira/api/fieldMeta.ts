/** What `createmeta` and `editmeta` say of a field: whether it must be set, what it takes, how it may be changed. */
import { type Field, fieldById } from '../model/fields/fields.ts';
import { optionsOfField } from '../model/fields/options.ts';
import { screenOf } from '../model/fields/screens.ts';
import { componentsOf } from '../model/projects/components.ts';
import { issueTypesOf, prioritiesOf, prioritySchemeOf } from '../model/projects/projects.ts';
import { versionsOf } from '../model/projects/versions.ts';
import type { IssueType, Project, ScreenOperation } from '../world.ts';
import type { Address } from './address.ts';
import { componentView, issueTypeView, priorityView, projectView, versionView } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** Every field of a screen, by id. */
export const fieldMeta = (at: Address, project: Project, type: IssueType, screen: ScreenOperation): Json =>
  metaOfFields(at, project, type, screenOf(at.world, project, type, screen), screen);

/** These fields, by id; those that the site does not have are left out. */
export function metaOfFields(
  at: Address,
  project: Project,
  type: IssueType,
  ids: readonly string[],
  screen: ScreenOperation,
): Json {
  const out: Json = {};
  for (const id of ids) {
    const field = fieldById(at.world, id);
    if (field) out[id] = metaOf(at, project, type, field, screen);
  }
  return out;
}

const REQUIRED = new Set(['summary', 'issuetype', 'project', 'reporter']);

function metaOf(at: Address, project: Project, type: IssueType, field: Field, screen: ScreenOperation): Json {
  const { id } = field;
  const allowedValues = valuesOf(at, project, type, field, screen);
  const autoComplete = completionOf(at, project, id);
  const automatic = id === 'priority' || id === 'reporter';
  return {
    required: REQUIRED.has(id) && !(id === 'reporter' && screen === 'create'),
    schema: field.schema ?? { type: 'issuelink', system: id },
    name: field.name,
    key: id,
    ...(autoComplete ? { autoCompleteUrl: autoComplete } : {}),
    hasDefaultValue: automatic,
    operations: operationsOf(field),
    ...(allowedValues ? { allowedValues } : {}),
    ...(id === 'priority' ? { defaultValue: defaultOf(at, project, allowedValues) } : {}),
  };
}

function defaultOf(at: Address, project: Project, allowed: Json[] | undefined): Json | undefined {
  const { defaultPriorityId } = prioritySchemeOf(at.world, project);
  return allowed?.find((one) => one.id === defaultPriorityId);
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

function valuesOf(
  at: Address,
  project: Project,
  type: IssueType,
  field: Field,
  screen: ScreenOperation,
): Json[] | undefined {
  switch (field.id) {
    case 'issuetype': {
      const same = issueTypesOf(at.world, project).filter(
        (one) => one.hierarchyLevel === type.hierarchyLevel,
      );
      return (screen === 'create' ? [type] : same).map((one) => issueTypeView(at, one));
    }
    case 'project':
      return [projectView(at, project)];
    case 'priority':
      return prioritiesOf(at.world, project).map((one) => priorityView(at, one));
    case 'components':
      return [...componentsOf(at.world, project)].map((one) => componentView(at, one));
    case 'fixVersions':
    case 'versions':
      return [...versionsOf(at.world, project)].map((one) => versionView(at, one));
    case 'issuerestriction':
      return [];
    default:
      return CHOICES.has(field.schema?.items ?? field.schema?.type ?? '')
        ? optionsOfField(at.world, field.id).map((one) => ({
            self: `${at.rest}/customFieldOption/${one.id}`,
            value: one.value,
            id: one.id,
          }))
        : undefined;
  }
}

const CHOICES = new Set(['option', 'option-with-child']);

function completionOf(at: Address, project: Project, id: string): string | undefined {
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
      return undefined;
  }
}
