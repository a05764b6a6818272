/**
 * What `ORDER BY` sorts by. Every order is made total, so that pages fit together however they were found: what is
 * equal comes by id, what is equal by priority by last change before that.
 */
import type { World } from '../../../../src/world/world.ts';
import type { Issue } from '../../world.ts';
import { RANK } from '../fields/fields.ts';
import { personOf } from '../people/people.ts';
import { issueTypeOf, priorityOf, projectOf, resolutionOf, statusOf } from '../projects/projects.ts';
import { rankOf } from '../software/rank.ts';
import type { OrderTerm } from './ast.ts';
import { type Compilation, refuse } from './compilation.ts';
import type { JqlField } from './field.ts';
import { fieldNamed } from './fieldNamed.ts';
import { keyPlace } from './systemFields.ts';

/** Where an issue stands: one value per term, and its id. Nothing comes behind everything. */
export type Place = readonly (string | number | null)[];

export interface Ordering {
  terms: readonly { id: string; descending: boolean; by: By }[];
}

type By = (world: World, issue: Issue) => string | number | null;

/** Where `issue` stands in an order. */
export const placeIn = (world: World, { terms }: Ordering, issue: Issue): Place =>
  terms.map((term) => term.by(world, issue));

/** Which of two places comes first. */
export function comparePlaces({ terms }: Ordering, a: Place, b: Place): number {
  for (let i = 0; i < terms.length; i++) {
    const [x, y] = [a[i] ?? null, b[i] ?? null];
    if (x === y) continue;
    const order = x === null ? 1 : y === null ? -1 : x < y ? -1 : 1;
    return terms[i]?.descending ? -order : order;
  }
  return 0;
}

const text = (value: string): string | null => (value === '' ? null : value.toLowerCase());
/** Stored moments are UTC, written one way; every row of a sorted page is asked for its own. */
const moment = (stored: string | null): number | null =>
  stored === null ? null : Date.parse(`${stored.slice(0, -5)}Z`);

const SYSTEM_ORDERS: Readonly<Record<string, By>> = {
  issuekey: (_, issue) => keyPlace(issue.key),
  project: (world, issue) => projectOf(world, issue.fields.project).name,
  issuetype: (world, issue) => issueTypeOf(world, issue.fields.issuetype).name,
  status: (_, issue) => Number(issue.fields.status.id),
  statusCategory: (world, issue) =>
    [1, 2, 4, 3].indexOf(statusOf(world, issue.fields.status).statusCategory.id),
  // The lowest priority comes first in ascending order.
  priority: (world, issue) =>
    issue.fields.priority ? -priorityOf(world, issue.fields.priority).sequence : null,
  resolution: (world, issue) =>
    issue.fields.resolution ? resolutionOf(world, issue.fields.resolution).sequence : null,
  assignee: (world, issue) => personOf(world, issue.fields.assignee)?.displayName ?? null,
  reporter: (world, issue) => personOf(world, issue.fields.reporter)?.displayName ?? null,
  creator: (world, issue) => personOf(world, issue.fields.creator)?.displayName ?? null,
  summary: (_, issue) => text(issue.fields.summary),
  labels: (_, issue) => text([...issue.fields.labels].sort().join(' ')),
  parent: (_, issue) => (issue.fields.parent ? Number(issue.fields.parent.id) : null),
  created: (_, issue) => moment(issue.fields.created),
  updated: (_, issue) => moment(issue.fields.updated),
  resolutiondate: (_, issue) => moment(issue.fields.resolutiondate),
  [RANK]: (_, issue) => rankOf(issue),
};

const ID: By = (_, issue) => Number(issue.id);

/** Reads `ORDER BY`; without it the newest issue comes first. Unknown fields are problems. */
export function orderingOf(at: Compilation, orderBy: readonly OrderTerm[]): Ordering {
  const terms = orderBy.flatMap(({ field: { name }, descending }) => {
    const named = fieldNamed(at.world, name);
    const by = (named && SYSTEM_ORDERS[named.id]) ?? (named ? byValue(named.field) : rankNamed(name));
    if (by) return [{ id: named?.id ?? RANK, descending, by }];
    refuse(at, unsortable(name, named !== undefined));
    return [];
  });
  const last = terms.at(-1);
  const descending = last?.descending ?? true;
  const ties =
    last?.id === 'priority' ? [{ id: 'updated', descending, by: SYSTEM_ORDERS.updated as By }] : [];
  return { terms: [...terms, ...ties, { id: 'id', descending, by: ID }] };
}

const rankNamed = (name: string): By | undefined =>
  name.toLowerCase() === 'rank' ? SYSTEM_ORDERS[RANK] : undefined;

const unsortable = (name: string, known: boolean): string =>
  known
    ? `Not able to sort using field '${name}'.`
    : `Field '${name}' does not exist or you do not have permission to view it.`;

/** By what an issue holds of a field; undefined for fields that nothing can be sorted by. */
function byValue(field: JqlField): By | undefined {
  if (field.kind === 'size') return (world, issue) => field.values(world, issue)[0] ?? null;
  if (field.operators.has('is') === false) return undefined;
  if (field.kind === 'text') return (world, issue) => text(field.texts(world, issue, undefined).join(' '));
  if (field.type === 'attachment' || field.type === 'filter') return undefined;
  return (world, issue) => {
    const [first] = field.ids(world, issue);
    return first === undefined ? null : /^\d+$/.test(first) ? Number(first) : first;
  };
}
