/**
 * The mails that something sends: to whom the project's scheme names, and to who is mentioned. Nobody is told of what
 * they may not see, nor, unless they ask for it, of what they did themselves.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-notification-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { type Project, projects, type User, users } from '../../world.ts';
import { personOf, siteOf } from '../people/people.ts';
import { preferenceOf } from '../people/preferences.ts';
import { mayBrowse } from '../permissions/may.ts';
import { sees } from '../permissions/visibility.ts';
import { senderOf } from '../projects/projectEmail.ts';
import { sendMail } from '../site/mail.ts';
import { type AdfDocument, plainText } from '../text/adf.ts';
import type { Happening } from '../webhooks/happened.ts';
import { notificationEvent } from './events.ts';
import { notificationSchemeOf } from './notificationSchemes.ts';
import { type Told, toldBy } from './recipients.ts';

const quiet = new WeakSet<World>();

/** Nothing more that happens in this transaction sends a mail. */
export const quietly = (world: World): void => {
  quiet.add(world);
};

/** Sends the mails of an event; none where it is not about an issue. */
export function notifyOf(world: World, happening: Happening): void {
  const { issue, user } = happening;
  if (!issue || happening.secondary || quiet.has(world)) return;
  const eventId = eventOf(happening);
  const project = world.get(projects, issue.fields.project.id);
  if (eventId === undefined || !project) return;
  const actor = user && personOf(world, user);
  const people = new Map<string, Told & { mentioned?: boolean }>();
  for (const { notificationType, recipient, eventId: of } of notificationSchemeOf(world, project)
    .notifications)
    if (of === eventId)
      for (const one of toldBy(world, { notificationType, recipient, issue, project, actor }))
        if (!people.has(one.accountId)) people.set(one.accountId, one);
  for (const accountId of mentionedIn(happening))
    people.set(accountId, { accountId, as: 'mentions', mentioned: true });
  for (const told of people.values()) {
    const person = world.get(users, told.accountId);
    if (person && isToBeTold(world, person, told, happening))
      write(world, person, project, happening, told.mentioned ? 'Issue Mentioned' : nameOf(eventId));
  }
}

const nameOf = (eventId: number): string => notificationEvent(eventId)?.name ?? '';

const BY_EVENT: Readonly<Record<string, number>> = {
  'jira:issue_created': 1,
  'jira:issue_deleted': 8,
  comment_created: 6,
  comment_updated: 14,
  comment_deleted: 17,
};

const BY_CAUSE: Readonly<Record<string, number>> = {
  issue_updated: 2,
  issue_assigned: 3,
  issue_resolved: 4,
  issue_closed: 5,
  issue_reopened: 7,
  issue_moved: 9,
  issue_work_logged: 10,
  issue_work_started: 11,
  issue_work_stopped: 12,
  issue_generic: 13,
  issue_worklog_updated: 15,
  issue_worklog_deleted: 16,
};

const eventOf = ({ event, eventType }: Happening): number | undefined =>
  event === 'jira:issue_updated' || event === 'jira:worklog_updated'
    ? BY_CAUSE[eventType ?? 'issue_updated']
    : BY_EVENT[event];

/** Whether a person who is meant wants it and may know of it. */
function isToBeTold(
  world: World,
  person: User,
  { accountId, as }: Told,
  { issue, user, comment }: Happening,
): boolean {
  if (!person.active || person.accountType !== 'atlassian' || !issue || !mayBrowse(world, person, issue))
    return false;
  if (accountId === user?.accountId && preferenceOf(world, accountId, 'user.notify.own.changes') !== 'true')
    return false;
  if (as && preferenceOf(world, accountId, `user.notifications.${as}`) === 'false') return false;
  return sees(world, person, issue, comment?.visibility);
}

function write(world: World, to: User, project: Project, happening: Happening, event: string): void {
  const { issue, user, comment } = happening;
  if (!issue) return;
  const who = (user && personOf(world, user)?.displayName) ?? 'Anonymous';
  const { url } = siteOf(world);
  const lines = [
    `${who}: ${event} ${issue.key}`,
    issue.fields.summary,
    ...(happening.changelog?.items.map(
      (one) => `${one.field}: ${one.fromString ?? ''} → ${one['toString' as const] ?? ''}`,
    ) ?? []),
    ...(comment ? [plainText(comment.body)] : []),
    `${url}/browse/${issue.key}`,
  ];
  sendMail(world, to, {
    from: `${who} (Jira) <${senderOf(world, project)}>`,
    event,
    subject: `[JIRA] (${issue.key}) ${issue.fields.summary}`,
    textBody: lines.join('\n'),
    htmlBody: lines.map((line) => `<p>${escaped(line)}</p>`).join(''),
    issueId: issue.id,
  });
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one] ?? one);

/** Who is mentioned in a new comment, or in the description of a new issue. */
function mentionedIn({ event, comment, issue }: Happening): string[] {
  if (event === 'comment_created' || event === 'comment_updated')
    return comment ? mentions(comment.body) : [];
  return event === 'jira:issue_created' && issue?.fields.description
    ? mentions(issue.fields.description)
    : [];
}

function mentions(document: AdfDocument): string[] {
  const found: string[] = [];
  const walk = (node: { type?: string; attrs?: unknown; content?: unknown }): void => {
    const { id } = (node.attrs ?? {}) as { id?: unknown };
    if (node.type === 'mention' && typeof id === 'string') found.push(id);
    for (const child of Array.isArray(node.content) ? node.content : []) walk(child);
  };
  walk(document as object);
  return found;
}
