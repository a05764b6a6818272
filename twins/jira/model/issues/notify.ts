/**
 * A mail about an issue, to the people that a program names.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-notify-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery } from '../../errors.ts';
import { type Issue, type User, votes, watchers } from '../../world.ts';
import { groupNamed, membersOf } from '../people/groups.ts';
import { personOf } from '../people/people.ts';
import { inGroup } from '../permissions/holders.ts';
import { may, mayBrowse } from '../permissions/may.ts';
import { permissionByKey } from '../permissions/permissions.ts';
import { projectOf } from '../projects/projects.ts';
import { sendMail } from '../site/mail.ts';
import { followersOf } from './followers.ts';

interface GroupSent {
  name?: string;
  groupId?: string | null;
}

export interface Notification {
  subject?: string;
  textBody?: string;
  htmlBody?: string;
  to?: {
    reporter?: boolean;
    assignee?: boolean;
    watchers?: boolean;
    voters?: boolean;
    users?: readonly { accountId?: string }[];
    groups?: readonly GroupSent[];
    groupIds?: readonly string[];
  };
  restrict?: {
    groups?: readonly GroupSent[];
    groupIds?: readonly string[];
    permissions?: readonly { id?: string; key?: string }[];
  };
}

/** Mails to the recipients who see the issue; 400 for one that is not there, and where nobody is left but the caller. */
export function notify(
  world: World,
  issue: Issue,
  user: User,
  { to, restrict, ...letter }: Notification,
): void {
  const named = recipients(world, issue, to ?? {});
  if (named.length === 0) throw badQuery('No recipients were defined for notification.');
  const allowed = passing(world, issue, restrict ?? {});
  const people = new Map(named.map((one) => [one.accountId, one]));
  people.delete(user.accountId);
  if (people.size === 0) throw badFields({ to: 'The recipient cannot be the same as the calling user.' });
  for (const person of people.values())
    if (person.active && mayBrowse(world, person, issue) && allowed(person))
      sendMail(world, person, {
        subject: letter.subject ?? `(${issue.key}) ${issue.fields.summary}`,
        textBody: letter.textBody ?? '',
        htmlBody: letter.htmlBody ?? letter.textBody ?? '',
        issueId: issue.id,
      });
}

function recipients(world: World, issue: Issue, to: NonNullable<Notification['to']>): User[] {
  const { reporter, assignee } = issue.fields;
  if (to.assignee && !assignee) throw badFields({ assignee: 'The issue is unassigned.' });
  if (to.reporter && !reporter) throw badFields({ reporter: 'The issue has no reporter.' });
  const refs = [to.assignee ? assignee : null, to.reporter ? reporter : null];
  return [
    ...refs.flatMap((ref) => personOf(world, ref) ?? []),
    ...(to.watchers ? followersOf(world, watchers, issue.id) : []),
    ...(to.voters ? followersOf(world, votes, issue.id) : []),
    ...(to.users ?? []).map(({ accountId = '' }) => {
      const found = personOf(world, { accountId });
      if (!found) throw badFields({ users: `User '${accountId}' does not exist.` });
      return found;
    }),
    ...groupIdsOf(world, to).flatMap((id) =>
      [...membersOf(world, id)].flatMap((member) => personOf(world, member) ?? []),
    ),
  ];
}

/** The ids of the groups that are named; 400 for one that is not there. */
function groupIdsOf(
  world: World,
  { groups = [], groupIds = [] }: { groups?: readonly GroupSent[]; groupIds?: readonly string[] },
): string[] {
  const all: GroupSent[] = [...groups, ...groupIds.map((groupId) => ({ groupId }))];
  return all.map(({ name, groupId }) => {
    const found = groupNamed(world, { name, groupId: groupId ?? undefined });
    if (!found) throw badFields({ groups: `Group '${name ?? groupId ?? ''}' does not exist.` });
    return found.groupId;
  });
}

/** Who passes a restriction: a member of some group of it, and a holder of some permission of it. */
function passing(
  world: World,
  issue: Issue,
  restrict: NonNullable<Notification['restrict']>,
): (user: User) => boolean {
  const groups = groupIdsOf(world, restrict);
  const keys = (restrict.permissions ?? []).map(({ key = '' }) => {
    // The description's own example speaks of `BROWSE`, as the permission was once called.
    const now = key === 'BROWSE' ? 'BROWSE_PROJECTS' : key;
    if (!permissionByKey(now)) throw badFields({ permissions: `Permission '${key}' does not exist.` });
    return now;
  });
  const project = projectOf(world, issue.fields.project);
  return (user) =>
    (groups.length === 0 || groups.some((id) => inGroup(world, id, user.accountId))) &&
    (keys.length === 0 || keys.some((key) => may(world, user, key, project, issue)));
}
