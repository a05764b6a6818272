/** Jira as its people see it: projects, boards, issues, people. */
import { type Asked, listOf, type Place, type Room, under } from '../../src/room.ts';
import type { World } from '../../src/world/world.ts';
import { userByEmail } from './model/people/people.ts';
import { boardPlace, issueItem, issuesPlace, peoplePlace, projectsPlace } from './room/board.ts';
import { issuePlace } from './room/issue.ts';
import { type Issue, issues, users } from './world.ts';

export const room: Room = {
  shelves: [
    { to: 'projects', title: 'Projects' },
    { to: 'recent', title: 'Recent issues' },
    { to: 'people', title: 'People' },
  ],
  place: (world, id, asked) => {
    if (id === 'projects') return projectsPlace(world, asked);
    if (id === 'recent') return recentPlace(world, asked);
    return id === 'people' ? peoplePlace(world, asked) : inner(world, id, asked);
  },
  personAt: (world, email) => {
    const user = userByEmail(world, email);
    return user && `person/${user.accountId}`;
  },
  host: (world) => {
    const first = userByEmail(world, world.cast[0]?.email ?? '');
    const anybody = () => world.list(users, { where: (row) => row.active }).first();
    return (first ?? anybody())?.emailAddress;
  },
};

function inner(world: World, id: string, asked: Asked): Place | undefined {
  const rest = (kind: string) => under(id, kind);
  const board = rest('board');
  if (board !== undefined) return boardPlace(world, board);
  const list = rest('issues');
  if (list !== undefined) return issuesPlace(world, list, asked);
  const issue = rest('issue');
  if (issue !== undefined) return issuePlace(world, issue, asked);
  const person = rest('person');
  return person === undefined ? undefined : personPlace(world, person, asked);
}

function recentPlace(world: World, asked: Asked): Place {
  const range = world.list(issues, { index: 'byUpdate', prefix: '/', reverse: true });
  const list = listOf(range, asked, (row: Issue) => issueItem(world, row), { empty: 'No issues' });
  return { title: 'Recent issues', subtitle: 'Newest changes on top', blocks: [list] };
}

function personPlace(world: World, accountId: string, asked: Asked): Place | undefined {
  const user = world.get(users, accountId);
  if (!user) return undefined;
  const assigned = world.list(issues, { index: 'assignee', equals: accountId, reverse: true });
  return {
    title: user.displayName,
    icon: 'person',
    trail: [{ to: 'people', title: 'People' }],
    person: user.emailAddress,
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'E-mail', value: user.emailAddress },
          { name: 'Account', value: user.active ? 'active' : { text: 'deactivated', tone: 'bad' } },
          { name: 'Account id', value: user.accountId },
        ],
      },
      listOf(assigned, asked, (row) => issueItem(world, row), {
        title: 'Assigned to them',
        empty: 'Nothing',
      }),
    ],
  };
}
