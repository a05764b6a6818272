/** Ways to the issues that hold something, by the index of facets or by lists of ids. */
import type { Places } from '../../../../src/postings.ts';
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Follower, type Issue, issues } from '../../world.ts';
import type { Value } from './ast.ts';
import { facet, placeOfId, wordFacet } from './facets.ts';

/** The issues of which `field` holds one of these ids. */
export const holding = (world: World, field: string, ids: readonly string[]): Places[] =>
  world.postings(issues, 'facets').all(ids.map((id) => facet(field, id)));

/** The issues of which `field` holds nothing. */
export const holdingNothing = (world: World, field: string): Places =>
  world.postings(issues, 'facets').get(facet(field)) ?? [];

/** The issues in one of whose texts a word stands. */
export const saying = (world: World, fields: readonly string[], stemmed: string): Places[] =>
  world.postings(issues, 'facets').all(fields.map((field) => wordFacet(field, stemmed)));

/** Exactly these issues. */
export const these = (ids: Iterable<string>): Places[] => [[...new Set(ids)].map(placeOfId).sort()];

/** The issues that one of these people follows. */
export const followed = (world: World, kind: Table<Follower>, accounts: readonly string[]): Places[] =>
  these(
    accounts.flatMap((accountId) =>
      world
        .list(kind, { index: 'account', equals: accountId })
        .toArray()
        .map((row) => row.issueId),
    ),
  );

/** The row with a written name or id: a number means the id first, a text the name. */
export function named<E extends { id: string; name: string }>(
  world: World,
  rows: Table<E>,
  { text, number }: Value,
): string[] {
  const byName = rowsNamed(world, rows, text.toLowerCase()).map((row) => row.id);
  const byId = world.get(rows, text) ? [text] : [];
  const [first, second] = number ? [byId, byName] : [byName, byId];
  return first.length > 0 ? first : second;
}

function rowsNamed<E extends { id: string; name: string }>(world: World, rows: Table<E>, lower: string): E[] {
  const indexed = rows.indexes.some((index) => index.name === 'name');
  return indexed
    ? world.list(rows, { index: 'name', equals: lower }).toArray()
    : world.list(rows, { where: (row) => row.name.toLowerCase() === lower }).toArray();
}

/** What a single reference of an issue holds. */
export const single =
  (get: (issue: Issue) => { id: string } | null) =>
  (_: World, issue: Issue): string[] => {
    const ref = get(issue);
    return ref ? [ref.id] : [];
  };

/** The same of a person. */
export const singlePerson =
  (get: (issue: Issue) => { accountId: string } | null) =>
  (_: World, issue: Issue): string[] => {
    const ref = get(issue);
    return ref ? [ref.accountId] : [];
  };
