/** What people keep for later: messages, files, conversations. https://docs.slack.dev/reference/methods/stars.add */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { channels, channelType, files, type Json, messages, type Token } from '../../world.ts';
import { theChannel } from '../channels/access.ts';
import { tell } from '../events/event.ts';
import { theFile } from '../files/file.ts';
import { fileView } from '../files/fileView.ts';
import { permalink } from '../url.ts';
import { messageView, theMessage } from './message.ts';
import { eventTs, isTs, seconds } from './timestamp.ts';

/** What is kept: a message by `channel` and `ts`, a file, or a conversation. */
interface Item {
  type: 'message' | 'file' | 'channel' | 'group' | 'im';
  channel?: string;
  ts?: string;
  file?: string;
}

interface Star extends Item {
  user: string;
  date_create: number;
  nth: number;
}

export const stars = table<Star>({
  name: 'slack.stars',
  key: (row) => `${row.user}/${nameOf(row)}`,
  indexes: { order: (row) => `${row.user}/${String(row.nth).padStart(9, '0')}` },
});

/** Does this user keep the message? */
export const isKept = (
  world: World,
  user: string,
  { channel, ts }: { channel: string; ts: string },
): boolean => world.get(stars, `${user}/${nameOf({ type: 'message', channel, ts })}`) !== undefined;

/** As given to `stars.add` and `stars.remove`. */
export interface Asked {
  channel: string | undefined;
  timestamp: string | undefined;
  file: string | undefined;
  file_comment: string | undefined;
}

/** Keeps an item. Throws `already_starred` and what `meant` throws. */
export function star(world: World, actor: Token, asked: Asked): void {
  const item = meant(world, actor, asked);
  if (world.get(stars, `${actor.user}/${nameOf(item)}`)) throw refuse('already_starred');
  const nth = world.next('slack.star');
  const kept = world.insert(stars, { ...item, user: actor.user, date_create: seconds(world), nth });
  announce(world, 'star_added', kept);
}

/** Keeps it no longer. Throws `not_starred` and what `meant` throws. */
export function unstar(world: World, actor: Token, asked: Asked): void {
  const key = `${actor.user}/${nameOf(meant(world, actor, asked))}`;
  const kept = world.get(stars, key);
  if (!kept) throw refuse('not_starred');
  world.remove(stars, key);
  announce(world, 'star_removed', kept);
}

/** One's stars, the newest first, without those whose item is gone. */
export const starsOf = (world: World, user: string) =>
  world.list(stars, {
    index: 'order',
    prefix: `${user}/`,
    reverse: true,
    where: (row) => stands(world, row),
  });

/** A starred item as Slack shows it. */
export function starView(world: World, row: Star): Json {
  const { type, channel, ts, file, date_create } = row;
  if (type === 'file') {
    const kept = world.require(files, file ?? '', () => refuse('file_not_found'));
    return { type, file: { ...fileView(world, kept), is_starred: true }, date_create };
  }
  if (type !== 'message') return { type, channel, date_create };
  const message = world.require(messages, `${channel}/${ts}`, () => refuse('message_not_found'));
  const shown = { ...messageView(world, message), permalink: permalink(world, message), is_starred: true };
  return { type, channel, message: shown, date_create };
}

/**
 * The item that is meant. Throws `no_item_specified`, `bad_timestamp`, `channel_not_found`, `message_not_found`,
 * `file_not_found`, `file_comment_not_found`.
 */
function meant(world: World, actor: Token, { channel: id, timestamp, file, file_comment }: Asked): Item {
  // Comments have become threads: no file has any left.
  if (file_comment) throw refuse('file_comment_not_found');
  if (file) return { type: 'file', file: theFile(world, actor, file).id };
  if (!id) throw refuse('no_item_specified');
  const channel = theChannel(world, actor, id);
  if (!timestamp) return { type: kindOf[channelType(channel)], channel: id };
  if (!isTs(timestamp)) throw refuse('bad_timestamp');
  return { type: 'message', channel: id, ts: theMessage(world, channel, timestamp).ts };
}

const kindOf = { public_channel: 'channel', private_channel: 'group', mpim: 'group', im: 'im' } as const;

const nameOf = ({ type, channel, ts, file }: Item): string =>
  file ?? `${channel}/${type === 'message' ? ts : ''}`;

function stands(world: World, { type, channel, ts, file }: Star): boolean {
  if (type === 'file') return world.get(files, file ?? '') !== undefined;
  if (type === 'message') return world.get(messages, `${channel}/${ts}`) !== undefined;
  return world.get(channels, channel ?? '') !== undefined;
}

function announce(world: World, type: 'star_added' | 'star_removed', row: Star): void {
  const { date_create, ...item } = starView(world, row);
  tell(world, { type, user: row.user, item: { ...item, date_create }, event_ts: eventTs(world) });
}
