/** Keeps one universe: notes what changes in it, and holds replies back until that is safe where the policy says so. */
import type { Kept } from '../memory.ts';
import type { WirePlan } from '../pipeline.ts';
import type { Change, Tape } from '../state.ts';
import type { Root } from '../trees.ts';
import type { Universe } from '../universe.ts';
import type { WireRequest } from '../wire.ts';
import type { Entries } from './entries.ts';
import type { Layer, Layers } from './layers.ts';
import { type KeptRecord, recordOf } from './record.ts';
import type { Storage } from './storage.ts';

/** What a keeper tells its store: `rows` is more urgent than the rest. */
export type Told = (keeper: Keeper, rows: boolean) => void;

/** Requests that change nothing are answered even while nothing can be written. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export class Keeper implements Tape, Kept {
  readonly universe: Universe;
  readonly cast: string;
  readonly entries: Entries;
  #top: Layer;
  #commits = 0;
  readonly #layers: Layers;
  readonly #told: Told;
  readonly #storage: Pick<Storage, 'failure' | 'hold'>;

  constructor(
    universe: Universe,
    how: {
      cast: string;
      entries: Entries;
      top: Layer;
      layers: Layers;
      told: Told;
      storage: Pick<Storage, 'failure' | 'hold'>;
    },
  ) {
    this.universe = universe;
    this.cast = how.cast;
    this.entries = how.entries;
    this.#top = how.top;
    this.#layers = how.layers;
    this.#told = how.told;
    this.#storage = how.storage;
    universe.state.tape = this;
    universe.kept = this;
    universe.journal.onChange = () => this.touch();
  }

  /** Lets go of the universe. */
  release(): void {
    this.universe.state.tape = undefined;
    this.universe.kept = undefined;
    this.universe.journal.onChange = undefined;
  }

  touch(): void {
    this.#told(this, false);
  }

  committed(changes: readonly Change[]): void {
    this.#commits++;
    this.#layers.note(this.#top, changes);
    this.#told(this, true);
  }

  kept(root: Root): void {
    this.#top = this.#layers.freeze(this.#top, root);
    this.#told(this, false);
  }

  restored(root: Root): void {
    this.#commits++;
    this.#top = this.#layers.above(this.#layers.of(root));
    this.#layers.garbage = true;
    this.#told(this, true);
  }

  answer(request: WireRequest, work: () => WirePlan | Promise<WirePlan>): WirePlan | Promise<WirePlan> {
    const { failure } = this.#storage;
    if (failure !== undefined && !READS.has(request.method)) return notKept(failure);
    const before = this.#commits;
    const safe = (plan: WirePlan): WirePlan | Promise<WirePlan> => {
      const held = this.#commits === before ? undefined : this.#storage.hold();
      if (!held) return plan;
      return held.then(
        () => plan,
        (error: Error) => notKept(error.message),
      );
    };
    const plan = work();
    return plan instanceof Promise ? plan.then(safe) : safe(plan);
  }

  /** The universe as it is to be written down, and the layers that it stands on. */
  record(): { record: KeptRecord; layers: Layer[] } {
    const layers: Layer[] = [this.#top];
    const record = recordOf(this.universe, this.#top, this.cast, (root) => {
      const layer = this.#layers.of(root);
      layers.push(layer);
      return layer;
    });
    const { origins } = this.universe;
    const ports = origins ? { origins: [...origins] } : {};
    return { record: { ...record, ...ports, entries: this.entries.kept }, layers };
  }
}

function notKept(failure: string): WirePlan {
  const body = JSON.stringify({
    type: 'urn:orrery:problem:not-kept',
    title: 'Insufficient Storage',
    status: 507,
    detail: failure,
  });
  return { reply: { status: 507, headers: [['content-type', 'application/problem+json']], body } };
}
