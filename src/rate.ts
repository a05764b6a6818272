/** How much room a request finds: the windows that it counts in, and how many others are being answered. */
import { tierFor } from './limit.ts';
import type { Call, RateCount, RateWindow, Wire } from './twin.ts';
import type { Universe } from './universe.ts';

/** A caller who is turned away by the crowd may come back so much later. */
const CROWD_RESET_MS = 60_000;

/**
 * Counts a request in its windows; the one with the least room is what the caller is told of. Undefined where nothing
 * is counted.
 */
export function countedRate(universe: Universe, wire: Wire, call: Call): RateWindow | undefined {
  const name = wire.tierOf ? wire.tierOf(call) : call.endpoint.tier;
  const tier = tierFor(universe.rateLimits, name, wire.tiers);
  if (!tier) return undefined;
  let least = crowd(universe, wire);
  if (least) return least;
  for (const counted of wire.rateCounts?.(call, tier) ?? [{ key: wire.rateKey(call), tier }]) {
    const window = countedIn(universe, call, counted, name);
    const note = wire.rateNoted?.(call, counted, window);
    if (note) universe.transact(call.world, note);
    if (!counted.preview && roomIn(window) < roomIn(least)) least = window;
  }
  return least;
}

const countedIn = (universe: Universe, call: Call, counted: RateCount, name: string | undefined) =>
  universe.rateWindows.count(
    `${call.world.twin}\u0000${counted.key}\u0000${counted.shared ? '' : name}`,
    counted.tier,
    universe.clock.now(),
    counted.cost,
  );

/** Counts what an answer costs besides its request: the next ones find less room. */
export function chargeRate(universe: Universe, wire: Wire, call: Call): void {
  if (universe.rateLimits === 'off' || !wire.rateCharges) return;
  const name = wire.tierOf ? wire.tierOf(call) : call.endpoint.tier;
  for (const charge of wire.rateCharges(call)) countedIn(universe, call, charge, name);
}

const roomIn = (window: RateWindow | undefined): number =>
  window ? window.limit - window.used : Number.POSITIVE_INFINITY;

/** A window with no room where more requests wait to be answered than the vendor takes at once. */
function crowd({ rateLimits, inFlight, clock }: Universe, { concurrentMax }: Wire): RateWindow | undefined {
  if (rateLimits !== 'vendor' || concurrentMax === undefined || inFlight <= concurrentMax) return undefined;
  const resetsAt = clock.now() + CROWD_RESET_MS;
  return { limit: 0, windowSeconds: CROWD_RESET_MS / 1_000, used: 1, resetsAt, limited: true };
}
