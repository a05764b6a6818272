/**
 * Real Time Messaging: everything that a user may see, over a WebSocket, as it happens; and what programs say there.
 * https://docs.slack.dev/legacy/legacy-rtm-api
 */
import { socketAddress } from '../../../../src/socket/kind.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { STREAM_SUBSCRIPTIONS_MAX } from '../../limits.ts';
import { type Channel, channels, type Json, members, type Token, users } from '../../world.ts';

/** A connection that is open, and whose it is. */
interface Stream {
  user: string;
  connection: string;
  /** The token's text: what is said over it is said as its user. */
  token: string;
  /** Its own message is being posted: it hears an answer, not the event. */
  muted?: boolean;
  /** Whose presence it wants to hear of. */
  presence: readonly string[];
}

// What comes and goes with connections is nothing of the workspace's: diffs and journals do not show the table.
export const streams = table<Stream>({
  name: '_slackStreams',
  secret: true,
  key: (row) => streamKey(row.user, row.connection),
});

export const STREAM_PATH = '/websocket/';

const streamKey = (user: string, connection: string): string => `${user}/${connection}`;

/** A connection was opened with a token. */
export const keepStream = (world: World, token: Token, connection: string): Stream =>
  world.put(streams, { user: token.user, connection, token: token.token, presence: [] });

/** It is gone. */
export const forgetStream = (world: World, user: string, connection: string): boolean =>
  world.remove(streams, streamKey(user, connection));

/** The open connection; undefined where it is not known. */
export const streamOf = (world: World, user: string, connection: string): Stream | undefined =>
  world.get(streams, streamKey(user, connection));

/** Has something posted of which the connection that says it hears no event. */
export function quietly<T>(world: World, { user, connection }: Stream, work: () => T): T {
  world.update(streams, streamKey(user, connection), { muted: true });
  try {
    return work();
  } finally {
    world.update(streams, streamKey(user, connection), { muted: false });
  }
}

/** Subscribes a connection to the presence of others, as many as Slack lets it. */
export function subscribe(world: World, { user, connection }: Stream, ids: readonly string[]): void {
  const presence = ids.slice(0, STREAM_SUBSCRIPTIONS_MAX).filter((id) => world.get(users, id));
  world.update(streams, streamKey(user, connection), { presence });
}

/** Ends the connections of somebody whose account is closed. https://docs.slack.dev/reference/events/goodbye */
export function endStreams(world: World, user: string): void {
  for (const stream of world.list(streams, { prefix: `${user}/` }).toArray())
    say(world, stream, { type: GOODBYE });
}

/** The last event of a connection. */
export const GOODBYE = 'goodbye';

/** Tells everybody who listens and may know: of what happens in `channel` its members, of `person`'s own affairs them. */
export function tellStreams(world: World, event: () => Json, channel?: Channel, person?: string): void {
  const open = world.list(streams);
  // Nearly always nobody listens: to find that out takes one look.
  if (!open.first()) return;
  let made: Json | undefined;
  for (const stream of open) {
    if (stream.muted || (channel && !world.get(members, `${channel.id}/${stream.user}`))) continue;
    if (person !== undefined && stream.user !== person) continue;
    made ??= event();
    say(world, stream, made);
  }
}

/** Tells those who listen and of whom `sees` holds. */
export function tellSeeing(world: World, event: () => Json, sees: (user: string) => boolean): void {
  for (const stream of world.list(streams))
    if (!stream.muted && sees(stream.user)) say(world, stream, event());
}

/** Tells who subscribed to it of somebody's presence. */
export function tellPresence(world: World, user: string, presence: string): void {
  for (const stream of world.list(streams))
    if (stream.presence.includes(user)) say(world, stream, { type: 'presence_change', user, presence });
}

/** Tells the others in a channel that somebody types there. */
export function tellTyping(world: World, { user }: Stream, id: string): void {
  const channel = world.get(channels, id);
  if (!channel || !world.get(members, `${id}/${user}`)) return;
  for (const stream of world.list(streams))
    if (stream.user !== user && world.get(members, `${id}/${stream.user}`))
      say(world, stream, { type: 'user_typing', channel: id, user });
}

function say(world: World, { user, connection }: Stream, event: Json): void {
  world.emit({
    channel: 'streams',
    event: String(event.type),
    to: socketAddress(user, connection),
    payload: event,
  });
}
