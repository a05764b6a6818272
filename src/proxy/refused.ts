/** Refusals as universes remember them: each host once, then at 10, 100, … times, so that no program floods a journal. */
import type { Universe } from '../universe.ts';

/** Hosts that one universe remembers; what is refused past that is still refused. */
const HOSTS_MAX = 200;

interface Remembered {
  generation: number;
  times: Map<string, number>;
}

/** What the journal has of a refused host: the `detail` of an entry of kind `note`. */
export interface RefusedHost extends Record<string, unknown> {
  /** With its port: `example.com:443`. */
  refusedHost: string;
  why: string;
  /** How often by now. */
  times: number;
}

export class RefusedHosts {
  readonly #byUniverse = new WeakMap<Universe, Remembered>();
  #count = 0;

  /** How many there were of all universes. */
  get count(): number {
    return this.#count;
  }

  /** Counts one, and journals it where that tells something new. */
  add(universe: Universe, refusedHost: string, why: string): void {
    this.#count++;
    const { generation } = universe;
    let known = this.#byUniverse.get(universe);
    if (!known || known.generation !== generation) {
      known = { generation, times: new Map() };
      this.#byUniverse.set(universe, known);
    }
    if (!known.times.has(refusedHost) && known.times.size >= HOSTS_MAX) return;
    const times = (known.times.get(refusedHost) ?? 0) + 1;
    known.times.set(refusedHost, times);
    const detail: RefusedHost = { refusedHost, why, times };
    if (Number.isInteger(Math.log10(times))) universe.note('note', undefined, detail);
  }
}
