/** `search.*`: what a person finds. */
import { uuid } from '../../../src/ids.ts';
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { type Args, flag, integer, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { refuse } from '../errors.ts';
import { SEARCH_COUNT_DEFAULT, SEARCH_COUNT_MAX, SEARCH_PAGE_MAX } from '../limits.ts';
import { fileView } from '../model/files/fileView.ts';
import { messageView } from '../model/messages/message.ts';
import { theTeam } from '../model/people/team.ts';
import { highlighted } from '../model/search/query.ts';
import { searchMessages } from '../model/search/search.ts';
import { searchFiles } from '../model/search/searchFiles.ts';
import type { Found, SearchOrder } from '../model/search/searchWalk.ts';
import { permalink } from '../model/url.ts';
import { type Channel, channels, type Json, type Message, type Token, users } from '../world.ts';
import { type MethodCall, method } from './method.ts';

const finding = { user: ['search:read'], tier: 'Tier2' };

export const searchMethods: readonly Endpoint[] = [
  method('search.messages', finding, (call) => {
    const query = queryOf(call.args);
    return { query, messages: messagesFound(call, query) };
  }),
  method('search.files', finding, (call) => {
    const query = queryOf(call.args);
    return { query, files: filesFound(call, query) };
  }),
  method('search.all', finding, (call) => {
    const query = queryOf(call.args);
    const found = { messages: messagesFound(call, query), files: filesFound(call, query) };
    return { query, ...found, posts: { matches: [], total: 0 } };
  }),
];

function queryOf(args: Args): string {
  const query = text(args, 'query')?.trim() ?? '';
  if (query === '') throw refuse('no_query');
  return query;
}

function messagesFound({ world, actor, args }: MethodCall, query: string): Json {
  const marked = flag(args, 'highlight');
  const page = pageIn(args);
  const found = searchMessages(world, actor, query, page);
  return shownPage(page, found, (row) => matchView(world, actor, row, marked ? query : undefined));
}

function filesFound({ world, actor, args }: MethodCall, query: string): Json {
  const page = pageIn(args);
  return shownPage(page, searchFiles(world, actor, query, page), (row) => fileView(world, row));
}

/** Which page is asked for, by its number or by a cursor: `*` asks for the first. */
interface Asked extends SearchOrder {
  page: number;
  byCursor: boolean;
}

function pageIn(args: Args): Asked {
  const limit = Math.min(Math.max(integer(args, 'count') ?? SEARCH_COUNT_DEFAULT, 1), SEARCH_COUNT_MAX);
  const byCursor = (text(args, 'cursor') ?? '') !== '';
  const given = text(args, 'cursor') === '*' ? '1' : opened(args, 'page');
  const asked = byCursor ? Number(given) : (integer(args, 'page') ?? 1);
  if (!Number.isInteger(asked)) throw refuse('invalid_cursor');
  const page = Math.min(Math.max(asked, 1), SEARCH_PAGE_MAX);
  return {
    sort: text(args, 'sort') === 'timestamp' ? 'timestamp' : 'score',
    ascending: text(args, 'sort_dir') === 'asc',
    offset: (page - 1) * limit,
    limit,
    page,
    byCursor,
  };
}

function shownPage<E>(
  { page, limit: count, byCursor }: Asked,
  { total, items }: Found<E>,
  view: (row: E) => Json,
): Json {
  const more = page * count < total;
  const pages = Math.ceil(total / count);
  const first = items.length === 0 ? 0 : (page - 1) * count + 1;
  return {
    total,
    pagination: {
      total_count: total,
      page,
      per_page: count,
      page_count: pages,
      first,
      last: first === 0 ? 0 : first + items.length - 1,
      ...(byCursor ? { next_cursor: more ? sealed('page', String(page + 1)) : '' } : {}),
    },
    paging: { count, total, page, pages },
    matches: items.map(view),
  };
}

function matchView(world: World, actor: Token, message: Message, marks: string | undefined): Json {
  const channel = world.require(channels, message.channel, () => refuse('channel_not_found'));
  const author = message.user === undefined ? undefined : world.get(users, message.user);
  return {
    ...messageView(world, message),
    iid: uuid(world.drawFor('slack.searchMatch', message.channel, message.ts)),
    team: theTeam(world).id,
    channel: {
      id: channel.id,
      name: channel.is_im ? otherOf(channel, actor) : channel.name,
      is_channel: channel.is_channel,
      is_group: channel.is_group,
      is_im: channel.is_im,
      is_mpim: channel.is_mpim,
      is_private: channel.is_private,
      is_shared: false,
      is_org_shared: false,
      is_ext_shared: false,
      is_pending_ext_shared: false,
      pending_shared: [],
    },
    username: message.username ?? author?.name ?? '',
    text: marks === undefined ? message.text : highlighted(message.text, marks),
    permalink: permalink(world, message),
  };
}

/** A direct message goes by the id of the person on the other side. */
const otherOf = ({ party = '' }: Channel, actor: Token): string =>
  party.split(',').find((id) => id !== actor.user) ?? actor.user;
