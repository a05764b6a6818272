/**
 * Searching what a person may see: messages of public channels and of their own conversations. The rarest term leads
 * along the text index, the others are asked of what it finds; a page costs what it shows, whatever was ever said.
 * https://docs.slack.dev/reference/methods/search.messages
 */
import type { Keys, Postings } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import { channels, type Message, messages, type Token } from '../../world.ts';
import { canSee } from '../channels/access.ts';
import { tsAt } from '../messages/timestamp.ts';
import { type DayModifier, fits, parseSearch, type Term, type Wording, wordingOf } from './query.ts';
import { ANY, searchText } from './searchable.ts';
import { meaningOf, offsetOf, placeMeant } from './searchTerm.ts';
import {
  type Found,
  type Group,
  type KeyTest,
  type SearchOrder,
  sizeOf,
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
  const walk = walkOf(index, asked, {
    seen: sight(world, actor, terms, bounds),
    span: spanAsked(world, actor, terms, bounds.span ?? ALWAYS),
  });
  const { total, items } =
    order.sort === 'score' ? takeByScore(index, walk, asked.stems, order) : take([walk], order);
  return { total, items: items.flatMap((key) => world.get(messages, key) ?? []) };
}

/** A query as the index is asked: marks that must be held, beginnings of words, and what to ask of each key. */
interface Asked {
  marks: Set<string>;
  nots: Set<string>;
  opens: Wording[];
  tests: KeyTest[];
  /** The words, for the score. */
  stems: string[];
  rowTest: (test: (row: Message) => boolean, negated: boolean) => KeyTest;
}

function readTerms(world: World, actor: Token, terms: readonly Term[]): Asked {
  const rowTest: Asked['rowTest'] = (test, negated) => (key) => {
    const row = world.get(messages, key);
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
  tests.push((key) => {
    const at = Number(key.slice(key.indexOf('/') + 1)) * 1_000;
    return at < from || at >= to;
  });
}

const isDay = (term: Term): term is Term & { kind: DayModifier } =>
  ['before', 'after', 'on', 'during'].includes(term.kind);

/** Whether the person may see and wants to see a conversation, by its id; found out once for each. */
function sight(world: World, actor: Token, terms: readonly Term[], { place }: SearchBounds) {
  const known = new Map<string, boolean>();
  const named = terms.filter(({ kind }) => kind === 'in');
  const ids = (negated: boolean) =>
    named.filter((term) => term.negated === negated).map(({ value }) => placeMeant(world, actor, value)?.id);
  const [wanted, unwanted] = [ids(false), ids(true)];
  return (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const channel = world.get(channels, id);
    const sees =
      channel !== undefined &&
      canSee(world, channel, actor.user) &&
      wanted.every((one) => one === id) &&
      !unwanted.includes(id) &&
      (!place || place(id));
    known.set(id, sees);
    return sees;
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

/** What of the index the searcher is shown. */
interface View {
  seen: (channel: string) => boolean;
  span: Span;
}

/** The walk along the mark with the fewest keys in what may be seen; the others are asked of each key. */
function walkOf(index: Postings, asked: Asked, view: View): Walk {
  const { marks, opens, rowTest } = asked;
  const tests = [...asked.tests];
  const inText = (wording: Wording) => rowTest((row) => fits(wording, searchText(row)), false);
  const [first, ...others] = opens;
  if (marks.size === 0 && first) {
    const { walk, sure } = openWalk(index, first.words[0] as string, view);
    tests.push(...(sure ? others : opens).map(inText));
    return { ...walk, groups: asking(index, walk.groups, [], asked.nots), test: every(tests) };
  }
  let best: { mark: string; groups: Group[]; size: number } | undefined;
  for (const mark of marks.size > 0 ? marks : [ANY]) {
    const groups = groupsOf(index.groups(mark), view);
    const size = sizeOf(groups);
    if (!best || size < best.size) best = { mark, groups, size };
  }
  const also = [...marks].filter((mark) => mark !== best?.mark);
  tests.push(...opens.map(inText));
  return { groups: asking(index, best?.groups ?? [], also, asked.nots), test: every(tests) };
}

/** Groups with the lists that must and must not hold a key; where there is none that must, nothing can match. */
function asking(
  index: Postings,
  groups: readonly Group[],
  marks: readonly string[],
  nots: ReadonlySet<string>,
): Group[] {
  if (marks.length === 0 && nots.size === 0) return [...groups];
  return groups.flatMap((group) => {
    const also = index.all(marks, group.channel);
    if (also.length < marks.length) return [];
    return { ...group, also, not: index.all([...nots], group.channel) };
  });
}

const every = (tests: readonly KeyTest[]): KeyTest | undefined =>
  tests.length === 0 ? undefined : (key) => tests.every((test) => test(key));

function groupsOf(named: Iterable<readonly [channel: string, keys: Keys]>, { seen, span }: View): Group[] {
  const whole = span.from <= ALWAYS.from && span.to >= ALWAYS.to;
  const groups: Group[] = [];
  for (const [channel, keys] of named) {
    if (!seen(channel)) continue;
    const low = `${channel}/${whole ? '' : tsAt(Math.max(span.from, 0))}`;
    const high = `${channel}/${span.to >= ALWAYS.to ? '~' : tsAt(Math.max(span.to, 0))}`;
    groups.push({ channel, keys, low, high, whole, also: [], not: [] });
  }
  return groups;
}

/**
 * A walk along all words that begin so. A stem that does not begin so may still be that of a word that does: then it is
 * not sure, and the messages themselves have to be asked.
 */
function openWalk(index: Postings, word: string, view: View): { walk: Omit<Walk, 'test'>; sure: boolean } {
  const named: [string, Keys][] = [];
  const terms = new Set<string>();
  for (const [term, channel, keys] of index.beginning(word.replace(/(?:y|ie?|e|ing?|ed)$/, '') || word)) {
    if (!view.seen(channel)) continue;
    named.push([channel, keys]);
    terms.add(term);
  }
  const sure = [...terms].every((term) => term.startsWith(word));
  return { walk: { groups: groupsOf(named, view), doubled: terms.size > 1 }, sure };
}
