/**
 * Orders that an index of the issues' table has already: walked along, a page costs what it shows, not what there is.
 */
import type { Query } from '../../../../src/state.ts';
import { PART } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issues, priorities } from '../../world.ts';
import { RANK } from '../fields/fields.ts';
import { sortableMoment } from '../time.ts';
import type { Stretch } from './compilation.ts';
import { placeOfId } from './facets.ts';
import { comparePlaces, type Ordering, type Place, placeIn } from './order.ts';

/** A walk along an index, in stretches: in the order of a query, among the issues of one project or of all. */
export interface Walk {
  index: 'byCreation' | 'byUpdate' | 'byPriority' | 'byRank';
  reverse: boolean;
}

/** The index that has an order; undefined where rows must be sorted. */
export function walkOf({ terms }: Ordering): Walk | undefined {
  const [first] = terms;
  const reverse = first?.descending ?? true;
  if (terms.some((term) => term.descending !== reverse)) return undefined;
  const index = INDEXES[terms.map((term) => term.id).join(' ')];
  return index && { index, reverse };
}

const INDEXES: Readonly<Record<string, Walk['index']>> = {
  'created id': 'byCreation',
  'updated id': 'byUpdate',
  'priority updated id': 'byPriority',
  [`${RANK} id`]: 'byRank',
};

/** So many projects are walked along side by side. */
export const PROJECTS_WALKED_MAX = 8;

/** The issues of several projects along a walk, in the one order of all. */
export function* walkedTogether(
  world: World,
  walk: Walk,
  projects: readonly string[],
  stretch: Stretch | undefined,
  ordering: Ordering,
  after: Place | undefined,
): Iterable<Issue> {
  const heads = projects.map((project) => {
    const rows = walked(world, walk, project, stretch, after)[Symbol.iterator]();
    return { rows, ...headOf(world, ordering, rows) };
  });
  for (;;) {
    let best: (typeof heads)[number] | undefined;
    for (const head of heads)
      if (head.issue && (!best?.issue || comparePlaces(ordering, head.place, best.place) < 0)) best = head;
    if (!best?.issue) return;
    yield best.issue;
    Object.assign(best, headOf(world, ordering, best.rows));
  }
}

function headOf(
  world: World,
  ordering: Ordering,
  rows: Iterator<Issue>,
): { issue: Issue | undefined; place: Place } {
  const { done, value } = rows.next();
  return done ? { issue: undefined, place: [] } : { issue: value, place: placeIn(world, ordering, value) };
}

/** The issues along a walk from a place (excluded) on. */
export function* walked(
  world: World,
  { index, reverse }: Walk,
  project: string,
  stretch: Stretch | undefined,
  after: Place | undefined,
): Iterable<Issue> {
  const bounds =
    index === 'byPriority' ? byPriority(world, reverse, after) : [boundsOf(index, stretch, after)];
  for (const { low = '', high = '\uffff', past } of bounds) {
    const lead = `${project}/`;
    const query: Query<Issue> = { index, reverse, from: lead + low, to: lead + high };
    if (past !== undefined && reverse) query.to = lead + past;
    if (past !== undefined && !reverse) query.from = `${lead + past}\u0000`;
    yield* world.list(issues, query);
  }
}

/** A part of an index, behind a position of it where one is given. */
interface Bounds {
  low?: string;
  high?: string;
  past?: string | undefined;
}

function boundsOf(index: Walk['index'], stretch: Stretch | undefined, after: Place | undefined): Bounds {
  const past = after && [index === 'byRank' ? String(after[0]) : timeOf(after[0]), idOf(after[1])].join('/');
  if (stretch?.index !== index) return { past };
  return {
    ...(stretch.from > 0 ? { low: sortableMoment(stretch.from) } : {}),
    ...(Number.isFinite(stretch.to) ? { high: sortableMoment(stretch.to) } : {}),
    past,
  };
}

/** Priority after priority, the lowest first unless `reverse`; nothing comes behind everything. */
function byPriority(world: World, reverse: boolean, after: Place | undefined): Bounds[] {
  const known = world
    .list(priorities)
    .toArray()
    .map((row) => ({ id: row.id, at: -row.sequence }))
    .sort((a, b) => a.at - b.at);
  const ascending = [...known, { id: '', at: null }];
  const inTurn = reverse ? ascending.reverse() : ascending;
  const from = after ? inTurn.findIndex((one) => one.at === after[0]) : 0;
  return inTurn.slice(Math.max(from, 0)).map(({ id }, i) => ({
    low: `${id}/`,
    high: `${id}/\uffff`,
    past: after && i === 0 ? [id, timeOf(after[1]), idOf(after[2])].join('/') : undefined,
  }));
}

const timeOf = (value: Place[number] | undefined): string => sortableMoment(Number(value ?? 0));
const idOf = (value: Place[number] | undefined): string => {
  const id = String(value);
  return `${placeOfId(id)}${PART}${id}`;
};
