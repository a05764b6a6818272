/**
 * The harness's host in the same process: universes without the control API in between. Typed by shape, so that
 * `src` imports nothing of the harness; the composition root hands it over.
 */

import { universeDocument } from '../control/document.ts';
import { showChange } from '../entry.ts';
import type { RateLimits } from '../limit.ts';
import type { FaultText } from '../preset.ts';
import { faultsFrom } from '../preset.ts';
import type { Registry } from '../registry.ts';
import { diffRoots } from '../state.ts';
import type { Table } from '../table.ts';
import type { Universe } from '../universe.ts';
import { wallNow } from '../wall.ts';
import type { WorldFile } from '../world/file.ts';

interface Fork {
  id?: string;
  name?: string;
  seed?: number;
  credentials?: 'same' | 'fresh';
  clock?: { mode?: 'realtime' | 'frozen' | 'scaled'; now?: string; rate?: number };
  faults?: FaultText[];
  ttl?: string;
  bind?: Record<string, string>;
}

/** Opens a way to a universe under the vendors' own names, until the universe ends; gives the environment that leads there. */
export type OpenWay = (universe: Universe) => Promise<Readonly<Record<string, string>>>;

/** A host over `registry`, whose twins candidates reach at `baseUrl`, and by the way that `open` opens. */
export function localHost(
  registry: Registry,
  baseUrl: string,
  close: () => Promise<void>,
  open: OpenWay = async () => ({}),
) {
  return {
    baseUrl,
    close,
    async create(options: {
      world?: string | Record<string, unknown>;
      seed?: number;
      id?: string;
      name?: string;
      rateLimits?: RateLimits;
    }) {
      const world = options.world as string | WorldFile | undefined;
      const universe = await registry.create({ ...options, world });
      return new LocalUniverse(registry, universe, open, await open(universe));
    },
  };
}

class LocalUniverse {
  readonly #registry: Registry;
  readonly #universe: Universe;
  readonly #tables: ReadonlyMap<string, Table<object>>;
  readonly #open: OpenWay;
  /** In every program's environment, besides the universe's own. */
  readonly #env: Readonly<Record<string, string>>;

  constructor(registry: Registry, universe: Universe, open: OpenWay, env: Readonly<Record<string, string>>) {
    this.#registry = registry;
    this.#universe = universe;
    this.#open = open;
    this.#env = env;
    this.#tables = new Map(
      universe.twins.flatMap((twin) => twin.tables.map((one) => [one.name, one as unknown as Table<object>])),
    );
  }

  get id(): string {
    return this.#universe.id;
  }

  document() {
    const document = universeDocument(this.#universe);
    return { ...document, env: { ...document.env, ...this.#env } } as never;
  }

  cast() {
    return this.#universe.cast.map((one) => ({ ...one, manager: one.manager ?? null }));
  }

  state() {
    const table = (twin: string, name: string): Table<object> => {
      const found = this.#tables.get(`${twin}.${name}`);
      if (!found) throw new Error(`${twin} has no table ${name}`);
      return found;
    };
    return {
      get: (twin: string, name: string, key: string): unknown =>
        this.#universe.state.get(table(twin, name), key),
      rows: (twin: string, name: string, prefix?: string): Iterable<unknown> =>
        this.#universe.state.list(table(twin, name), prefix === undefined ? {} : { prefix }),
    };
  }

  async fork(options: Fork): Promise<LocalUniverse> {
    const { clock, faults, ttl: _ttl, ...rest } = options;
    const fork = this.#registry.fork(this.#universe, {
      ...rest,
      ...(clock
        ? { clock: { ...clock, now: clock.now === undefined ? undefined : Date.parse(clock.now) } }
        : {}),
      faults: this.#faults(faults ?? []),
    });
    return new LocalUniverse(this.#registry, fork, this.#open, await this.#open(fork));
  }

  async restore(options: { seed?: number; faults?: FaultText[] }): Promise<void> {
    // A clock that was moved ahead goes back with the rest: programs hold signatures against their own clocks.
    if (this.#universe.clock.mode === 'realtime') this.#universe.clock.jump(wallNow());
    this.#universe.reset({ ...options, faults: this.#faults(options.faults ?? []) });
  }

  async journal(after = 0) {
    return this.#universe.journal.page({ after, limit: Number.MAX_SAFE_INTEGER }) as never;
  }

  watch(listener: (entry: never, changes: readonly never[]) => void): () => void {
    return this.#universe.journal.watch((entry, changes) =>
      listener(
        entry as never,
        changes.map((change) => showChange(change) as never),
      ),
    );
  }

  async faults(faults: FaultText[]): Promise<void> {
    for (const fault of this.#faults(faults)) this.#universe.addFault(fault);
  }

  async gesture(g: {
    twin: string;
    gesture: string;
    as: string;
    with: Record<string, unknown>;
  }): Promise<Record<string, unknown>> {
    return (this.#universe.gesture({ ...g, by: 'person' }) ?? {}) as Record<string, unknown>;
  }

  now(): number {
    return this.#universe.clock.now();
  }

  advance(byMs: number): Promise<void> {
    return this.#universe.advance(this.#universe.clock.now() + byMs);
  }

  inFlight(): number {
    return this.#universe.inFlight;
  }

  nextDueAt(): number | undefined {
    return this.#universe.scheduler.nextAt();
  }

  async diff() {
    const changes = diffRoots(this.#universe.beginning, this.#universe.state.snapshot());
    return changes.filter((change) => change.table.twin !== '').map((change) => showChange(change) as never);
  }

  async drop(): Promise<void> {
    this.#registry.drop(this.#universe.id);
  }

  #faults(faults: readonly FaultText[]) {
    return faults.flatMap((fault) => faultsFrom(fault, this.#universe.twins));
  }
}
