/** Whether a world file speaks only of people that it has: a misspelt e-mail would else be a person silently missing. */
import type { WorldFile } from './file.ts';

/** Everybody that a world names outside its list of people, with the place where it does. */
type Reference = readonly [pointer: string, email: string | undefined];

/**
 * The references to nobody, each with its JSON pointer. A world whose people are generated cannot be checked: their
 * e-mails are made later.
 */
export function danglingReferences(file: WorldFile): { pointer: string; detail: string }[] {
  if (!Array.isArray(file.people)) return [];
  const known = new Set(file.people.map((one) => one.email.toLowerCase()));
  return references(file).flatMap(([pointer, email]) =>
    email === undefined || known.has(email.toLowerCase())
      ? []
      : [{ pointer, detail: `nobody of this world's people has the e-mail ${email}` }],
  );
}

function references(file: WorldFile): Reference[] {
  const people = Array.isArray(file.people) ? file.people : [];
  const { okta, slack, jira, google } = file;
  return [
    ...people.map((one, i): Reference => [`/people/${i}/manager`, one.manager]),
    ...each('/okta/groups', listed(okta?.groups), (group, at) => several(`${at}/members`, group.members)),
    ...each('/slack/channels', listed(slack?.channels), (channel, at) =>
      several(`${at}/members`, channel.members),
    ),
    ...each('/slack/messages', listed(slack?.messages), (message, at) => [
      [`${at}/from`, message.from],
      ...each(`${at}/replies`, message.replies, (reply, place): Reference[] => [
        [`${place}/from`, reply.from],
      ]),
    ]),
    ...each('/jira/projects', jira?.projects, (project, at) => [[`${at}/lead`, project.lead]]),
    ...each('/jira/issues', listed(jira?.issues), (issue, at) => [
      [`${at}/assignee`, issue.assignee],
      [`${at}/reporter`, issue.reporter],
      ...each(`${at}/comments`, issue.comments, (one, place): Reference[] => [[`${place}/from`, one.from]]),
    ]),
    ...each('/google/drive', google?.drive, (entry, at) => [
      [`${at}/owner`, entry.owner],
      ...each(`${at}/shared`, entry.shared, (share, place): Reference[] => [[`${place}/with`, share.with]]),
    ]),
  ];
}

/** What is made up by number names nobody. */
const listed = <T>(items: readonly T[] | { count: number } | undefined): readonly T[] =>
  Array.isArray(items) ? items : [];

function each<T>(
  at: string,
  items: readonly T[] | undefined,
  of: (item: T, at: string) => readonly Reference[],
): Reference[] {
  return (items ?? []).flatMap((item, i) => of(item, `${at}/${i}`));
}

const several = (at: string, emails: readonly string[] | undefined): Reference[] =>
  (emails ?? []).map((email, i) => [`${at}/${i}`, email]);
