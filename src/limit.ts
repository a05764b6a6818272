/** Rate windows: how much of a tier a caller has used. Outside the state: a refused request counts too. */
import type { RateTier, RateWindow } from './twin.ts';

/** `off`, the vendor's own tiers, or requests per window for named tiers. */
export type RateLimits = 'off' | 'vendor' | Readonly<Record<string, number>>;

/** Windows kept per universe; the oldest go first. */
const WINDOWS_MAX = 10_000;

export class RateWindows {
  readonly #windows = new Map<string, { start: number; used: number }>();

  /** Counts `cost` of `key` in `tier` and says where it stands. `now` in universe milliseconds. */
  count(key: string, tier: RateTier, now: number, cost: number = 1): RateWindow {
    const lengthMs = tier.windowSeconds * 1_000;
    let window = this.#windows.get(key);
    if (!window || now >= window.start + lengthMs || now < window.start) {
      window = { start: now, used: 0 };
      this.#windows.delete(key);
      this.#windows.set(key, window);
      if (this.#windows.size > WINDOWS_MAX) this.#windows.delete(this.#windows.keys().next().value as string);
    }
    window.used += cost;
    return {
      ...tier,
      used: window.used,
      resetsAt: window.start + lengthMs,
      limited: window.used > tier.limit,
    };
  }

  clear(): void {
    this.#windows.clear();
  }
}

/** The tier that holds for an endpoint under `limits`; undefined where nothing limits it. */
export function tierFor(
  limits: RateLimits,
  name: string | undefined,
  tiers: Readonly<Record<string, RateTier>>,
): RateTier | undefined {
  if (limits === 'off' || name === undefined) return undefined;
  const tier = tiers[name];
  if (limits === 'vendor') return tier;
  const limit = limits[name];
  return limit === undefined ? undefined : { limit, windowSeconds: tier?.windowSeconds ?? 60 };
}
