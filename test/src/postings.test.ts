import { describe, expect, it } from 'vitest';
import { between, countOf, hasKey, type Keys } from '../../src/postings.ts';
import { State } from '../../src/state.ts';
import { table, words } from '../../src/table.ts';

interface Note {
  id: string;
  text: string;
  seen?: number;
}

const notes = table<Note>({
  name: 'toy.notes',
  key: (row) => row.id,
  texts: {
    said: {
      terms: (row) => words(row.text),
      group: (key) => key.slice(0, key.indexOf('/')),
      same: (a, b) => a.text === b.text,
    },
  },
});

const id = (n: number, group = 'a') => `${group}/${String(n).padStart(5, '0')}`;
const keysIn = (state: State, term: string, group = 'a'): string[] => {
  const keys = state.postings(notes, 'said').get(term, group);
  return keys === undefined ? [] : [...between(keys, '', '\uffff', false)];
};
const write = (state: State, work: () => void) => {
  state.begin();
  work();
  state.commit();
};

describe('a text index', () => {
  it('finds rows by the words that they say now, group by group', () => {
    const state = new State();
    write(state, () => {
      state.insert(notes, { id: id(1), text: 'red fish' });
      state.insert(notes, { id: id(2), text: 'blue fish' });
      state.insert(notes, { id: id(1, 'b'), text: 'red hat' });
    });
    expect([...state.postings(notes, 'said').groups('red')].map(([group]) => group)).toEqual(['a', 'b']);
    expect(keysIn(state, 'fish')).toEqual([id(1), id(2)]);
    write(state, () => {
      state.replace(notes, { id: id(1), text: 'green fish' });
      state.remove(notes, id(2));
    });
    expect([keysIn(state, 'red'), keysIn(state, 'fish'), keysIn(state, 'blue')]).toEqual([[], [id(1)], []]);
    const terms = [...state.postings(notes, 'said').beginning('h')].map(([term]) => term);
    expect(terms).toEqual(['hat']);
  });

  it('keeps thousands of rows in order, whatever order they come and go in', () => {
    const state = new State();
    const order = Array.from({ length: 3_000 }, (_, n) => (n * 1_237) % 3_000);
    write(state, () => {
      for (const n of order) state.insert(notes, { id: id(n), text: 'fish' });
    });
    const keys = state.postings(notes, 'said').get('fish', 'a') as Keys;
    expect(countOf(keys)).toBe(3_000);
    expect([...between(keys, id(10), id(13), true)]).toEqual([id(12), id(11), id(10)]);
    write(state, () => {
      for (const n of order) if (n % 3 !== 0) state.remove(notes, id(n));
    });
    const left = state.postings(notes, 'said').get('fish', 'a') as Keys;
    expect([countOf(left), hasKey(left, id(3)), hasKey(left, id(4))]).toEqual([1_000, true, false]);
    expect([...between(left, '', '\uffff', false)]).toEqual([...keysIn(state, 'fish')].sort());
  });

  it('is a fork’s own from the first change on, and goes back with a transaction that failed', () => {
    const state = new State();
    write(state, () => {
      for (let n = 0; n < 400; n++) state.insert(notes, { id: id(n), text: 'fish' });
    });
    const fork = state.fork();
    write(fork, () => fork.insert(notes, { id: id(400), text: 'fish' }));
    write(state, () => state.remove(notes, id(0)));
    expect([keysIn(fork, 'fish').length, keysIn(state, 'fish').length]).toEqual([401, 399]);
    state.begin();
    state.insert(notes, { id: id(500), text: 'fish' });
    state.rollback();
    expect(keysIn(state, 'fish').length).toBe(399);
  });
});
