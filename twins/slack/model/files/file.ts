/** Files in the workspace: found, shared, made public by an address, deleted. https://docs.slack.dev/messaging/working-with-files */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { SNIPPET_SHOWN_BYTES_MAX } from '../../limits.ts';
import {
  type Channel,
  channels,
  files,
  type Json,
  type Message,
  messages,
  placesOf,
  type SlackFile,
  type Token,
  uploads,
  users,
} from '../../world.ts';
import { theChannel } from '../channels/access.ts';
import { tellMessage } from '../events/event.ts';
import { authorOf, type Draft, messageView, post } from '../messages/message.ts';
import { eventTs, nextTs } from '../messages/timestamp.ts';
import { seesFile, sharesOf, tellOfFile } from './fileShare.ts';
import { type FileFamily, familyOf } from './fileType.ts';

/** The file with this id, as far as the caller may see it. Throws `file_not_found`, `file_deleted`. */
export function theFile(world: World, actor: Token, id: string): SlackFile {
  const file = world.require(files, id, () => refuse('file_not_found'));
  if (file.mode === 'tombstone') throw refuse('file_deleted');
  if (!seesFile(world, actor.user, file)) throw refuse('file_not_found');
  return file;
}

/** Shares files in a conversation by one message of the caller's. */
export function share(
  world: World,
  actor: Token,
  channel: Channel,
  ids: readonly string[],
  draft: Draft,
): Message {
  const shown = ids.map((id) => ({ id }));
  return post(world, channel, authorOf(world, actor, draft), { ...draft, files: shown });
}

/** Which files `files.list` is asked for. Times in seconds, both included. */
export interface FileQuery {
  user?: string;
  channel?: string;
  from?: number;
  to?: number;
  families?: ReadonlySet<FileFamily>;
  external?: boolean;
}

/** The files that the caller may see, the newest first. Throws `channel_not_found`, `user_not_found`. */
export function filesOf(world: World, actor: Token, asked: FileQuery) {
  const { user, channel, from = 0, to = Infinity, families, external = false } = asked;
  if (user) world.require(users, user, () => refuse('user_not_found'));
  if (channel) theChannel(world, actor, channel);
  const index = channel ? 'place' : user ? 'user' : 'recent';
  return world.list(files, {
    index,
    ...(index === 'recent' ? {} : { prefix: `${channel ?? user}/` }),
    reverse: true,
    where: (row) => {
      const family = familyOf(row);
      return (
        row.mode !== 'tombstone' &&
        (row.mode === 'external' || !external) &&
        (!user || row.user === user) &&
        row.created >= from &&
        row.created <= to &&
        (!families || (family !== undefined && families.has(family))) &&
        seesFile(world, actor.user, row)
      );
    },
  });
}

/** Deletes a file: messages that showed it keep a tombstone. Throws `cant_delete_file`. */
export function deleteFile(world: World, actor: Token, file: SlackFile): void {
  const administers = actor.kind === 'user' && world.get(users, actor.user)?.is_admin === true;
  if (file.user !== actor.user && !administers) throw refuse('cant_delete_file');
  const places = placesOf(file);
  tellOfFile(world, 'file_deleted', file, { channel_ids: places });
  world.update(files, file.id, { mode: 'tombstone', channels: [], groups: [], ims: [], shares: {} });
  const upload = uploadOf(world, file.id);
  if (upload) world.remove(uploads, upload.secret);
  for (const { channel, ts } of sharesOf(file)) tellOfTombstone(world, channel, ts);
}

/** Opens a file to everybody who has its address, or closes it again. */
export function setPublic(world: World, file: SlackFile, open: boolean): SlackFile {
  const changed = world.update(files, file.id, { public_url_shared: open });
  tellOfFile(world, 'file_change', changed, { user_id: file.user });
  return changed;
}

/** The bytes of a file, for those who may fetch them. */
export const bytesOf = (world: World, id: string): Uint8Array =>
  Buffer.from(uploadOf(world, id)?.bytes ?? '', 'base64');

/** What `files.info` says of a snippet besides: its text, cut where it is long. */
export function contentOf(world: World, file: SlackFile): Json {
  if (file.mode !== 'snippet') return {};
  const bytes = bytesOf(world, file.id);
  const text = Buffer.from(bytes).toString('utf8', 0, SNIPPET_SHOWN_BYTES_MAX);
  return { content: text, is_truncated: bytes.length > SNIPPET_SHOWN_BYTES_MAX };
}

const uploadOf = (world: World, id: string) => world.list(uploads, { index: 'file', equals: id }).first();

/** A message that showed the file has changed for those who see it. */
function tellOfTombstone(world: World, id: string, ts: string): void {
  const channel = world.get(channels, id);
  const message = world.get(messages, `${id}/${ts}`);
  if (!channel || !message) return;
  tellMessage(world, channel, () => ({
    type: 'message',
    subtype: 'message_changed',
    message: messageView(world, message),
    previous_message: messageView(world, message),
    hidden: true,
    ts: nextTs(world, id),
    event_ts: eventTs(world),
  }));
}
