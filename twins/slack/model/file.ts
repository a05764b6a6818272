/**
 * Files: asked for, sent to an address of their own, then completed.
 * https://docs.slack.dev/messaging/working-with-files
 */
import { BASE64URL, shaped, UPPER36 } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { pageNotFound, refuse } from '../errors.ts';
import { FILE_BYTES_MAX } from '../limits.ts';
import {
  type Channel,
  files,
  type Json,
  type Message,
  type SlackFile,
  type Token,
  type Upload,
  uploads,
} from '../world.ts';
import { authorOf, type Draft, post } from './message.ts';
import { theTeam } from './team.ts';
import { seconds } from './timestamp.ts';
import { fileUrls } from './url.ts';

/** Asks for an address to send a file to. Throws `file_upload_size_restricted`. */
export function requestUpload(world: World, actor: Token, filename: string, length: number): Upload {
  if (length > FILE_BYTES_MAX) throw refuse('file_upload_size_restricted');
  const file = shaped(world.draw('slack.file'), 'F0', 9, UPPER36);
  return world.insert(uploads, {
    secret: world.secret(['slack.upload', file], 64, BASE64URL),
    file,
    filename,
    length,
    user: actor.user,
    completed: false,
  });
}

/** Takes a file's bytes; says how many. An address that was not given out is a page that does not exist. */
export function receive(world: World, secret: string, bytes: Uint8Array): number {
  const upload = world.require(uploads, secret, pageNotFound);
  if (upload.completed) throw pageNotFound();
  world.update(uploads, secret, { bytes: Buffer.from(bytes).toString('base64') });
  return bytes.length;
}

/** Makes files of uploads. Throws `file_not_found`. */
export function complete(
  world: World,
  actor: Token,
  asked: readonly { id: string; title?: string }[],
): SlackFile[] {
  return asked.map(({ id, title }) => {
    const upload = world.list(uploads, { index: 'file', equals: id }).first();
    if (!upload || upload.completed || upload.user !== actor.user) throw refuse('file_not_found');
    world.update(uploads, upload.secret, { completed: true });
    const now = seconds(world);
    return world.insert(files, {
      id,
      created: now,
      timestamp: now,
      name: upload.filename,
      title: title || upload.filename,
      // Slack finds out what a file is later on.
      mimetype: '',
      filetype: '',
      pretty_type: '',
      user: actor.user,
      size: upload.length,
      is_public: false,
      shares: {},
      channels: [],
      groups: [],
      ims: [],
    });
  });
}

/** Shares files in a conversation by a message of the caller's. */
export function share(
  world: World,
  actor: Token,
  channel: Channel,
  shared: readonly SlackFile[],
  draft: Draft,
): Message {
  const shown = shared.map((file) => fileView(world, file));
  const message = post(world, channel, authorOf(world, actor, draft), { ...draft, files: shown });
  for (const file of shared) world.update(files, file.id, (row) => sharedIn(row, channel, message));
  return message;
}

/** The file with this id. Throws `file_not_found`. */
export const theFile = (world: World, id: string): SlackFile =>
  world.require(files, id, () => refuse('file_not_found'));

/** The bytes of a file, for those who may fetch them. */
export function bytesOf(world: World, id: string): Uint8Array {
  const upload = world.list(uploads, { index: 'file', equals: id }).first();
  return Buffer.from(upload?.bytes ?? '', 'base64');
}

/** A file as Slack shows it. */
export function fileView(world: World, file: SlackFile): Json {
  const team = theTeam(world);
  const { user, size, is_public, shares, channels, groups, ims, ...head } = file;
  const { permalink, permalink_public, ...bytes } = fileUrls(world, file);
  return {
    ...head,
    user,
    user_team: team.id,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    ...bytes,
    media_display_type: 'unknown',
    permalink,
    permalink_public,
    comments_count: 0,
    is_starred: false,
    shares,
    channels,
    groups,
    ims,
    has_more_shares: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}

function sharedIn(file: SlackFile, channel: Channel, message: Message): SlackFile {
  const kind = channel.is_im ? 'ims' : channel.is_private ? 'groups' : 'channels';
  const side = kind === 'channels' ? 'public' : 'private';
  const one = { ts: message.ts, channel_name: channel.name, share_user_id: message.user ?? '' };
  return {
    ...file,
    is_public: file.is_public || kind === 'channels',
    [kind]: [...new Set([...file[kind], channel.id])],
    shares: { ...file.shares, [side]: { ...file.shares[side], [channel.id]: [one] } },
  };
}
