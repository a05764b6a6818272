/** Where a file is shared, who may see it, and who is told. https://docs.slack.dev/reference/events/file_shared */
import type { World } from '../../../../src/world/world.ts';
import { invalidBlocks } from '../../errors.ts';
import {
  type Channel,
  channels,
  files,
  type Json,
  type Message,
  placesOf,
  type SlackFile,
} from '../../world.ts';
import { canSee, isMember } from '../channels/access.ts';
import { tell, tellSeers } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';

/** May this user see the file? Its maker, who was let in, and who sees a conversation that it is shared in. */
export function seesFile(world: World, user: string, file: SlackFile): boolean {
  if (file.user === user || file.access[user] !== undefined) return true;
  if (placesOf(file).some((id) => seesPlace(world, user, id))) return true;
  return Object.keys(file.access).some((id) => world.get(channels, id) && isMember(world, id, user));
}

/** Notes that a message shows files, and tells the apps there. */
export function noteShares(world: World, channel: Channel, message: Message): void {
  for (const { id } of message.files ?? []) {
    const file = world.get(files, id);
    if (!file) continue;
    const shared = world.update(files, id, (row) => sharedIn(world, row, channel, message));
    const user_id = message.user ?? '';
    tell(world, fileEvent(world, 'file_shared', shared, { user_id, channel_id: channel.id }), channel);
    if (!file.is_public && shared.is_public) tellOfFile(world, 'file_public', shared, { user_id });
  }
}

/** The remote files that an app's blocks show. Throws `invalid_blocks` for one that it has not made known. */
export function filesInBlocks(
  world: World,
  app: string | undefined,
  blocks: readonly Json[],
): { id: string }[] {
  return blocks.flatMap((block, i) => {
    if (block.type !== 'file') return [];
    const known = world.list(files, { index: 'external', equals: `${app}/${block.external_id}` }).toArray();
    const file = known.find(({ mode }) => mode === 'external');
    if (!file) throw invalidBlocks([`file not found [json-pointer:/blocks/${i}/external_id]`]);
    return [{ id: file.id }];
  });
}

/** Notes that a message shows files no more. */
export function dropShares(world: World, channel: Channel, message: Message): void {
  for (const { id } of message.files ?? []) {
    const file = world.get(files, id);
    if (!file || file.mode === 'tombstone') continue;
    const left = world.update(files, id, (row) => unsharedFrom(row, channel, message.ts));
    if (placesOf(left).includes(channel.id)) continue;
    const more = { user_id: message.user ?? '', channel_id: channel.id };
    tell(world, fileEvent(world, 'file_unshared', left, more), channel);
  }
}

/** Tells the apps that hear on behalf of somebody who may see the file. */
export const tellOfFile = (world: World, type: string, file: SlackFile, more: object = {}): void =>
  tellSeers(world, fileEvent(world, type, file, more), (user) => seesFile(world, user, file));

/** The conversation timestamps of the messages that show a file, as pairs of channel and `ts`. */
export function sharesOf(file: SlackFile): { channel: string; ts: string }[] {
  return Object.values(file.shares).flatMap((side) =>
    Object.entries(side ?? {}).flatMap(([channel, all]) =>
      all.map((one) => ({ channel, ts: String(one.ts) })),
    ),
  );
}

function fileEvent(world: World, type: string, { id }: SlackFile, more: object) {
  return { type, file_id: id, ...more, file: { id }, event_ts: eventTs(world) };
}

function seesPlace(world: World, user: string, id: string): boolean {
  const channel = world.get(channels, id);
  return channel !== undefined && canSee(world, channel, user);
}

type Kind = 'ims' | 'groups' | 'channels';

const kindOf = (channel: Channel): Kind =>
  channel.is_im ? 'ims' : channel.is_private || channel.is_mpim ? 'groups' : 'channels';

function sharedIn(world: World, file: SlackFile, channel: Channel, message: Message): SlackFile {
  const kind = kindOf(channel);
  const side = kind === 'channels' ? 'public' : 'private';
  const one = {
    reply_users: [],
    reply_users_count: 0,
    reply_count: 0,
    ts: message.ts,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    channel_name: channel.name,
    team_id: theTeam(world).id,
    share_user_id: message.user ?? '',
    source: 'UNKNOWN',
    is_silent_share: false,
  };
  const before = file.shares[side]?.[channel.id] ?? [];
  return {
    ...file,
    is_public: file.is_public || kind === 'channels',
    [kind]: [...new Set([...file[kind], channel.id])],
    shares: { ...file.shares, [side]: { ...file.shares[side], [channel.id]: [...before, one] } },
  };
}

function unsharedFrom(file: SlackFile, channel: Channel, ts: string): SlackFile {
  const kind = kindOf(channel);
  const side = kind === 'channels' ? 'public' : 'private';
  const { [channel.id]: here = [], ...elsewhere } = file.shares[side] ?? {};
  const left = here.filter((one) => one.ts !== ts);
  return {
    ...file,
    [kind]: left.length > 0 ? file[kind] : file[kind].filter((id) => id !== channel.id),
    shares: { ...file.shares, [side]: left.length > 0 ? { ...elsewhere, [channel.id]: left } : elsewhere },
  };
}
