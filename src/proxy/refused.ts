/** Refusals as universes remember them: each host once, then at 10, 100, … times, so that no program floods a journal. */
import type { Universe } from '../universe.ts';

/** Hosts that one universe remembers; what is refused past that is still refused. */
const HOSTS_MAX = 200;

interface Remembered {
  generation: number;
  times: Map<string, number>;
}

/**
 * What the journal has of it, as the `detail` of an entry of kind `note`. `times` is how often by now.
 * `refusedHost`: the program wanted a host (`example.com:443`) that is not let through. `untrusted`: it wanted a
 * vendor's host, but did not take our certificate.
 */
export type Remark = { why: string; times: number } & ({ refusedHost: string } | { untrusted: string });

export class RefusedHosts {
  readonly #byUniverse = new WeakMap<Universe, Remembered>();
  #count = 0;

  /** How many there were of all universes. */
  get count(): number {
    return this.#count;
  }

  /** Counts one, and journals it where that tells something new. */
  add(universe: Universe, host: string, why: string, as: 'refusedHost' | 'untrusted' = 'refusedHost'): void {
    this.#count++;
    const { generation } = universe;
    let known = this.#byUniverse.get(universe);
    if (!known || known.generation !== generation) {
      known = { generation, times: new Map() };
      this.#byUniverse.set(universe, known);
    }
    const key = `${as} ${host}`;
    if (!known.times.has(key) && known.times.size >= HOSTS_MAX) return;
    const times = (known.times.get(key) ?? 0) + 1;
    known.times.set(key, times);
    const remark: Remark =
      as === 'untrusted' ? { untrusted: host, why, times } : { refusedHost: host, why, times };
    if (!universe.closed && Number.isInteger(Math.log10(times))) universe.note('note', undefined, remark);
  }
}
