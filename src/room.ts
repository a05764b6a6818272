/**
 * What people of a twin would see on their screens, as plain data: places with blocks of a few kinds, and what a
 * person can do there. The console draws it and knows no vendor; every text is text, never markup.
 */
import type { Page, Range } from './range.ts';
import type { World } from './world/world.ts';

/** The screens of one twin. All of it reads; nothing writes. */
export interface Room {
  /** The first places, as a side bar lists them; the first of them is where one comes in. */
  shelves: readonly Link[];
  /** What stands at a place; undefined where there is no such place. Costs the page, not the table. */
  place(world: World, id: string, asked: Asked): Place | undefined;
  /** The place of the person with this e-mail. */
  personAt(world: World, email: string): string | undefined;
  /** The e-mail of who acts where nobody was chosen: somebody who may do what the room offers. */
  host(world: World): string | undefined;
}

/** How a place was asked for. */
export interface Asked {
  /** The e-mail of who looks. */
  as?: string;
  /** A position that an earlier page gave out, by the name of what is paged. */
  from?: string;
  /** What is looked for in the place. */
  find?: string;
}

/** A way to a place of the same room. */
export interface Link {
  to: string;
  title: string;
}

export interface Place {
  title: string;
  subtitle?: string;
  icon?: Icon;
  /** The places above it, outermost first. */
  trail?: readonly Link[];
  /** The e-mail of whose place it is: the other twins have one of the same person. */
  person?: string;
  blocks: readonly Block[];
}

export type Icon =
  | 'app'
  | 'card'
  | 'channel'
  | 'document'
  | 'file'
  | 'folder'
  | 'group'
  | 'lock'
  | 'log'
  | 'person'
  | 'sheet';

export type Block =
  | { kind: 'list'; title?: string; items: readonly Item[]; next?: string; empty?: string }
  | {
      kind: 'talk';
      title?: string;
      messages: readonly Said[];
      older?: string;
      newer?: string;
      empty?: string;
    }
  | { kind: 'facts'; title?: string; facts: readonly Fact[] }
  | {
      kind: 'table';
      title?: string;
      /** A spreadsheet: lines between cells, narrow; the first column names the row. */
      grid?: boolean;
      columns: readonly string[];
      rows: readonly (readonly Cell[])[];
      next?: string;
      empty?: string;
    }
  | { kind: 'board'; columns: readonly Column[] }
  | { kind: 'text'; title?: string; lines: readonly Line[]; empty?: string }
  | { kind: 'acts'; acts: readonly Act[] }
  | { kind: 'search'; label: string; value: string }
  | { kind: 'pages'; links: readonly (Link & { here?: boolean })[] }
  /** `over`: it stands before all else until it is dealt with. */
  | { kind: 'panel'; title: string; note?: string; over?: boolean; blocks: readonly Block[] }
  | { kind: 'rule' };

/** A row of a list. */
export interface Item {
  title: string;
  to?: string;
  subtitle?: string;
  icon?: Icon;
  /** A short word at its end: a count, a state. */
  badge?: string;
  /** Steps to the right, for trees. */
  depth?: number;
  acts?: readonly Act[];
}

export interface Fact {
  name: string;
  value: Cell;
}

/** A value that may lead somewhere. */
export type Cell = string | { text: string; to?: string; tone?: Tone };
export type Tone = 'good' | 'bad' | 'dim';

/** A message, a comment, an event: somebody said something. */
export interface Said {
  id: string;
  author: string;
  /** Where the author's place is. */
  authorTo?: string;
  /** Universe milliseconds. */
  at: number;
  /** Short words beside the author: `APP`, `edited`. */
  marks?: readonly string[];
  lines: readonly Line[];
  blocks?: readonly Block[];
  reactions?: readonly { name: string; count: number; who: string; act: Act }[];
  /** What stands under it: its thread. */
  more?: Link;
  acts?: readonly Act[];
}

/** A paragraph, a heading, a point of a list. */
export interface Line {
  style?: 'heading' | 'item' | 'quote' | 'code' | 'small';
  depth?: number;
  runs: readonly Run[];
}

/** Text of one style. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
  /** A mention: a place of the room. */
  to?: string;
  /** An address outside; shown as a link only where it is http(s). */
  href?: string;
}

export interface Column {
  title: string;
  count: number;
  cards: readonly Card[];
  /** There are more than are shown: where they all are. */
  more?: Link;
}

export interface Card {
  key: string;
  to: string;
  title: string;
  marks: readonly string[];
  person?: string;
  acts: readonly Act[];
}

/** A gesture of the twin, as a button or a form. */
export interface Act {
  label: string;
  gesture: string;
  /** What the gesture gets besides what is filled in. */
  with: Readonly<Record<string, unknown>>;
  style?: 'primary' | 'danger';
  /** What is filled in; none: a button. */
  fields?: readonly Field[];
  /** Where one is afterwards: `{kind}/{the result's key}`; the same place without it. */
  leads?: { kind: string; key: string };
}

export interface Field {
  /** Where in `with` its value goes, as `['values', block, action]`. */
  path: readonly string[];
  label: string;
  type: 'text' | 'long' | 'choice' | 'many' | 'date' | 'number' | 'person';
  /** Of `choice` and `many`: any JSON value is sent. A `person` is an e-mail. */
  options?: readonly { label: string; value: unknown }[];
  value?: unknown;
  /** Left out of `with` where it is empty. */
  optional?: boolean;
  /** Sent even where it is empty. */
  blank?: boolean;
}

/** Rows of one list on a page. */
export const ITEMS_SHOWN_MAX = 100;

/** One page of `range` as a list block. */
export function listOf<E>(
  range: Range<E>,
  asked: Asked,
  item: (row: E) => Item,
  more: { title?: string; empty?: string } = {},
): Block {
  const page = pageFrom(range, asked.from, ITEMS_SHOWN_MAX);
  return { kind: 'list', items: page.items.map(item), ...(page.next ? { next: page.next } : {}), ...more };
}

/** A page of a range; a position that is none begins at the beginning. */
export function pageFrom<E>(range: Range<E>, from: string | undefined, limit: number): Page<E> {
  return range.page({ limit, ...(from ? { after: from } : {}) });
}

/** Plain text as lines. */
export const plainLines = (text: string): Line[] =>
  text.split('\n').map((line) => ({ runs: [{ text: line }] }));

/** `1 member`, `2 members`. */
export const counted = (count: number, of: string): string => `${count} ${of}${count === 1 ? '' : 's'}`;

/** What comes behind the first slash of `id`, where `id` begins with `kind` and a slash. */
export const under = (id: string, kind: string): string | undefined =>
  id.startsWith(`${kind}/`) ? id.slice(kind.length + 1) : undefined;
