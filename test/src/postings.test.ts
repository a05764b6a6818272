import { describe, expect, it } from 'vitest';
import { between, countOf, hasPlace, type Places } from '../../src/postings.ts';
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
      // By number, whatever the letter.
      place: (key) => key.split('/').reverse().join('/'),
      same: (a, b) => a.text === b.text,
    },
  },
});

const id = (n: number, group = 'a') => `${group}/${String(n).padStart(5, '0')}`;
const at = (n: number, group = 'a') => `${String(n).padStart(5, '0')}/${group}`;
const placesOf = (state: State, term: string): string[] => {
  const places = state.postings(notes, 'said').get(term);
  return places === undefined ? [] : [...between(places, '', '\uffff', false)];
};
const write = (state: State, work: () => void) => {
  state.begin();
  work();
  state.commit();
};

describe('a text index', () => {
  it('finds rows by the words that they say now, in the order of their places', () => {
    const state = new State();
    write(state, () => {
      state.insert(notes, { id: id(1), text: 'red fish' });
      state.insert(notes, { id: id(2), text: 'blue fish' });
      state.insert(notes, { id: id(1, 'b'), text: 'red hat' });
    });
    expect(placesOf(state, 'red')).toEqual([at(1), at(1, 'b')]);
    expect(placesOf(state, 'fish')).toEqual([at(1), at(2)]);
    write(state, () => {
      state.replace(notes, { id: id(1), text: 'green fish' });
      state.remove(notes, id(2));
    });
    expect([placesOf(state, 'red'), placesOf(state, 'fish'), placesOf(state, 'blue')]).toEqual([
      [at(1, 'b')],
      [at(1)],
      [],
    ]);
    const terms = [...state.postings(notes, 'said').beginning('h')].map(([term]) => term);
    expect(terms).toEqual(['hat']);
  });

  it('keeps thousands of rows in order, whatever order they come and go in', () => {
    const state = new State();
    const order = Array.from({ length: 3_000 }, (_, n) => (n * 1_237) % 3_000);
    write(state, () => {
      for (const n of order) state.insert(notes, { id: id(n), text: 'fish' });
    });
    const places = state.postings(notes, 'said').get('fish') as Places;
    expect(countOf(places)).toBe(3_000);
    expect([...between(places, at(10), at(13), true)]).toEqual([at(12), at(11), at(10)]);
    write(state, () => {
      for (const n of order) if (n % 3 !== 0) state.remove(notes, id(n));
    });
    const left = state.postings(notes, 'said').get('fish') as Places;
    expect([countOf(left), hasPlace(left, at(3)), hasPlace(left, at(4))]).toEqual([1_000, true, false]);
    expect([...between(left, '', '\uffff', false)]).toEqual([...placesOf(state, 'fish')].sort());
  });

  it('is a fork’s own from the first change on, and goes back with a transaction that failed', () => {
    const state = new State();
    write(state, () => {
      for (let n = 0; n < 400; n++) state.insert(notes, { id: id(n), text: 'fish' });
    });
    const fork = state.fork();
    write(fork, () => fork.insert(notes, { id: id(400), text: 'fish' }));
    write(state, () => state.remove(notes, id(0)));
    expect([placesOf(fork, 'fish').length, placesOf(state, 'fish').length]).toEqual([401, 399]);
    state.begin();
    state.insert(notes, { id: id(500), text: 'fish' });
    state.rollback();
    expect(placesOf(state, 'fish').length).toBe(399);
  });
});
