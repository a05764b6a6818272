/**
 * Searching by a question in plain words: what holds all of its words that say something, else what holds most of them.
 * https://docs.slack.dev/reference/methods/assistant.search.context
 */
import type { World } from '../../../../src/world/world.ts';
import { QUESTION_WORDS_MAX, SEARCH_COUNT_MAX } from '../../limits.ts';
import { channels, channelType, type Message, messages, type Token, users } from '../../world.ts';
import { fits, parseSearch, wordingOf } from './query.ts';
import { type SearchBounds, searchMessages } from './search.ts';
import { searchText, wordsOf } from './searchable.ts';
import type { SearchOrder } from './searchWalk.ts';

/** What is asked, and of what. Times in seconds. */
export interface Question {
  query: string;
  /** Each a row of words of which one must be there. */
  clauses: readonly string[];
  modifiers: string;
  types: ReadonlySet<string>;
  bots: boolean;
  archived: boolean;
  before: number | undefined;
  after: number | undefined;
  sort: SearchOrder['sort'];
  ascending: boolean;
}

/** Words that say nothing by themselves. */
const EMPTY = new Set(
  (
    'a an and any are as at be by can could did do does for from had has have how i in is it its may me my of on or our ' +
    'please should so tell that the their them there these they this to us was we were what when where which who whom why ' +
    'will with would you your about'
  ).split(' '),
);

/** The messages that answer, the best or the newest first; as many as one search shows at most. */
export function answersTo(world: World, actor: Token, question: Question): Message[] {
  const { clauses, modifiers, sort, ascending } = question;
  const bounds = boundsOf(world, question);
  const find = (query: string): Message[] => {
    const order: SearchOrder = { sort, ascending, offset: 0, limit: SEARCH_COUNT_MAX };
    return searchMessages(world, actor, query, order, bounds).items;
  };
  const good = (row: Message) => question.bots || !isBots(world, row);
  if (clauses.length > 0) {
    const [first = '', ...others] = clauses;
    const found = ranked(
      first.split(/\s+/).map((word) => find(`${word} ${modifiers}`)),
      sort,
      ascending,
    );
    return found.filter((row) => good(row) && others.every((clause) => holdsAny(row, clause)));
  }
  const words = [...new Set(wordsOf(question.query))].filter((word) => !EMPTY.has(word));
  const strict = find(words.length > 0 && question.query.endsWith('?') ? words.join(' ') : question.query);
  if (strict.length > 0) return strict.filter(good);
  return ranked(words.slice(0, QUESTION_WORDS_MAX).map(find), sort, ascending).filter(good);
}

/** The messages right before and behind one, in its conversation. */
export function around(world: World, row: Message, count: number): { before: Message[]; after: Message[] } {
  const range = { index: 'timeline', from: `${row.channel}/`, to: `${row.channel}/${row.ts}`, reverse: true };
  const later = { index: 'timeline', from: `${row.channel}/${row.ts}\u0002`, to: `${row.channel}/~` };
  return {
    before: world.list(messages, range).toArray(count).reverse(),
    after: world.list(messages, later).toArray(count),
  };
}

/** Is the message a bot's? */
export const isBots = (world: World, row: Message): boolean =>
  row.bot_id !== undefined || world.get(users, row.user ?? '')?.is_bot === true;

function boundsOf(world: World, { types, archived, before, after }: Question): SearchBounds {
  return {
    place: (id) => {
      const channel = world.get(channels, id);
      return channel !== undefined && types.has(channelType(channel)) && (archived || !channel.is_archived);
    },
    ...(before === undefined && after === undefined
      ? {}
      : {
          span: {
            from: (after ?? 0) * 1_000,
            to: before === undefined ? Number.MAX_SAFE_INTEGER : before * 1_000,
          },
        }),
  };
}

/** What was found by several words, each once: by how many of them, then by time. */
function ranked(found: readonly Message[][], sort: SearchOrder['sort'], ascending: boolean): Message[] {
  const hits = new Map<string, { row: Message; count: number }>();
  for (const row of found.flat()) {
    const key = `${row.channel}/${row.ts}`;
    hits.set(key, { row, count: (hits.get(key)?.count ?? 0) + 1 });
  }
  const best = [...hits.values()].sort((a, b) => {
    const score = sort === 'score' ? b.count - a.count : 0;
    return score || (a.row.ts < b.row.ts ? 1 : -1);
  });
  const rows = best.map(({ row }) => row);
  return ascending ? rows.reverse() : rows;
}

const holdsAny = (row: Message, clause: string): boolean =>
  parseSearch(clause).some((term) => fits(wordingOf(term), searchText(row)));
