/** How people come and go: joining, leaving, opening conversations. */
import type { Gesture } from '../../../src/twin.ts';
import { cannot } from '../errors.ts';
import { directConversation } from '../model/channels/conversation.ts';
import { join, leave } from '../model/channels/membership.ts';
import { keepHours } from '../model/people/dnd.ts';
import { addEmoji, removeEmoji } from '../model/people/emoji.ts';
import { users } from '../world.ts';
import { memberCalled, personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties),
});

const clock = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' } as const;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const placeGestures: Readonly<Record<string, Gesture>> = {
  join: {
    says: 'Joins a public channel.',
    input: object({ channel: name }),
    perform: (world, as, { channel: called }: { channel: string }) => {
      const person = personCalled(world, as);
      const channel = placeCalled(world, person, called);
      if (channel.is_archived) throw cannot('is_archived', `#${channel.name} is archived`);
      join(world, channel, person.id);
      return { channel: channel.id };
    },
  },
  leave: {
    says: 'Leaves a channel.',
    input: object({ channel: name }),
    perform: (world, as, { channel: called }: { channel: string }) => {
      const person = personCalled(world, as);
      const channel = placeCalled(world, person, called);
      if (channel.is_general) throw cannot('cant_leave_general', `nobody leaves #${channel.name}`);
      if (!leave(world, channel, person.id))
        throw cannot('not_in_channel', `${person.real_name} is not in #${channel.name}`);
      return { channel: channel.id };
    },
  },
  openDm: {
    says: 'Opens a direct conversation with a person (e-mail), an app (@name) or a member (id).',
    input: object({ user: name }),
    perform: (world, as, { user }: { user: string }) => {
      const person = personCalled(world, as);
      const other = memberCalled(world, user) ?? world.get(users, user)?.id;
      if (!other) throw cannot('user_not_found', `nobody here is called ${user}`);
      return { channel: directConversation(world, [person.id, other]).channel.id };
    },
  },
  keepQuietHours: {
    says: 'Sets the hours of the day (`22:00`) in which one is never disturbed; without them, takes them back.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: { from: clock, to: clock },
      dependentRequired: { from: ['to'], to: ['from'] },
    },
    perform: (world, as, { from, to }: { from?: string; to?: string }) => {
      keepHours(
        world,
        personCalled(world, as).id,
        from && to ? { from: minuteOf(from), to: minuteOf(to) } : undefined,
      );
      return {};
    },
  },
  addEmoji: {
    says: 'Gives the workspace an emoji of its own, or `alias:` and the name of another.',
    input: object({ name, url: { type: 'string', minLength: 1, maxLength: 2_000 } }),
    perform: (world, as, given: { name: string; url: string }) => {
      personCalled(world, as);
      addEmoji(world, given.name, given.url);
      return {};
    },
  },
  removeEmoji: {
    says: 'Takes an emoji of the workspace’s own away.',
    input: object({ name }),
    perform: (world, as, given: { name: string }) => {
      personCalled(world, as);
      removeEmoji(world, given.name);
      return {};
    },
  },
};
