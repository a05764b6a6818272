/**
 * What queries can ask about: for each name, what an issue holds, what a written value means, and which operators
 * there are. A choice is compared by ids, a moment or number by size, a text by its words.
 */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  components,
  type Issue,
  issueTypes,
  priorities,
  projects,
  resolutions,
  sprints,
  statuses,
  versions,
  votes,
  watchers,
  worklogs,
} from '../../world.ts';
import { STATUS_CATEGORIES } from '../defaults.ts';
import { EPIC_LINK, EPIC_NAME, type Field, fieldByClause, SPRINT } from '../fields/fields.ts';
import { optionsOfField } from '../fields/options.ts';
import { attachmentsOf } from '../issues/attachments.ts';
import { commentsOf } from '../issues/comments.ts';
import { countOf } from '../issues/followers.ts';
import { issueNamed, levelOf } from '../issues/issueNamed.ts';
import { linksOf, linkTypes } from '../issues/links.ts';
import { findUsers, userNamed } from '../people/people.ts';
import { priorityOf, statusOf } from '../projects/projects.ts';
import { rankOf } from '../software/rank.ts';
import { plainText } from '../text/adf.ts';
import { parseStamp } from '../time.ts';

interface Base {
  /** As the query wrote it, for messages. */
  name: string;
  /** Index of the issues' table whose keys are this field's ids. */
  index?: string;
}

export interface Choice extends Base {
  kind: 'choice';
  ids(world: World, issue: Issue): readonly string[];
  /** Ids that a written value means; none where there is no such thing. */
  find(world: World, text: string): readonly string[];
  /** What `<` compares, where it may be used. */
  place?(world: World, id: string): number | string;
}

export interface Size extends Base {
  kind: 'date' | 'number';
  /** It holds a day of the calendar, not a moment. */
  day?: boolean;
  value(world: World, issue: Issue): number | null;
}

export interface Text extends Base {
  kind: 'text';
  texts(world: World, issue: Issue): readonly string[];
}

export type JqlField = Choice | Size | Text;

const choice = (
  ids: Choice['ids'],
  find: Choice['find'],
  more: Pick<Choice, 'place' | 'index'> = {},
): Omit<Choice, 'name'> => ({ kind: 'choice', ids, find, ...more });
const date = (get: (issue: Issue) => string | null): Omit<Size, 'name'> => ({
  kind: 'date',
  value: (_, issue) => {
    const stored = get(issue);
    return stored === null ? null : (parseStamp(stored) ?? Date.parse(stored));
  },
});
const day = (get: (issue: Issue) => string | null): Omit<Size, 'name'> => ({ ...date(get), day: true });
const number = (value: Size['value']): Omit<Size, 'name'> => ({ kind: 'number', value });
const text = (texts: Text['texts'], index?: string): Omit<Text, 'name'> => ({
  kind: 'text',
  texts,
  ...(index ? { index } : {}),
});

/** Ids of the rows with this id or name. */
const named =
  <E extends { id: string; name: string }>(rows: Table<E>, indexed = true) =>
  (world: World, value: string): string[] => {
    const lower = value.toLowerCase();
    const byName = indexed
      ? world.list(rows, { index: 'name', equals: lower }).toArray()
      : world.list(rows, { where: (row) => row.name.toLowerCase() === lower }).toArray();
    const byId = world.get(rows, value);
    return [...byName.map((row) => row.id), ...(byId && byName.length === 0 ? [byId.id] : [])];
  };

const person = (get: (issue: Issue) => { accountId: string } | null, index?: string): Omit<Choice, 'name'> =>
  choice(
    (_, issue) => {
      const ref = get(issue);
      return ref ? [ref.accountId] : [];
    },
    (world, value) => {
      const found = userNamed(world, value) ?? findUsers(world, value)[0];
      return found ? [found.accountId] : [];
    },
    index ? { index } : {},
  );

const issueId = (world: World, value: string): string[] => {
  const found = issueNamed(world, value);
  return found ? [found.id] : [];
};

const refs = (get: (issue: Issue) => readonly { id: string }[]) => (_: World, issue: Issue) =>
  get(issue).map((ref) => ref.id);
const one = (get: (issue: Issue) => { id: string } | null) => (_: World, issue: Issue) => {
  const ref = get(issue);
  return ref ? [ref.id] : [];
};

/** The issue itself. */
export const KEY = choice((_, issue) => [issue.id], issueId, {
  place: (world, id) => keyPlace(issueNamed(world, id)?.key ?? ''),
});
const PARENT = choice(
  one((issue) => issue.fields.parent),
  issueId,
  { index: 'parent' },
);
const DESCRIPTION = text((_, issue) => [plainText(issue.fields.description)], 'text');
const SUMMARY = text((_, issue) => [issue.fields.summary], 'text');
const ENVIRONMENT = text((_, issue) => [plainText(issue.fields.environment)], 'text');
const commentTexts = (world: World, issue: Issue) =>
  [...commentsOf(world, issue.id)].map((comment) => plainText(comment.body));

/** `ACC-12` as something that sorts: by project, then by number. */
export const keyPlace = (key: string): string => {
  const dash = key.lastIndexOf('-');
  return `${key.slice(0, dash)} ${key.slice(dash + 1).padStart(10, '0')}`;
};

const SYSTEM: Readonly<Record<string, Omit<JqlField, 'name'>>> = {
  issuekey: KEY,
  project: choice(
    one((issue) => issue.fields.project),
    (world, value) => {
      const byKey = world.list(projects, { index: 'key', equals: value.toUpperCase() }).first();
      return byKey ? [byKey.id] : named(projects)(world, value);
    },
    { index: 'project' },
  ),
  issuetype: choice(
    one((issue) => issue.fields.issuetype),
    named(issueTypes),
    { index: 'issuetype' },
  ),
  status: choice(
    one((issue) => issue.fields.status),
    named(statuses),
    { index: 'status' },
  ),
  statusCategory: choice(
    (world, issue) => [String(statusOf(world, issue.fields.status).statusCategory.id)],
    (_, value) =>
      STATUS_CATEGORIES.filter((each) =>
        [each.name.toLowerCase(), each.key, String(each.id)].includes(value.toLowerCase()),
      ).map((each) => String(each.id)),
  ),
  priority: choice(
    one((issue) => issue.fields.priority),
    named(priorities),
    {
      // Highest is the first in the list and the greatest in comparisons.
      place: (world, id) => -Number(priorityOf(world, { id }).id),
    },
  ),
  resolution: choice(
    one((issue) => issue.fields.resolution),
    (world, value) => (value.toLowerCase() === 'unresolved' ? [''] : named(resolutions)(world, value)),
  ),
  assignee: person((issue) => issue.fields.assignee, 'assignee'),
  reporter: person((issue) => issue.fields.reporter, 'reporter'),
  creator: person((issue) => issue.fields.creator, 'creator'),
  labels: choice(
    (_, issue) => issue.fields.labels.map((label) => label.toLowerCase()),
    (_, value) => [value.toLowerCase()],
    { index: 'label' },
  ),
  components: choice(
    refs((issue) => issue.fields.components),
    named(components, false),
  ),
  fixVersions: choice(
    refs((issue) => issue.fields.fixVersions),
    named(versions, false),
    { place: (_, id) => Number(id) },
  ),
  versions: choice(
    refs((issue) => issue.fields.versions),
    named(versions, false),
    { place: (_, id) => Number(id) },
  ),
  parent: PARENT,
  [EPIC_LINK]: PARENT,
  [SPRINT]: choice(
    (_, issue) => ((issue.fields[SPRINT] ?? []) as number[]).map(String),
    (world, value) =>
      world
        .list(sprints, {
          where: (row) => row.name.toLowerCase() === value.toLowerCase() || String(row.id) === value,
        })
        .toArray()
        .map((row) => String(row.id)),
    { index: 'sprint' },
  ),
  [EPIC_NAME]: text((_, issue) => (issue.fields[EPIC_NAME] ? [String(issue.fields[EPIC_NAME])] : [])),
  issuelinks: choice(
    (world, issue) =>
      linksOf(world, issue.id).flatMap((link) =>
        [link.inwardIssue.id, link.outwardIssue.id].filter((id) => id !== issue.id),
      ),
    issueId,
  ),
  attachment: choice(
    (world, issue) => attachmentsOf(world, issue.id).map((file) => file.id),
    (_, value) => [value],
  ),
  summary: SUMMARY,
  description: DESCRIPTION,
  environment: ENVIRONMENT,
  comment: text(commentTexts),
  created: date((issue) => issue.fields.created),
  updated: date((issue) => issue.fields.updated),
  resolutiondate: date((issue) => issue.fields.resolutiondate),
  statuscategorychangedate: date((issue) => issue.fields.statuscategorychangedate),
  duedate: day((issue) => issue.fields.duedate),
  lastViewed: date(() => null),
  // No project here has security levels: every issue's is unset.
  security: choice(
    () => [],
    () => [],
  ),
  timespent: number((_, issue) => issue.fields.timespent),
  timeestimate: number((_, issue) => issue.fields.timeestimate),
  timeoriginalestimate: number((_, issue) => issue.fields.timeoriginalestimate),
  workratio: number((_, { fields }) =>
    fields.timeoriginalestimate
      ? Math.floor((100 * (fields.timespent ?? 0)) / fields.timeoriginalestimate)
      : null,
  ),
  watches: number((world, issue) => countOf(world, watchers, issue.id)),
  votes: number((world, issue) => countOf(world, votes, issue.id)),
};

const follower = (kind: typeof watchers): Omit<Choice, 'name'> =>
  choice(
    (world, issue) =>
      world
        .list(kind, { index: 'issue', equals: issue.id })
        .toArray()
        .map((row) => row.accountId),
    (world, value) => {
      const found = userNamed(world, value);
      return found ? [found.accountId] : [];
    },
  );

/** Names that are no field of `/field`. */
const EXTRA: Readonly<Record<string, Omit<JqlField, 'name'>>> = {
  text: text((world, issue) => [
    issue.fields.summary,
    plainText(issue.fields.description),
    plainText(issue.fields.environment),
    ...commentTexts(world, issue),
  ]),
  textfields: text(
    (_, issue) => [
      issue.fields.summary,
      plainText(issue.fields.description),
      plainText(issue.fields.environment),
    ],
    'text',
  ),
  watcher: follower(watchers),
  voter: follower(votes),
  issuelinktype: choice(
    (world, issue) =>
      linksOf(world, issue.id).map(
        (link) => `${link.type.id}${link.inwardIssue.id === issue.id ? 'o' : 'i'}`,
      ),
    (world, value) => {
      const lower = value.toLowerCase();
      return linkTypes(world).flatMap((type) => [
        ...([type.name, type.outward].some((name) => name.toLowerCase() === lower) ? [`${type.id}o`] : []),
        ...([type.name, type.inward].some((name) => name.toLowerCase() === lower) ? [`${type.id}i`] : []),
      ]);
    },
  ),
  hierarchylevel: number((world, issue) => levelOf(world, issue)),
  worklogauthor: choice(
    (world, issue) =>
      world
        .list(worklogs, { index: 'issue', equals: issue.id })
        .toArray()
        .map((row) => row.author.accountId),
    (world, value) => {
      const found = userNamed(world, value);
      return found ? [found.accountId] : [];
    },
  ),
  worklogcomment: text((world, issue) =>
    world
      .list(worklogs, { index: 'issue', equals: issue.id })
      .toArray()
      .map((row) => plainText(row.comment)),
  ),
  'epic link': PARENT,
  parentepic: PARENT,
};

/** What `ORDER BY rank` sorts by. */
export const RANKED = (issue: Issue): string => rankOf(issue);

/** The field that a query calls `name`, case aside; undefined where there is none. */
export function jqlField(world: World, name: string): JqlField | undefined {
  const lower = name.toLowerCase();
  const field = fieldByClause(world, lower);
  const found = Object.hasOwn(EXTRA, lower)
    ? EXTRA[lower]
    : field && (SYSTEM[field.id] ?? customField(field));
  return found && ({ ...found, name } as JqlField);
}

/** A custom field, by its kind. */
function customField(field: Field): Omit<JqlField, 'name'> | undefined {
  if (!field.custom) return undefined;
  const id = field.id as `customfield_${number}`;
  const { type, items } = field.schema ?? {};
  const held = (issue: Issue) => issue.fields[id] ?? null;
  if (type === 'number') return number((_, issue) => held(issue) as number | null);
  if (type === 'date') return day((issue) => held(issue) as string | null);
  if (type === 'datetime') return date((issue) => held(issue) as string | null);
  if (type === 'string') return text((_, issue) => (held(issue) === null ? [] : [String(held(issue))]));
  if (type === 'option' || items === 'option')
    return choice(
      (_, issue) => ([held(issue)].flat().filter(Boolean) as { id: string }[]).map((each) => each.id),
      (world, value) =>
        optionsOfField(world, field.id)
          .filter((each) => each.id === value || each.value.toLowerCase() === value.toLowerCase())
          .map((each) => each.id),
    );
  if (type === 'user' || items === 'user')
    return choice(
      (_, issue) =>
        ([held(issue)].flat().filter(Boolean) as { accountId: string }[]).map((each) => each.accountId),
      (world, value) => [userNamed(world, value)?.accountId ?? ''].filter(Boolean),
    );
  return choice(
    (_, issue) => (held(issue) === null ? [] : [JSON.stringify(held(issue))]),
    (_, value) => [value],
  );
}
