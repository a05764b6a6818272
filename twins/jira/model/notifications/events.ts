/**
 * What notification schemes send mails about, by the vendor's numbers.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-notification-schemes/
 */

export interface NotificationEvent {
  id: number;
  name: string;
  description: string;
}

const event = (id: number, name: string, description: string): NotificationEvent => ({
  id,
  name,
  description,
});

export const NOTIFICATION_EVENTS: readonly NotificationEvent[] = [
  event(1, 'Issue Created', 'This is the issue created event.'),
  event(2, 'Issue Updated', 'This is the issue updated event.'),
  event(3, 'Issue Assigned', 'This is the issue assigned event.'),
  event(4, 'Issue Resolved', 'This is the issue resolved event.'),
  event(5, 'Issue Closed', 'This is the issue closed event.'),
  event(6, 'Issue Commented', 'This is the issue commented event.'),
  event(7, 'Issue Reopened', 'This is the issue reopened event.'),
  event(8, 'Issue Deleted', 'This is the issue deleted event.'),
  event(9, 'Issue Moved', 'This is the issue moved event.'),
  event(10, 'Work Logged On Issue', 'This is the work logged on issue event.'),
  event(11, 'Work Started On Issue', 'This is the work started on issue event.'),
  event(12, 'Work Stopped On Issue', 'This is the work stopped on issue event.'),
  event(13, 'Generic Event', 'This is the generic event.'),
  event(14, 'Issue Comment Edited', 'This is the issue comment edited event.'),
  event(15, 'Issue Worklog Updated', 'This is the issue worklog updated event.'),
  event(16, 'Issue Worklog Deleted', 'This is the issue worklog deleted event.'),
  event(17, 'Issue Comment Deleted', 'This is the issue comment deleted event.'),
];

/** The event with this number. */
export const notificationEvent = (id: number): NotificationEvent | undefined =>
  NOTIFICATION_EVENTS.find((one) => one.id === id);
