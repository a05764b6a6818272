/**
 * Channels that tell programs of changes: opened, told, closed, and forgotten when their time is over.
 * https://developers.google.com/workspace/drive/api/guides/push
 */
import { BASE64URL } from '../../../../src/ids.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { projectOf } from '../../identity/world.ts';
import { CHANNEL_ID_CHARS_MAX, CHANNEL_MS_DEFAULT, CHANNEL_TOKEN_CHARS_MAX } from '../../limits.ts';
import { type Channel, channels } from '../world/channels.ts';
import { type FileRow, files } from '../world.ts';
import { canSee, isInMyDrive, type Viewer } from './access.ts';

/** What a program sends to open a channel, or to stop one. */
export interface ChannelInput {
  id?: string;
  type?: string;
  address?: string;
  token?: string;
  expiration?: string | number;
  payload?: boolean;
  resourceId?: string;
}

/** What is watched: a file, or a list of changes by the names that its reader has in the log. */
export interface Watched {
  fileId?: string;
  who: readonly string[];
  /** Tells one thing that is watched from another. */
  resource: string;
  resourceUri: string;
  restrictToMyDrive: boolean;
  includeRemoved: boolean;
  /** Milliseconds that such a channel lives at most. */
  livesMsMax: number;
}

/** What happened, and under which names of the log. */
interface Happened {
  file?: FileRow;
  before?: FileRow;
  removed?: boolean;
  isNew?: boolean;
  heardBy: readonly string[];
}

/**
 * Opens a channel; its first message is `sync`. Throws `required`, `invalid`, `channelIdNotUnique`,
 * `push.webhookUrlNotHttps`, `push.channelTypeNotSupported`.
 */
export function openChannel(world: World, viewer: Viewer, input: ChannelInput, watched: Watched): Channel {
  const { id, address, token, type } = input;
  forgetExpired(world);
  if (!id) throw missing('entity.id');
  if (id.length > CHANNEL_ID_CHARS_MAX || !/^[A-Za-z0-9\-_+/=]+$/.test(id))
    throw badRequest('Invalid Value', 'id');
  if (!type) throw missing('entity.type');
  if (type !== 'web_hook' && type !== 'webhook')
    throw googleError('invalid', {
      reason: 'push.channelTypeNotSupported',
      message: `Channel type ${type} is not supported`,
    });
  if (!address) throw missing('entity.address');
  checkAddress(address);
  if (token !== undefined && token.length > CHANNEL_TOKEN_CHARS_MAX)
    throw badRequest('Invalid Value', 'token');
  if (world.get(channels, id))
    throw googleError('invalid', { reason: 'channelIdNotUnique', message: `Channel id ${id} not unique` });
  const { who, resource, livesMsMax, ...rest } = watched;
  const channel = world.insert(channels, {
    ...rest,
    id,
    resourceId: world.drawFor('google.resource', viewer.email, resource).chars(BASE64URL, 27),
    email: viewer.email,
    app: viewer.app,
    appOnly: viewer.appOnly,
    appData: viewer.appData ?? false,
    appDataOnly: viewer.appDataOnly ?? false,
    who: [...who],
    address,
    ...(token === undefined ? {} : { token }),
    payload: input.payload ?? false,
    expiresAt: expiryOf(world, input.expiration, livesMsMax),
    messages: 0,
  });
  return send(world, channel, 'sync');
}

/** Closes a channel of the viewer's. Throws `notFound` for one that is not open, or watches something else. */
export function stopChannel(world: World, viewer: Viewer, { id, resourceId }: ChannelInput): void {
  if (!id) throw missing('entity.id');
  if (!resourceId) throw missing('entity.resourceId');
  const channel = world.get(channels, id);
  const mine =
    channel?.email === viewer.email && channel.app === viewer.app && channel.expiresAt > world.now();
  if (!mine || channel.resourceId !== resourceId)
    throw googleError('notFound', {
      message: `Channel '${id}' not found for project '${projectOf(world).projectId}'`,
    });
  world.remove(channels, id);
}

/** Tells the channels that watch what happened. */
export function tellWatchers(world: World, happened: Happened): void {
  if (world.list(channels).first() === undefined) return;
  if (happened.file) {
    for (const channel of open(world, 'fileId', happened.file.id))
      tellOfFile(world, channel, happened.file, happened);
    for (const folder of foldersOf(happened))
      for (const channel of open(world, 'fileId', folder)) {
        const row = world.get(files, folder);
        if (row && canSee(world, viewerOf(channel), row)) send(world, channel, 'update', ['children']);
      }
  }
  for (const who of happened.heardBy)
    for (const channel of open(world, 'who', who))
      if (wants(world, channel, happened)) sendOnce(world, channel);
}

function tellOfFile(
  world: World,
  channel: Channel,
  file: FileRow,
  { before = file, removed }: Happened,
): void {
  const viewer = viewerOf(channel);
  const saw = canSee(world, viewer, lasting(before));
  const sees = removed !== true && canSee(world, viewer, file);
  if (!saw && !sees) return;
  if (!sees) send(world, channel, 'remove');
  else if (!saw) send(world, channel, 'add');
  else if (before.trashed !== file.trashed) send(world, channel, file.trashed ? 'trash' : 'untrash');
  else send(world, channel, 'update', changedParts(before, file));
}

/** A file with permissions that had not ended yet: one that ends now is what is told of. */
const lasting = (file: FileRow): FileRow => ({
  ...file,
  permissions: file.permissions.map(({ expirationTime: _, ...one }) => one),
});

/** Folders that got or lost a child. */
function foldersOf({ file, before = file, removed, isNew }: Happened): string[] {
  const [from] = before?.parents ?? [];
  const [to] = file?.parents ?? [];
  const moved = from !== to;
  return [...new Set([...(removed || moved ? [from] : []), ...(isNew || moved ? [to] : [])])].filter(
    (one): one is string => one !== undefined,
  );
}

/** What `X-Goog-Changed` names. Where only hand and time changed, it was inside of an editors' file. */
function changedParts(before: FileRow, file: FileRow): string[] {
  const differs = (name: string) =>
    JSON.stringify(before[name as keyof FileRow]) !== JSON.stringify(file[name as keyof FileRow]);
  const changed = Object.keys({ ...before, ...file }).filter((name) => !HANDS.has(name) && differs(name));
  const parts = ['parents', 'permissions'].filter((name) => changed.includes(name));
  const content = changed.length === 0 || changed.some((name) => CONTENT.has(name));
  const properties = changed.some((name) => !CONTENT.has(name) && !parts.includes(name));
  return [...(content ? ['content'] : []), ...parts, ...(properties ? ['properties'] : [])];
}

const HANDS = new Set(['version', 'modifiedTime', 'modifiedBy', 'viewedBy', 'lastModifyingUser']);
const CONTENT = new Set(['headRevisionId', 'size', 'md5Checksum', 'sha1Checksum', 'sha256Checksum']);

function wants(world: World, channel: Channel, { file, removed }: Happened): boolean {
  if (!file) return true;
  const gone = removed === true || !canSee(world, viewerOf(channel), file);
  if (gone) return channel.includeRemoved && (!channel.appOnly || file.appId === channel.app);
  return !channel.restrictToMyDrive || isInMyDrive(world, channel.email, file);
}

/** One message for all that a request changes in a list of changes. */
function sendOnce(world: World, channel: Channel): void {
  const told = world.emitted.some(
    ({ event }) => event.channel === 'watch' && event.payload.channel === channel.id,
  );
  if (!told) send(world, channel, 'change');
}

/** Sends one message; what it says is settled now. */
function send(world: World, channel: Channel, state: string, changed: readonly string[] = []): Channel {
  const number = channel.messages + 1;
  world.emit({
    channel: 'watch',
    event: `drive.${state}`,
    to: channel.address,
    app: channel.app,
    payload: {
      channel: channel.id,
      state,
      number,
      resourceId: channel.resourceId,
      resourceUri: channel.resourceUri,
      expiresAt: channel.expiresAt,
      ...(channel.token === undefined ? {} : { token: channel.token }),
      ...(changed.length > 0 ? { changed: changed.join(',') } : {}),
    },
  });
  return world.update(channels, channel.id, { messages: number });
}

const open = (world: World, index: string, equals: string): Channel[] =>
  world.list(channels, { index, equals, where: (row) => row.expiresAt > world.now() }).toArray();

const viewerOf = ({ email, app, appOnly, appData, appDataOnly }: Channel): Viewer => ({
  email,
  app,
  appOnly,
  appData,
  appDataOnly,
});

function forgetExpired(world: World): void {
  for (const row of world.list(channels, { index: 'expiresAt', to: sortable(world.now() + 1) }).toArray())
    world.remove(channels, row.id);
}

/** A wish beyond what such a channel may live is cut to that. Throws `invalid` for a time that is over. */
function expiryOf(world: World, wish: string | number | undefined, livesMsMax: number): number {
  if (wish === undefined || wish === '') return world.now() + CHANNEL_MS_DEFAULT;
  const at = Number(wish);
  if (!Number.isSafeInteger(at) || at <= world.now()) throw badRequest('Invalid Value', 'expiration');
  return Math.min(at, world.now() + livesMsMax);
}

/** Only HTTPS, but to programs on the same machine. */
function checkAddress(address: string): void {
  const bound = address.replace(/^\$\{[^}]+\}/, 'https://bound.invalid').replace(/\$\{[\w.]+\}/g, 'x');
  const url = URL.canParse(bound) ? new URL(bound) : undefined;
  const isLocal = url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url?.protocol !== 'https:' && !isLocal)
    throw googleError('invalid', {
      reason: 'push.webhookUrlNotHttps',
      message: `WebHook callback must be HTTPS: ${address}`,
    });
}

const missing = (location: string) =>
  googleError('badRequest', { reason: 'required', message: 'Required', location, locationType: 'other' });
