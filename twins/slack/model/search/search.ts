/**
 * Searching what a person may see: messages of public channels and of their own conversations. The rarest term leads
 * along the text index, the others are asked of what it finds, newest first; a page costs what it passes on the way.
 * https://docs.slack.dev/reference/methods/search.messages
 */
import { countOf, type Postings } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import { channels, type Message, messages, type Token } from '../../world.ts';
import { sightOf } from '../channels/access.ts';
import { tsAt } from '../messages/timestamp.ts';
import { type DayModifier, fits, parseSearch, type Term, type Wording, wordingOf } from './query.ts';
import { ANY, channelOf, keyOf, placeOf, searchText, timeOf } from './searchable.ts';
import { meaningOf, offsetOf, placeMeant } from './searchTerm.ts';
import {
  type Found,
  type Nearest,
  type PlaceTest,
  type SearchOrder,
  take,
  takeByScore,
  type Walk,
} from './searchWalk.ts';
import { ALWAYS, overlap, type Span, spanOf } from './span.ts';

/** More that a caller asks besides the query. */
export interface SearchBounds {
  span?: Span;
  /** Only in conversations of which this holds, by their id. */
  place?: (channel: string) => boolean;
}

/**
 * The messages that match `query`. By score, those in which one of its words stands more than once come first; within
 * that, and by time, the newest. Past many candidates the total is an estimate.
 */
export function searchMessages(
  world: World,
  actor: Token,
  query: string,
  order: SearchOrder,
  bounds: SearchBounds = {},
): Found<Message> {
  const index = world.postings(messages, 'said');
  const terms = parseSearch(query);
  const asked = readTerms(world, actor, terms);
  const view = viewOf(world, actor, terms, bounds);
  if (!view) return { total: 0, items: [] };
  const walk = walkOf(index, asked, view);
  const { total, items } =
    order.sort === 'score' ? takeByScore(index, walk, asked.stems, order) : take([walk], order);
  return { total, items: items.flatMap((place) => world.get(messages, keyOf(place)) ?? []) };
}

/** A query as the index is asked: marks that must be held, beginnings of words, and what to ask of each place. */
interface Asked {
  marks: Set<string>;
  nots: Set<string>;
  opens: Wording[];
  tests: PlaceTest[];
  /** The words, for the score. */
  stems: string[];
  rowTest: (test: (row: Message) => boolean, negated: boolean) => PlaceTest;
}

function readTerms(world: World, actor: Token, terms: readonly Term[]): Asked {
  const rowTest: Asked['rowTest'] = (test, negated) => (place) => {
    const row = world.get(messages, keyOf(place));
    return row !== undefined && test(row) !== negated;
  };
  const asked: Asked = { marks: new Set(), nots: new Set(), opens: [], tests: [], stems: [], rowTest };
  for (const term of terms) {
    if (term.kind === 'in') continue;
    if (term.kind === 'text') readWords(term, asked);
    else if (isDay(term)) readDay(world, actor, term, asked);
    else {
      const { mark, test } = meaningOf(world, actor, term);
      if (test) asked.tests.push(rowTest(test, term.negated));
      if (mark && !term.negated) asked.marks.add(mark);
      else if (mark && !test) asked.nots.add(mark);
    }
  }
  return asked;
}

function readWords(term: Term, { marks, nots, opens, tests, stems, rowTest }: Asked): void {
  const wording = wordingOf(term);
  const [only] = wording.stems;
  if (only === undefined) return;
  const inText = rowTest((row) => fits(wording, searchText(row)), term.negated);
  if (term.negated && (wording.open || wording.phrase)) tests.push(inText);
  else if (term.negated) nots.add(only);
  else if (wording.open) opens.push(wording);
  else {
    for (const one of wording.stems) marks.add(one);
    stems.push(...wording.stems);
    if (wording.phrase) tests.push(inText);
  }
}

/** Days that are left out; those that are asked for bound the walk. */
function readDay(world: World, actor: Token, term: Term & { kind: DayModifier }, { tests }: Asked): void {
  if (!term.negated) return;
  const { from, to } = spanOf(term.kind, term.value, world.now(), offsetOf(world, actor));
  tests.push((place) => timeOf(place) < from || timeOf(place) >= to);
}

const isDay = (term: Term): term is Term & { kind: DayModifier } =>
  ['before', 'after', 'on', 'during'].includes(term.kind);

/** What of the index the searcher is shown. */
interface View {
  /** Whether the person may see and wants to see a conversation, by its id. */
  seen: (channel: string) => boolean;
  /** The one conversation that is asked for. */
  within: Nearest | undefined;
  span: Span;
}

/** What the query and its caller leave of the conversations and of time; undefined where that is nothing. */
function viewOf(
  world: World,
  actor: Token,
  terms: readonly Term[],
  { place, span }: SearchBounds,
): View | undefined {
  const named = terms.filter(({ kind }) => kind === 'in');
  const ids = (negated: boolean) =>
    named.filter((term) => term.negated === negated).map(({ value }) => placeMeant(world, actor, value)?.id);
  const [wanted, unwanted] = [ids(false), ids(true)];
  const [only] = wanted;
  if (wanted.some((one) => one === undefined || one !== only)) return undefined;
  const sees = sightOf(world, actor.user);
  const known = new Map<string, boolean>();
  const seen = (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const channel = world.get(channels, id);
    const shown = channel !== undefined && sees(channel) && !unwanted.includes(id) && (!place || place(id));
    known.set(id, shown);
    return shown;
  };
  const within = only === undefined ? undefined : nearestIn(world, only);
  return { seen, within, span: spanAsked(world, actor, terms, span ?? ALWAYS) };
}

/** The places of a conversation's messages, whatever they say. */
function nearestIn(world: World, channel: string): Nearest {
  return (place, ascending) => {
    const key = `${channel}/${place.slice(0, place.indexOf('/'))}`;
    const range = ascending
      ? { from: key, to: `${channel}/~` }
      : { from: `${channel}/`, to: `${key}~`, reverse: true };
    const row = world.list(messages, range).first();
    return row && placeOf(`${row.channel}/${row.ts}`);
  };
}

/** What the query's days leave of all times. */
function spanAsked(world: World, actor: Token, terms: readonly Term[], within: Span): Span {
  return terms
    .filter(isDay)
    .filter(({ negated }) => !negated)
    .map(({ kind, value }) => spanOf(kind, value, world.now(), offsetOf(world, actor)))
    .reduce(overlap, within);
}

/** The walk along the mark that the fewest messages hold; the others are asked of each place. */
function walkOf(index: Postings, { marks, nots, opens, tests, rowTest }: Asked, view: View): Walk {
  const inText = (wording: Wording) => rowTest((row) => fits(wording, searchText(row)), false);
  const [first, ...others] = opens;
  const open = marks.size === 0 && first ? openWords(index, first.words[0] as string) : undefined;
  const held = marks.size === 0 && !first ? [ANY] : [...marks];
  const found = index.all(held).sort((a, b) => countOf(a) - countOf(b));
  const [lead, ...also] = found.length < held.length ? [] : found;
  const asked = [...tests, ...(open?.sure ? others : opens).map(inText)];
  return {
    lists: open?.lists ?? (lead === undefined ? [] : [lead]),
    ...boundsOf(view),
    also,
    not: index.all([...nots]),
    test: (place) => view.seen(channelOf(place)) && asked.every((test) => test(place)),
  };
}

function boundsOf({ span, within }: View): Pick<Walk, 'low' | 'high' | 'whole' | 'within'> {
  const endless = span.to >= ALWAYS.to;
  return {
    low: span.from <= ALWAYS.from ? '' : tsAt(span.from),
    high: endless ? '~' : tsAt(Math.max(span.to, 0)),
    whole: endless && span.from <= ALWAYS.from,
    within,
  };
}

/**
 * The lists of all words that begin so. A stem that does not begin so may still be that of a word that does: then they
 * are not sure, and the messages themselves have to be asked.
 */
function openWords(index: Postings, word: string): { lists: Walk['lists']; sure: boolean } {
  const found = [...index.beginning(word.replace(/(?:y|ie?|e|ing?|ed)$/, '') || word)];
  return { lists: found.map(([, places]) => places), sure: found.every(([term]) => term.startsWith(word)) };
}
