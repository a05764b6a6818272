/** `bookmarks.*`: what stands above a channel. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, required, text } from '../args.ts';
import { theOwnChannel } from '../model/channels/access.ts';
import { addBookmark, bookmarksOf, editBookmark, removeBookmark } from '../model/channels/bookmark.ts';
import { both, type MethodCall, method } from './method.ts';

const writing = { ...both('bookmarks:write'), tier: 'Tier2' };

export const bookmarkMethods: readonly Endpoint[] = [
  method('bookmarks.add', { ...writing, required: ['channel_id', 'title', 'type'] }, (call) => ({
    bookmark: addBookmark(call.world, call.actor, channelIn(call), givenIn(call.args)),
  })),
  method('bookmarks.edit', { ...writing, required: ['channel_id', 'bookmark_id'] }, (call) => {
    const id = required(call.args, 'bookmark_id');
    return { bookmark: editBookmark(call.world, call.actor, channelIn(call), id, givenIn(call.args)) };
  }),
  method('bookmarks.remove', { ...writing, required: ['channel_id', 'bookmark_id'] }, (call) => {
    removeBookmark(call.world, channelIn(call), required(call.args, 'bookmark_id'));
    return {};
  }),
  method(
    'bookmarks.list',
    { ...both('bookmarks:read'), tier: 'Tier3', required: ['channel_id'] },
    (call) => ({
      bookmarks: bookmarksOf(call.world, channelIn(call)),
    }),
  ),
];

const channelIn = ({ world, actor, args }: MethodCall) =>
  theOwnChannel(world, actor, required(args, 'channel_id'));

const givenIn = (args: Args) => ({
  title: text(args, 'title'),
  link: text(args, 'link'),
  emoji: text(args, 'emoji'),
  type: text(args, 'type'),
  entity_id: text(args, 'entity_id'),
  parent_id: text(args, 'parent_id'),
});
