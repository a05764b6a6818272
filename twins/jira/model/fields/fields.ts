/**
 * The fields of issues, as `/field` lists them: what each is called, how it is found in queries, what it holds.
 * The order is the one in which a site lists them and in which an issue shows them.
 */
export interface FieldSchema {
  type: string;
  items?: string;
  system?: string;
  custom?: string;
  customId?: number;
}

export interface Field {
  id: string;
  name: string;
  custom: boolean;
  orderable: boolean;
  navigable: boolean;
  searchable: boolean;
  clauseNames: readonly string[];
  schema?: FieldSchema;
  /** What a choice field offers. */
  options?: readonly { id: string; value: string }[];
}

const STANDARD = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const SOFTWARE = 'com.pyxis.greenhopper.jira:';

/** `flags`: o orderable, n navigable, s searchable. `type`: `string`, `array:version`, `-` for no schema. */
function system(id: string, name: string, flags: string, clauses: string, type = 'string'): Field {
  const [kind = 'string', items] = type.split(':');
  return {
    id,
    name,
    custom: false,
    orderable: flags.includes('o'),
    navigable: flags.includes('n'),
    searchable: flags.includes('s'),
    clauseNames: clauses ? clauses.split(' ') : [],
    ...(type === '-' ? {} : { schema: { type: kind, ...(items ? { items } : {}), system: id } }),
  };
}

/** A custom field; `label` is what the interface calls its kind, a further name in queries. */
function custom(
  number: number,
  name: string,
  type: string,
  kind: string,
  label?: string,
  options?: string[],
): Field {
  const [base = 'any', items] = type.split(':');
  return {
    id: `customfield_${number}`,
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${number}]`, name, ...(label ? [`${name}[${label}]`] : [])],
    schema: { type: base, ...(items ? { items } : {}), custom: kind, customId: number },
    ...(options
      ? { options: options.map((value, i) => ({ id: String(10_000 + ((number - 10_000) * 10 + i)), value })) }
      : {}),
  };
}

export const EPIC_NAME = 'customfield_10011';
export const EPIC_STATUS = 'customfield_10012';
export const EPIC_COLOR = 'customfield_10013';
export const EPIC_LINK = 'customfield_10014';
export const RANK = 'customfield_10019';
export const SPRINT = 'customfield_10020';
export const FLAGGED = 'customfield_10021';

export const FIELDS: readonly Field[] = [
  system(
    'statuscategorychangedate',
    'Status Category Changed',
    'ns',
    'statusCategoryChangedDate',
    'datetime',
  ),
  system('issuetype', 'Issue Type', 'ons', 'issuetype type worktype', 'issuetype'),
  system('parent', 'Parent', 'ons', 'parent', '-'),
  system('timespent', 'Time Spent', 'n', 'timespent', 'number'),
  system('project', 'Project', 'ns', 'project', 'project'),
  system('fixVersions', 'Fix versions', 'ons', 'fixVersion', 'array:version'),
  system('aggregatetimespent', 'Σ Time Spent', 'n', '', 'number'),
  system('statusCategory', 'Status Category', 'ns', 'statusCategory', 'statusCategory'),
  system('resolution', 'Resolution', 'ons', 'resolution', 'resolution'),
  custom(10027, 'Target start', 'date', 'com.atlassian.jpo:jpo-custom-field-baseline-start'),
  custom(10028, 'Target end', 'date', 'com.atlassian.jpo:jpo-custom-field-baseline-end'),
  system('resolutiondate', 'Resolved', 'ns', 'resolutiondate resolved', 'datetime'),
  system('workratio', 'Work Ratio', 'ns', 'workratio', 'number'),
  system('issuerestriction', 'Restrict to', 'os', '', 'issuerestriction'),
  system('lastViewed', 'Last Viewed', 'n', 'lastViewed', 'datetime'),
  system('watches', 'Watchers', 'n', 'watchers', 'watches'),
  system('thumbnail', 'Images', 'n', '', '-'),
  system('created', 'Created', 'ns', 'created createdDate', 'datetime'),
  custom(10020, 'Sprint', 'array:json', `${SOFTWARE}gh-sprint`),
  custom(10021, 'Flagged', 'array:option', `${STANDARD}multicheckboxes`, 'Checkboxes', ['Impediment']),
  custom(
    10022,
    '[CHART] Date of First Response',
    'datetime',
    'com.atlassian.jira.ext.charting:firstresponsedate',
  ),
  system('priority', 'Priority', 'ons', 'priority', 'priority'),
  custom(10023, '[CHART] Time in Status', 'any', 'com.atlassian.jira.ext.charting:timeinstatus'),
  system('labels', 'Labels', 'ons', 'labels', 'array:string'),
  custom(10026, 'Story Points', 'number', `${STANDARD}float`, 'Number'),
  custom(10016, 'Story point estimate', 'number', `${SOFTWARE}jsw-story-points`),
  custom(10017, 'Issue color', 'string', `${SOFTWARE}jsw-issue-color`),
  custom(10018, 'Parent Link', 'any', 'com.atlassian.jpo:jpo-custom-field-parent'),
  custom(10019, 'Rank', 'any', `${SOFTWARE}gh-lexo-rank`),
  system('timeestimate', 'Remaining Estimate', 'n', 'remainingEstimate timeestimate', 'number'),
  system('aggregatetimeoriginalestimate', 'Σ Original Estimate', 'n', '', 'number'),
  system('versions', 'Affects versions', 'ons', 'affectedVersion', 'array:version'),
  system('issuelinks', 'Linked Issues', 'ons', 'issueLink workItemLink', 'array:issuelinks'),
  system('assignee', 'Assignee', 'ons', 'assignee', 'user'),
  system('updated', 'Updated', 'ns', 'updated updatedDate', 'datetime'),
  system('status', 'Status', 'ns', 'status', 'status'),
  system('components', 'Components', 'ons', 'component', 'array:component'),
  system('issuekey', 'Key', 'n', 'id issue issuekey key workItem workItemKey', '-'),
  system('timeoriginalestimate', 'Original estimate', 'n', 'originalEstimate timeoriginalestimate', 'number'),
  system('description', 'Description', 'ons', 'description'),
  custom(10010, 'Request Type', 'sd-customerrequesttype', 'com.atlassian.servicedesk:vp-origin'),
  custom(10011, 'Epic Name', 'string', `${SOFTWARE}gh-epic-label`),
  custom(10012, 'Epic Status', 'option', `${SOFTWARE}gh-epic-status`, undefined, [
    'To Do',
    'In Progress',
    'Done',
  ]),
  custom(10013, 'Epic Color', 'string', `${SOFTWARE}gh-epic-color`),
  custom(10014, 'Epic Link', 'any', `${SOFTWARE}gh-epic-link`),
  system('timetracking', 'Time tracking', 'os', '', 'timetracking'),
  custom(10015, 'Start date', 'date', `${STANDARD}datepicker`, 'Date'),
  custom(10005, 'Change type', 'option', `${STANDARD}select`, 'Dropdown', [
    'Standard',
    'Normal',
    'Emergency',
  ]),
  custom(10006, 'Change risk', 'option', `${STANDARD}select`, 'Dropdown', [
    'Critical',
    'High',
    'Medium',
    'Low',
  ]),
  system('security', 'Security Level', 'ons', 'level', 'securitylevel'),
  custom(10007, 'Change reason', 'option', `${STANDARD}select`, 'Dropdown', [
    'Repair',
    'Upgrade',
    'Maintenance',
    'New functionality',
    'Other',
  ]),
  custom(10008, 'Change start date', 'datetime', `${STANDARD}datetime`, 'Time stamp'),
  system('attachment', 'Attachment', 'os', 'attachments', 'array:attachment'),
  system('aggregatetimeestimate', 'Σ Remaining Estimate', 'n', '', 'number'),
  custom(10009, 'Change completion date', 'datetime', `${STANDARD}datetime`, 'Time stamp'),
  system('summary', 'Summary', 'ons', 'summary'),
  system('creator', 'Creator', 'ns', 'creator', 'user'),
  system('subtasks', 'Sub-tasks', 'n', 'subtasks', 'array:issuelinks'),
  system('reporter', 'Reporter', 'ons', 'reporter', 'user'),
  system('aggregateprogress', 'Σ Progress', 'n', '', 'progress'),
  custom(
    10000,
    'Development',
    'any',
    'com.atlassian.jira.plugins.jira-development-integration-plugin:devsummarycf',
  ),
  custom(10001, 'Team', 'team', `${STANDARD}atlassian-team`, 'Team'),
  custom(
    10002,
    'Organizations',
    'array:sd-customerorganization',
    'com.atlassian.servicedesk:sd-customer-organizations',
  ),
  custom(10003, 'Approvers', 'array:user', `${STANDARD}multiuserpicker`, 'User Picker (multiple users)'),
  custom(10004, 'Impact', 'option', `${STANDARD}select`, 'Dropdown', [
    'Extensive / Widespread',
    'Significant / Large',
    'Moderate / Limited',
    'Minor / Localized',
  ]),
  system('environment', 'Environment', 'ons', 'environment'),
  system('duedate', 'Due date', 'ons', 'due duedate', 'date'),
  system('progress', 'Progress', 'n', 'progress', 'progress'),
  system('comment', 'Comment', 'os', 'comment', 'comments-page'),
  system('votes', 'Votes', 'n', 'votes', 'votes'),
  system('worklog', 'Log Work', 'os', '', 'array:worklog'),
];

const byId = new Map(FIELDS.map((field) => [field.id, field]));

/** The field with this id, as `customfield_10016`. */
export const fieldById = (id: string): Field | undefined => byId.get(id);

const byClause = new Map<string, Field>();
for (const field of FIELDS)
  for (const name of field.clauseNames)
    if (!byClause.has(name.toLowerCase())) byClause.set(name.toLowerCase(), field);

/** The field that queries call so; case aside. */
export const fieldByClause = (name: string): Field | undefined => byClause.get(name.toLowerCase());
