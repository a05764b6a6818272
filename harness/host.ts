/**
 * The harness's only view of universes. Two implementations: local (in process, handed in by the
 * composition root) and remote (the control API). Nothing else of Orrery is known to the harness.
 */

/** What a commit did to one row. `before` is absent for an insert, `after` for a removal. */
export interface RowChange {
  twin: string;
  table: string;
  key: string;
  before?: unknown;
  after?: unknown;
}

/** A journal entry as `GET /v1/universes/{id}/journal` gives it (contract §9). */
export interface JournalEntry {
  seq: number;
  /** Universe time, ISO 8601. */
  at: string;
  /** The machine's time, ISO 8601. */
  wallAt?: string;
  kind: 'exchange' | 'delivery' | 'fault' | 'gesture' | 'clock' | 'state' | 'note';
  twin?: string;
  [field: string]: unknown;
}

/** Reads of the universe's state as it is now; rows are the vendor's own entity shapes. Do not change them. */
export interface StateView {
  get(twin: string, table: string, key: string): unknown;
  /** Rows in key order; `prefix` narrows by the start of the key. */
  rows(twin: string, table: string, prefix?: string): Iterable<unknown>;
}

/** A fault as contract §9 has it, without its server-given fields. */
export interface FaultInput {
  id?: string;
  preset?: string;
  kind?: string;
  match?: { twin?: string; operation?: string; actor?: string; when?: string };
  probability?: number;
  skip?: number;
  count?: number;
  window?: { from?: string | number; for?: string | number };
  params?: Record<string, unknown>;
  seed?: number;
}

/** The universe document of contract §3. */
export interface UniverseDocument {
  id: string;
  name: string;
  seed: number;
  clock: { mode: string; now: string; rate?: number };
  twins: Record<
    string,
    { url: string; origin?: string; credentials: Record<string, unknown>; [more: string]: unknown }
  >;
  env: Record<string, string>;
  [more: string]: unknown;
}

export interface ForkOptions {
  id?: string;
  name?: string;
  seed?: number;
  credentials?: 'same' | 'fresh';
  clock?: { mode?: 'realtime' | 'frozen' | 'scaled'; now?: string; rate?: number };
  faults?: FaultInput[];
  ttl?: string;
  /** Fills `${name}` in the world's event and interactivity URLs. */
  bind?: Record<string, string>;
}

/** One person of the world's cast. */
export interface CastMember {
  email: string;
  name: string;
  title?: string;
  department?: string;
  /** E-mail of the manager; absent or null at the top. */
  manager?: string | null;
  [more: string]: unknown;
}

export interface HostUniverse {
  readonly id: string;
  document(): UniverseDocument;
  cast(): readonly CastMember[];
  state(): StateView;
  fork(options: ForkOptions): Promise<HostUniverse>;
  /** Back to how it began, its clock too; with another seed and fresh faults if given. Keeps id, URLs, credentials. */
  restore(options: { seed?: number; faults?: FaultInput[] }): Promise<void>;
  /** Entries after `seq`, oldest first, with `dropped`: how many the journal no longer holds. */
  journal(after?: number): Promise<{ entries: JournalEntry[]; next: number; dropped: number }>;
  /** Called after every journal entry, in order and synchronously where local. Returns the unsubscriber. */
  watch(listener: (entry: JournalEntry, changes: readonly RowChange[]) => void): () => void;
  faults(faults: FaultInput[]): Promise<void>;
  gesture(g: {
    twin: string;
    gesture: string;
    as: string;
    with: Record<string, unknown>;
  }): Promise<Record<string, unknown>>;
  /** Universe time in milliseconds since the epoch. */
  now(): number;
  advance(byMs: number): Promise<void>;
  /** Exchanges being answered plus deliveries being sent or due now. */
  inFlight(): number;
  /** Universe time (ms) of the next scheduled work, if any. */
  nextDueAt(): number | undefined;
  diff(): Promise<RowChange[]>;
  drop(): Promise<void>;
}

export interface Host {
  /** Where candidates reach twins, e.g. `http://127.0.0.1:40123`. */
  readonly baseUrl: string;
  create(options: {
    world?: string | Record<string, unknown>;
    seed?: number;
    id?: string;
    name?: string;
    /** The vendors' own limits of calls, or numbers per tier; forks have the same. Off unless said. */
    rateLimits?: 'off' | 'vendor' | Readonly<Record<string, number>>;
  }): Promise<HostUniverse>;
  close(): Promise<void>;
}
