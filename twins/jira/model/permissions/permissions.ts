/**
 * The permissions that a site knows. `begins` says to whom the default scheme grants one: everybody who is signed in,
 * or the project's administrators; of a global one: every user, or the site's administrators.
 * https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/
 */
export interface Permission {
  /** Jira's number for it; the newer ones, which apps would add too, have -1. */
  id: string;
  key: string;
  name: string;
  type: 'PROJECT' | 'GLOBAL';
  description: string;
  begins: 'everybody' | 'administrators';
}

const of =
  (type: Permission['type'], begins: Permission['begins']) =>
  (id: number, key: string, name: string, description: string): Permission => ({
    id: String(id),
    key,
    name,
    type,
    description,
    begins,
  });
const everybody = of('PROJECT', 'everybody');
const administrators = of('PROJECT', 'administrators');
const users = of('GLOBAL', 'everybody');
const site = of('GLOBAL', 'administrators');

export const PERMISSIONS: readonly Permission[] = [
  everybody(
    10,
    'BROWSE_PROJECTS',
    'Browse Projects',
    'Ability to browse projects and the issues within them.',
  ),
  everybody(11, 'CREATE_ISSUES', 'Create Issues', 'Ability to create issues.'),
  everybody(12, 'EDIT_ISSUES', 'Edit Issues', 'Ability to edit issues.'),
  everybody(13, 'ASSIGN_ISSUES', 'Assign Issues', 'Ability to assign issues to other people.'),
  everybody(
    14,
    'RESOLVE_ISSUES',
    'Resolve Issues',
    'Ability to resolve and reopen issues. This includes the ability to set a fix version.',
  ),
  everybody(15, 'ADD_COMMENTS', 'Add Comments', 'Ability to comment on issues.'),
  administrators(16, 'DELETE_ISSUES', 'Delete Issues', 'Ability to delete issues.'),
  everybody(
    17,
    'ASSIGNABLE_USER',
    'Assignable User',
    'Users with this permission may be assigned to issues.',
  ),
  everybody(
    18,
    'CLOSE_ISSUES',
    'Close Issues',
    'Ability to close issues. Often useful where your developers resolve issues, and a QA department closes them.',
  ),
  everybody(
    19,
    'CREATE_ATTACHMENTS',
    'Create Attachments',
    'Users with this permission may create attachments.',
  ),
  everybody(
    20,
    'WORK_ON_ISSUES',
    'Work On Issues',
    'Ability to log work done against an issue. Only useful if Time Tracking is turned on.',
  ),
  everybody(
    21,
    'LINK_ISSUES',
    'Link Issues',
    'Ability to link issues together and create linked issues. Only useful if issue linking is turned on.',
  ),
  administrators(
    23,
    'ADMINISTER_PROJECTS',
    'Administer Projects',
    'Ability to administer a project in Jira.',
  ),
  everybody(
    25,
    'MOVE_ISSUES',
    'Move Issues',
    'Ability to move issues between projects or between workflows of the same project (if applicable). Note the user can only move issues to a project they have the create permission for.',
  ),
  administrators(
    26,
    'SET_ISSUE_SECURITY',
    'Set Issue Security',
    'Ability to set the level of security on an issue so that only people in that security level can see the issue.',
  ),
  everybody(28, 'SCHEDULE_ISSUES', 'Schedule Issues', "Ability to view or edit an issue's due date."),
  everybody(
    29,
    'VIEW_DEV_TOOLS',
    'View Development Tools',
    'Allows users in a software project to view development-related information on the issue, such as commits, reviews and build information.',
  ),
  everybody(
    30,
    'MODIFY_REPORTER',
    'Modify Reporter',
    'Ability to modify the reporter when creating or editing an issue.',
  ),
  everybody(
    31,
    'VIEW_VOTERS_AND_WATCHERS',
    'View Voters and Watchers',
    'Ability to view the voters and watchers of an issue.',
  ),
  everybody(32, 'MANAGE_WATCHERS', 'Manage Watchers', 'Ability to manage the watchers of an issue.'),
  administrators(
    34,
    'EDIT_ALL_COMMENTS',
    'Edit All Comments',
    'Ability to edit all comments made on issues.',
  ),
  everybody(35, 'EDIT_OWN_COMMENTS', 'Edit Own Comments', 'Ability to edit own comments made on issues.'),
  administrators(
    36,
    'DELETE_ALL_COMMENTS',
    'Delete All Comments',
    'Ability to delete all comments made on issues.',
  ),
  everybody(
    37,
    'DELETE_OWN_COMMENTS',
    'Delete Own Comments',
    'Ability to delete own comments made on issues.',
  ),
  administrators(
    38,
    'DELETE_ALL_ATTACHMENTS',
    'Delete All Attachments',
    'Users with this permission may delete all attachments.',
  ),
  everybody(
    39,
    'DELETE_OWN_ATTACHMENTS',
    'Delete Own Attachments',
    'Users with this permission may delete own attachments.',
  ),
  everybody(40, 'EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'Ability to edit own worklogs made on issues.'),
  administrators(
    41,
    'EDIT_ALL_WORKLOGS',
    'Edit All Worklogs',
    'Ability to edit all worklogs made on issues.',
  ),
  everybody(
    42,
    'DELETE_OWN_WORKLOGS',
    'Delete Own Worklogs',
    'Ability to delete own worklogs made on issues.',
  ),
  administrators(
    43,
    'DELETE_ALL_WORKLOGS',
    'Delete All Worklogs',
    'Ability to delete all worklogs made on issues.',
  ),
  everybody(
    45,
    'VIEW_READONLY_WORKFLOW',
    'View Read-Only Workflow',
    'Users with this permission may view a read-only version of a workflow.',
  ),
  everybody(46, 'TRANSITION_ISSUES', 'Transition Issues', 'Ability to transition issues.'),
  everybody(
    -1,
    'VIEW_AGGREGATED_DATA',
    'View Aggregated Data',
    'Ability to view aggregated data, such as velocity or time spent, of a project.',
  ),
  everybody(-1, 'MANAGE_SPRINTS_PERMISSION', 'Manage sprints', 'Ability to manage sprints.'),
  everybody(
    -1,
    'START_STOP_SPRINTS_PERMISSION',
    'Start/Complete sprints',
    'Ability to start and complete sprints.',
  ),
  everybody(
    -1,
    'EDIT_SPRINT_NAME_AND_GOAL_PERMISSION',
    'Edit sprints',
    'Ability to edit sprint name and goal.',
  ),
  administrators(-1, 'ARCHIVE_ISSUES', 'Archive issues', 'Ability to archive issues for a project.'),
  administrators(
    -1,
    'UNARCHIVE_ISSUES',
    'Restore issues',
    'Ability to restore archived issues for a project.',
  ),
  administrators(-1, 'EDIT_ISSUE_LAYOUT', 'Edit issue layouts', 'Ability to edit the layout of issues.'),
  administrators(-1, 'EDIT_WORKFLOW', 'Edit workflows', 'Ability to edit the workflows of a project.'),
  administrators(
    -1,
    'SERVICEDESK_AGENT',
    'Service Project Agent',
    'Allows users to interact with customers and access Jira Service Management features of a project.',
  ),
  site(
    0,
    'ADMINISTER',
    'Administer Jira',
    'Create and administer projects, issue types, fields, workflows, and schemes for all projects. Users with this permission can perform most administration tasks, except: managing users, importing data, and editing system email settings.',
  ),
  users(
    22,
    'CREATE_SHARED_OBJECTS',
    'Share dashboards and filters',
    'Share dashboards and filters with other users.',
  ),
  users(
    24,
    'MANAGE_GROUP_FILTER_SUBSCRIPTIONS',
    'Manage group filter subscriptions',
    'Create and delete group filter subscriptions.',
  ),
  users(
    27,
    'USER_PICKER',
    'Browse users and groups',
    'View and select users or groups from the user picker, and share issues. Users with this permission can see the names of all users and groups on your site.',
  ),
  users(
    33,
    'BULK_CHANGE',
    'Make bulk changes',
    'Modify collections of issues at once. For example, resolve multiple issues in one step.',
  ),
  site(
    44,
    'SYSTEM_ADMIN',
    'Administer Jira system',
    'Perform all administration functions. There must be at least one group with this permission.',
  ),
  users(-1, 'CREATE_PROJECT', 'Create team-managed projects', 'Create team-managed projects.'),
];

const byKey = new Map(PERMISSIONS.map((one) => [one.key, one]));

/** The permission with this key; undefined where there is none. */
export const permissionByKey = (key: string): Permission | undefined => byKey.get(key);

/** What permissions were called before, in searches for those who have them. */
const FORMER: Readonly<Record<string, string>> = {
  ASSIGN_ISSUE: 'ASSIGN_ISSUES',
  ATTACHMENT_DELETE_ALL: 'DELETE_ALL_ATTACHMENTS',
  ATTACHMENT_DELETE_OWN: 'DELETE_OWN_ATTACHMENTS',
  BROWSE: 'BROWSE_PROJECTS',
  CLOSE_ISSUE: 'CLOSE_ISSUES',
  COMMENT_DELETE_ALL: 'DELETE_ALL_COMMENTS',
  COMMENT_DELETE_OWN: 'DELETE_OWN_COMMENTS',
  COMMENT_EDIT_ALL: 'EDIT_ALL_COMMENTS',
  COMMENT_EDIT_OWN: 'EDIT_OWN_COMMENTS',
  COMMENT_ISSUE: 'ADD_COMMENTS',
  CREATE_ATTACHMENT: 'CREATE_ATTACHMENTS',
  CREATE_ISSUE: 'CREATE_ISSUES',
  DELETE_ISSUE: 'DELETE_ISSUES',
  EDIT_ISSUE: 'EDIT_ISSUES',
  LINK_ISSUE: 'LINK_ISSUES',
  MANAGE_WATCHER_LIST: 'MANAGE_WATCHERS',
  MOVE_ISSUE: 'MOVE_ISSUES',
  PROJECT_ADMIN: 'ADMINISTER_PROJECTS',
  RESOLVE_ISSUE: 'RESOLVE_ISSUES',
  SCHEDULE_ISSUE: 'SCHEDULE_ISSUES',
  TRANSITION_ISSUE: 'TRANSITION_ISSUES',
  VIEW_VERSION_CONTROL: 'VIEW_DEV_TOOLS',
  VIEW_WORKFLOW_READONLY: 'VIEW_READONLY_WORKFLOW',
  WORKLOG_DELETE_ALL: 'DELETE_ALL_WORKLOGS',
  WORKLOG_DELETE_OWN: 'DELETE_OWN_WORKLOGS',
  WORKLOG_EDIT_ALL: 'EDIT_ALL_WORKLOGS',
  WORKLOG_EDIT_OWN: 'EDIT_OWN_WORKLOGS',
  WORK_ISSUE: 'WORK_ON_ISSUES',
};

/** The key of a permission by which it is known today. */
export const keyToday = (key: string): string => (Object.hasOwn(FORMER, key) ? (FORMER[key] as string) : key);
