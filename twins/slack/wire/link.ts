/**
 * What is said over a Socket Mode connection: the greeting, envelopes and their acknowledgements, the farewell.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */

import { uuid } from '../../../src/ids.ts';
import { parsedObject } from '../../../src/json.ts';
import {
  type SocketAnswer,
  type SocketKind,
  type SocketMessage,
  socketTarget,
} from '../../../src/socket/kind.ts';
import type { Attempt } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { LINKS_PER_APP_MAX } from '../limits.ts';
import { disconnect, type Farewell, forget, keep, lifeSeconds } from '../model/events/link.ts';
import { apps, isObject, type Json } from '../world.ts';
import { encoded } from './reply.ts';

/** A Socket Mode connection; its topic is the app's id, its fact `debug` what `debug_reconnects` asked for. */
export const socketMode: SocketKind = {
  doc: 'https://docs.slack.dev/apis/events-api/using-socket-mode',
  greeting(world, { topic, id, open, facts }) {
    if (world.get(apps, topic)?.socket_mode !== true) return [last('link_disabled')];
    if (open > LINKS_PER_APP_MAX) return [last('too_many_websockets')];
    const debug = facts?.debug === true;
    keep(world, topic, id, debug);
    return [{ text: encoded(hello(world, topic, open, debug)) }];
  },
  closed: (world, { topic, id }) => forget(world, topic, id),
  answer,
};

/** How a delivery of a channel is put into an envelope; only what `accepts` a payload looks at that of the answer. */
export const envelope =
  (type: 'events_api' | 'interactive' | 'slash_commands', accepts: boolean) =>
  (world: World, attempt: Attempt): SocketMessage => {
    const id = uuid(world.drawFor('slack.envelope', attempt.id, attempt.attempt));
    const retried = attempt.attempt - 1;
    const text = encoded({
      envelope_id: id,
      payload: attempt.payload,
      type,
      accepts_response_payload: accepts,
      ...(type === 'events_api'
        ? { retry_attempt: retried, retry_reason: retried === 0 ? '' : 'timeout' }
        : {}),
    });
    return { text, expects: id };
  };

/** A `disconnect` message: to the connection that the address names, else to all of the app. */
export function farewell(_world: World, attempt: Attempt): SocketMessage {
  const all = socketTarget(attempt.to)?.connection === undefined;
  return {
    text: encoded(attempt.payload),
    ends: attempt.payload.reason === 'warning' ? 'soon' : 'now',
    ...(all ? { all } : {}),
  };
}

const last = (reason: Farewell): SocketMessage => ({ text: encoded(disconnect(reason)), ends: 'now' });

function hello(world: World, app: string, open: number, debug: boolean): Json {
  return {
    type: 'hello',
    num_connections: open,
    debug_info: {
      host: 'applink-1',
      build_number: 1,
      started: new Date(world.now()).toISOString().replace('T', ' ').slice(0, -1),
      approximate_connection_time: lifeSeconds(debug),
    },
    connection_info: { app_id: app },
  };
}

function answer(text: string): SocketAnswer | undefined {
  const said = parsedObject(text);
  if (typeof said?.envelope_id !== 'string') return undefined;
  return { answers: said.envelope_id, body: isObject(said.payload) ? JSON.stringify(said.payload) : '' };
}
