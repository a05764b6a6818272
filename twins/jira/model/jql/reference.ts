/** What queries may be made of, as `/jql/autocompletedata` lists it. */
import type { World } from '../../../../src/world/world.ts';
import { type Field, fieldsOf } from '../fields/fields.ts';
import type { Operator } from './ast.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import { encoded } from './encode.ts';
import type { JqlField, ValueType } from './field.ts';
import { fieldNamed } from './fieldNamed.ts';
import { FUNCTIONS } from './functions.ts';

type Json = Record<string, unknown>;

const TYPES: Readonly<Record<ValueType, string>> = {
  user: 'com.atlassian.jira.user.ApplicationUser',
  issue: 'com.atlassian.jira.issue.Issue',
  project: 'com.atlassian.jira.project.Project',
  version: 'com.atlassian.jira.project.version.Version',
  component: 'com.atlassian.jira.bc.project.component.ProjectComponent',
  issueType: 'com.atlassian.jira.issue.issuetype.IssueType',
  sprint: 'com.atlassian.greenhopper.service.sprint.Sprint',
  option: 'com.atlassian.jira.issue.customfields.option.Option',
  date: 'java.util.Date',
  text: 'java.lang.String',
  number: 'java.lang.Number',
  duration: 'com.atlassian.jira.jql.util.JqlDuration',
  filter: 'com.atlassian.jira.issue.search.SearchRequest',
  priority: 'com.atlassian.jira.issue.priority.Priority',
  resolution: 'com.atlassian.jira.issue.resolution.Resolution',
  status: 'com.atlassian.jira.issue.status.Status',
  statusCategory: 'com.atlassian.jira.issue.status.category.StatusCategory',
  level: 'com.atlassian.jira.issue.security.IssueSecurityLevel',
  category: 'com.atlassian.jira.project.ProjectCategory',
  group: 'com.atlassian.crowd.embedded.api.Group',
  label: 'com.atlassian.jira.issue.label.Label',
  linkType: 'com.atlassian.jira.issue.link.IssueLinkType',
  attachment: 'com.atlassian.jira.issue.attachment.Attachment',
  projectType: 'com.atlassian.jira.project.type.ProjectType',
  team: 'com.atlassian.jira.team.Team',
  other: 'java.lang.Object',
};

/** Kinds of values that are suggested as one types. */
const SUGGESTED: ReadonlySet<ValueType> = new Set<ValueType>([
  'user',
  'project',
  'version',
  'component',
  'issueType',
  'sprint',
  'option',
  'filter',
  'priority',
  'resolution',
  'status',
  'statusCategory',
  'label',
  'group',
  'category',
]);

/** Operators in the order in which they are listed. */
const OPERATOR_ORDER: readonly Operator[] = [
  '=',
  '!=',
  '~',
  '!~',
  '<=',
  '>=',
  '>',
  '<',
  'is not',
  'is',
  'not in',
  'in',
  'was',
  'was not',
  'was in',
  'was not in',
  'changed',
];

/** Names that are no field of the site's. */
const LANGUAGE_FIELDS: readonly string[] = [
  'category',
  'filter',
  'hierarchyLevel',
  'issueLinkType',
  'parentEpic',
  'projectType',
  'savedFilter',
  'text',
  'textfields',
  'voter',
  'watcher',
  'worklogAuthor',
  'worklogComment',
  'worklogDate',
];

/** Every field that may stand in a query; with `collapsed`, those too that are several of the same name and kind. */
export function fieldReference(world: World, collapsed: boolean): Json[] {
  const fields = fieldsOf(world).filter((field) => field.clauseNames.length > 0);
  const listed = fields.flatMap((field) => {
    const named = fieldNamed(world, field.clauseNames[0] as string);
    return named
      ? field.clauseNames.slice(0, field.custom ? 1 : 2).map((name) => fieldRow(world, field, name))
      : [];
  });
  return [
    ...listed,
    ...(collapsed ? collapsedRows(world, fields) : []),
    ...LANGUAGE_FIELDS.map((name) => row(fieldNamed(world, name)?.field as JqlField, name, name, false)),
  ].sort((a, b) => (String(a.displayName) < String(b.displayName) ? -1 : 1));
}

function fieldRow(world: World, field: Field, name: string): Json {
  const known = fieldNamed(world, name)?.field as JqlField;
  if (!field.custom) return row(known, name, name, field.orderable || field.navigable);
  const cfid = field.clauseNames[0] as string;
  const unique = fieldNamed(world, field.name)?.id === field.id;
  return {
    ...row(known, unique ? encoded(field.name) : cfid, `${field.name} - ${cfid}`, true),
    cfid,
  };
}

/** One row for all fields of a name and kind, where there are several. */
function collapsedRows(world: World, fields: readonly Field[]): Json[] {
  const labels = new Map<string, Field[]>();
  for (const field of fields)
    for (const label of field.clauseNames.slice(2)) labels.set(label, [...(labels.get(label) ?? []), field]);
  return [...labels]
    .filter(([, all]) => all.length > 1)
    .map(([label, [field]]) => {
      const known = fieldNamed(world, label)?.field as JqlField;
      return row(known, `"${label}"`, `${field?.name} - ${label}`, false);
    });
}

const row = (field: JqlField, value: string, displayName: string, orderable: boolean): Json => ({
  value,
  displayName,
  ...(SUGGESTED.has(field.type) ? { auto: 'true' } : {}),
  orderable: String(orderable),
  searchable: 'true',
  operators: OPERATOR_ORDER.filter((operator) => field.operators.has(operator)),
  types: [TYPES[field.type]],
});

/** Every function. */
export const functionReference = (): Json[] =>
  [
    ...FUNCTIONS.map(({ name, list, type }) => functionRow(name, list, type)),
    ...DATE_FUNCTIONS.map((name) => functionRow(name, false, 'date')),
  ].sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));

const functionRow = (name: string, list: boolean, type: ValueType): Json => ({
  value: `${name}()`,
  displayName: `${name}()`,
  ...(list ? { isList: 'true' } : {}),
  types: [TYPES[type]],
});
