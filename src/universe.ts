/**
 * One isolated world: the state of every twin, a clock, a random source, faults, an outbox and a journal.
 * Cheap to create, fork, reset and throw away.
 */
import { Clock, type ClockSetting } from './clock.ts';
import { callOnce, deliver } from './courier.ts';
import type { ExchangeRecord } from './entry.ts';
import { ApiError } from './error.ts';
import { type ActiveFault, type FaultInput, Faults } from './fault.ts';
import { FAULT_KINDS } from './faults/index.ts';
import { nextGeneration } from './generation.ts';
import { type GestureRequest, perform } from './gesture.ts';
import { Journal, type JournalBudget } from './journal.ts';
import { type KeyRing, type RsaKey, withLent } from './keys.ts';
import { type RateLimits, RateWindows } from './limit.ts';
import type { Beginning, Kept, Memory, Snapshot, UniverseInit } from './memory.ts';
import type { Meter } from './meter.ts';
import { type Delivery, deliveries, type Outbound, redeliver, seal } from './outbox.ts';
import { Past } from './past.ts';
import type { CompiledTwin } from './pipeline.ts';
import { handle, type WirePlan } from './pipeline.ts';
import { Scheduler } from './scheduler.ts';
import { type Change, compact, type Root, State } from './state.ts';
import type { DeliveryOutcome, EventInput, Twin } from './twin.ts';
import { wallNow } from './wall.ts';
import type { WireRequest } from './wire.ts';
import { NEWS_TIMER, type PersonNews, passOn } from './wiring.ts';
import type { Person } from './world/cast.ts';
import { type Timer, World, type WorldHost } from './world/world.ts';

/** What universes of one server share. */
export interface UniverseSetting {
  twins: ReadonlyMap<string, CompiledTwin>;
  outbound: Outbound;
  budget: JournalBudget;
  meter: Meter;
  salt: string;
  keys: KeyRing;
  /** `http://127.0.0.1:4700`, no slash at its end. */
  publicUrl: () => string;
  /** More variables for programs, where the server has a proxy that leads them into the universe. */
  proxyEnv?: (universe: Universe) => Record<string, string>;
}

export type { Snapshot, UniverseInit } from './memory.ts';
export const SNAPSHOTS_MAX = 100;
const BASES_MAX = 200;

export class Universe implements WorldHost {
  readonly id: string;
  readonly serial: number;
  readonly tenant: string;
  readonly createdAt: number;
  readonly setting: UniverseSetting;
  readonly salt: string;
  readonly keys: KeyRing;
  readonly lent: readonly RsaKey[] | undefined;
  readonly state: State;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly journal: Journal;
  readonly rateWindows = new RateWindows();
  readonly snapshots = new Map<string, Snapshot>();
  readonly past = new Past();
  name: string;
  seed: number;
  cast: readonly Person[];
  faults: Faults;
  rateLimits: RateLimits;
  expiresAt: number | undefined;
  bindings: Readonly<Record<string, string>>;
  /** Grows with every reset and restore: what began before belongs to a world that is gone. */
  generation = 0;
  /** Addresses of twins that have a port of their own, by twin. */
  origins: ReadonlyMap<string, string> | undefined;
  /** Rough size of the rows written since the beginning, for quotas. */
  stateBytes = 0;
  closed = false;
  kept: Kept | undefined;
  #beginning: Beginning;
  #bases = new Map<string, string>();
  readonly #closers = new Set<() => void>();
  #exchanges = 0;
  #inFlight = 0;

  constructor(setting: UniverseSetting, init: UniverseInit) {
    this.setting = setting;
    this.salt = init.salt ?? setting.salt;
    this.lent = init.lent;
    this.keys = init.lent ? withLent(setting.keys, init.lent) : setting.keys;
    this.id = init.id;
    this.serial = init.serial ?? 0;
    this.name = init.name;
    this.tenant = init.tenant;
    this.seed = init.seed;
    this.cast = init.cast ?? [];
    this.state = new State(init.root);
    this.clock = new Clock(init.clock);
    this.journal = new Journal(setting.budget);
    this.faults = new Faults(FAULT_KINDS, init.seed);
    this.rateLimits = init.rateLimits ?? 'off';
    this.bindings = init.bind ?? {};
    this.expiresAt = init.expiresAt;
    this.createdAt = init.createdAt ?? wallNow();
    this.scheduler = new Scheduler(this.clock, this.state, (timer) => this.#fire(timer));
    this.#beginning = this.#presentWith([]);
    if (!init.asleep) this.scheduler.arm();
  }

  get twins(): readonly Twin[] {
    return [...this.setting.twins.values()].map(({ twin }) => twin);
  }

  /** Exchanges being answered and deliveries on their way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Makes what there is now the point that `reset` returns to. */
  settleBeginning(faults: readonly FaultInput[] = this.#beginning.faults): void {
    this.#beginning = this.#presentWith(faults);
  }

  get beginning(): Root {
    return this.#beginning.root;
  }

  get memory(): Memory {
    return { beginning: this.#beginning, bases: [...this.#bases], exchanges: this.#exchanges };
  }

  /** Takes up what it knew in an earlier process. */
  recall({ beginning, bases, exchanges }: Memory): void {
    this.#beginning = beginning;
    this.#bases = new Map(bases);
    this.#exchanges = exchanges;
  }

  /** Answers a request to one of the twins. Never throws. */
  handle(twin: string, request: WireRequest): WirePlan | Promise<WirePlan> {
    const compiled = this.setting.twins.get(twin);
    if (!compiled) throw new Error(`no twin ${twin}`);
    const { kept } = this;
    const work = () => handle(this, compiled, request);
    const plan = kept ? kept.answer(request, work) : work();
    return plan instanceof Promise ? this.during(() => plan) : plan;
  }

  now(): number {
    return this.clock.now();
  }

  bound(text: string): string | undefined {
    let whole = true;
    const filled = text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      const value = Object.hasOwn(this.bindings, name) ? this.bindings[name] : undefined;
      if (value === undefined) whole = false;
      return value ?? '';
    });
    return whole ? filled : undefined;
  }

  baseOf(twin: string, app?: string): string {
    const known = app === undefined ? undefined : this.#bases.get(`${twin}\u0000${app}`);
    return known ?? this.publicBase(twin);
  }

  /** `{public URL}/u/{id}/{twin}`. */
  publicBase(twin: string): string {
    return `${this.setting.publicUrl()}/u/${this.id}/${twin}`;
  }

  rememberBase(twin: string, app: string | undefined, base: string): void {
    if (app === undefined) return;
    const key = `${twin}\u0000${app}`;
    if (this.#bases.get(key) !== base && this.#bases.size < BASES_MAX) this.#bases.set(key, base);
  }

  /**
   * Runs `work` in a transaction: all of it happens or nothing does. What it changed is journaled; what it emitted
   * and scheduled happens afterwards.
   */
  transact<T>(world: World, work: (world: World) => T): T {
    this.state.begin();
    let result: T;
    try {
      result = work(world);
      this.#seal(world);
    } catch (error) {
      if (error instanceof ApiError && error.keepsChanges) {
        this.#seal(world);
        this.#committed(world.twin, this.state.commit());
      } else this.state.rollback();
      throw error;
    }
    this.#committed(world.twin, this.state.commit());
    return result;
  }

  /** A transaction on behalf of a twin, with no request behind it. */
  work<T>(twin: string, work: (world: World) => T, base?: string): T {
    return this.transact(new World(this, twin, base), work);
  }

  /** A look at the state outside any transaction; writes fail. */
  view(twin: string, base?: string): World {
    return new World(this, twin, base);
  }

  nextExchange(): number {
    return ++this.#exchanges;
  }

  recordExchange(twin: string, exchange: ExchangeRecord): void {
    const { meter } = this.setting;
    meter.exchange(twin, exchange.operation, exchange.outcome, exchange.ms);
    for (const id of exchange.fault ?? []) meter.fault(this.faults.kindOf(id));
    this.journal.append({ at: this.clock.now(), wallAt: wallNow(), kind: 'exchange', twin, exchange });
    this.scheduler.arm();
  }

  /** Writes a journal entry of any other kind. */
  note(
    kind: 'delivery' | 'fault' | 'gesture' | 'clock' | 'note',
    twin: string | undefined,
    detail: Record<string, unknown>,
  ): void {
    this.journal.append({ at: this.clock.now(), wallAt: wallNow(), kind, twin, detail });
  }

  recordAssertion(twin: string, operation: string, error: Error): void {
    this.note('note', twin, {
      assertion: true,
      operation,
      message: error.message,
      stack: error.stack?.split('\n').slice(0, 6),
    });
  }

  addFault(input: FaultInput): ActiveFault {
    const fault = this.faults.add(input, this.clock.now());
    this.#remember();
    this.note('fault', input.match?.twin, { put: fault.id, fault: { ...input, id: fault.id } });
    return fault;
  }

  removeFault(id: string): boolean {
    const fault = this.faults.remove(id);
    if (!this.faults.lookBack) this.past.clear();
    if (fault) this.note('fault', fault.match?.twin, { lifted: id, hits: fault.hits });
    return fault !== undefined;
  }

  /**
   * Does what a person does in the vendor's own screens, and writes down who made them do it. Throws an ApiError
   * (404 for an unknown gesture, 422 for input that does not fit, else the vendor's own refusal).
   */
  gesture(request: GestureRequest): unknown {
    return perform(this, request);
  }

  /** Moves time to `to` (universe milliseconds); what falls due on the way happens in order before this ends. */
  async advance(to: number): Promise<void> {
    const from = this.clock.now();
    await this.scheduler.advance(to);
    this.note('clock', undefined, { advanced: to - from, now: new Date(this.clock.now()).toISOString() });
  }

  /** Sets the clock; what is due by the new time fires. */
  setClock(setting: Partial<ClockSetting>): void {
    this.clock.set(setting);
    const { mode, now, rate } = this.clock.setting();
    this.note('clock', undefined, { set: { mode, now: new Date(now).toISOString(), rate } });
    this.scheduler.arm();
  }

  /** Sends a finished delivery once more, now. Says whether there was one that is not on its way already. */
  redeliver(id: string): Delivery | undefined {
    const twin = this.state.get(deliveries, id)?.twin;
    const again = twin === undefined ? undefined : this.work(twin, (world) => redeliver(world, id));
    this.scheduler.arm();
    return again;
  }

  /** Calls `listener` when this universe ends; returns the way to call that off. */
  onClose(listener: () => void): () => void {
    this.#closers.add(listener);
    return () => this.#closers.delete(listener);
  }

  /** Calls a program once, now, outside the transaction, with the channel's own timeout. */
  callOut(twin: string, event: EventInput): Promise<DeliveryOutcome> {
    return callOnce(this, twin, event);
  }

  /** Counts `work` as in flight while it lasts. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await work();
    } finally {
      this.#inFlight--;
    }
  }

  /** Back to how it began: rows, ids, credentials, faults, time (where the clock is frozen); the journal is emptied. */
  reset(options: { seed?: number; faults?: readonly FaultInput[] } = {}): void {
    const { root, now, frozen, faults } = this.#beginning;
    nextGeneration(this);
    this.seed = options.seed ?? this.seed;
    this.state.restore(root);
    if (frozen) this.clock.jump(now);
    this.journal.clear();
    this.rateWindows.clear();
    this.past.clear();
    this.#exchanges = 0;
    this.faults = new Faults(FAULT_KINDS, this.seed);
    for (const fault of options.faults ?? faults) this.addFault(fault);
    this.scheduler.arm();
  }

  snapshot(id: string, name: string): Snapshot {
    const taken = { id, name, root: this.state.snapshot(), now: this.clock.now(), createdAt: wallNow() };
    this.snapshots.set(id, taken);
    return taken;
  }

  /** Back to a snapshot: its rows, and its time where the clock is frozen. The journal goes on. */
  restore(snapshot: Snapshot): void {
    nextGeneration(this);
    this.state.restore(snapshot.root);
    this.past.clear();
    if (this.clock.mode === 'frozen') this.clock.jump(snapshot.now);
    this.#remember();
    this.note('note', undefined, { restored: snapshot.id });
    this.scheduler.arm();
  }

  /** Ends it: nothing fires or is sent any more. */
  close(): void {
    this.closed = true;
    nextGeneration(this);
    this.scheduler.stop();
    for (const listener of [...this.#closers]) listener();
    this.journal.clear();
  }

  /** What leaves the transaction is made ready before it commits. */
  #seal(world: World): void {
    if (world.told.size > 0) passOn(world, this.faults);
    if (world.emitted.length > 0) seal(world, this.faults);
  }

  #presentWith(faults: readonly FaultInput[]): Beginning {
    const { mode } = this.clock;
    return { root: this.state.snapshot(), now: this.clock.now(), frozen: mode === 'frozen', faults };
  }

  /** Keeps how the rows are now, where a fault will ask. */
  #remember(): void {
    if (this.faults.lookBack) this.past.note(this.clock.now(), this.state.moment());
  }

  #committed(twin: string, changes: readonly Change[]): void {
    if (changes.length > 0) this.#remember();
    const shown = compact(changes.filter((change) => !change.table.name.startsWith('_')));
    if (shown.length > 0) {
      for (const change of shown)
        this.stateBytes += (change.after ? 1 : 0) * ROW_BYTES - (change.before ? 1 : 0) * ROW_BYTES;
      this.journal.append({ at: this.clock.now(), wallAt: wallNow(), kind: 'state', twin, changes: shown });
    }
    if (shown.length !== changes.length) this.scheduler.arm();
  }

  /** Runs one timer; resolves when what it set in motion has been dealt with. */
  #fire(timer: Timer): Promise<void> | undefined {
    if (timer.twin === '_') return deliver(this, String(timer.payload.delivery));
    const twin = this.setting.twins.get(timer.twin)?.twin;
    const run = timer.name === NEWS_TIMER ? this.#hearing(twin, timer) : twin?.timers[timer.name];
    if (!run) throw new Error(`${timer.twin} has no timer ${timer.name}`);
    try {
      this.work(timer.twin, (world) => run(world, timer.payload as never));
    } catch (error) {
      this.recordAssertion(timer.twin, `timer ${timer.name}`, error as Error);
    }
    return undefined;
  }

  /** How a twin takes news of a person, which are written down as they arrive. */
  #hearing(twin: Twin | undefined, { payload }: Timer): (world: World) => void {
    const { from, news } = payload as unknown as { from: string; news: PersonNews };
    const { person, standing, joined, left } = news;
    this.note('note', twin?.name, { person: person.email, standing, joined, left, from });
    return (world) => twin?.hears?.(world, news);
  }
}

/** What a row is counted as in a quota: the typical row of the four vendors, indexes and all. */
export const ROW_BYTES = 1_200;
