import { describe, expect, it } from 'vitest';
import { compact, diffRoots, State } from '../../src/state.ts';
import { sortable, table, words } from '../../src/table.ts';
import { median, timed } from '../bench/measure.ts';

interface Row {
  id: string;
  team?: string;
  rank?: number;
  text?: string;
}
const people = table<Row>({
  name: 'toy.people',
  key: (row) => row.id,
  indexes: {
    team: (row) => row.team,
    rank: (row) => (row.rank === undefined ? undefined : sortable(row.rank)),
    words: (row) => words(row.text ?? ''),
    squad: { keys: (row) => row.team, holdsRows: true },
  },
});

function filled(rows: Row[]): State {
  const state = new State();
  write(state, () => rows.map((row) => state.insert(people, row)));
  return state;
}

function write<T>(state: State, work: () => T): T {
  state.begin();
  const result = work();
  state.commit();
  return result;
}

const ids = (rows: Iterable<Row>) => [...rows].map((row) => row.id);
const TEAM: Row[] = [
  { id: 'a', team: 'red', rank: 3, text: 'quick brown fox' },
  { id: 'b', team: 'blue', rank: 1, text: 'lazy dog' },
  { id: 'c', team: 'red', rank: 2, text: 'brown dog' },
  { id: 'd', rank: 10 },
];

describe('a list', () => {
  it('walks an index, in its order, both ways', () => {
    const state = filled(TEAM);
    expect(ids(state.list(people, { index: 'team', equals: 'red' }))).toEqual(['a', 'c']);
    expect(ids(state.list(people, { index: 'rank' }))).toEqual(['b', 'c', 'a', 'd']);
    expect(ids(state.list(people, { index: 'rank', reverse: true }))).toEqual(['d', 'a', 'c', 'b']);
  });

  it('finds its first row from either end as a walk would', () => {
    const state = filled(TEAM);
    const queries = [
      {},
      { index: 'team', equals: 'red' },
      { index: 'rank' },
      { prefix: 'b' },
      { equals: 'c' },
      { from: 'b', to: 'c' },
      { index: 'team', equals: 'none' },
    ];
    for (const query of queries)
      for (const reverse of [false, true]) {
        const range = state.list(people, { ...query, reverse });
        expect([query, reverse, range.first()]).toEqual([query, reverse, range.toArray()[0]]);
      }
  });

  it('takes a range of keys, and rows that several indexes hold', () => {
    const state = filled(TEAM);
    expect(ids(state.list(people, { index: 'rank', from: sortable(2), to: sortable(10) }))).toEqual([
      'c',
      'a',
    ]);
    const both = { index: 'words', equals: 'brown', intersect: [{ index: 'words', equals: 'dog' }] };
    expect(ids(state.list(people, both))).toEqual(['c']);
  });

  it('sorts by what no index holds, and pages through it', () => {
    const state = filled(TEAM);
    const range = () =>
      state.list(people, {
        orderBy: [{ by: (row) => row.team ?? null }, { by: (row) => row.id, descending: true }],
      });
    const first = range().page({ limit: 2 });
    const second = range().page({ limit: 2, after: first.next });
    expect([ids(first.items), ids(second.items), second.more]).toEqual([['d', 'b'], ['c', 'a'], false]);
  });

  it('goes on from a position when the row there is gone', () => {
    const state = filled(TEAM);
    const page = state.list(people, { reverse: true }).page({ limit: 2 });
    write(state, () => state.remove(people, 'c'));
    expect(ids(state.list(people, { reverse: true }).page({ limit: 2, after: page.next }).items)).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('an index that holds rows', () => {
  const texts = (state: State) =>
    [...state.list(people, { index: 'squad', equals: 'red' })].map(({ id, text }) => `${id}: ${text}`);

  it('gives each as it is now, in forks and after a rollback too', () => {
    const state = filled(TEAM);
    const fork = state.fork();
    write(state, () => state.replace(people, { id: 'a', team: 'red', text: 'slow' }));
    expect(texts(state)).toEqual(['a: slow', 'c: brown dog']);
    expect(texts(fork)).toEqual(['a: quick brown fox', 'c: brown dog']);
    state.begin();
    state.replace(people, { id: 'a', team: 'red', text: 'dead' });
    state.replace(people, { id: 'c', team: 'blue' });
    expect(texts(state)).toEqual(['a: dead']);
    state.rollback();
    expect(texts(state)).toEqual(['a: slow', 'c: brown dog']);
  });
});

describe('a transaction', () => {
  it('that is rolled back leaves rows and indexes as they were', () => {
    const state = filled(TEAM);
    const before = state.snapshot();
    state.begin();
    state.replace(people, { id: 'a', team: 'blue' });
    state.remove(people, 'b');
    state.insert(people, { id: 'z', team: 'red' });
    state.rollback();
    expect(diffRoots(before, state.snapshot())).toEqual([]);
    expect(ids(state.list(people, { index: 'team', equals: 'red' }))).toEqual(['a', 'c']);
  });

  it('says what it changed, one change per row', () => {
    const state = filled(TEAM);
    state.begin();
    state.replace(people, { id: 'a', team: 'blue' });
    state.replace(people, { id: 'a', team: 'green' });
    state.insert(people, { id: 'z' });
    state.remove(people, 'z');
    expect(compact(state.commit()).map(({ key, after }) => [key, after])).toEqual([
      ['a', { id: 'a', team: 'green' }],
    ]);
  });

  it('is the only place for writes', () => {
    expect(() => filled([]).insert(people, { id: 'x' })).toThrow('outside a transaction');
  });
});

describe('a fork', () => {
  it('and a restored snapshot have what was there, and nothing of what came after', () => {
    const state = filled(TEAM);
    const fork = state.fork();
    const mark = state.snapshot();
    write(state, () => state.remove(people, 'a'));
    write(fork, () => fork.insert(people, { id: 'e', team: 'red' }));
    expect([ids(state.list(people)), ids(fork.list(people))]).toEqual([
      ['b', 'c', 'd'],
      ['a', 'b', 'c', 'd', 'e'],
    ]);
    state.restore(mark);
    expect(ids(state.list(people, { index: 'team', equals: 'red' }))).toEqual(['a', 'c']);
  });

  it('costs the same with 10 tables and 500', () => {
    const costOf = (count: number) => {
      const state = new State();
      const tables = Array.from({ length: count }, (_, i) =>
        table<Row>({ name: `toy.t${i}`, key: (row) => row.id }),
      );
      write(state, () => tables.map((one) => state.insert(one, { id: 'x' })));
      return median(timed(2_000, () => state.fork()));
    };
    const [few, many] = [costOf(10), costOf(500)];
    // Copying 500 tables one by one costs some hundred times more: a factor tells it from noise.
    expect(many).toBeLessThan(few * 10 + 0.005);
  });

  it('differs by what was changed only, however much there is', () => {
    const state = filled(Array.from({ length: 5_000 }, (_, i) => ({ id: sortable(i), team: 'red' })));
    const fork = state.fork();
    write(fork, () => fork.replace(people, { id: sortable(42), team: 'blue' }));
    const changes = diffRoots(state.snapshot(), fork.snapshot());
    expect(changes.map((change) => [change.key, (change.after as Row).team])).toEqual([
      [sortable(42), 'blue'],
    ]);
  });

  it('is left as it was by a row that an index cannot read', () => {
    const state = filled(TEAM);
    state.begin();
    state.replace(people, { id: 'a', team: 'green' });
    const unreadable = { id: 'b', text: 5 as unknown as string };
    expect(() => state.replace(people, unreadable)).toThrow();
    state.rollback();
    expect(state.get(people, 'b')).toEqual(TEAM[1]);
    expect(ids(state.list(people, { index: 'team', equals: 'red' }))).toEqual(['a', 'c']);
  });
});

describe('a row that an index cannot read', () => {
  it('is refused before anything has changed', () => {
    const state = filled(TEAM);
    const before = state.snapshot();
    state.begin();
    expect(() => state.insert(people, { id: 'z', team: { red: true } as unknown as string })).toThrow(
      'no text',
    );
    state.rollback();
    expect(diffRoots(before, state.snapshot())).toEqual([]);
  });
});

describe('a transaction of several pieces', () => {
  it('goes back to where a piece began and keeps what was done before it', () => {
    const state = filled(TEAM);
    state.begin();
    state.insert(people, { id: 'e', team: 'green' });
    const place = state.changed;
    state.insert(people, { id: 'f', team: 'green' });
    state.remove(people, 'a');
    state.rollbackTo(place);
    expect(state.commit().map((change) => change.key)).toEqual(['e']);
    expect(ids(state.list(people, { index: 'team', equals: 'green' }))).toEqual(['e']);
    expect(ids(state.list(people, { index: 'team', equals: 'red' }))).toEqual(['a', 'c']);
  });
});
