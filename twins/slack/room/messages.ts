/** A conversation as its members see it: messages, threads, reactions, what can be pressed and written. */
import type { Act, Block, Said } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { apps, files, type Message, users } from '../world.ts';
import { attachmentBlocks, shownBlocks } from './blocks.ts';
import { markedLines } from './text.ts';

/** One message as `viewer` (a user's id) sees it; in its own thread it does not lead there again. */
export function said(world: World, message: Message, viewer: string, inThread = false): Said {
  const { channel, ts } = message;
  const where = { message: { channel, ts } };
  const author = world.get(users, message.user ?? '');
  const blocks: Block[] = [
    ...shownBlocks(world, where, message.blocks ?? []),
    ...(message.attachments ?? []).flatMap((one) => attachmentBlocks(world, where, one)),
    ...shared(world, message),
  ];
  const replies = message.reply_count ?? 0;
  return {
    id: ts,
    author: message.username ?? author?.real_name ?? app(world, message)?.name ?? 'Somebody',
    ...(author ? { authorTo: `person/${author.id}` } : {}),
    at: Math.floor(Number(ts) * 1_000),
    marks: [...(message.bot_id ? ['APP'] : []), ...(message.edited ? ['edited'] : [])],
    // Blocks stand in the place of the text, which then is for notifications.
    lines: (message.blocks ?? []).length > 0 ? [] : markedLines(world, message.text),
    blocks,
    reactions: (message.reactions ?? []).map(({ name, count, users: who }) => ({
      name,
      count,
      who: who.map((id) => world.get(users, id)?.real_name ?? id).join(', '),
      act: {
        label: `:${name}:`,
        gesture: who.includes(viewer) ? 'unreact' : 'react',
        with: { channel, ts, name },
      },
    })),
    ...(inThread || replies === 0
      ? {}
      : { more: { to: `thread/${channel}/${ts}`, title: replies === 1 ? '1 reply' : `${replies} replies` } }),
    acts: inThread ? [react(channel, ts)] : [reply(channel, ts), react(channel, ts)],
  };
}

/** The composer of a conversation. */
export const composer = (channel: string, place: string): Act => ({
  label: 'Send',
  gesture: 'post',
  with: { channel },
  style: 'primary',
  fields: [{ path: ['text'], label: `Message ${place}`, type: 'long' }],
});

/** The composer of a thread. */
export const reply = (channel: string, ts: string): Act => ({
  label: 'Reply',
  gesture: 'reply',
  with: { channel, ts },
  fields: [{ path: ['text'], label: 'Reply', type: 'long' }],
});

const react = (channel: string, ts: string): Act => ({
  label: 'React',
  gesture: 'react',
  with: { channel, ts },
  fields: [{ path: ['name'], label: 'Emoji, as white_check_mark', type: 'text' }],
});

const app = (world: World, message: Message) => world.get(apps, message.app_id ?? '');

const shared = (world: World, message: Message): Block[] =>
  (message.files ?? []).map(({ id }) => ({
    kind: 'list',
    items: [
      {
        title: world.get(files, id)?.title ?? 'file',
        subtitle: world.get(files, id)?.mimetype ?? '',
        icon: 'file',
      },
    ],
  }));
