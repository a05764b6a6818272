/**
 * What is said over a connection of Real Time Messaging: the greeting, events, and what programs say themselves.
 * https://docs.slack.dev/legacy/legacy-rtm-api#messages
 */

import { ApiError } from '../../../src/error.ts';
import { parsedObject } from '../../../src/json.ts';
import type { OpenSocket, SocketKind, SocketMessage } from '../../../src/socket/kind.ts';
import type { Attempt } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import {
  forgetStream,
  GOODBYE,
  keepStream,
  quietly,
  streamOf,
  subscribe,
  tellTyping,
} from '../model/events/stream.ts';
import { destination } from '../model/messages/destination.ts';
import { authorOf, type Draft, post } from '../model/messages/message.ts';
import { presenceOf } from '../model/people/presence.ts';
import { type Json, tokens, users } from '../world.ts';
import { encoded } from './reply.ts';

/** A stream; its topic is the user's id, its fact `token` what the program connected with. */
export const rtm: SocketKind = {
  doc: 'https://docs.slack.dev/legacy/legacy-rtm-api',
  greeting(world, { id, facts }) {
    const token = world.get(tokens, String(facts?.token));
    if (!token) return [{ text: encoded(failed(undefined, 'invalid_auth', 1)), ends: 'now' }];
    keepStream(world, token, id);
    return [{ text: encoded({ type: 'hello', fast_reconnect: false, region: 'us-east-1', start: true }) }];
  },
  closed: (world, { topic, id }) => void forgetStream(world, topic, id),
  answer: () => undefined,
  heard,
};

/** An event as it goes over a stream. */
export const streamed = (_world: World, { payload }: Attempt): SocketMessage => ({
  text: encoded(payload),
  ...(payload.type === GOODBYE ? { ends: 'now' } : {}),
});

function heard(world: World, socket: Omit<OpenSocket, 'open'>, text: string): readonly SocketMessage[] {
  const said = parsedObject(text);
  return said ? respond(world, socket, said).map((answer) => ({ text: encoded(answer) })) : [];
}

function respond(world: World, { topic, id }: Omit<OpenSocket, 'open'>, said: Json): readonly Json[] {
  const stream = streamOf(world, topic, id);
  const token = stream && world.get(tokens, stream.token);
  if (!stream || !token || token.revoked) return [failed(said.id, 'not_authed', 1)];
  const ids = Array.isArray(said.ids) ? said.ids.map(String) : [];
  switch (said.type) {
    case 'ping': {
      const { type: _, id: to, ...more } = said;
      return [{ type: 'pong', ...(to === undefined ? {} : { reply_to: to }), ...more }];
    }
    case 'message':
      if (typeof said.text !== 'string' || said.text === '')
        return [failed(said.id, 'message text is missing', 2)];
      return [
        written(said.id, () => {
          const draft = draftIn(said);
          const channel = destination(world, token, String(said.channel), draft);
          return quietly(world, stream, () => post(world, channel, authorOf(world, token, draft), draft));
        }),
      ];
    case 'typing':
      tellTyping(world, stream, String(said.channel));
      return [];
    case 'presence_sub':
      subscribe(world, stream, ids);
      return [];
    case 'presence_query':
      return ids.flatMap((user) => {
        const known = world.get(users, user);
        return known
          ? [{ type: 'presence_change', user, presence: presenceOf(world, token, known).presence }]
          : [];
      });
    default:
      return [failed(said.id, 'unknown message type', 3)];
  }
}

const draftIn = (said: Json): Draft => ({
  text: String(said.text),
  ...(typeof said.thread_ts === 'string' ? { thread_ts: said.thread_ts } : {}),
  ...(said.reply_broadcast === true ? { reply_broadcast: true } : {}),
});

/** What comes of a message: `ts` and the text as it was kept, or what is wrong. */
function written(id: unknown, write: () => { ts: string; text: string }): Json {
  try {
    const { ts, text } = write();
    return { ok: true, reply_to: id, ts, text };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(id, error.name.replaceAll('_', ' '), -1);
  }
}

const failed = (id: unknown, msg: string, code: number): Json => ({
  ok: false,
  ...(id === undefined ? {} : { reply_to: id }),
  error: { code, msg },
});
