/** Messages that a channel keeps at hand. https://docs.slack.dev/reference/methods/pins.add */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { PINS_PER_CHANNEL_MAX } from '../../limits.ts';
import { type Channel, type Json, type Message, messages, type Pin, pins } from '../../world.ts';
import { count, pinCount } from '../channels/membership.ts';
import { tell } from '../events/event.ts';
import { permalink } from '../url.ts';
import { messageView } from './message.ts';
import { eventTs, seconds } from './timestamp.ts';

/** Pins a message. Throws `already_pinned`, `too_many_pins`. */
export function pin(world: World, channel: Channel, message: Message, user: string): Pin {
  if (world.get(pins, `${channel.id}/${message.ts}`)) throw refuse('already_pinned');
  if (pinCount(world, channel.id) >= PINS_PER_CHANNEL_MAX) throw refuse('too_many_pins');
  const made = world.insert(pins, {
    channel: channel.id,
    ts: message.ts,
    created: seconds(world),
    created_by: user,
  });
  count(world, channel.id, { pins: 1 });
  announce(world, 'pin_added', channel, message, made, user);
  return made;
}

/** Takes a pin out. Throws `no_pin`. */
export function unpin(world: World, channel: Channel, message: Message, user: string): void {
  const key = `${channel.id}/${message.ts}`;
  const known = world.get(pins, key);
  if (!known) throw refuse('no_pin');
  world.remove(pins, key);
  count(world, channel.id, { pins: -1 });
  announce(world, 'pin_removed', channel, message, known, user);
}

/** A channel's pins, newest first. */
export function pinsOf(world: World, channel: Channel): Json[] {
  return world
    .list(pins, { prefix: `${channel.id}/`, reverse: true })
    .toArray(PINS_PER_CHANNEL_MAX)
    .flatMap((one) => {
      const message = world.get(messages, `${one.channel}/${one.ts}`);
      return message ? [pinView(world, one, message)] : [];
    });
}

function pinView(world: World, one: Pin, message: Message): Json {
  return {
    type: 'message',
    created: one.created,
    created_by: one.created_by,
    channel: one.channel,
    message: {
      ...messageView(world, message),
      pinned_to: [one.channel],
      permalink: permalink(world, message),
    },
  };
}

function announce(
  world: World,
  type: string,
  channel: Channel,
  message: Message,
  one: Pin,
  user: string,
): void {
  tell(
    world,
    {
      type,
      user,
      channel_id: channel.id,
      item: pinView(world, one, message),
      ...(message.user ? { item_user: message.user } : {}),
      pin_count: pinCount(world, channel.id),
      ...(type === 'pin_removed' ? { has_pins: pinCount(world, channel.id) > 0 } : {}),
      pinned_info: { channel: channel.id, pinned_by: one.created_by, pinned_ts: one.created },
      event_ts: eventTs(world),
    },
    channel,
  );
}
