/** What `ORDER BY` sorts by; without it, the newest issue comes first. */
import type { Order } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Issue } from '../../world.ts';
import { fieldByClause, RANK } from '../fields/fields.ts';
import { personOf } from '../people/people.ts';
import { issueTypeOf, priorityOf, projectOf, resolutionOf, statusOf } from '../projects/projects.ts';
import type { Compilation } from './compile.ts';
import { jqlField, keyPlace } from './fields.ts';
import type { Query } from './parse.ts';

export type Ordering = readonly Order<Issue>[];

const NEWEST_FIRST: Ordering = [{ by: (issue) => Number(issue.id), descending: true }];

type Place = (world: World, issue: Issue) => string | number | null;

const PLACES: Readonly<Record<string, Place>> = {
  issuekey: (_, issue) => keyPlace(issue.key),
  project: (world, issue) => projectOf(world, issue.fields.project).name,
  issuetype: (world, issue) => issueTypeOf(world, issue.fields.issuetype).name,
  status: (_, issue) => Number(issue.fields.status.id),
  statusCategory: (world, issue) =>
    [1, 2, 4, 3].indexOf(statusOf(world, issue.fields.status).statusCategory.id),
  // The lowest priority comes first in ascending order.
  priority: (world, issue) =>
    issue.fields.priority ? -Number(priorityOf(world, issue.fields.priority).id) : null,
  resolution: (world, issue) =>
    issue.fields.resolution ? resolutionOf(world, issue.fields.resolution).name : null,
  assignee: (world, issue) => personOf(world, issue.fields.assignee)?.displayName ?? null,
  reporter: (world, issue) => personOf(world, issue.fields.reporter)?.displayName ?? null,
  creator: (world, issue) => personOf(world, issue.fields.creator)?.displayName ?? null,
  summary: (_, issue) => issue.fields.summary.toLowerCase(),
  description: () => null,
  environment: () => null,
  labels: (_, issue) => issue.fields.labels.join(' ') || null,
  components: (_, issue) => issue.fields.components[0]?.id ?? null,
  fixVersions: (_, issue) => Number(issue.fields.fixVersions[0]?.id ?? 0) || null,
  versions: (_, issue) => Number(issue.fields.versions[0]?.id ?? 0) || null,
  parent: (_, issue) => Number(issue.fields.parent?.id ?? 0) || null,
  [RANK]: (_, issue) => String(issue.fields[RANK] ?? ''),
};

/** An order that an index of the issues' table has already: by creation or by last change. */
export interface Walk {
  index: 'byCreation' | 'byUpdate';
  reverse: boolean;
  /** It orders by key, which is the order of creation inside one project only. */
  withinProject: boolean;
}

/** The index that has the order of a query; undefined where rows must be sorted. */
export function walkOf(world: World, orderBy: Query['orderBy']): Walk | undefined {
  const [first = { field: 'created', descending: true }, ...rest] = orderBy.map(({ field, descending }) => ({
    field: fieldByClause(world, field)?.id,
    descending,
  }));
  const index = first.field === 'updated' ? 'byUpdate' : 'byCreation';
  const inTime = (id: string | undefined) => id === 'created' || id === 'issuekey';
  if (index === 'byCreation' && !inTime(first.field)) return undefined;
  if (rest.some(({ field, descending }) => !inTime(field) || descending !== first.descending))
    return undefined;
  return { index, reverse: first.descending, withinProject: first.field === 'issuekey' };
}

/** Reads `ORDER BY`; unknown fields are problems. The id settles what is equal. */
export function orderingOf(at: Compilation, orderBy: Query['orderBy']): Ordering {
  if (orderBy.length === 0) return NEWEST_FIRST;
  const orders = orderBy.flatMap(({ field: name, descending }) => {
    const place = placeOf(at.world, name);
    if (place) return [{ by: (issue: Issue) => place(at.world, issue), descending }];
    at.problems.push(
      jqlField(at.world, name)
        ? `Not able to sort using field '${name}'.`
        : `Field '${name}' does not exist or you do not have permission to view it.`,
    );
    return [];
  });
  return [...orders, ...NEWEST_FIRST];
}

function placeOf(world: World, name: string): Place | undefined {
  const field = fieldByClause(world, name);
  if (!field) return undefined;
  // `id` and `key` are one field in queries, and sort by the key.
  const own = PLACES[field.id];
  if (own) return own;
  const asked = jqlField(world, name);
  if (!asked) return undefined;
  if (asked.kind === 'choice') return (world, issue) => asked.ids(world, issue)[0] ?? null;
  if (asked.kind === 'text') return (world, issue) => asked.texts(world, issue)[0] ?? null;
  return (world, issue) => asked.value(world, issue);
}
