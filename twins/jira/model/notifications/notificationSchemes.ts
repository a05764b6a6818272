/**
 * Notification schemes: who is sent a mail when something happens to the issues of a project.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-notification-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { NAME_CHARS_MAX, NOTIFICATIONS_PER_CALL_MAX, SCHEME_DESCRIPTION_CHARS_MAX } from '../../limits.ts';
import {
  type AuditChange,
  type NotificationScheme,
  type Project,
  projectRoles,
  projects,
  notificationSchemes as rows,
  type SchemeNotification,
  type User,
  users,
} from '../../world.ts';
import { fieldById } from '../fields/fields.ts';
import { nextId } from '../ids.ts';
import { groupNamed } from '../people/groups.ts';
import { descriptionIn, uniqueName } from '../sentText.ts';
import { audit, changesOf } from '../site/audit.ts';
import { NOTIFICATION_EVENTS, notificationEvent } from './events.ts';

const NAME = { of: 'notification scheme', charsMax: NAME_CHARS_MAX };

/** The scheme of projects that are given no other. */
export const DEFAULT_NOTIFICATIONS = '10000';

/** What `POST` and `PUT /notificationscheme` take. */
export interface NotificationSchemeInput {
  name?: string | null;
  description?: string | null;
  notificationSchemeEvents?:
    | readonly ({
        event?: { id?: string | number | null } | null;
        notifications?:
          | readonly ({ notificationType?: string | null; parameter?: string | null } | null)[]
          | null;
      } | null)[]
    | null;
}

/** Lays the site's default: of everything, who works on an issue, who reported it and who watches it are told. */
export function beginNotifications(world: World): void {
  world.insert(rows, {
    id: DEFAULT_NOTIFICATIONS,
    name: 'Default Notification Scheme',
    description: '',
    notifications: NOTIFICATION_EVENTS.flatMap(({ id: eventId }) =>
      ['CurrentAssignee', 'Reporter', 'AllWatchers'].map((notificationType) => ({
        id: Number(nextId(world, 'notification')),
        eventId,
        notificationType,
      })),
    ),
  });
}

/** All schemes, by name. */
export const notificationSchemes = (world: World): NotificationScheme[] =>
  world.list(rows, { orderBy: [{ by: (row) => row.name.toLowerCase() }] }).toArray();

/** 404 in the vendor's words. */
export const requireNotificationScheme = (world: World, id: string): NotificationScheme =>
  world.require(rows, id, () => missing(`Notification scheme with ID ${id} not found.`));

/** The scheme of a project. */
export const notificationSchemeOf = (world: World, { notificationScheme }: Project): NotificationScheme =>
  requireNotificationScheme(world, notificationScheme?.id ?? DEFAULT_NOTIFICATIONS);

/** The projects that have a scheme; those that name none have the default. */
export const projectsNotifiedBy = (world: World, { id }: NotificationScheme): Project[] => [
  ...(id === DEFAULT_NOTIFICATIONS
    ? world.list(projects, { index: 'notificationScheme', equals: '' }).toArray()
    : []),
  ...world.list(projects, { index: 'notificationScheme', equals: id }).toArray(),
];

/** Adds a scheme; 400 for what is missing, taken, too long or not there. */
export function createNotificationScheme(
  world: World,
  user: User,
  input: NotificationSchemeInput,
): NotificationScheme {
  const name = uniqueName(world, rows, input.name, NAME);
  const description = descriptionIn(input.description, SCHEME_DESCRIPTION_CHARS_MAX) ?? '';
  const notifications = read(world, input.notificationSchemeEvents);
  const scheme = world.insert(rows, {
    id: nextId(world, 'notificationScheme', 10_001),
    name,
    description,
    notifications,
  });
  note(world, user, scheme, 'created');
  return scheme;
}

/** Changes a scheme's name and description. */
export function updateNotificationScheme(
  world: World,
  user: User,
  id: string,
  input: NotificationSchemeInput,
): void {
  const before = requireNotificationScheme(world, id);
  const description = descriptionIn(input.description, SCHEME_DESCRIPTION_CHARS_MAX);
  const after = world.update(rows, id, {
    ...(input.name === undefined || input.name === null
      ? {}
      : { name: uniqueName(world, rows, input.name, NAME, id) }),
    ...(description === undefined ? {} : { description }),
  });
  note(world, user, after, 'updated', changesOf(before, after));
}

/** Adds notifications to a scheme; 400 for one that it has already. */
export function addNotifications(
  world: World,
  id: string,
  sent: NotificationSchemeInput['notificationSchemeEvents'],
): void {
  const scheme = requireNotificationScheme(world, id);
  if (!sent || sent.length === 0) throw badQuery('The notificationSchemeEvents has to be provided.');
  const added = read(world, sent);
  const same = (a: SchemeNotification) => (b: SchemeNotification) =>
    a.eventId === b.eventId && a.notificationType === b.notificationType && a.recipient === b.recipient;
  if (added.some((one) => scheme.notifications.some(same(one))))
    throw badQuery('Some of the notifications already exist in the notification scheme.');
  world.update(rows, id, { notifications: [...scheme.notifications, ...added] });
}

/** Takes a notification out of a scheme; 404 where it has none of this id. */
export function removeNotification(world: World, id: string, notificationId: string): void {
  const { notifications } = requireNotificationScheme(world, id);
  const kept = notifications.filter((one) => String(one.id) !== notificationId);
  if (kept.length === notifications.length)
    throw missing(
      `Notification with ID ${notificationId} not found in the notification scheme with ID ${id}.`,
    );
  world.update(rows, id, { notifications: kept });
}

/** Deletes a scheme; its projects have the default from then on. 400 for the default itself. */
export function deleteNotificationScheme(world: World, user: User, id: string): void {
  const scheme = requireNotificationScheme(world, id);
  if (id === DEFAULT_NOTIFICATIONS) throw badQuery('You can’t delete the default notification scheme.');
  for (const { notificationScheme: _, ...project } of projectsNotifiedBy(world, scheme))
    world.put(projects, project);
  world.remove(rows, id);
  note(world, user, scheme, 'deleted');
}

const note = (
  world: World,
  author: User,
  { id, name }: NotificationScheme,
  what: 'created' | 'updated' | 'deleted',
  changedValues: readonly AuditChange[] = [],
): void =>
  audit(world, {
    summary: `Notification scheme ${what}`,
    category: 'notifications',
    author,
    object: { id, name, typeName: 'SCHEME' },
    changedValues,
  });

/** Kinds of recipients that are told by the issue, and those that a parameter names. */
const BY_ISSUE = new Set([
  'CurrentAssignee',
  'Reporter',
  'CurrentUser',
  'ProjectLead',
  'ComponentLead',
  'AllWatchers',
]);

const BY_NAME: Readonly<Record<string, (world: World, parameter: string) => string | undefined>> = {
  User: (world, id) => world.get(users, id)?.accountId,
  Group: (world, text) =>
    (
      groupNamed(world, { name: text, groupId: undefined }) ??
      groupNamed(world, { groupId: text, name: undefined })
    )?.groupId,
  ProjectRole: (world, id) =>
    world.list(projectRoles, { where: (row) => String(row.id) === id }).first() && id,
  UserCustomField: (world, id) => (fieldById(world, id)?.custom ? id : undefined),
  GroupCustomField: (world, id) => (fieldById(world, id)?.custom ? id : undefined),
};

function read(world: World, sent: NotificationSchemeInput['notificationSchemeEvents']): SchemeNotification[] {
  const made: SchemeNotification[] = [];
  for (const one of sent ?? []) {
    const eventId = Number(one?.event?.id ?? Number.NaN);
    if (!notificationEvent(eventId)) throw badQuery(`Event type with ID ${one?.event?.id ?? ''} not found.`);
    for (const each of one?.notifications ?? [])
      made.push({ id: 0, eventId, ...recipientOf(world, each?.notificationType ?? '', each?.parameter) });
  }
  if (made.length > NOTIFICATIONS_PER_CALL_MAX)
    throw badQuery(`You can add up to ${NOTIFICATIONS_PER_CALL_MAX} notifications per request.`);
  return made.map((one) => ({ ...one, id: Number(nextId(world, 'notification')) }));
}

function recipientOf(
  world: World,
  notificationType: string,
  parameter: string | null | undefined,
): Pick<SchemeNotification, 'notificationType' | 'recipient'> {
  if (BY_ISSUE.has(notificationType)) return { notificationType };
  const find = Object.hasOwn(BY_NAME, notificationType) ? BY_NAME[notificationType] : undefined;
  if (!find) throw badQuery(`The notification type '${notificationType}' is not supported.`);
  if (!parameter)
    throw badQuery(`The parameter has to be provided for the notification type ${notificationType}.`);
  const recipient = find(world, parameter);
  if (recipient === undefined)
    throw badQuery(
      `The parameter '${parameter}' is not valid for the notification type ${notificationType}.`,
    );
  return { notificationType, recipient };
}
