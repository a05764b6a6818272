/**
 * What webhooks are told of, by the vendor's names.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#available-webhook-events
 */

/** Events of one issue: a webhook's JQL filter holds for them. */
export const ISSUE_EVENTS = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'jira:worklog_updated',
  'comment_created',
  'comment_updated',
  'comment_deleted',
  'issue_property_set',
  'issue_property_deleted',
  'worklog_created',
  'worklog_updated',
  'worklog_deleted',
  'attachment_created',
  'attachment_deleted',
  'issuelink_created',
  'issuelink_deleted',
] as const;

/** Events of everything else on a site. */
export const SITE_EVENTS = [
  'issuetype_created',
  'issuetype_updated',
  'issuetype_deleted',
  'project_created',
  'project_updated',
  'project_deleted',
  'project_soft_deleted',
  'project_restored_deleted',
  'project_archived',
  'project_restored_archived',
  'jira:version_created',
  'jira:version_updated',
  'jira:version_released',
  'jira:version_unreleased',
  'jira:version_moved',
  'jira:version_merged',
  'jira:version_deleted',
  'user_created',
  'user_updated',
  'user_deleted',
  'option_voting_changed',
  'option_watching_changed',
  'option_unassigned_issues_changed',
  'option_subtasks_changed',
  'option_attachments_changed',
  'option_issuelinks_changed',
  'option_timetracking_changed',
  'option_timetracking_provider_changed',
  'sprint_created',
  'sprint_updated',
  'sprint_started',
  'sprint_closed',
  'sprint_deleted',
  'board_created',
  'board_updated',
  'board_deleted',
  'board_configuration_changed',
] as const;

export type WebhookEvent = (typeof ISSUE_EVENTS)[number] | (typeof SITE_EVENTS)[number];

/** Every event that an administrator's webhook may ask for. */
export const WEBHOOK_EVENTS: ReadonlySet<string> = new Set([...ISSUE_EVENTS, ...SITE_EVENTS]);

/** What an app may register for: `WebhookDetails.events` of the vendor's description. */
export const DYNAMIC_EVENTS: ReadonlySet<string> = new Set([
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'comment_created',
  'comment_updated',
  'comment_deleted',
  'issue_property_set',
  'issue_property_deleted',
  'sprint_created',
  'sprint_updated',
  'sprint_closed',
  'sprint_deleted',
  'sprint_started',
  'jira:version_released',
  'jira:version_unreleased',
  'jira:version_created',
  'jira:version_moved',
  'jira:version_updated',
  'jira:version_merged',
  'jira:version_deleted',
]);

/** What the vendor calls the cause of an issue event, under `issue_event_type_name`. */
export type IssueEventType =
  | 'issue_created'
  | 'issue_updated'
  | 'issue_deleted'
  | 'issue_assigned'
  | 'issue_generic'
  | 'issue_resolved'
  | 'issue_closed'
  | 'issue_reopened'
  | 'issue_moved'
  | 'issue_work_logged'
  | 'issue_work_started'
  | 'issue_work_stopped'
  | 'issue_worklog_updated'
  | 'issue_worklog_deleted';
