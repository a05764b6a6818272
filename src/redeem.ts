/** Takes up the work that a universe had scheduled when its process ended. */
import { deliveries } from './outbox.ts';
import type { Universe } from './universe.ts';
import { timers } from './world/world.ts';

/**
 * Arms the scheduler of a universe that was taken up. A delivery that was on its way when the process ended is sent
 * again: nobody knows whether it arrived, and vendors, too, deliver at least once.
 */
export function redeem(universe: Universe): void {
  const { state } = universe;
  if (!state.isEmpty(deliveries as never)) {
    const waiting = new Set<unknown>();
    for (const timer of state.list(timers).toArray())
      if (timer.twin === '_') waiting.add(timer.payload.delivery);
    const cutShort = state
      .list(deliveries)
      .toArray()
      .filter(({ id, status }) => status === 'due' && !waiting.has(id));
    if (cutShort.length > 0)
      universe.work('_', (world) => {
        for (const { id } of cutShort) world.schedule(world.now(), 'deliver', { delivery: id }, '_');
      });
  }
  universe.scheduler.arm();
}
