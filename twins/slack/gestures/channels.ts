/** What people do with channels: make, name, describe, fill and put them away. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { isMember } from '../model/channels/access.ts';
import { archive, createChannel, describe, rename } from '../model/channels/channel.ts';
import { deleteChannel } from '../model/channels/channelEnd.ts';
import { convert } from '../model/channels/channelKind.ts';
import { close, directConversation } from '../model/channels/conversation.ts';
import { invite, kick } from '../model/channels/invitation.ts';
import { type Channel, type Token, type User, users } from '../world.ts';
import { memberCalled, ownToken, personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const people = { type: 'array', minItems: 1, maxItems: 100, items: name } as const;
const text = { type: 'string', maxLength: 1_000 } as const;
const object = (properties: Record<string, unknown>, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

export const channelGestures: Readonly<Record<string, Gesture>> = {
  createChannel: {
    says: 'Makes a channel, public unless `private`, and brings people (e-mails, @apps) into it.',
    input: object({ name, private: { type: 'boolean' }, invite: people }, ['name']),
    perform: (world, as, given: { name: string; private?: boolean; invite?: string[] }) => {
      const own = ownToken(personCalled(world, as));
      const channel = createChannel(world, own, given.name, given.private ?? false);
      if (given.invite) invite(world, own, channel, idsOf(world, given.invite), false);
      return { channel: channel.id };
    },
  },
  invite: {
    says: 'Brings people (e-mails, @apps) into a channel.',
    input: object({ channel: name, users: people }),
    perform: (world, as, given: { channel: string; users: string[] }) =>
      within(world, as, given.channel, (own, channel, person) => {
        if (!isMember(world, channel.id, person.id))
          throw cannot('not_in_channel', `${person.real_name} is not in #${channel.name}`);
        invite(world, own, channel, idsOf(world, given.users), false);
      }),
  },
  removeMember: {
    says: 'Sends somebody (e-mail, @app) out of a channel.',
    input: object({ channel: name, user: name }),
    perform: (world, as, given: { channel: string; user: string }) =>
      within(world, as, given.channel, (own, channel) => kick(world, own, channel, idOf(world, given.user))),
  },
  renameChannel: {
    says: 'Gives a channel another name.',
    input: object({ channel: name, name }),
    perform: (world, as, given: { channel: string; name: string }) =>
      within(world, as, given.channel, (own, channel) => rename(world, own, channel, given.name)),
  },
  setTopic: {
    says: 'Sets a channel’s topic.',
    input: object({ channel: name, text }),
    perform: (world, as, given: { channel: string; text: string }) =>
      within(world, as, given.channel, (own, channel) => describe(world, own, channel, 'topic', given.text)),
  },
  setPurpose: {
    says: 'Sets what a channel says it is for.',
    input: object({ channel: name, text }),
    perform: (world, as, given: { channel: string; text: string }) =>
      within(world, as, given.channel, (own, channel) =>
        describe(world, own, channel, 'purpose', given.text),
      ),
  },
  makePrivate: {
    says: 'Makes a public channel a private one.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => convert(world, own, channel, true)),
  },
  makePublic: {
    says: 'Makes a private channel a public one.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => convert(world, own, channel, false)),
  },
  archiveChannel: {
    says: 'Puts a channel away.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => archive(world, own, channel, true)),
  },
  unarchiveChannel: {
    says: 'Takes a channel out of the archive.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => archive(world, own, channel, false)),
  },
  deleteChannel: {
    says: 'Deletes a channel with everything in it, as an administrator does.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => deleteChannel(world, own, channel)),
  },
  openGroup: {
    says: 'Opens a conversation with several people (e-mails, @apps).',
    input: object({ users: { ...people, minItems: 2, maxItems: 8 } }),
    perform: (world, as, given: { users: string[] }) => {
      const party = [personCalled(world, as).id, ...idsOf(world, given.users)];
      return { channel: directConversation(world, party).channel.id };
    },
  },
  closeDm: {
    says: 'Closes a direct conversation; it is there again when somebody writes.',
    input: object({ channel: name }),
    perform: (world, as, given: { channel: string }) =>
      within(world, as, given.channel, (own, channel) => close(world, own, channel)),
  },
};

function within(
  world: World,
  as: string,
  called: string,
  work: (own: Token, channel: Channel, person: User) => unknown,
): { channel: string } {
  const person = personCalled(world, as);
  const channel = placeCalled(world, person, called);
  work(ownToken(person), channel, person);
  return { channel: channel.id };
}

const idsOf = (world: World, called: readonly string[]): string[] => called.map((one) => idOf(world, one));

function idOf(world: World, called: string): string {
  const id = world.get(users, called)?.id ?? memberCalled(world, called);
  if (!id) throw cannot('user_not_found', `nobody here is called ${called}`);
  return id;
}
