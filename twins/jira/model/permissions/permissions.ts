/**
 * Who may do what. A site is as Jira begins: every person of it works in every project; administrators and a
 * project's lead may besides delete issues and other people's words.
 */
export interface Permission {
  key: string;
  name: string;
  type: 'PROJECT' | 'GLOBAL';
  /** Who has it without being asked: everybody, the administrators, or the lead besides them. */
  held: 'everybody' | 'lead' | 'administrators';
}

const project = (key: string, name: string, held: Permission['held'] = 'everybody'): Permission => ({
  key,
  name,
  type: 'PROJECT',
  held,
});

export const PERMISSIONS: readonly Permission[] = [
  project('BROWSE_PROJECTS', 'Browse Projects'),
  project('CREATE_ISSUES', 'Create Issues'),
  project('EDIT_ISSUES', 'Edit Issues'),
  project('TRANSITION_ISSUES', 'Transition Issues'),
  project('ASSIGN_ISSUES', 'Assign Issues'),
  project('ASSIGNABLE_USER', 'Assignable User'),
  project('RESOLVE_ISSUES', 'Resolve Issues'),
  project('CLOSE_ISSUES', 'Close Issues'),
  project('LINK_ISSUES', 'Link Issues'),
  project('SCHEDULE_ISSUES', 'Schedule Issues'),
  project('MOVE_ISSUES', 'Move Issues'),
  project('MODIFY_REPORTER', 'Modify Reporter'),
  project('ADD_COMMENTS', 'Add Comments'),
  project('EDIT_OWN_COMMENTS', 'Edit Own Comments'),
  project('DELETE_OWN_COMMENTS', 'Delete Own Comments'),
  project('EDIT_ALL_COMMENTS', 'Edit All Comments', 'lead'),
  project('DELETE_ALL_COMMENTS', 'Delete All Comments', 'lead'),
  project('CREATE_ATTACHMENTS', 'Create Attachments'),
  project('DELETE_OWN_ATTACHMENTS', 'Delete Own Attachments'),
  project('DELETE_ALL_ATTACHMENTS', 'Delete All Attachments', 'lead'),
  project('WORK_ON_ISSUES', 'Work On Issues'),
  project('EDIT_OWN_WORKLOGS', 'Edit Own Worklogs'),
  project('DELETE_OWN_WORKLOGS', 'Delete Own Worklogs'),
  project('EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'lead'),
  project('DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'lead'),
  project('VIEW_VOTERS_AND_WATCHERS', 'View Voters and Watchers'),
  project('MANAGE_WATCHERS', 'Manage Watchers'),
  project('DELETE_ISSUES', 'Delete Issues', 'lead'),
  project('MANAGE_SPRINTS_PERMISSION', 'Manage Sprints'),
  project('ADMINISTER_PROJECTS', 'Administer Projects', 'lead'),
  { key: 'ADMINISTER', name: 'Administer Jira', type: 'GLOBAL', held: 'administrators' },
  { key: 'SYSTEM_ADMIN', name: 'System Administrator', type: 'GLOBAL', held: 'administrators' },
  { key: 'BULK_CHANGE', name: 'Bulk Change', type: 'GLOBAL', held: 'everybody' },
  { key: 'CREATE_SHARED_OBJECTS', name: 'Share dashboards and filters', type: 'GLOBAL', held: 'everybody' },
  { key: 'USER_PICKER', name: 'Browse users and groups', type: 'GLOBAL', held: 'everybody' },
];

const byKey = new Map(PERMISSIONS.map((one) => [one.key, one]));

/** The permission with this key; undefined where there is none. */
export const permissionByKey = (key: string): Permission | undefined => byKey.get(key);
