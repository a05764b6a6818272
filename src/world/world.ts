/**
 * The universe as models see it, inside one transaction: rows, time, ids, events, scheduled work. Everything
 * that is written through it goes back when the transaction is thrown away.
 */
import { Asked, type Behind } from '../asked.ts';
import { secretText } from '../ids.ts';
import type { KeyRing, RsaKey } from '../keys.ts';
import type { RateLimits } from '../limit.ts';
import type { Postings } from '../postings.ts';
import { type Draw, draw } from '../prng.ts';
import type { Range } from '../range.ts';
import type { Change, Moment, Query, State } from '../state.ts';
import { sortable, type Table, table } from '../table.ts';
import type { DeliveryOutcome, EventInput } from '../twin.ts';
import { type Telling, type Told, toldTogether } from '../wiring.ts';
import type { Person } from './cast.ts';

/** Work to be done when the universe's clock gets there. */
export interface Timer {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Whose timers are asked for `name`; `_` is the kernel. */
  twin: string;
  name: string;
  payload: Record<string, unknown>;
}

interface Counter {
  name: string;
  count: number;
}

export const counters = table<Counter>({ name: '_counters', key: (row) => row.name });
export const timers = table<Timer>({
  name: '_timers',
  key: (row) => row.id,
  indexes: { at: (row) => sortable(row.at) },
});

/** What a universe lends to the transactions that run in it. */
export interface WorldHost {
  readonly id: string;
  readonly seed: number;
  /** What makes credentials unguessable. */
  readonly salt: string;
  /** What signs, and what key files hold. */
  readonly keys: KeyRing;
  readonly state: State;
  readonly cast: readonly Person[];
  /** Which limits of rate hold. */
  readonly rateLimits: RateLimits;
  /** Fills `${name}` from the universe's bindings; undefined where a name is not bound. */
  bound(text: string): string | undefined;
  /** The address of a twin by which `app` was last reached by its program, else the public one. */
  baseOf(twin: string, app?: string): string;
  now(): number;
}

export class World {
  readonly #host: WorldHost;
  readonly #base: string | undefined;
  readonly emitted: { twin: string; event: EventInput }[] = [];
  /** What is said of people in this transaction, by the twin's own id of them. */
  readonly told = new Map<string, Told>();
  /** The twin on whose behalf this transaction runs. */
  readonly twin: string;
  /** The request that this transaction answers; undefined where none is behind it. */
  readonly behind: Behind | undefined;

  constructor(host: WorldHost, twin: string, base?: string, behind?: Behind) {
    this.#host = host;
    this.#base = base;
    this.twin = twin;
    this.behind = behind;
  }

  /** Which of the universe's exchanges this is part of, from 1; 0 where no request is behind it. */
  get exchange(): number {
    return this.behind?.exchange ?? 0;
  }

  get universe(): string {
    return this.#host.id;
  }

  get seed(): number {
    return this.#host.seed;
  }

  /** The people that every twin shares. */
  get cast(): readonly Person[] {
    return this.#host.cast;
  }

  /** Which limits of rate hold: the pipeline counts requests, a twin what else its vendor limits. */
  get rateLimits(): RateLimits {
    return this.#host.rateLimits;
  }

  /** Universe time, milliseconds since the epoch. */
  now(): number {
    return this.#host.now();
  }

  /** The address that links are to be made with: by which the request came, else the twin's own. */
  base(app?: string): string {
    return this.#base ?? this.#host.baseOf(this.twin, app);
  }

  bound(text: string): string | undefined {
    return this.#host.bound(text);
  }

  get<E extends object>(table: Table<E>, key: string): E | undefined {
    return this.#host.state.get(table, key);
  }

  /** The row, or what `missing` makes is thrown. */
  require<E extends object>(table: Table<E>, key: string, missing: () => Error): E {
    const row = this.#host.state.get(table, key);
    if (!row) throw missing();
    return row;
  }

  insert<E extends object>(table: Table<E>, row: E): E {
    return this.#host.state.insert(table, row);
  }

  /** Changes some fields of a row that exists (or computes the new row from the old) and returns it. */
  update<E extends object>(table: Table<E>, key: string, change: Partial<E> | ((row: E) => E)): E {
    const row = this.require(table, key, () => new Error(`${table.name}: no ${key}`));
    return this.#host.state.replace(
      table,
      typeof change === 'function' ? change(row) : { ...row, ...change },
    );
  }

  /** Inserts the row or puts it in the place of the one with its key. */
  put<E extends object>(table: Table<E>, row: E): E {
    return this.get(table, table.key(row)) ? this.#host.state.replace(table, row) : this.insert(table, row);
  }

  /** Says whether there was such a row. */
  remove<E extends object>(table: Table<E>, key: string): boolean {
    return this.#host.state.remove(table, key);
  }

  list<E extends object>(table: Table<E>, query?: Query<E>): Range<E> {
    return this.#host.state.list(table, query);
  }

  /** A table as it is now, for `since`. */
  momentOf(table: Table<never>): Moment {
    return this.#host.state.momentOf(table);
  }

  /** What has changed in a table since `moment`; undefined where nothing can have. Costs what has changed. */
  since(table: Table<never>, moment: Moment): Change[] | undefined {
    return this.#host.state.since(table, moment);
  }

  /** Stands for this universe's rows, the same as long as there are any: what is derived from them is kept by. */
  get owner(): object {
    return this.#host.state;
  }

  /** One of the table's text indexes, for searches. */
  postings<E extends object>(table: Table<E>, name: string): Postings {
    return this.#host.state.postings(table, name);
  }

  /** 1, 2, 3 … per name; goes back with the transaction. */
  next(name: string): number {
    const count = (this.get(counters, name)?.count ?? 0) + 1;
    this.put(counters, { name, count });
    return count;
  }

  /** A fresh draw for `purpose`: the nth of that purpose in this universe. */
  draw(purpose: string): Draw {
    return draw(this.seed, purpose, this.next(purpose));
  }

  /** The draw that belongs to a thing: equal parts give equal draws every time. */
  drawFor(purpose: string, ...parts: readonly (string | number)[]): Draw {
    return draw(this.seed, purpose, ...parts);
  }

  /** Text for a credential, unguessable once the server has a salt of its own. */
  secret(parts: readonly (string | number)[], count: number, alphabet?: string): string {
    return secretText(this.#host.salt, this.seed, parts, count, alphabet);
  }

  /** The nth RSA key that the server lends: to sign tokens with, or to hand out in a key file. */
  rsaKey(nth: number): RsaKey {
    return this.#host.keys.key(nth);
  }

  /** Sends something to a program, after this transaction is done. */
  emit(event: EventInput): void {
    this.emitted.push({ twin: this.twin, event });
  }

  /**
   * What a program answers to `request`, for work that cannot go on without it. Throws `Asked` the first time: the
   * transaction goes back, the program is called, and the work is done anew with the answer at hand. `name` tells the
   * questions of one exchange apart. Where no request is behind the work nobody is called.
   */
  ask(name: string, request: EventInput): DeliveryOutcome {
    if (!this.behind) return { status: 0, headers: {}, body: '', failure: 'unbound' };
    const answer = this.behind.answers.get(name);
    if (!answer) throw new Asked(name, request);
    return answer;
  }

  /**
   * Does one piece of a work of many. Where it throws, all that it wrote and sent goes back, and what was done before
   * it stays: one request that makes fifty things tells of the three that failed.
   */
  attempt<T>(piece: () => T): T {
    const { state } = this.#host;
    const place = state.changed;
    const sent = this.emitted.length;
    const told = new Map(this.told);
    try {
      return piece();
    } catch (error) {
      state.rollbackTo(place);
      this.emitted.length = sent;
      this.told.clear();
      for (const [id, telling] of told) this.told.set(id, telling);
      throw error;
    }
  }

  /** Lets the twins that are wired to this one hear of a person, after this transaction is done. */
  tell(id: string, telling: Telling): void {
    this.told.set(id, toldTogether(this.told.get(id), telling));
  }

  /** Has the twin's timer `name` run at `at` (universe milliseconds). Returns an id for `cancel`. */
  schedule(at: number, name: string, payload: Record<string, unknown>, twin: string = this.twin): string {
    const id = sortable(this.next('_timer'));
    this.insert(timers, { id, at, twin, name, payload });
    return id;
  }

  cancel(timer: string): boolean {
    return this.remove(timers, timer);
  }
}
