/** The fields that every site has, and no one can change: what each is called, how queries find it, what it holds. */
import type { Field } from './fields.ts';

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

/** In no order that means anything: where a field stands in a list is said by `FIELD_ORDER`. */
export const SYSTEM_FIELDS: readonly Field[] = [
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
  system('resolutiondate', 'Resolved', 'ns', 'resolutiondate resolved', 'datetime'),
  system('workratio', 'Work Ratio', 'ns', 'workratio', 'number'),
  system('issuerestriction', 'Restrict to', 'os', '', 'issuerestriction'),
  system('lastViewed', 'Last Viewed', 'n', 'lastViewed', 'datetime'),
  system('watches', 'Watchers', 'n', 'watchers', 'watches'),
  system('thumbnail', 'Images', 'n', '', '-'),
  system('created', 'Created', 'ns', 'created createdDate', 'datetime'),
  system('priority', 'Priority', 'ons', 'priority', 'priority'),
  system('labels', 'Labels', 'ons', 'labels', 'array:string'),
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
  system('timetracking', 'Time tracking', 'os', '', 'timetracking'),
  system('security', 'Security Level', 'ons', 'level', 'securitylevel'),
  system('attachment', 'Attachment', 'os', 'attachments', 'array:attachment'),
  system('aggregatetimeestimate', 'Σ Remaining Estimate', 'n', '', 'number'),
  system('summary', 'Summary', 'ons', 'summary'),
  system('creator', 'Creator', 'ns', 'creator', 'user'),
  system('subtasks', 'Sub-tasks', 'n', 'subtasks', 'array:issuelinks'),
  system('reporter', 'Reporter', 'ons', 'reporter', 'user'),
  system('aggregateprogress', 'Σ Progress', 'n', '', 'progress'),
  system('environment', 'Environment', 'ons', 'environment'),
  system('duedate', 'Due date', 'ons', 'due duedate', 'date'),
  system('progress', 'Progress', 'n', 'progress', 'progress'),
  system('comment', 'Comment', 'os', 'comment', 'comments-page'),
  system('votes', 'Votes', 'n', 'votes', 'votes'),
  system('worklog', 'Log Work', 'os', '', 'array:worklog'),
];
