/** How a universe's rows were a while ago, for faults that answer from there; kept only while there is one. */
import { State } from './state.ts';
import type { Root } from './trees.ts';
import { World, type WorldHost } from './world/world.ts';

/** No read is older, in universe milliseconds. */
export const STALE_MS_MAX = 10 * 60_000;
/** Moments kept at most; the oldest go first. */
const MOMENTS_MAX = 1_000;

export class Past {
  #moments: { at: number; root: Root }[] = [];

  /** The rows are so at this moment of the universe's clock. */
  note(at: number, root: Root): void {
    const moments = this.#moments.filter((one) => one.at < at);
    const old = moments.findLastIndex((one) => one.at <= at - STALE_MS_MAX);
    // The first is how all began: whatever comes before it was so too.
    const from = this.#moments.length === 0 ? Number.NEGATIVE_INFINITY : at;
    this.#moments = [...moments.slice(Math.max(0, old)), { at: from, root }].slice(-MOMENTS_MAX);
  }

  /** The rows at a moment, or the oldest that are known; undefined where none are. */
  at(moment: number): Root | undefined {
    const found = this.#moments.findLast((one) => one.at <= moment) ?? this.#moments[0];
    return found?.root;
  }

  clear(): void {
    this.#moments = [];
  }
}

/**
 * The world of a request over rows of the past. What is written there is gone with it; `hasChanged` says whether
 * anything was, and may be asked once.
 */
export function pastWorld(
  root: Root,
  host: WorldHost,
  { twin, behind }: World,
  base: string,
): { world: World; hasChanged(): boolean } {
  const { id, seed, salt, keys, cast, rateLimits } = host;
  const state = new State(root);
  state.begin();
  const bound = (text: string) => host.bound(text);
  const baseOf = (name: string, app?: string) => host.baseOf(name, app);
  const now = () => host.now();
  const past: WorldHost = { id, seed, salt, keys, cast, rateLimits, state, bound, baseOf, now };
  return {
    world: new World(past, twin, base, behind),
    hasChanged: () => state.commit().some(({ table }) => !table.name.startsWith('_')),
  };
}
