/** One issue: its fields, its words, what was said and changed. */
import {
  type Act,
  type Asked,
  type Block,
  type Cell,
  type Fact,
  type Place,
  pageFrom,
  type Said,
} from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { commentsOf } from '../model/issues/comments.ts';
import { childrenOf, issueNamed } from '../model/issues/issueNamed.ts';
import { prettyWork, timeTrackingOf } from '../model/issues/timeTracking.ts';
import { personOf } from '../model/people/people.ts';
import {
  componentOf,
  issueTypeOf,
  priorityOf,
  projectOf,
  resolutionOf,
  statusOf,
  versionOf,
} from '../model/projects/projects.ts';
import { parseStamp } from '../model/time.ts';
import {
  type Comment,
  histories,
  type Issue,
  issueLinks,
  issueLinkTypes,
  issues,
  type UserRef,
} from '../world.ts';
import { issueItem, moves } from './board.ts';
import { documentLines } from './document.ts';

const COMMENTS_SHOWN = 50;
const CHANGES_SHOWN = 50;
const RELATED_SHOWN = 50;

/** The page of an issue. */
export function issuePlace(world: World, key: string, asked: Asked): Place | undefined {
  const issue = issueNamed(world, key);
  if (!issue) return undefined;
  const project = projectOf(world, issue.fields.project);
  return {
    title: issue.fields.summary,
    subtitle: `${issue.key} · ${statusOf(world, issue.fields.status).name}`,
    icon: 'card',
    trail: [
      { to: 'projects', title: 'Projects' },
      { to: `board/${project.key}`, title: project.name },
    ],
    blocks: [
      { kind: 'acts', acts: moves(world, issue) },
      { kind: 'facts', title: 'Details', facts: factsOf(world, issue) },
      { kind: 'text', title: 'Description', lines: documentLines(issue.fields.description), empty: 'None' },
      { kind: 'acts', acts: changes(issue, asked) },
      ...related(world, issue),
      talk(world, issue, asked),
      { kind: 'acts', acts: [comment(issue)] },
      history(world, issue),
    ],
  };
}

function factsOf(world: World, { fields }: Issue): Fact[] {
  const parent = fields.parent ? world.get(issues, fields.parent.id) : undefined;
  const names = (list: readonly ({ name: string } | undefined)[]) =>
    list.map((one) => one?.name ?? '?').join(', ');
  const all: Record<string, Cell | undefined> = {
    Type: issueTypeOf(world, fields.issuetype).name,
    Status: statusOf(world, fields.status).name,
    Priority: fields.priority ? priorityOf(world, fields.priority).name : undefined,
    Assignee: who(world, fields.assignee) ?? { text: 'Unassigned', tone: 'dim' },
    Reporter: who(world, fields.reporter),
    Labels: fields.labels.join(', '),
    Components: names(fields.components.map((ref) => componentOf(world, ref))),
    'Fix versions': names(fields.fixVersions.map((ref) => versionOf(world, ref))),
    Parent: parent && { text: `${parent.key} ${parent.fields.summary}`, to: `issue/${parent.key}` },
    Resolution: fields.resolution ? resolutionOf(world, fields.resolution).name : undefined,
    Due: fields.duedate ?? undefined,
    'Time spent': fields.timespent ? prettyWork(fields.timespent, timeTrackingOf(world)) : undefined,
    Created: moment(fields.created),
    Updated: moment(fields.updated),
  };
  return Object.entries(all).flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

function who(world: World, ref: UserRef | null): Cell | undefined {
  const user = personOf(world, ref);
  return user && { text: user.displayName, to: `person/${user.accountId}` };
}

const moment = (stored: string): string => stored.slice(0, 16).replace('T', ' ');

function changes(issue: Issue, { as }: Asked): Act[] {
  const { key, fields } = issue;
  const summary = {
    path: ['fields', 'summary'],
    label: 'Summary',
    type: 'text' as const,
    value: fields.summary,
  };
  return [
    ...(as ? [{ label: 'Assign to me', gesture: 'assign', with: { issue: key, to: as } }] : []),
    {
      label: 'Assign',
      gesture: 'assign',
      with: { issue: key },
      fields: [{ path: ['to'], label: 'To', type: 'person' }],
    },
    ...(fields.assignee ? [{ label: 'Unassign', gesture: 'assign', with: { issue: key, to: null } }] : []),
    { label: 'Edit summary', gesture: 'edit', with: { issue: key }, fields: [summary] },
  ];
}

const comment = ({ key }: Issue): Act => ({
  label: 'Comment',
  gesture: 'comment',
  with: { issue: key },
  style: 'primary',
  fields: [{ path: ['text'], label: 'Add a comment', type: 'long' }],
});

function talk(world: World, issue: Issue, asked: Asked): Block {
  const page = pageFrom(commentsOf(world, issue.id, true), asked.from, COMMENTS_SHOWN);
  return {
    kind: 'talk',
    title: 'Comments',
    messages: page.items.map((row) => said(world, row)).reverse(),
    ...(page.next ? { older: page.next } : {}),
    ...(asked.from ? { newer: '' } : {}),
    empty: 'No comments yet',
  };
}

function said(world: World, row: Comment): Said {
  const author = personOf(world, row.author);
  return {
    id: row.id,
    author: author?.displayName ?? 'Former user',
    ...(author ? { authorTo: `person/${author.accountId}` } : {}),
    at: parseStamp(row.created) ?? 0,
    ...(row.updated === row.created ? {} : { marks: ['edited'] }),
    lines: documentLines(row.body),
  };
}

function related(world: World, issue: Issue): Block[] {
  const children = childrenOf(world, issue).slice(0, RELATED_SHOWN);
  const links = world.list(issueLinks, { index: 'issue', equals: issue.id }).toArray(RELATED_SHOWN);
  const linked = links.flatMap((link) => {
    const outward = link.inwardIssue.id === issue.id;
    const other = world.get(issues, outward ? link.outwardIssue.id : link.inwardIssue.id);
    const type = world.get(issueLinkTypes, link.type.id);
    const how = (outward ? type?.outward : type?.inward) ?? 'relates to';
    return other ? [{ ...issueItem(world, other), subtitle: `${how} ${other.key}` }] : [];
  });
  return [
    ...(children.length > 0
      ? [
          {
            kind: 'list' as const,
            title: 'Child issues',
            items: children.map((one) => issueItem(world, one)),
          },
        ]
      : []),
    ...(linked.length > 0 ? [{ kind: 'list' as const, title: 'Linked issues', items: linked }] : []),
  ];
}

/** The newest changes, newest first. */
function history(world: World, issue: Issue): Block {
  const rows = world
    .list(histories, {
      index: 'issue',
      equals: issue.id,
      orderBy: [{ by: (row) => Number(row.id), descending: true }],
    })
    .toArray(CHANGES_SHOWN)
    .flatMap((row) =>
      row.items.map((item): Cell[] => [
        { text: moment(row.created), tone: 'dim' },
        who(world, row.author) ?? '?',
        item.field,
        item.fromString ?? '',
        item.toString ?? '',
      ]),
    );
  return {
    kind: 'table',
    title: 'History',
    columns: ['When', 'Who', 'What', 'From', 'To'],
    rows,
    empty: 'Nothing has changed yet',
  };
}
