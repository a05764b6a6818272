/** What people do with messages: write, answer, change, take back, react. */
import { uuid } from '../../../src/ids.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { isMember } from '../model/channels/access.ts';
import { mark } from '../model/channels/conversation.ts';
import { content, type Draft, post } from '../model/messages/message.ts';
import { react, unreact } from '../model/messages/reaction.ts';
import { remove, rewrite } from '../model/messages/revision.ts';
import { apps, type Channel, type Message, type Token, type User, users } from '../world.ts';
import { type MessageName, messageSeen, personCalled, placeCalled } from './person.ts';

const text = { type: 'string', minLength: 1, maxLength: 40_000 } as const;
const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const ts = { type: 'string', pattern: '^\\d+\\.\\d{6}$' } as const;
const object = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

interface Said {
  channel: string;
  ts: string;
  text: string;
  thread_ts?: string;
}

export const messageGestures: Readonly<Record<string, Gesture>> = {
  post: {
    says: 'Writes into a channel (by name or id), or to a person (e-mail) or an app (@name).',
    input: object({ channel: name, text, thread_ts: ts, reply_broadcast: { type: 'boolean' } }, [
      'channel',
      'text',
    ]),
    perform: (world, as, said: Said & { reply_broadcast?: boolean }) => {
      const person = personCalled(world, as);
      const channel = placeCalled(world, person, said.channel);
      return write(world, person, channel, {
        text: said.text,
        ...(said.thread_ts ? { thread_ts: said.thread_ts } : {}),
        ...(said.reply_broadcast ? { reply_broadcast: true } : {}),
      });
    },
  },
  reply: {
    says: 'Answers a message in its thread.',
    input: object({ channel: name, ts, text }, ['channel', 'ts', 'text']),
    perform: (world, as, said: Said) => {
      const person = personCalled(world, as);
      const { channel, message } = messageSeen(world, person, said);
      return write(world, person, channel, { text: said.text, thread_ts: message.ts });
    },
  },
  edit: {
    says: 'Changes one’s own message.',
    input: object({ channel: name, ts, text }, ['channel', 'ts', 'text']),
    perform: (world, as, said: Said) => {
      const person = personCalled(world, as);
      const { channel, message } = own(world, person, said);
      const to = content(world, channel.id, message.ts, { text: mentioned(world, said.text), typed: true });
      rewrite(world, channel, message, to, person.id);
      return { channel: channel.id, ts: message.ts };
    },
  },
  delete: {
    says: 'Takes one’s own message back.',
    input: object({ channel: name, ts }, ['channel', 'ts']),
    perform: (world, as, named: MessageName) => {
      const person = personCalled(world, as);
      const { channel, message } = own(world, person, named);
      remove(world, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  react: {
    says: 'Puts an emoji under a message.',
    input: object({ channel: name, ts, name }, ['channel', 'ts', 'name']),
    perform: (world, as, named: MessageName & { name: string }) => {
      const person = personCalled(world, as);
      const { channel, message } = messageSeen(world, person, named);
      react(world, channel, message, person.id, named.name);
      return { channel: channel.id, ts: message.ts };
    },
  },
  unreact: {
    says: 'Takes one’s emoji under a message back.',
    input: object({ channel: name, ts, name }, ['channel', 'ts', 'name']),
    perform: (world, as, named: MessageName & { name: string }) => {
      const person = personCalled(world, as);
      const { channel, message } = messageSeen(world, person, named);
      unreact(world, channel, message, person.id, named.name);
      return { channel: channel.id, ts: message.ts };
    },
  },
};

/** Posts as the person, from Slack's own composer; one sees what one has written. */
export function write(world: World, person: User, channel: Channel, draft: Draft): MessageName {
  if (!isMember(world, channel.id, person.id))
    throw cannot('not_in_channel', `${person.real_name} has to join #${channel.name} first`);
  if (channel.is_archived) throw cannot('is_archived', `#${channel.name} is archived`);
  const message = post(
    world,
    channel,
    { user: person.id },
    {
      ...draft,
      text: mentioned(world, draft.text ?? ''),
      typed: true,
      client_msg_id: uuid(world.draw('slack.clientMessage')),
    },
  );
  mark(world, { user: person.id } as Token, channel, message.ts);
  return { channel: channel.id, ts: message.ts };
}

function own(world: World, person: User, named: MessageName): { channel: Channel; message: Message } {
  const { channel, message, ephemeral } = messageSeen(world, person, named);
  if (ephemeral || message.user !== person.id || message.bot_id)
    throw cannot('not_own_message', `${person.real_name} did not write this message`);
  return { channel, message };
}

const NAMES_TRIED_WORDS_MAX = 4;

/** `@` and a name, e-mail or handle becomes a mention, as Slack's composer completes it. */
function mentioned(world: World, typed: string): string {
  return typed.replace(
    /(^|[\s(])@([\p{L}\p{N}][^\s<>]*(?: [\p{L}\p{N}][^\s<>]*){0,3})/gu,
    (all, before, words) => {
      const parts = String(words).split(' ');
      for (let count = Math.min(parts.length, NAMES_TRIED_WORDS_MAX); count > 0; count--) {
        const called = parts.slice(0, count).join(' ');
        const bare = called.replace(/[.,:;!?)]+$/, '');
        const id = idCalled(world, bare);
        if (id) return `${before}<@${id}>${called.slice(bare.length)}${rest(parts, count)}`;
      }
      return all;
    },
  );
}

const rest = (parts: readonly string[], from: number): string =>
  parts.length > from ? ` ${parts.slice(from).join(' ')}` : '';

function idCalled(world: World, called: string): string | undefined {
  const key = called.toLowerCase();
  return (
    world.list(apps, { index: 'name', equals: key }).first()?.bot_user ??
    world.list(users, { index: 'realName', equals: key }).first()?.id ??
    world.list(users, { index: 'name', equals: key }).first()?.id ??
    world.list(users, { index: 'email', equals: key }).first()?.id
  );
}
