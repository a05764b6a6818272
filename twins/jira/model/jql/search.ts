/**
 * Running a query: by the indexes that hold its hits where these are few, along an index that has its order where they
 * are many. Pages fit together whichever way they were found, since a position is a place in the order itself.
 */
import { between, type Places } from '../../../../src/postings.ts';
import { Range, type Source } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Issue, issues, type User } from '../../world.ts';
import type { Hits, Narrowing, Stretch } from './compilation.ts';
import { type CompiledQuery, compileJql } from './compile.ts';
import { EVERY, idAtPlace, placeOfId } from './facets.ts';
import { comparePlaces, type Ordering, type Place, placeIn } from './order.ts';
import { inAll, isIn, isSought } from './places.ts';
import { visibleHits } from './visibleHits.ts';
import { type Walk, walked, walkedTogether, walkOf } from './walks.ts';

/** The issues that a query finds for a person (nobody: without a credential); throws `badQuery`. */
export const searchIssues = (world: World, me: User | undefined, jql: string): Range<Issue> =>
  found(world, me, compileJql(world, me, jql));

/** The same where the query must restrict something. */
export function searchBounded(world: World, me: User | undefined, jql: string): Range<Issue> {
  const query = compileJql(world, me, jql);
  if (!query.bounded)
    throw badQuery(
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  return found(world, me, query);
}

/** Whether a compiled query finds an issue for a person. */
export function finds(
  world: World,
  me: User | undefined,
  { hits }: CompiledQuery,
): (issue: Issue) => boolean {
  const { test } = visibleHits(world, me, hits);
  return test;
}

/** Issues from elsewhere in the order of a query. */
export function sorted(world: World, from: Range<Issue>, ordering: Ordering): Range<Issue> {
  const rows = [...from].map((issue) => ({ issue, place: placeIn(world, ordering, issue) }));
  rows.sort((a, b) => comparePlaces(ordering, a.place, b.place));
  return new Range<Issue>({
    scan: () => rows.map(({ issue, place }) => [JSON.stringify(place), issue] as const),
  });
}

const found = (world: World, me: User | undefined, { hits, ordering }: CompiledQuery): Range<Issue> =>
  new Range(new Search(world, visibleHits(world, me, hits), ordering));

/** How many hits one page is expected to show: what a walk that ends early saves. */
const PAGE_ROWS = 50;
/** What it costs to look at a row along an index, in the unit of going one place on in a list. */
const WALK_COST = 25;
/** What it costs to fetch a row and to sort it. */
const SORT_COST = 30;
/** What it costs to seek a place in a list. */
const SEEK_COST = 15;
/** Rows that are worth looking at to learn how long a stretch of time is. */
const STRETCH_ROWS_MAX = 1_000;

class Search implements Source<Issue> {
  readonly #world: World;
  readonly #hits: Hits;
  readonly #ordering: Ordering;
  readonly #walk: Walk | undefined;
  /** Narrowings, the narrowest first. */
  readonly #within: readonly Narrowing[];
  readonly #total: number;

  constructor(world: World, hits: Hits, ordering: Ordering) {
    this.#world = world;
    this.#hits = hits;
    this.#ordering = ordering;
    this.#walk = walkOf(ordering);
    this.#within = [...hits.within].sort((a, b) => a.count - b.count);
    this.#total = world.list(issues).count();
  }

  /** The hits after a position, in their order. */
  *scan(after: string | undefined): Iterable<readonly [string, Issue]> {
    let from = after === undefined ? undefined : readPlace(after, this.#ordering);
    const expected = this.#gatherCost();
    if (this.#walk && this.#walkCost() < expected) {
      let visited = 0;
      for (const issue of this.#along(this.#walk, from)) {
        // Hits may be rarer than they seemed: then what is left is sorted after all.
        if (++visited * WALK_COST > 2 * expected) break;
        if (!this.#isHit(issue)) continue;
        from = this.#placeOf(issue);
        yield [JSON.stringify(from), issue];
      }
      if (visited * WALK_COST <= 2 * expected) return;
    }
    if (this.#byId()) yield* this.#newestFirst(from);
    else yield* this.#sorted(from);
  }

  size(): number {
    const [first, ...others] = this.#within;
    if (this.#hits.exact && !first) return this.#total;
    if (this.#hits.exact && first?.among.length === 1 && others.length === 0) return first.count;
    if (this.#hits.exact) return inAll(this.#within).length;
    let count = 0;
    for (const _ of this.#gathered()) count++;
    return count;
  }

  /** Of an issue that a walk came by. Where a test must read texts, the lists are asked first. */
  #isHit(issue: Issue): boolean {
    if (!this.#hits.reads) return this.#hits.test(issue);
    const place = placeOfId(issue.id);
    return this.#within.every((one) => isIn(one, place)) && (this.#hits.exact || this.#hits.test(issue));
  }

  #placeOf(issue: Issue): Place {
    return placeIn(this.#world, this.#ordering, issue);
  }

  #along(walk: Walk, from: Place | undefined): Iterable<Issue> {
    const { projects = [''] } = this.#hits;
    const [project = '', ...others] = projects;
    const stretch = this.#stretchOn(walk.index);
    return others.length === 0
      ? walked(this.#world, walk, project, stretch, from)
      : walkedTogether(this.#world, walk, projects, stretch, this.#ordering, from);
  }

  /** Rows that a walk goes through for a page, by how rare hits seem, with their cost. */
  #walkCost(): number {
    const { projects } = this.#hits;
    const isOwn = ({ ids }: Narrowing) => projects !== undefined && ids === projects;
    const among = this.#within.find(isOwn)?.count ?? this.#total;
    let share = 1;
    for (const narrowing of this.#within)
      if (!isOwn(narrowing) && !narrowing.alike)
        share *= Math.min(1, narrowing.count / Math.max(1, this.#total));
    return WALK_COST * Math.min(among, PAGE_ROWS / Math.max(share, Number.MIN_VALUE));
  }

  /** What it costs to put all hits in order; by id they are in order already, and a page of them is enough. */
  #gatherCost(): number {
    const [first, ...others] = this.#within;
    let hits = Math.min(first?.count ?? this.#total, this.#total);
    let places = hits;
    for (const { count, alike } of others) {
      places += isSought(count, first) ? (first?.count ?? 0) * SEEK_COST : count;
      if (!alike) hits *= Math.min(1, count / Math.max(1, this.#total));
    }
    return this.#byId() ? (first ? PAGE_ROWS : WALK_COST * PAGE_ROWS) : places + hits * SORT_COST;
  }

  /** Whether the order is that of the places in every list. */
  #byId(): boolean {
    return this.#ordering.terms.length === 1;
  }

  *#newestFirst(from: Place | undefined): Iterable<readonly [string, Issue]> {
    const backwards = this.#ordering.terms[0]?.descending ?? true;
    for (const issue of this.#gathered(backwards)) {
      const place = this.#placeOf(issue);
      if (from === undefined || comparePlaces(this.#ordering, place, from) > 0)
        yield [JSON.stringify(place), issue];
    }
  }

  *#sorted(from: Place | undefined): Iterable<readonly [string, Issue]> {
    const rows: { place: Place; issue: Issue }[] = [];
    for (const issue of this.#gathered()) {
      const place = this.#placeOf(issue);
      if (from === undefined || comparePlaces(this.#ordering, place, from) > 0) rows.push({ place, issue });
    }
    rows.sort((a, b) => comparePlaces(this.#ordering, a.place, b.place));
    for (const { place, issue } of rows) yield [JSON.stringify(place), issue];
  }

  /** The hits, by id. */
  *#gathered(backwards?: boolean): Iterable<Issue> {
    const { test, exact } = this.#hits;
    for (const issue of this.#candidates(backwards)) if (exact || test(issue)) yield issue;
  }

  /** One by one in an order, of which a page is wanted; all at once without one. */
  *#candidates(backwards?: boolean): Iterable<Issue> {
    if (this.#within.length === 0 || (this.#within[0]?.count ?? 0) > STRETCH_ROWS_MAX) {
      const few = this.#inStretch();
      if (few) {
        yield* few.sort((a, b) => (backwards ? Number(b.id) - Number(a.id) : Number(a.id) - Number(b.id)));
        return;
      }
    }
    const atOnce = backwards === undefined && this.#within.length > 0;
    for (const place of atOnce ? inAll(this.#within) : this.#places(backwards)) {
      const issue = this.#world.get(issues, idAtPlace(place));
      if (issue) yield issue;
    }
  }

  /** The places that every narrowing holds, each once and in order; of all issues without one. */
  *#places(backwards = false): Iterable<string> {
    const [first, ...others] = this.#within;
    const lists = first ? first.among : [this.#world.postings(issues, 'facets').get(EVERY) ?? []];
    let found = merged(lists, backwards);
    for (const other of others) {
      found = isSought(other.count, first)
        ? filtered(found, other)
        : common(found, merged(other.among, backwards), backwards);
    }
    yield* found;
  }

  /** The issues of a stretch of time, where they are few; undefined where they are not. */
  #inStretch(): Issue[] | undefined {
    const { projects = [] } = this.#hits;
    for (const index of ['byUpdate', 'byCreation'] as const) {
      const stretch = this.#stretchOn(index);
      if (!stretch) continue;
      const rows: Issue[] = [];
      for (const issue of walked(
        this.#world,
        { index, reverse: true },
        projects.length === 1 ? (projects[0] as string) : '',
        stretch,
        undefined,
      )) {
        if (rows.length >= STRETCH_ROWS_MAX) return undefined;
        rows.push(issue);
      }
      return rows.filter(this.#hits.test);
    }
    return undefined;
  }

  /** What all stretches of an index have in common. */
  #stretchOn(index: Walk['index']): Stretch | undefined {
    const own = this.#hits.stretches.filter((one) => one.index === index);
    if (own.length === 0) return undefined;
    return {
      index: own[0]?.index as Stretch['index'],
      from: Math.max(...own.map((one) => one.from)),
      to: Math.min(...own.map((one) => one.to)),
    };
  }
}

function readPlace(position: string, { terms }: Ordering): Place | undefined {
  const place: unknown = JSON.parse(position);
  return Array.isArray(place) && place.length === terms.length ? (place as Place) : undefined;
}

function* filtered(places: Iterable<string>, narrowing: Narrowing): Iterable<string> {
  for (const place of places) if (isIn(narrowing, place)) yield place;
}

/** The places that are in both, which have the same order. */
function* common(a: Iterable<string>, b: Iterable<string>, backwards: boolean): Iterable<string> {
  const others = b[Symbol.iterator]();
  let other = others.next();
  for (const place of a) {
    while (!other.done && (backwards ? other.value > place : other.value < place)) other = others.next();
    if (other.done) return;
    if (other.value === place) yield place;
  }
}

/** Several lists of places as one, each place once. */
function* merged(lists: readonly Places[], backwards: boolean): Iterable<string> {
  if (lists.length <= 1) {
    for (const places of lists) yield* between(places, '', '\uffff', backwards);
    return;
  }
  if (lists.length <= MERGED_IN_TURN_MAX) {
    yield* mergedInTurn(lists, backwards);
    return;
  }
  const all = new Set(lists.flatMap((places) => [...between(places, '', '\uffff', false)]));
  const sorted = [...all].sort();
  yield* backwards ? sorted.reverse() : sorted;
}

/** So many lists are gone through side by side; more are put together first. */
const MERGED_IN_TURN_MAX = 8;

function* mergedInTurn(lists: readonly Places[], backwards: boolean): Iterable<string> {
  const heads = lists.map((places) => between(places, '', '\uffff', backwards)[Symbol.iterator]());
  const next = heads.map((head) => head.next());
  for (let last: string | undefined; ; ) {
    let best = -1;
    for (let i = 0; i < next.length; i++) {
      const [own, other] = [next[i], next[best]];
      if (!own || own.done) continue;
      if (!other || other.done || (backwards ? own.value > other.value : own.value < other.value)) best = i;
    }
    const found = next[best];
    if (!found || found.done) return;
    if (found.value !== last) yield found.value;
    last = found.value;
    next[best] = (heads[best] as Iterator<string>).next();
  }
}
