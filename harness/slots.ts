/** Where trials run: a forked universe and a process bound to it, fresh for each trial or kept in a pool. */
import type { LoadedCandidate } from './candidate.ts';
import type { Host, HostUniverse } from './host.ts';
import { keyedHex } from './keyed.ts';
import { DRIFT_MS_MAX } from './pace.ts';
import { type CandidateProcess, fillNames, freePort, startProcess } from './process.ts';
import type { Scenario } from './scenario.ts';

const RESET_MS_MAX = 5000;
const UNIVERSE_TTL = '2h';

/** One process bound to one universe. */
export interface Slot {
  id: string;
  universe: HostUniverse;
  process: CandidateProcess;
  reuse: 'trial' | 'pool';
  /** Trials that it has had, the running one included. */
  nth: number;
}

/** What a trial asks of its slot. */
export interface SlotWish {
  world: Scenario['world'];
  clock: Scenario['clock'];
  trial: string;
  seed: number;
  /** A process of its own, even where the candidate is pooled. */
  fresh: boolean;
}

/** Slots of one candidate. Not for more than one candidate at once. */
export class Slots {
  readonly #host: Host;
  readonly #candidate: LoadedCandidate;
  readonly #seed: number;
  readonly #bases: Map<string, Promise<HostUniverse>>;
  readonly #idle = new Map<string, Slot[]>();
  #made = 0;

  /** `bases` are shared by all candidates of a run: one universe per world, which trials are forked from. */
  constructor(
    host: Host,
    candidate: LoadedCandidate,
    seed: number,
    bases: Map<string, Promise<HostUniverse>>,
  ) {
    this.#host = host;
    this.#candidate = candidate;
    this.#seed = seed;
    this.#bases = bases;
  }

  /** A slot that is as if new. Throws `NotReady` where the program does not start. */
  async acquire(wish: SlotWish): Promise<Slot> {
    const pooled = this.#candidate.reuse === 'pool' && !wish.fresh;
    const key = JSON.stringify([wish.world ?? null, wish.clock ?? null]);
    if (!pooled) return this.#make(wish, key, false);
    for (let slot = this.#idle.get(key)?.pop(); slot; slot = this.#idle.get(key)?.pop()) {
      if (await this.#renew(slot, wish)) return slot;
      await this.#destroy(slot);
    }
    return this.#make(wish, key, true);
  }

  /** Gives a slot back after its trial. */
  async release(slot: Slot): Promise<void> {
    if (slot.reuse === 'trial' || slot.process.ended() !== undefined) return this.#destroy(slot);
    const key = slot.id.slice(0, slot.id.lastIndexOf('#'));
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), slot]);
  }

  async close(): Promise<void> {
    const slots = [...this.#idle.values()].flat();
    this.#idle.clear();
    await Promise.all(slots.map((slot) => this.#destroy(slot)));
  }

  /** Restores the universe with the trial's seed and tells the program; false where the slot is of no more use. */
  async #renew(slot: Slot, wish: SlotWish): Promise<boolean> {
    if (slot.process.ended() !== undefined) return false;
    await slot.universe.restore({ seed: wish.seed, faults: [] });
    const driftMs = slot.universe.now() - Date.now();
    if (wish.clock?.skip !== 'none' && driftMs > DRIFT_MS_MAX / 4) return false;
    slot.nth++;
    if (this.#candidate.resetUrl === undefined) return true;
    try {
      const url = slot.process.url(this.#candidate.resetUrl);
      const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(RESET_MS_MAX) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  async #make(wish: SlotWish, key: string, pooled: boolean): Promise<Slot> {
    const base = await this.#base(wish.world);
    const port = await freePort();
    const names = { port: String(port) };
    const delivers = Object.entries(this.#candidate.delivers ?? {});
    const name = pooled ? `slot-${this.#made++}` : wish.trial;
    const universe = await base.fork({
      id: `t${keyedHex(15, this.#seed, 'universe', this.#candidate.hash, name, Date.now())}`,
      name,
      seed: wish.seed,
      credentials: 'fresh',
      ttl: UNIVERSE_TTL,
      bind: Object.fromEntries(delivers.map(([channel, url]) => [channel, fillNames(url, names)])),
    });
    try {
      const process = await startProcess(this.#candidate, universe.document(), port);
      return { id: `${key}#${name}`, universe, process, reuse: pooled ? 'pool' : 'trial', nth: 1 };
    } catch (error) {
      await universe.drop();
      throw error;
    }
  }

  #base(world: Scenario['world']): Promise<HostUniverse> {
    const key = JSON.stringify(world ?? null);
    let base = this.#bases.get(key);
    if (!base) {
      base = this.#host.create({ world, seed: this.#seed });
      this.#bases.set(key, base);
    }
    return base;
  }

  async #destroy(slot: Slot): Promise<void> {
    await slot.process.stop();
    await slot.universe.drop();
  }
}
