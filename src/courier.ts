/** Carries deliveries of a universe to programs, and what they answered back into its state. */
import { attemptOf, type Delivery, deliveries, settle } from './outbox.ts';
import { socketTarget } from './socket/kind.ts';
import { socketsOf } from './socket/sockets.ts';
import type { Attempt, DeliveryChannel, DeliveryOutcome, EventInput } from './twin.ts';
import type { Universe } from './universe.ts';

/** Makes the next attempt of a delivery that is due; resolves when its reply has been dealt with. */
export async function deliver(universe: Universe, id: string): Promise<void> {
  const delivery = universe.state.get(deliveries, id);
  const attempt = attemptOf(delivery);
  if (!delivery || !attempt) return;
  const { generation } = universe;
  const outcome = await send(universe, delivery.twin, attempt);
  // The world that the delivery began in is gone after a reset or restore: its reply is nobody's.
  if (generation !== universe.generation) return;
  const channel = channelOf(universe, delivery.twin, delivery.channel);
  const settled = settledBy(universe, delivery, channel, attempt, outcome);
  const { meter } = universe.setting;
  meter.delivery(delivery.twin, settled?.status === 'due' ? 'retried' : (settled?.status ?? 'failed'));
  for (const fault of delivery.faults ?? [])
    if (attempt.attempt === 1) meter.fault(universe.faults.kindOf(fault));
  universe.note('delivery', delivery.twin, {
    id,
    event: delivery.event,
    to: delivery.to,
    attempt: attempt.attempt,
    status: outcome.status,
    ...(outcome.failure ? { failure: outcome.failure } : {}),
    ...(settled?.status === 'due' ? { nextAttemptAt: new Date(settled.dueAt).toISOString() } : {}),
    ...(delivery.faults ? { fault: delivery.faults } : {}),
  });
}

/** What a program answered is its own affair: where a twin stumbles over it, that is written down, and the rest goes on. */
function settledBy(
  universe: Universe,
  { id, twin, event }: Delivery,
  channel: DeliveryChannel,
  attempt: Attempt,
  outcome: DeliveryOutcome,
): Delivery | undefined {
  const by = (how: DeliveryChannel) =>
    universe.work(twin, (world) => settle(world, id, how, attempt, outcome));
  try {
    return by(channel);
  } catch (error) {
    universe.recordAssertion(twin, `reply to ${event}`, error as Error);
    const { replied: _, ...plain } = channel;
    return by(plain);
  }
}

/** Calls a program once, now; what it answered is journaled and returned, never retried. */
export async function callOnce(
  universe: Universe,
  twin: string,
  event: EventInput,
): Promise<DeliveryOutcome> {
  const to = universe.bound(event.to);
  if (to === undefined) return { status: 0, headers: {}, body: '', failure: 'unbound' };
  const attempt = { ...event, to, id: `c${universe.nextExchange()}`, attempt: 1 };
  const outcome = await send(universe, twin, attempt);
  const { status, failure } = outcome;
  universe.note('delivery', twin, {
    id: attempt.id,
    event: event.event,
    to,
    attempt: 1,
    status,
    ...(failure ? { failure } : {}),
  });
  return outcome;
}

function send(universe: Universe, twin: string, attempt: Attempt): Promise<DeliveryOutcome> {
  const channel = channelOf(universe, twin, attempt.channel);
  const world = universe.view(twin, universe.baseOf(twin, attempt.app));
  const target = socketTarget(attempt.to);
  if (target) {
    const message = channel.message?.(world, attempt);
    if (!message) return Promise.resolve({ status: 0, headers: {}, body: '', failure: 'refused' });
    return universe.during(() => socketsOf(universe).deliver(twin, target, message, channel.timeoutMs));
  }
  const request = channel.request(world, attempt);
  return universe.during(() =>
    universe.setting.outbound.send({ ...request, url: attempt.to, timeoutMs: channel.timeoutMs }),
  );
}

function channelOf(universe: Universe, twin: string, name: string): DeliveryChannel {
  const channel = universe.setting.twins.get(twin)?.twin.wire.channels[name];
  if (!channel) throw new Error(`${twin} has no channel ${name}`);
  return channel;
}
