/** What stands in the bar above a channel. https://docs.slack.dev/reference/methods/bookmarks.add */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidArguments, refuse } from '../../errors.ts';
import {
  BOOKMARK_LINK_CHARS_MAX,
  BOOKMARK_TITLE_CHARS_MAX,
  BOOKMARKS_PER_CHANNEL_MAX,
} from '../../limits.ts';
import { type Channel, files, messages, type Token } from '../../world.ts';
import { errorsOf } from '../blocks/check.ts';
import { text } from '../blocks/objects.ts';
import { seconds } from '../messages/timestamp.ts';
import { requireOpen } from './access.ts';

/** Times in seconds; `date_updated` 0 where it never was. */
export interface Bookmark {
  id: string;
  channel_id: string;
  title: string;
  link: string;
  emoji: string;
  icon_url: string;
  entity_id: string | null;
  type: string;
  date_created: number;
  date_updated: number;
  /** They stand in the order of their ranks. */
  rank: string;
  last_updated_by_user_id: string;
  last_updated_by_team_id: string;
  shortcut_id: null;
  app_id: null;
  app_action_id: null;
  parent_id?: string;
}

export const bookmarks = table<Bookmark>({
  name: 'slack.bookmarks',
  key: (row) => `${row.channel_id}/${row.id}`,
  indexes: {
    rank: (row) => `${row.channel_id}/${row.rank}`,
    parent: (row) => row.parent_id && `${row.channel_id}/${row.parent_id}`,
  },
});

/** What a call says of a bookmark. */
export interface Given {
  title?: string | undefined;
  link?: string | undefined;
  emoji?: string | undefined;
  type?: string | undefined;
  entity_id?: string | undefined;
  parent_id?: string | undefined;
}

const TYPES = new Set(['link', 'folder', 'message', 'file']);

/**
 * Adds one at the end. Throws `invalid_bookmark_type`, `invalid_link`, `invalid_emoji`, `invalid_entity_id`,
 * `invalid_parent_type`, `parent_with_link`, `too_many_bookmarks`, `is_archived`.
 */
export function addBookmark(world: World, actor: Token, channel: Channel, given: Given): Bookmark {
  requireOpen(channel);
  const { title = '', type = '', link, emoji, entity_id, parent_id } = given;
  if (!TYPES.has(type)) throw refuse('invalid_bookmark_type');
  if (type === 'folder' && link) throw refuse('parent_with_link');
  if (type === 'link' && !link) throw refuse('invalid_link');
  check(given);
  if (type === 'message' || type === 'file') requireEntity(world, channel, type, entity_id);
  if (parent_id) requireFolder(world, channel, parent_id, type);
  const all = world.list(bookmarks, { index: 'rank', prefix: `${channel.id}/` });
  if (all.count() >= BOOKMARKS_PER_CHANNEL_MAX) throw refuse('too_many_bookmarks');
  const last = world.list(bookmarks, { index: 'rank', prefix: `${channel.id}/`, reverse: true }).first();
  return world.insert(bookmarks, {
    id: shaped(world.draw('slack.bookmark'), 'Bk0', 9, UPPER36),
    channel_id: channel.id,
    title,
    link: link ?? '',
    emoji: emoji ?? '',
    icon_url: iconOf(link),
    entity_id: entity_id || null,
    type,
    date_created: seconds(world),
    date_updated: 0,
    rank: rankAfter(last?.rank),
    last_updated_by_user_id: actor.user,
    last_updated_by_team_id: actor.team,
    shortcut_id: null,
    app_id: null,
    app_action_id: null,
    ...(parent_id ? { parent_id } : {}),
  });
}

/** Changes one. Throws `not_found`, `invalid_link`, `invalid_emoji`, `parent_with_link`. */
export function editBookmark(
  world: World,
  actor: Token,
  channel: Channel,
  id: string,
  given: Pick<Given, 'title' | 'link' | 'emoji'>,
): Bookmark {
  const known = theBookmark(world, channel, id);
  check(given);
  if (known.type === 'folder' && given.link) throw refuse('parent_with_link');
  const { title, link, emoji } = given;
  return world.update(bookmarks, `${channel.id}/${id}`, {
    ...(title === undefined ? {} : { title }),
    ...(link === undefined ? {} : { link, icon_url: iconOf(link) }),
    ...(emoji === undefined ? {} : { emoji }),
    date_updated: seconds(world),
    last_updated_by_user_id: actor.user,
    last_updated_by_team_id: actor.team,
  });
}

/** Takes one away, a folder with what is in it. Throws `not_found`. */
export function removeBookmark(world: World, channel: Channel, id: string): void {
  theBookmark(world, channel, id);
  world.remove(bookmarks, `${channel.id}/${id}`);
  for (const one of world.list(bookmarks, { index: 'parent', equals: `${channel.id}/${id}` }).toArray())
    world.remove(bookmarks, `${channel.id}/${one.id}`);
}

/** All of a channel's, in their order. */
export const bookmarksOf = (world: World, channel: Channel): Bookmark[] =>
  world.list(bookmarks, { index: 'rank', prefix: `${channel.id}/` }).toArray(BOOKMARKS_PER_CHANNEL_MAX);

const theBookmark = (world: World, channel: Channel, id: string): Bookmark =>
  world.require(bookmarks, `${channel.id}/${id}`, () => refuse('not_found'));

function check({ title, link, emoji }: Given): void {
  const long = [
    ...errorsOf(title ?? '', text(BOOKMARK_TITLE_CHARS_MAX), '/title'),
    ...errorsOf(link ?? '', text(BOOKMARK_LINK_CHARS_MAX), '/link'),
  ];
  if (long.length > 0) throw invalidArguments(long);
  if (link && !/^https?:\/\/\S+$/.test(link)) throw refuse('invalid_link');
  if (emoji && !/^:?[a-z0-9_+'-]+:?$/.test(emoji)) throw refuse('invalid_emoji');
}

function requireEntity(world: World, channel: Channel, type: string, id: string | undefined): void {
  if (!id) throw refuse('invalid_entity_id');
  if (type === 'file' && !world.get(files, id)) throw refuse('file_not_found');
  if (type === 'message' && !world.get(messages, `${channel.id}/${id}`)) throw refuse('invalid_entity_id');
}

function requireFolder(world: World, channel: Channel, id: string, type: string): void {
  const parent = world.get(bookmarks, `${channel.id}/${id}`);
  if (parent?.type !== 'folder') throw refuse('invalid_parent_type');
  if (type === 'folder') throw refuse('invalid_child_type');
}

const iconOf = (link: string | undefined): string =>
  link && URL.canParse(link) ? `${new URL(link).origin}/favicon.ico` : '';

/** A rank behind another one, with room between them, as Slack's own begin: `g`, `m`, `s`, `y`, `yg` … */
const rankAfter = (rank: string | undefined): string => {
  if (rank === undefined) return 'g';
  const last = rank.at(-1) as string;
  return last < 'y' ? rank.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 6) : `${rank}g`;
};
