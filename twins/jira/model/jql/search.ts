/** Running a query: the rows of the best look-up, tested, in order. */
import { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Issue, issues, type User } from '../../world.ts';
import { browsing } from '../permissions/may.ts';
import { stamp } from '../time.ts';
import { type CompiledQuery, compileJql, type Lookup } from './compile.ts';

/** The issues that a query finds for a person (or nobody), of those that they may see. */
export function searchIssues(world: World, me: User | undefined, jql: string): Range<Issue> {
  return found(world, me, compileJql(world, me, jql));
}

/** The same where the query must restrict something. */
export function searchBounded(world: World, me: User | undefined, jql: string): Range<Issue> {
  const query = compileJql(world, me, jql);
  if (!query.bounded)
    throw badQuery(
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  return found(world, me, query);
}

function found(world: World, me: User | undefined, query: CompiledQuery): Range<Issue> {
  const seen = browsing(world, me);
  return (walked(world, query) ?? sorted(world, query)).filter(seen);
}

const sorted = (world: World, { test, lookup, orderBy }: CompiledQuery): Range<Issue> =>
  new Range<Issue>({ scan: () => rows(world, lookup) }, { where: test, orderBy });

/** Look-ups that may leave so many rows that an index in the wanted order serves better. */
const BROAD = new Set(['project', 'issuetype', 'status', 'creator', 'reporter']);

/** The hits along an index that has their order already: a page costs what it shows, not what there is. */
function walked(
  world: World,
  { test, lookup, walk, project, since }: CompiledQuery,
): Range<Issue> | undefined {
  if (!walk || (lookup && !BROAD.has(lookup.index)) || (walk.withinProject && !project)) return undefined;
  const from = since[walk.index];
  const place = `${project ?? ''}/`;
  return world.list(issues, {
    index: walk.index,
    from: place + (from === undefined || Number.isNaN(from) ? '' : stamp(from)),
    to: `${place}\uffff`,
    reverse: walk.reverse,
    where: test,
  });
}

/** Rows that a look-up names, each once; all rows without one. The position is the id: order settles the rest. */
function* rows(world: World, lookup: Lookup | undefined): Iterable<readonly [string, Issue]> {
  if (!lookup) {
    for (const issue of world.list(issues)) yield [issue.id, issue];
    return;
  }
  const seen = new Set<string>();
  for (const key of lookup.keys)
    for (const issue of rowsOf(world, lookup.index, key)) {
      if (seen.has(issue.id)) continue;
      seen.add(issue.id);
      yield [issue.id, issue];
    }
}

function rowsOf(world: World, index: string, key: string): Iterable<Issue> {
  if (index !== 'id') return world.list(issues, { index, equals: key });
  const one = world.get(issues, key);
  return one ? [one] : [];
}
