/** What people do for themselves: keep things, say how they are, answer calls. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { mark } from '../model/channels/conversation.ts';
import { tellApp } from '../model/events/event.ts';
import { calls } from '../model/interactivity/call.ts';
import { pin, unpin } from '../model/messages/pin.ts';
import { type Asked, star, unstar } from '../model/messages/star.ts';
import { eventTs } from '../model/messages/timestamp.ts';
import { endSnooze, snoozeFor } from '../model/people/dnd.ts';
import { huddle } from '../model/people/huddle.ts';
import { setPresence } from '../model/people/presence.ts';
import { setProfile } from '../model/people/profile.ts';
import { apps, type Channel, type Message } from '../world.ts';
import { type MessageName, messageSeen, ownToken, personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const ts = { type: 'string', pattern: '^\\d+\\.\\d{6}$' } as const;
const object = (properties: Record<string, unknown>, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const kept = {
  ...object({ channel: name, ts, file: name }, []),
  anyOf: [{ required: ['channel'] }, { required: ['file'] }],
};

interface Kept {
  channel?: string;
  ts?: string;
  file?: string;
}

export const ownGestures: Readonly<Record<string, Gesture>> = {
  pin: {
    says: 'Pins a message in its channel.',
    input: object({ channel: name, ts }),
    perform: (world, as, named: MessageName) =>
      pinned(world, as, named, (channel, message, user) => pin(world, channel, message, user)),
  },
  unpin: {
    says: 'Takes a message off its channel’s pins.',
    input: object({ channel: name, ts }),
    perform: (world, as, named: MessageName) =>
      pinned(world, as, named, (channel, message, user) => unpin(world, channel, message, user)),
  },
  save: {
    says: 'Keeps a message, a file or a conversation for later.',
    input: kept,
    perform: (world, as, given: Kept) => {
      star(world, ownToken(personCalled(world, as)), askedOf(world, as, given));
      return {};
    },
  },
  unsave: {
    says: 'Keeps it no longer.',
    input: kept,
    perform: (world, as, given: Kept) => {
      unstar(world, ownToken(personCalled(world, as)), askedOf(world, as, given));
      return {};
    },
  },
  markRead: {
    says: 'Has read a conversation as far as a message.',
    input: object({ channel: name, ts }),
    perform: (world, as, named: MessageName) => {
      const person = personCalled(world, as);
      mark(world, ownToken(person), placeCalled(world, person, named.channel), named.ts);
      return {};
    },
  },
  setStatus: {
    says: 'Sets one’s status; without text and emoji, clears it. `expires` in seconds since the epoch.',
    input: object(
      { text: { type: 'string', maxLength: 100 }, emoji: name, expires: { type: 'integer', minimum: 0 } },
      [],
    ),
    perform: (world, as, given: { text?: string; emoji?: string; expires?: number }) => {
      const person = personCalled(world, as);
      const status_emoji = given.emoji === undefined ? '' : `:${given.emoji.replaceAll(':', '')}:`;
      const status = { status_text: given.text ?? '', status_emoji, status_expiration: given.expires ?? 0 };
      setProfile(world, ownToken(person), person, status);
      return { user: person.id };
    },
  },
  setPresence: {
    says: 'Says that one is away, or leaves it to Slack (`auto`).',
    input: object({ presence: { enum: ['auto', 'away'] } }),
    perform: (world, as, { presence }: { presence: string }) => {
      setPresence(world, personCalled(world, as).id, presence);
      return {};
    },
  },
  snooze: {
    says: 'Does not want to be disturbed for so many minutes; 0 ends it.',
    input: object({ minutes: { type: 'integer', minimum: 0, maximum: 43_200 } }),
    perform: (world, as, { minutes }: { minutes: number }) => {
      const { id } = personCalled(world, as);
      return minutes === 0 ? endSnooze(world, id) : snoozeFor(world, id, minutes);
    },
  },
  huddle: {
    says: 'Enters a huddle, or leaves it.',
    input: object({ on: { type: 'boolean' } }),
    perform: (world, as, { on }: { on: boolean }) => {
      const { profile } = huddle(world, personCalled(world, as), on);
      return profile.huddle_state_call_id === undefined ? {} : { call: profile.huddle_state_call_id };
    },
  },
  rejectCall: {
    says: 'Does not take a call that an app shows in a channel.',
    input: object({ call: name, channel: name }),
    perform: (world, as, given: { call: string; channel: string }) => {
      const person = personCalled(world, as);
      const call = world.get(calls, given.call);
      const app = call && world.get(apps, call.app);
      if (!call || !app) throw cannot('call_not_found', `there is no call ${given.call}`);
      tellApp(world, app, {
        type: 'call_rejected',
        call_id: call.id,
        user_id: person.id,
        channel_id: placeCalled(world, person, given.channel).id,
        external_unique_id: call.external_unique_id,
        event_ts: eventTs(world),
      });
      return {};
    },
  },
};

function pinned(
  world: World,
  as: string,
  named: MessageName,
  work: (channel: Channel, message: Message, user: string) => unknown,
): MessageName {
  const person = personCalled(world, as);
  const { channel, message, ephemeral } = messageSeen(world, person, named);
  if (ephemeral) throw cannot('not_pinnable', 'nobody else sees this message');
  work(channel, message, person.id);
  return { channel: channel.id, ts: message.ts };
}

function askedOf(world: World, as: string, { channel, ts: timestamp, file }: Kept): Asked {
  const place = channel === undefined ? undefined : placeCalled(world, personCalled(world, as), channel).id;
  return { channel: place, timestamp, file, file_comment: undefined };
}
