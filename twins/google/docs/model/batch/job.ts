/** One request of a `batchUpdate` at work: where it acts, what it changes, and how it is named in refusals. */
import { LOWER36 } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import type { FileRow } from '../../../drive/world.ts';
import { badArgument } from '../../../errors.ts';
import type { Content, Fields } from '../../world/content.ts';
import type { Edit } from '../../world/edits.ts';
import type { DocumentRow, Span, Tab } from '../../world.ts';
import { endOf } from '../content/walk.ts';
import { shifted } from './edits.ts';

export interface Job {
  readonly world: World;
  readonly viewer: Viewer;
  readonly file: FileRow;
  /** `requests[0].insertText` */
  asked: string;
  /** The document as the requests so far left it. */
  row: DocumentRow;
  /** What was put in and taken out so far. */
  edits: Edit[];
  /** Changes are suggested, not made. */
  readonly suggests: boolean;
  /** What the request at work did to suggestions. */
  affected: Affected;
}

/** Suggestions by what a request did to them. */
export interface Affected {
  readonly created: Set<string>;
  readonly updated: Set<string>;
  readonly accepted: Set<string>;
  readonly rejected: Set<string>;
  readonly deleted: Set<string>;
  /** Whether comments or the talk about suggestions changed. */
  comments: boolean;
}

export const nothingAffected = (): Affected => ({
  created: new Set(),
  updated: new Set(),
  accepted: new Set(),
  rejected: new Set(),
  deleted: new Set(),
  comments: false,
});

/** What a kind does with its part of the request; what it returns is its reply. */
// biome-ignore lint/suspicious/noConfusingVoidType: most kinds have nothing to say
export type Kind = (job: Job, input: never) => object | void;

/** A location or range as a request says it. */
export interface Where {
  index?: number;
  startIndex?: number;
  endIndex?: number;
  segmentId?: string;
  tabId?: string;
}

/** A body, header, footer or footnote of a tab. */
export interface Segment {
  readonly tab: Tab;
  readonly segmentId: string;
  readonly kind: 'body' | 'headers' | 'footers' | 'footnotes';
  readonly content: Content;
}

/** 400 about this request. */
export const refuse = (job: Job, why: string): Error => badArgument(`Invalid ${job.asked}: ${why}`);

/** The tab of that id; the first where none is said. Throws 400. */
export function tabOf(job: Job, tabId: string | undefined): Tab {
  const tab = tabId ? job.row.tabs.find((one) => one.tabId === tabId) : job.row.tabs[0];
  if (!tab) throw refuse(job, `The tab with ID ${tabId} was not found.`);
  return tab;
}

/** The segment that a location or range is in. Throws 400. */
export function segmentOf(job: Job, { segmentId = '', tabId }: Where): Segment {
  const tab = tabOf(job, tabId);
  const segment = segmentIn(tab, segmentId);
  if (!segment) throw refuse(job, `Segment with ID ${segmentId} was not found.`);
  return segment;
}

function segmentIn(tab: Tab, segmentId: string): Segment | undefined {
  if (segmentId === '') return { tab, segmentId, kind: 'body', content: tab.body };
  for (const kind of ['headers', 'footers', 'footnotes'] as const) {
    const content = tab[kind][segmentId];
    if (content) return { tab, segmentId, kind, content };
  }
  return undefined;
}

/** Where a request puts something in: an index of a segment, or before the last line break. Throws 400. */
export function spotOf(
  job: Job,
  { location, endOfSegmentLocation }: { location?: Where; endOfSegmentLocation?: Where },
): { segment: Segment; index: number } {
  const where = location ?? endOfSegmentLocation;
  if (!where) throw refuse(job, 'The request must specify an insertion location.');
  const segment = segmentOf(job, where);
  const end = endOf(segment.content);
  if (!location) return { segment, index: end - 1 };
  const index = location.index ?? 0;
  if (index >= end) throw pastEnd(job, index, end);
  if (index < firstIndex(segment)) throw outside(job);
  return { segment, index };
}

/** Where the text of a segment begins: the body opens with a section break. */
export const firstIndex = (segment: Segment): number => (segment.kind === 'body' ? 1 : 0);

/** A range of a segment that is not empty. Throws 400. */
export function rangeOf(
  job: Job,
  range: Where | undefined,
): { segment: Segment; start: number; end: number } {
  if (range?.startIndex === undefined || range.endIndex === undefined)
    throw refuse(job, 'Invalid range: must contain a start and end index');
  const segment = segmentOf(job, range);
  const { startIndex: start, endIndex: end } = range;
  const last = endOf(segment.content);
  if (end <= start) throw refuse(job, 'The range should not be empty.');
  if (start >= last) throw pastEnd(job, start, last);
  if (end > last) throw pastEnd(job, end, last);
  return { segment, start, end };
}

const pastEnd = (job: Job, index: number, end: number): Error =>
  refuse(job, `Index ${index} must be less than the end index of the referenced segment, ${end}.`);

/** The vendor's refusal of a place between paragraphs. */
export const outside = (job: Job): Error =>
  refuse(
    job,
    'The insertion index must be inside the bounds of an existing paragraph. You can still create new paragraphs ' +
      'by inserting newlines.',
  );

/** Puts a tab in the place of the one of its id. */
export function putTab(job: Job, tab: Tab): void {
  job.row = { ...job.row, tabs: job.row.tabs.map((one) => (one.tabId === tab.tabId ? tab : one)) };
}

/** A segment's content changed; what was put in and taken out moves the names behind it. */
export function putContent(
  job: Job,
  segment: Segment,
  content: Content,
  edits: readonly Omit<Edit, 'tabId' | 'segmentId'>[] = [],
): void {
  const { tabId } = segment.tab;
  const tab = tabOf(job, tabId);
  const made = edits.map((edit) => ({ ...edit, tabId, segmentId: segment.segmentId }));
  job.edits.push(...made);
  putTab(job, shiftedTab(withContent(tab, segment, content), made));
}

/** A tab whose names and anchors follow edits of it. */
function shiftedTab(tab: Tab, edits: readonly Edit[]): Tab {
  if (edits.length === 0) return tab;
  const namedRanges = shifted(tab.namedRanges, edits);
  if (!tab.commentAnchors) return { ...tab, namedRanges };
  return { ...tab, namedRanges, commentAnchors: shifted(tab.commentAnchors, edits) };
}

function withContent(tab: Tab, { kind, segmentId }: Segment, content: Content): Tab {
  return kind === 'body'
    ? { ...tab, body: content }
    : { ...tab, [kind]: { ...tab[kind], [segmentId]: content } };
}

/** Every segment of a tab: its body first. */
export function segmentsOf(tab: Tab): Segment[] {
  const of = (kind: 'headers' | 'footers' | 'footnotes'): Segment[] =>
    Object.entries(tab[kind]).map(([segmentId, content]) => ({ tab, segmentId, kind, content }));
  return [
    { tab, segmentId: '', kind: 'body', content: tab.body },
    ...of('headers'),
    ...of('footers'),
    ...of('footnotes'),
  ];
}

/** The tabs that criteria name; all where they name none. Throws 400. */
export const tabsFor = (job: Job, criteria: { tabIds?: string[] } | undefined): readonly Tab[] =>
  criteria?.tabIds?.length ? criteria.tabIds.map((tabId) => tabOf(job, tabId)) : job.row.tabs;

/** An id as Docs forms them, `kix.…`, `h.…`, `t.…`, `suggest.…`. */
export const newId = (job: Job, prefix: string): string =>
  `${prefix}.${job.world.draw(`google.docs.${prefix}`).chars(LOWER36, 12)}`;

/** A style for a paragraph that another one gives its style to: a heading's id is its own. */
export const renewed =
  (job: Job) =>
  (style: Fields): Fields =>
    style.headingId === undefined ? style : { ...style, headingId: newId(job, 'h') };

/** A stretch of a segment as named ranges keep it. */
export const spanOf = (segment: Segment, startIndex: number, endIndex: number): Span => ({
  segmentId: segment.segmentId,
  startIndex,
  endIndex,
});
