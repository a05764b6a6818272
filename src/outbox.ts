/**
 * Events and webhooks: scheduled on the universe's clock inside the transaction that caused them, sent after it,
 * tried again by the vendor's schedule. Nothing goes out inside a request.
 */
import type { Faults } from './fault.ts';
import { table } from './table.ts';
import type { Attempt, DeliveryChannel, DeliveryOutcome, EventInput } from './twin.ts';
import type { World } from './world/world.ts';

export type DeliveryStatus = 'due' | 'delivered' | 'failed' | 'dropped';

/** One thing that is to reach a program, and how far it has come. */
export interface Delivery extends EventInput {
  id: string;
  twin: string;
  status: DeliveryStatus;
  attempts: number;
  createdAt: number;
  dueAt: number;
  lastStatus?: number;
  lastFailure?: string;
  faults?: readonly string[];
}

export const deliveries = table<Delivery>({ name: '_deliveries', key: (row) => row.id });

/** How a delivery leaves the process. Set by the composition root; in tests by the test. */
export interface Outbound {
  send(request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string;
    timeoutMs: number;
  }): Promise<DeliveryOutcome>;
}

/** Finished deliveries that a universe remembers. */
export const DELIVERIES_KEPT_MAX = 500;
/** Deliveries that may wait at one time; past that, new ones are dropped and said so. */
export const DELIVERIES_DUE_MAX = 20_000;

/** Turns what a transaction emitted into deliveries and timers; the last step before it commits. */
export function seal(world: World, faults: Faults): void {
  for (const { twin, event } of world.emitted.splice(0)) {
    const to = world.bound(event.to);
    if (to === undefined) continue;
    const effect = faults.delivery(
      {
        twin,
        operation: event.event,
        actor: event.app ?? '',
        request: () => ({ event: event.payload, operation: event.event }),
      },
      world.now(),
    );
    const due = world.now() + (event.delayMs ?? 0) + (effect?.delayMs ?? 0);
    for (let copy = 0; copy < (effect?.copies ?? 1); copy++) {
      const id = `d${String(world.next('_delivery')).padStart(9, '0')}`;
      const dropped = effect?.drop === true || !makeRoom(world);
      world.insert(deliveries, {
        ...event,
        to,
        id,
        twin,
        status: dropped ? 'dropped' : 'due',
        attempts: 0,
        createdAt: world.now(),
        dueAt: due,
        ...(effect ? { faults: effect.by } : {}),
      });
      if (!dropped) world.schedule(due, 'deliver', { delivery: id }, '_');
    }
  }
}

/** Forgets the oldest finished delivery where too many are kept; says whether there is room. */
function makeRoom(world: World): boolean {
  const all = world.list(deliveries);
  if (all.count() < DELIVERIES_KEPT_MAX) return true;
  const oldest = all.first();
  if (oldest && oldest.status !== 'due') world.remove(deliveries, oldest.id);
  return all.count() < DELIVERIES_DUE_MAX;
}

/** The next attempt of a delivery that is due; undefined where it is not (any more). */
export function attemptOf(delivery: Delivery | undefined): Attempt | undefined {
  if (delivery?.status !== 'due') return undefined;
  return {
    ...delivery,
    attempt: delivery.attempts + 1,
    ...(delivery.lastFailure ? { lastFailure: delivery.lastFailure } : {}),
  };
}

/** Writes down how an attempt ended and schedules the next where the vendor tries again. */
export function settle(
  world: World,
  id: string,
  channel: DeliveryChannel,
  attempt: Attempt,
  outcome: DeliveryOutcome,
): Delivery | undefined {
  const delivery = world.get(deliveries, id);
  if (!delivery) return undefined;
  const accepted = outcome.failure === undefined && channel.accepted(outcome);
  const wait = channel.retriesMs[attempt.attempt - 1];
  const again = !accepted && wait !== undefined && (channel.mayRetry?.(outcome) ?? true);
  const dueAt = again ? world.now() + wait : delivery.dueAt;
  const settled = world.update(deliveries, id, {
    attempts: attempt.attempt,
    status: accepted ? 'delivered' : again ? 'due' : 'failed',
    dueAt,
    lastStatus: outcome.status,
    lastFailure: accepted ? undefined : (outcome.failure ?? `http_${outcome.status}`),
  });
  if (again) world.schedule(dueAt, 'deliver', { delivery: id }, '_');
  channel.replied?.(world, attempt, outcome);
  return settled;
}

/** Has a finished delivery sent once more; undefined where there is none, or it is on its way already. */
export function redeliver(world: World, id: string): Delivery | undefined {
  const delivery = world.get(deliveries, id);
  if (!delivery || delivery.status === 'due') return undefined;
  world.schedule(world.now(), 'deliver', { delivery: id }, '_');
  return world.update(deliveries, id, { status: 'due', dueAt: world.now(), lastFailure: undefined });
}
