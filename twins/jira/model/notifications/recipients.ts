/** Whom one line of a notification scheme means. */
import type { World } from '../../../../src/world/world.ts';
import { components, type Issue, type Project, roleActors, type UserRef, watchers } from '../../world.ts';
import { membersOf } from '../people/groups.ts';

/** Somebody who is meant, and by which part of theirs, as their preferences call it. */
export interface Told {
  accountId: string;
  as?: 'assignee' | 'reporter' | 'watcher' | 'mentions';
}

export interface Line {
  notificationType: string;
  recipient: string | undefined;
  issue: Issue;
  project: Project;
  /** Who did it. */
  actor: UserRef | undefined;
}

/** The people that a line of a scheme means at an issue. */
export function toldBy(world: World, line: Line): Told[] {
  const { issue, project, actor, recipient = '' } = line;
  const { assignee, reporter } = issue.fields;
  switch (line.notificationType) {
    case 'CurrentAssignee':
      return one(assignee, 'assignee');
    case 'Reporter':
      return one(reporter, 'reporter');
    case 'CurrentUser':
      return one(actor);
    case 'ProjectLead':
      return one(project.lead);
    case 'ComponentLead':
      return issue.fields.components.flatMap(({ id }) => one(world.get(components, id)?.lead));
    case 'AllWatchers':
      return world
        .list(watchers, { index: 'issue', equals: issue.id })
        .toArray()
        .map(({ accountId }) => ({ accountId, as: 'watcher' }));
    case 'User':
      return [{ accountId: recipient }];
    case 'Group':
      return inGroup(world, recipient);
    case 'ProjectRole':
      return world
        .list(roleActors, { index: 'place', equals: `${project.id}/${recipient}` })
        .toArray()
        .flatMap(({ type, holder }) =>
          type === 'atlassian-user-role-actor' ? [{ accountId: holder }] : inGroup(world, holder),
        );
    case 'UserCustomField':
      return idsIn(issue.fields[recipient as 'customfield_1'], 'accountId').map((accountId) => ({
        accountId,
      }));
    case 'GroupCustomField':
      return idsIn(issue.fields[recipient as 'customfield_1'], 'groupId').flatMap((id) => inGroup(world, id));
    default:
      return [];
  }
}

const one = (ref: UserRef | null | undefined, as?: Told['as']): Told[] =>
  ref ? [{ accountId: ref.accountId, ...(as ? { as } : {}) }] : [];

const inGroup = (world: World, groupId: string): Told[] =>
  [...membersOf(world, groupId)].map(({ accountId }) => ({ accountId }));

/** The ids in the value of a picker of one or of several. */
const idsIn = (value: unknown, key: 'accountId' | 'groupId'): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) => {
    const id = (each as Record<string, unknown> | null | undefined)?.[key];
    return typeof id === 'string' ? [id] : [];
  });
