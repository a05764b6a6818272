/** The fields that every site has, by the names that queries call them. */
import type { World } from '../../../../src/world/world.ts';
import {
  attachments,
  components,
  type Filter,
  filters,
  type Issue,
  issueTypes,
  priorities,
  projectCategories,
  projects,
  resolutions,
  securityLevels,
  statuses,
  users,
  versions,
  votes,
  watchers,
  worklogs,
} from '../../world.ts';
import { STATUS_CATEGORIES } from '../defaults.ts';
import { sees } from '../filters/sharing.ts';
import { countOf } from '../issues/followers.ts';
import { issueNamed } from '../issues/issueNamed.ts';
import { linksOf, linkTypes } from '../issues/links.ts';
import {
  issueTypeOf,
  priorityOf,
  projectOf,
  resolutionOf,
  statusOf,
  versionOf,
} from '../projects/projects.ts';
import { parseStamp } from '../time.ts';
import type { Value } from './ast.ts';
import { textOf } from './facets.ts';
import { type Choice, type JqlField, OPERATORS } from './field.ts';
import { choice, day, moment, people, size, text } from './fieldKinds.ts';
import { followed, holding, named, single, singlePerson, these } from './found.ts';
import { commented, commentTexts, fieldTexts, said, worklogTexts } from './textAreas.ts';

const KEY = /^[A-Z][A-Z0-9_]*-\d+$/i;

const findIssue: Choice['find'] = ({ world }, value) => {
  const found = issueNamed(world, value.text);
  return found && (value.number || KEY.test(value.text)) ? [found.id] : [];
};
const noSuchIssue: Choice['missing'] = (value, name) => {
  if (value.number) return `A value with ID '${value.text}' does not exist for the field '${name}'.`;
  return KEY.test(value.text)
    ? `An issue with key '${value.text}' does not exist for field '${name}'.`
    : `The issue key '${value.text}' for field '${name}' is invalid.`;
};

/** `ACC-12` as something that sorts: by project, then by number. */
export const keyPlace = (key: string): string => {
  const dash = key.lastIndexOf('-');
  return `${key.slice(0, dash)} ${key.slice(dash + 1).padStart(10, '0')}`;
};

const key = choice({
  type: 'issue',
  operators: OPERATORS.orderedAndEmpty,
  ids: (_, issue) => [issue.id],
  find: findIssue,
  missing: noSuchIssue,
  within: (_, ids) => these(ids),
  compare(world, a, b) {
    const [own, other] = [issueNamed(world, a)?.key ?? '', issueNamed(world, b)?.key ?? ''];
    // Keys of different projects do not come before or after one another.
    if (own.slice(0, own.lastIndexOf('-')) !== other.slice(0, other.lastIndexOf('-'))) return undefined;
    return keyPlace(own) < keyPlace(other) ? -1 : Number(own !== other);
  },
});

export const parent = choice({
  type: 'issue',
  ids: single((issue) => issue.fields.parent),
  find: findIssue,
  missing: noSuchIssue,
  facet: 'parent',
  hasEmpty: true,
});

const findProject: Choice['find'] = ({ world }, value) => {
  const byKey = world.list(projects, { index: 'key', equals: value.text.toUpperCase() }).first();
  return byKey && !value.number ? [byKey.id] : named(world, projects, value);
};

const project = choice({
  type: 'project',
  ids: single((issue) => issue.fields.project),
  find: findProject,
  facet: 'project',
});

/** A field that tells of an issue's project: kept for it, looked up by it. */
const ofProject = (
  get: (project: ReturnType<typeof projectOf>) => string | undefined,
  spec: Pick<Choice, 'find' | 'type'>,
): Choice =>
  choice({
    ...spec,
    ids: (world, issue) => defined(get(projectOf(world, issue.fields.project))),
    within: (world, ids) =>
      holding(
        world,
        'project',
        world
          .list(projects, { where: (row) => ids.includes(get(row) ?? '') })
          .toArray()
          .map((row) => row.id),
      ),
  });

const defined = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

const PROJECT_TYPES = ['software', 'business', 'service_desk', 'product_discovery'];

/** Where a row stands in the order in which people have put them. */
const sequenceOf = (row: { sequence: number } | undefined): number | undefined => row?.sequence;

const difference = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

const version = (get: (issue: Issue) => readonly { id: string }[], facet: string, spec: object): Choice =>
  choice({
    type: 'version',
    ids: (_, issue) => get(issue).map((ref) => ref.id),
    find: ({ world }, value) => named(world, versions, value),
    facet,
    hasEmpty: true,
    compare(world, a, b) {
      const [own, other] = [versionOf(world, { id: a }), versionOf(world, { id: b })];
      if (own?.projectId !== other?.projectId) return undefined;
      return difference(sequenceOf(own), sequenceOf(other));
    },
    ...spec,
  });

const categoriesNamed = ({ text: value }: Value): string[] =>
  STATUS_CATEGORIES.filter((each) =>
    [each.name.toLowerCase(), each.key, String(each.id)].includes(value.toLowerCase()),
  ).map((each) => String(each.id));

const statusCategory = choice({
  type: 'statusCategory',
  ids: (world, issue) => [String(statusOf(world, issue.fields.status).statusCategory.id)],
  find: (_, value) => categoriesNamed(value),
  within: (world, ids) =>
    holding(
      world,
      'status',
      world
        .list(statuses, { where: (row) => ids.includes(String(row.statusCategory.id)) })
        .toArray()
        .map((row) => row.id),
    ),
});

const priority = choice({
  type: 'priority',
  operators: OPERATORS.orderedAndRemembered,
  ids: single((issue) => issue.fields.priority),
  find: ({ world }, value) => named(world, priorities, value),
  facet: 'priority',
  hasEmpty: true,
  // Highest is the first in the list and the greatest in comparisons.
  compare: (world, a, b) =>
    difference(sequenceOf(priorityOf(world, { id: b })), sequenceOf(priorityOf(world, { id: a }))),
});

const resolution = choice({
  type: 'resolution',
  operators: OPERATORS.orderedAndRemembered,
  ids: single((issue) => issue.fields.resolution),
  find: ({ world }, value) =>
    value.text.toLowerCase() === 'unresolved' ? [''] : named(world, resolutions, value),
  facet: 'resolution',
  hasEmpty: true,
  compare: (world, a, b) =>
    difference(sequenceOf(resolutionOf(world, { id: a })), sequenceOf(resolutionOf(world, { id: b }))),
});

const otherEnds = (world: World, issue: Issue): string[] =>
  linksOf(world, issue.id).flatMap((link) =>
    [link.inwardIssue.id, link.outwardIssue.id].filter((id) => id !== issue.id),
  );

/** `blocks` and `is blocked by` are the two directions of one kind; its name means both. */
const linkType = choice({
  type: 'linkType',
  operators: OPERATORS.equality,
  ids: (world, issue) =>
    linksOf(world, issue.id).map((link) => `${link.type.id}${link.inwardIssue.id === issue.id ? 'o' : 'i'}`),
  find({ world }, { text: value }) {
    const lower = value.toLowerCase();
    return linkTypes(world).flatMap((type) => [
      ...([type.name, type.outward].some((name) => name.toLowerCase() === lower) ? [`${type.id}o`] : []),
      ...([type.name, type.inward].some((name) => name.toLowerCase() === lower) ? [`${type.id}i`] : []),
    ]);
  },
  missing: (value) => `Issue link type '${value.text}' does not exist.`,
});

const worklogsOf = (world: World, issue: Issue) =>
  world.list(worklogs, { index: 'issue', equals: issue.id }).toArray();

const follower = (kind: typeof watchers): Choice =>
  people(
    (world, issue) =>
      world
        .list(kind, { index: 'issue', equals: issue.id })
        .toArray()
        .map((row) => row.accountId),
    { within: (world, ids) => followed(world, kind, ids) },
  );

/** By the id of the field, else by a name of the query language alone. */
export const SYSTEM: Readonly<Record<string, JqlField>> = {
  issuekey: key,
  project,
  category: ofProject((row) => row.projectCategory?.id, {
    type: 'category',
    find: ({ world }, value) => named(world, projectCategories, value),
  }),
  projecttype: ofProject((row) => row.projectTypeKey, {
    type: 'projectType',
    find: (_, value) => PROJECT_TYPES.filter((type) => type === value.text.toLowerCase()),
  }),
  issuetype: choice({
    type: 'issueType',
    ids: single((issue) => issue.fields.issuetype),
    find: ({ world }, value) => named(world, issueTypes, value),
    facet: 'issuetype',
  }),
  hierarchylevel: size(
    'integer',
    (world, issue) => [issueTypeOf(world, issue.fields.issuetype).hierarchyLevel],
    { operators: OPERATORS.ordered, empty: false },
  ),
  status: choice({
    type: 'status',
    operators: OPERATORS.remembered,
    ids: single((issue) => issue.fields.status),
    find: ({ world }, value) => named(world, statuses, value),
    facet: 'status',
  }),
  statusCategory,
  priority,
  resolution,
  assignee: people(
    singlePerson((issue) => issue.fields.assignee),
    { operators: OPERATORS.remembered, facet: 'assignee', hasEmpty: true },
  ),
  reporter: people(
    singlePerson((issue) => issue.fields.reporter),
    { operators: OPERATORS.remembered, facet: 'reporter', hasEmpty: true },
  ),
  creator: people(
    singlePerson((issue) => issue.fields.creator),
    { facet: 'creator' },
  ),
  labels: choice({
    type: 'label',
    ids: (_, issue) => issue.fields.labels.map((label) => label.toLowerCase()),
    find: (_, value) => [value.text.toLowerCase()],
    facet: 'labels',
    hasEmpty: true,
  }),
  components: choice({
    type: 'component',
    ids: (_, issue) => issue.fields.components.map((ref) => ref.id),
    find: ({ world }, value) => named(world, components, value),
    facet: 'components',
    hasEmpty: true,
  }),
  fixVersions: version((issue) => issue.fields.fixVersions, 'fixVersions', {
    operators: OPERATORS.orderedAndRemembered,
  }),
  versions: version((issue) => issue.fields.versions, 'versions', { operators: OPERATORS.orderedAndEmpty }),
  parent,
  parentepic: choice({
    type: 'issue',
    operators: OPERATORS.equality,
    ids: (world, issue) => ancestors(world, issue),
    find: findIssue,
    missing: noSuchIssue,
  }),
  issuelinks: choice({
    type: 'issue',
    ids: otherEnds,
    find: findIssue,
    missing: noSuchIssue,
    within: (world, ids) =>
      these(
        ids.flatMap((id) => {
          const issue = issueNamed(world, id);
          return issue ? otherEnds(world, issue) : [];
        }),
      ),
  }),
  issuelinktype: linkType,
  attachment: choice({
    type: 'attachment',
    operators: OPERATORS.emptiness,
    ids: (world, issue) => defined(world.list(attachments, { index: 'issue', equals: issue.id }).first()?.id),
    find: () => [],
  }),
  filter: choice({
    type: 'filter',
    operators: OPERATORS.equality,
    empty: false,
    // What a filter finds is asked when the query is compiled: no issue holds a filter.
    ids: () => [],
    find({ world, accountId }, value) {
      const me = accountId === undefined ? undefined : world.get(users, accountId);
      const found = named(world, filters, value);
      return found.filter((id) => sees(world, me, world.get(filters, id) as Filter));
    },
  }),
  summary: text((_, issue) => [issue.fields.summary], ['summary']),
  description: text((_, issue) => [textOf(issue.fields.description)], ['description']),
  environment: text((_, issue) => [textOf(issue.fields.environment)], ['environment']),
  comment: text(commentTexts, [], { operators: OPERATORS.like, empty: false, within: commented }),
  text: text((world, issue, me) => [...fieldTexts(world, issue), ...commentTexts(world, issue, me)], [], {
    operators: OPERATORS.contains,
    empty: false,
    within: (world, stemmed, me) => [...said(world, stemmed), ...commented(world, stemmed, me)],
  }),
  textfields: text(fieldTexts, [], { operators: OPERATORS.contains, empty: false, within: said }),
  worklogcomment: text(worklogTexts, [], { operators: OPERATORS.like, empty: false }),
  created: moment((issue) => issue.fields.created, 'byCreation'),
  updated: moment((issue) => issue.fields.updated, 'byUpdate'),
  resolutiondate: moment((issue) => issue.fields.resolutiondate),
  statuscategorychangedate: moment((issue) => issue.fields.statuscategorychangedate),
  lastViewed: moment(() => null),
  duedate: day((issue) => issue.fields.duedate),
  worklogdate: size('day', (world, issue) =>
    worklogsOf(world, issue).map((row) =>
      Date.parse(new Date(parseStamp(row.started) ?? 0).toISOString().slice(0, 10)),
    ),
  ),
  worklogauthor: people((world, issue) => worklogsOf(world, issue).map((row) => row.author.accountId)),
  timespent: size('work', (_, issue) => held(issue.fields.timespent)),
  timeestimate: size('work', (_, issue) => held(issue.fields.timeestimate)),
  timeoriginalestimate: size('work', (_, issue) => held(issue.fields.timeoriginalestimate)),
  workratio: size('integer', (_, { fields }) =>
    fields.timeoriginalestimate
      ? [Math.floor((100 * (fields.timespent ?? 0)) / fields.timeoriginalestimate)]
      : [],
  ),
  watches: size('count', (world, issue) => [countOf(world, watchers, issue.id)], {
    operators: OPERATORS.ordered,
    empty: false,
  }),
  votes: size('count', (world, issue) => [countOf(world, votes, issue.id)], {
    operators: OPERATORS.ordered,
    empty: false,
  }),
  watcher: follower(watchers),
  voter: follower(votes),
  security: choice({
    type: 'level',
    ids: single((issue) => issue.fields.security ?? null),
    find: ({ world }, value) => named(world, securityLevels, value),
  }),
};

/** Names of the query language that are no field of `/field`, and whose they are. */
export const ALIASES: Readonly<Record<string, string>> = {
  id: 'issuekey',
  issue: 'issuekey',
  key: 'issuekey',
  workitem: 'issuekey',
  type: 'issuetype',
  worktype: 'issuetype',
  request: 'filter',
  savedfilter: 'filter',
  searchrequest: 'filter',
  workitemlinktype: 'issuelinktype',
};

/** Every issue above this one: its epic is one of them. */
function ancestors(world: World, issue: Issue): string[] {
  const above: string[] = [];
  for (let at: Issue | undefined = issue; at?.fields.parent && above.length < LEVELS_MAX; ) {
    above.push(at.fields.parent.id);
    at = issueNamed(world, at.fields.parent.id);
  }
  return above;
}

/** A guard of ours: hierarchies are at most so deep. */
const LEVELS_MAX = 10;

const held = (number: number | null): number[] => (number === null ? [] : [number]);
