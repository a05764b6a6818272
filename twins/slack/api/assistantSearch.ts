/** `assistant.search.*`: what apps find for who asks them. */
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { type Args, flag, ids, integer, listed, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { missingScope, mustBe, refuse } from '../errors.ts';
import { CONTEXT_MESSAGES, QUERY_CHARS_MAX, SEARCH_CONTEXT_MAX, SEARCH_COUNT_MAX } from '../limits.ts';
import { canSee } from '../model/channels/access.ts';
import { isActionToken } from '../model/interactivity/actionToken.ts';
import { theTeam } from '../model/people/team.ts';
import { highlighted } from '../model/search/query.ts';
import { answersTo, around, isBots, type Question } from '../model/search/question.ts';
import { wordsOf } from '../model/search/searchable.ts';
import { searchFiles } from '../model/search/searchFiles.ts';
import { fileUrls, permalink, teamUrl } from '../model/url.ts';
import {
  type Channel,
  channels,
  type Json,
  type Message,
  type SlackFile,
  type Token,
  type User,
  users,
} from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const CHANNEL_SCOPES: Readonly<Record<string, string>> = {
  public_channel: 'search:read.public',
  private_channel: 'search:read.private',
  mpim: 'search:read.mpim',
  im: 'search:read.im',
};
const CONTENT_SCOPES: Readonly<Record<string, string>> = {
  messages: '',
  files: 'search:read.files',
  channels: 'search:read.public',
  users: 'search:read.users',
};
const SEARCHING = {
  bot: ['search:read.public', 'search:read.files', 'search:read.users'],
  user: [...Object.values(CHANNEL_SCOPES), 'search:read.files', 'search:read.users'],
};
const MICROS = 1_000_000;

export const assistantSearchMethods: readonly Endpoint[] = [
  method('assistant.search.context', { ...SEARCHING, tier: 'SpecialTier' }, (call) => {
    const { world, actor, args } = call;
    const query = queryIn(call);
    const types = among(args, 'channel_types', CHANNEL_SCOPES, 'public_channel');
    const contents = among(args, 'content_types', CONTENT_SCOPES, 'messages');
    requireScopes(actor, types, contents);
    requireContext(world, actor, args);
    const question = questionIn(args, query, types);
    const limit = Math.min(Math.max(integer(args, 'limit') || SEARCH_CONTEXT_MAX, 1), SEARCH_CONTEXT_MAX);
    const page = Math.max(Number(opened(args, 'page') ?? 1) || 1, 1);
    let more = false;
    const shown = <E>(rows: readonly E[], view: (row: E) => Json): Json[] => {
      more ||= rows.length > page * limit;
      return rows.slice((page - 1) * limit, page * limit).map(view);
    };
    const results = {
      ...(contents.has('messages')
        ? { messages: shown(answersTo(world, actor, question), (row) => messageFound(call, query, row)) }
        : {}),
      ...(contents.has('files')
        ? { files: shown(filesFound(call, query), (row) => fileFound(world, row)) }
        : {}),
      ...(contents.has('channels')
        ? { channels: shown(channelsFound(call, question), (row) => channelFound(world, row)) }
        : {}),
      ...(contents.has('users')
        ? { users: shown(usersFound(call, query), (row) => userFound(world, row)) }
        : {}),
    };
    return { results, response_metadata: { next_cursor: more ? sealed('page', String(page + 1)) : '' } };
  }),
  // Words are all that the twin compares.
  method('assistant.search.info', { ...both('search:read.public'), tier: 'Tier2' }, () => ({
    is_ai_search_enabled: false,
  })),
];

/** The question; a bot has to say by whose words it asks. Throws `missing_query`, `query_too_long`, `invalid_action_token`. */
function queryIn({ world, actor, args }: MethodCall): string {
  const query = text(args, 'query')?.trim() ?? '';
  if (query === '') throw refuse('missing_query');
  if (query.length > QUERY_CHARS_MAX) throw refuse('query_too_long');
  const token = text(args, 'action_token');
  if ((actor.kind === 'bot' || token) && !isActionToken(world, actor.app, token ?? ''))
    throw refuse('invalid_action_token');
  return query;
}

function among(
  args: Args,
  name: string,
  known: Readonly<Record<string, string>>,
  fallback: string,
): Set<string> {
  const given = ids(args, name);
  if (given.some((one) => known[one] === undefined)) throw mustBe(name, Object.keys(known));
  return new Set(given.length > 0 ? given : [fallback]);
}

function requireScopes(actor: Token, types: ReadonlySet<string>, contents: ReadonlySet<string>): void {
  const needed = [
    ...(contents.has('messages') ? [...types].map((type) => CHANNEL_SCOPES[type] as string) : []),
    ...[...contents].flatMap((content) => CONTENT_SCOPES[content] || []),
  ];
  const lacking = needed.filter((scope) => !actor.scopes.includes(scope));
  if (lacking.length > 0) throw missingScope(lacking, actor.scopes);
}

function requireContext(world: World, actor: Token, args: Args): void {
  const id = text(args, 'context_channel_id');
  const channel = id ? world.get(channels, id) : undefined;
  if (id && !(channel && canSee(world, channel, actor.user))) throw refuse('context_channel_not_found');
}

function questionIn(args: Args, query: string, types: ReadonlySet<string>): Question {
  const clauses = listed(args, 'term_clauses', 'invalid_arguments') ?? [];
  return {
    query,
    clauses: clauses.map(String),
    modifiers: text(args, 'modifiers') ?? '',
    types,
    bots: flag(args, 'include_bots'),
    archived: flag(args, 'include_archived_channels'),
    before: integer(args, 'before'),
    after: integer(args, 'after'),
    sort: text(args, 'sort') === 'timestamp' ? 'timestamp' : 'score',
    ascending: text(args, 'sort_dir') === 'asc',
  };
}

function messageFound({ world, args }: MethodCall, query: string, row: Message): Json {
  const author = world.get(users, row.user ?? '');
  const channel = world.require(channels, row.channel, () => refuse('channel_not_found'));
  const context = flag(args, 'include_context_messages') ? around(world, row, CONTEXT_MESSAGES) : undefined;
  return {
    author_name: row.username ?? author?.real_name ?? '',
    ...(author?.profile.email ? { author_email: author.profile.email } : {}),
    author_user_id: row.user ?? '',
    team_id: theTeam(world).id,
    channel_id: row.channel,
    channel_name: channel.name,
    message_ts: row.ts,
    content: flag(args, 'highlight') ? highlighted(row.text, query) : row.text,
    is_author_bot: isBots(world, row),
    permalink: permalink(world, row),
    ...(row.reply_count ? { reply_count: row.reply_count } : {}),
    ...(flag(args, 'include_message_blocks') ? { blocks: row.blocks ?? [] } : {}),
    ...(context
      ? {
          context_messages: {
            before: context.before.map((one) => contextFound(world, one)),
            after: context.after.map((one) => contextFound(world, one)),
          },
        }
      : {}),
  };
}

const contextFound = (world: World, { user = '', text: said, ts }: Message): Json => ({
  user_id: user,
  author_name: world.get(users, user)?.real_name ?? '',
  text: said,
  ts,
});

const filesFound = ({ world, actor }: MethodCall, query: string): SlackFile[] =>
  searchFiles(world, actor, wordsOf(query).join(' '), {
    ascending: false,
    offset: 0,
    limit: SEARCH_COUNT_MAX,
  }).items;

function fileFound(world: World, file: SlackFile): Json {
  const author = world.get(users, file.user);
  return {
    author_name: author?.real_name ?? '',
    ...(author?.profile.email ? { author_email: author.profile.email } : {}),
    author_user_id: file.user,
    uploader_user_id: file.user,
    team_id: theTeam(world).id,
    file_id: file.id,
    date_created: file.created * MICROS,
    date_updated: file.timestamp * MICROS,
    title: file.title,
    file_type: file.filetype,
    permalink: fileUrls(world, file).permalink,
    content: file.said ?? '',
    size: file.size,
  };
}

/** Channels whose name, topic or purpose holds all words. */
function channelsFound({ world, actor }: MethodCall, { query, archived }: Question): Channel[] {
  const wanted = wordsOf(query);
  const said = (row: Channel) => `${row.name} ${row.topic.value} ${row.purpose.value}`.toLowerCase();
  return world
    .list(channels, {
      where: (row) =>
        row.is_channel &&
        (archived || !row.is_archived) &&
        canSee(world, row, actor.user) &&
        wanted.every((word) => said(row).includes(word)),
    })
    .toArray(SEARCH_COUNT_MAX);
}

const channelFound = (world: World, channel: Channel): Json => ({
  team_id: theTeam(world).id,
  creator_user_id: channel.creator,
  creator_name: world.get(users, channel.creator)?.real_name ?? '',
  date_created: channel.created * MICROS,
  date_updated: channel.updated * 1_000,
  name: channel.name,
  topic: channel.topic.value,
  purpose: channel.purpose.value,
  permalink: `${teamUrl(world)}archives/${channel.id}`,
  is_archived: channel.is_archived,
});

/** People whose names, handle or title hold all words. */
function usersFound({ world, args }: MethodCall, query: string): User[] {
  const wanted = wordsOf(query);
  const said = ({ name, real_name, profile }: User) =>
    `${name} ${real_name} ${profile.display_name} ${profile.title} ${profile.email ?? ''}`.toLowerCase();
  return world
    .list(users, {
      where: (row) =>
        (!row.is_bot || flag(args, 'include_bots')) &&
        (!row.deleted || flag(args, 'include_deleted_users')) &&
        wanted.every((word) => said(row).includes(word)),
    })
    .toArray(SEARCH_COUNT_MAX);
}

const userFound = (world: World, user: User): Json => ({
  user_id: user.id,
  permalink: `${teamUrl(world)}team/${user.id}`,
  profile_pic_permalink: user.profile.image_original ?? user.profile.image_512,
  full_name: user.real_name,
  title: user.profile.title,
  timezone: user.tz,
  email: user.profile.email ?? '',
});
