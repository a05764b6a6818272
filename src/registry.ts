/** All universes of one server: made, found, forked, dropped, ended when their time is up. */
import { randomBytes } from 'node:crypto';
import type { ClockSetting } from './clock.ts';
import { ApiError } from './error.ts';
import type { FaultInput } from './fault.ts';
import { tenantSalt } from './ids.ts';
import { JournalBudget } from './journal.ts';
import { fixedKeys, type KeyRing, type RsaKey } from './keys.ts';
import type { RateLimits } from './limit.ts';
import { Meter } from './meter.ts';
import type { Outbound } from './outbox.ts';
import { type CompiledTwin, compileTwin } from './pipeline.ts';
import { redeem } from './redeem.ts';
import { memoryStorage, type Storage } from './storage/storage.ts';
import { type TenantStore, Tenants } from './tenant.ts';
import type { Twin } from './twin.ts';
import { ROW_BYTES, Universe, type UniverseInit, type UniverseSetting } from './universe.ts';
import { wallNow, wallTimer } from './wall.ts';
import type { WorldFile } from './world/file.ts';
import { castOf, plant, rowsByNumber } from './world/plant.ts';

export interface RegistryOptions {
  twins: readonly Twin[];
  outbound: Outbound;
  publicUrl: () => string;
  operatorKey?: string;
  /** Makes credentials unguessable; a constant in local mode. */
  salt?: string;
  /** What twins sign with; fixed test keys unless given. */
  keys?: KeyRing;
  worlds?: ReadonlyMap<string, WorldFile>;
  journalBytes?: number;
  /** Where tenants are kept; in memory only without it. */
  tenants?: TenantStore;
  /** More variables for a universe's programs. */
  proxyEnv?: UniverseSetting['proxyEnv'];
  /** Where universes are kept; in memory only without it. */
  storage?: Storage;
}

export interface CreateOptions {
  id?: string;
  name?: string;
  tenant?: string;
  world?: string | WorldFile;
  seed?: number;
  clock?: Partial<ClockSetting>;
  faults?: readonly FaultInput[];
  rateLimits?: RateLimits;
  ttlMs?: number;
  bind?: Readonly<Record<string, string>>;
}

export interface ForkOptions extends Omit<CreateOptions, 'world'> {
  credentials?: 'same' | 'fresh';
  /** A snapshot of the universe in the place of its present. */
  snapshot?: string;
}

type Opening = Pick<UniverseInit, 'seed' | 'root' | 'salt'> & {
  cast: Universe['cast'];
  lent?: UniverseInit['lent'] | undefined;
};

export const DEFAULT_WORLD = 'acme';
const LOCAL_SALT = 'orrery-local';
const ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const SWEEP_MS = 1_000;

export class Registry {
  readonly tenants: Tenants;
  readonly twins: ReadonlyMap<string, CompiledTwin>;
  readonly worlds: Map<string, WorldFile>;
  readonly meter = new Meter();
  readonly storage: Storage;
  readonly #setting: UniverseSetting;
  readonly #universes = new Map<string, Universe>();
  /** Whether each tenant had room for more state, and when that was looked up. */
  readonly #room = new Map<string, { second: number; left: boolean }>();
  /** How many each tenant has. */
  readonly #held = new Map<string, number>();
  #made = 0;
  #stopSweep: (() => void) | undefined;

  constructor(options: RegistryOptions) {
    this.tenants = new Tenants(options.operatorKey, options.tenants);
    this.twins = new Map(options.twins.map((twin) => [twin.name, compileTwin(twin)]));
    this.worlds = new Map(options.worlds ?? []);
    this.storage = options.storage ?? memoryStorage;
    this.#setting = {
      twins: this.twins,
      outbound: options.outbound,
      budget: new JournalBudget(options.journalBytes),
      meter: this.meter,
      salt: options.salt ?? LOCAL_SALT,
      keys: options.keys ?? fixedKeys,
      publicUrl: options.publicUrl,
      ...(options.proxyEnv ? { proxyEnv: options.proxyEnv } : {}),
    };
    this.#sweep();
  }

  get(id: string): Universe | undefined {
    return this.#universes.get(id);
  }

  /** The universes of a tenant, or all. */
  list(tenant?: string): Universe[] {
    return [...this.#universes.values()].filter((one) => tenant === undefined || one.tenant === tenant);
  }

  /** Every universe, without a copy of the list. */
  all(): IterableIterator<Universe> {
    return this.#universes.values();
  }

  get size(): number {
    return this.#universes.size;
  }

  /** How many a tenant has. */
  held(tenant: string): number {
    return this.#held.get(tenant) ?? 0;
  }

  /** Bytes of state that the universes of a tenant hold together. */
  stateBytes(tenant: string): number {
    return this.list(tenant).reduce((sum, universe) => sum + Math.max(0, universe.stateBytes), 0);
  }

  /** Whether a tenant's programs may go on writing. Looked up once a second, since it takes a walk. */
  mayWrite(tenant: string, wallMs: number): boolean {
    const second = Math.floor(wallMs / 1_000);
    const known = this.#room.get(tenant);
    if (known?.second === second) return known.left;
    const quota = this.tenants.get(tenant)?.quota.stateBytes ?? 0;
    const left = this.stateBytes(tenant) < quota;
    this.#room.set(tenant, { second, left });
    return left;
  }

  /** How many were ever made: the `serial` of the newest. */
  get made(): number {
    return this.#made;
  }

  /** Bytes that the journals of all universes hold. */
  get journalBytes(): number {
    return this.#setting.budget.used;
  }

  /** Makes a universe from a world. Throws an ApiError (422, 409) for an unknown world, a bad or taken id, a full quota. */
  async create(options: CreateOptions = {}): Promise<Universe> {
    const file = this.world(options.world ?? DEFAULT_WORLD);
    this.#mustHold(options.tenant ?? 'local', rowsByNumber(file) * ROW_BYTES);
    const seed = options.seed ?? randomBytes(4).readUInt32BE(0);
    const cast = await castOf(file, file.seed ?? seed);
    this.#admit(options);
    const universe = this.#open({ ...options, seed, cast });
    try {
      plant(universe, file);
      this.#prepare(universe, options.faults);
    } catch (error) {
      this.drop(universe.id);
      throw error;
    }
    return universe;
  }

  /** A universe with the same contents as `from`; its journal begins empty. */
  fork(from: Universe, options: ForkOptions = {}): Universe {
    this.#admit({ tenant: from.tenant, ...options });
    const snapshot = options.snapshot === undefined ? undefined : from.snapshots.get(options.snapshot);
    if (options.snapshot !== undefined && !snapshot)
      throw new ApiError({
        name: 'no-snapshot',
        status: 404,
        message: `${from.id} has no snapshot ${options.snapshot}`,
      });
    const universe = this.#open({
      tenant: from.tenant,
      rateLimits: from.rateLimits,
      bind: from.bindings,
      ...options,
      clock: {
        ...from.clock.setting(),
        ...(from.clock.mode === 'realtime' && !options.clock ? { now: from.clock.now() } : {}),
        ...options.clock,
      },
      seed: options.seed ?? from.seed,
      cast: from.cast,
      salt: from.salt,
      lent: from.lent,
      root: snapshot?.root ?? from.state.snapshot(),
    });
    universe.journal.parent = { universe: from.id, seq: from.journal.end };
    if (options.credentials === 'fresh')
      for (const { twin } of this.twins.values())
        universe.work(twin.name, (world) => twin.credentials.renew(world));
    if (options.credentials === 'fresh') universe.journal.clear();
    this.#prepare(universe, options.faults);
    return universe;
  }

  /** Takes up a universe that an earlier process made; it sleeps until `wake`. */
  revive(init: UniverseInit): Universe {
    const { tenant, salt = tenant === 'local' ? this.#setting.salt : `${this.#setting.salt}/${tenant}` } =
      init;
    const universe = new Universe(this.#setting, { ...init, salt, asleep: true });
    this.#made = Math.max(this.#made, universe.serial);
    this.#add(universe);
    return universe;
  }

  /**
   * Takes up a universe that another server made; `recall` gives it what it knew. Throws an ApiError (409, 422, 429)
   * for a taken or bad id, a full quota.
   */
  adopt(init: Omit<UniverseInit, 'serial'>, recall: (universe: Universe) => void): Universe {
    this.#admit(init);
    const universe = new Universe(this.#setting, { ...init, serial: ++this.#made, asleep: true });
    recall(universe);
    this.#add(universe);
    this.storage.keep(universe);
    redeem(universe);
    return universe;
  }

  /** Keys that are in key files of this server's universes. */
  get lent(): readonly RsaKey[] {
    return this.#setting.keys.lent();
  }

  /** Whether a universe's salt would tell the server's own: those of data directories that older versions made. */
  tellsSalt({ salt }: Universe): boolean {
    return this.tenants.keyed && salt.startsWith(this.#setting.salt);
  }

  /** Has what was scheduled in universes that were taken up fall due from now on. */
  wake(): void {
    for (const universe of this.#universes.values()) redeem(universe);
  }

  drop(id: string): boolean {
    const universe = this.#universes.get(id);
    if (!universe) return false;
    universe.close();
    this.storage.drop(id);
    this.#held.set(universe.tenant, (this.#held.get(universe.tenant) ?? 1) - 1);
    return this.#universes.delete(id);
  }

  /** A world by name, or the inline one itself; throws an ApiError (422) for an unknown name. */
  world(world: string | WorldFile): WorldFile {
    if (typeof world !== 'string') return world;
    const file = this.worlds.get(world);
    if (file) return file;
    const known = [...this.worlds.keys()].join(', ');
    throw new ApiError({
      name: 'no-world',
      status: 422,
      message: `there is no world ${world}; there are ${known}`,
      data: { pointer: '/world' },
    });
  }

  close(): void {
    this.#stopSweep?.();
    for (const id of [...this.#universes.keys()]) this.drop(id);
  }

  /** Refuses a world that would not fit before it is planted: after it, the memory is taken. */
  #mustHold(tenant: string, bytes: number): void {
    const most = this.tenants.get(tenant)?.quota.stateBytes ?? 0;
    if (bytes === 0 || this.stateBytes(tenant) + bytes <= most) return;
    throw new ApiError({
      name: 'quota',
      status: 429,
      message: `the world asks for more than the quota of ${most} bytes of state has left`,
    });
  }

  #admit(options: Pick<CreateOptions, 'id' | 'tenant'>): void {
    const { id } = options;
    if (id !== undefined && !ID.test(id))
      throw new ApiError({
        name: 'bad-id',
        status: 422,
        message: 'an id is 1 to 63 of a-z 0-9 _ -, beginning with a letter or digit',
        data: { pointer: '/id' },
      });
    if (id !== undefined && this.#universes.has(id))
      throw new ApiError({ name: 'id-taken', status: 409, message: `there is a universe ${id} already` });
    const tenant = this.tenants.get(options.tenant ?? 'local');
    const most = tenant?.quota.universes ?? 0;
    if ((this.#held.get(options.tenant ?? 'local') ?? 0) >= most)
      throw new ApiError({
        name: 'quota',
        status: 429,
        message: `the quota of ${most} universes is used up: drop some, or give them a ttl`,
      });
  }

  #open(options: CreateOptions & Opening): Universe {
    const { salt, lent } = options;
    const tenant = options.tenant ?? 'local';
    const id = options.id ?? `u${randomBytes(6).toString('hex')}`;
    const universe = new Universe(this.#setting, {
      id,
      serial: ++this.#made,
      name: options.name ?? id,
      tenant,
      seed: options.seed,
      cast: options.cast,
      // One tenant's credentials must say nothing about another's, whatever seed both chose.
      salt: salt ?? (this.tenants.keyed ? tenantSalt(this.#setting.salt, tenant) : this.#setting.salt),
      ...(lent ? { lent } : {}),
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.root ? { root: options.root } : {}),
      ...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
      ...(options.bind ? { bind: options.bind } : {}),
      ...(options.ttlMs === undefined ? {} : { expiresAt: wallNow() + options.ttlMs }),
    });
    this.#add(universe);
    this.storage.keep(universe);
    return universe;
  }

  #add(universe: Universe): void {
    this.#universes.set(universe.id, universe);
    this.#held.set(universe.tenant, (this.#held.get(universe.tenant) ?? 0) + 1);
  }

  #prepare(universe: Universe, faults: readonly FaultInput[] = []): void {
    for (const fault of faults) universe.addFault(fault);
    universe.settleBeginning(faults);
  }

  #sweep(): void {
    this.#stopSweep = wallTimer(SWEEP_MS, () => {
      const now = wallNow();
      for (const universe of this.#universes.values())
        if (universe.expiresAt !== undefined && universe.expiresAt <= now) this.drop(universe.id);
      this.#sweep();
    });
  }
}
