/** Headers, footers and footnotes. https://developers.google.com/workspace/docs/api/concepts/structure#segments */
import type { Block, Content, Fields } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { insertRuns } from '../content/insertText.ts';
import { elementRun } from '../content/runs.ts';
import { blockSize } from '../content/size.ts';
import { plainContent, plainParagraph } from '../newTab.ts';
import { ordered } from '../style/fields.ts';
import { DOCUMENT_FIELDS } from './documentStyle.ts';
import { type Job, newId, outside, putContent, putTab, refuse, spotOf, tabOf, type Where } from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';
import { pruneTab } from './prune.ts';
import { SECTION_FIELDS } from './sectionStyle.ts';

type Part = 'header' | 'footer';
interface Create {
  type?: string;
  sectionBreakLocation?: Where;
}

const FOOTNOTE_PARAGRAPH: Fields = {
  namedStyleType: 'NORMAL_TEXT',
  lineSpacing: 100,
  direction: 'LEFT_TO_RIGHT',
};
const FOOTNOTE_TEXT: Fields = { fontSize: { magnitude: 10, unit: 'PT' } };

export const createHeader = (job: Job, input: Create): object => ({
  headerId: created(job, input, 'header'),
});
export const createFooter = (job: Job, input: Create): object => ({
  footerId: created(job, input, 'footer'),
});

/** `deleteHeader`: the section, or the document, that has it has it no more. */
export const deleteHeader = (job: Job, input: { headerId?: string; tabId?: string }): void =>
  dropped(job, input.headerId ?? '', tabOf(job, input.tabId), 'headers', 'Header');

export const deleteFooter = (job: Job, input: { footerId?: string; tabId?: string }): void =>
  dropped(job, input.footerId ?? '', tabOf(job, input.tabId), 'footers', 'Footer');

/** `createFootnote`: a reference in the body, and a segment of a space and a line break. */
export function createFootnote(job: Job, input: { location?: Where; endOfSegmentLocation?: Where }): object {
  const { segment, index } = spotOf(job, input);
  if (segment.kind !== 'body')
    throw refuse(job, 'Footnote references cannot be inserted inside a header, footer or footnote.');
  const at = paragraphSpot(job, segment, index);
  const footnoteId = newId(job, 'kix');
  const content = insertRuns(segment.content, at, (style) => [
    elementRun('footnoteReference', { footnoteId }, style),
  ]);
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at, removed: 0, inserted: 1 }]);
  const tab = tabOf(job, segment.tab.tabId);
  const note: Content = [plainParagraph(' \n', FOOTNOTE_PARAGRAPH, FOOTNOTE_TEXT)];
  putTab(job, { ...tab, footnotes: { ...tab.footnotes, [footnoteId]: note } });
  return { footnoteId };
}

function created(
  job: Job,
  { type = 'HEADER_FOOTER_TYPE_UNSPECIFIED', sectionBreakLocation }: Create,
  part: Part,
): string {
  if (type !== 'DEFAULT') throw refuse(job, `The type of ${part} must be specified.`);
  const tab = tabOf(job, sectionBreakLocation?.tabId);
  const name = part === 'header' ? 'defaultHeaderId' : 'defaultFooterId';
  const id = newId(job, 'kix');
  const held = part === 'header' ? 'headers' : 'footers';
  const withSegment: Tab = { ...tab, [held]: { ...tab[held], [id]: plainContent('') } };
  const index = sectionBreakLocation?.index ?? 0;
  const exists = (style: Fields) => {
    if (style[name] !== undefined) throw refuse(job, `Default ${part} already exists.`);
  };
  if (index === 0) {
    exists(tab.documentStyle);
    const documentStyle = ordered({ ...tab.documentStyle, [name]: id }, DOCUMENT_FIELDS);
    putTab(job, { ...withSegment, documentStyle });
    return id;
  }
  const body = withSection(tab.body, index, (style) => {
    exists(style);
    return ordered({ ...style, [name]: id }, SECTION_FIELDS);
  });
  if (!body) throw refuse(job, 'There is no section break at the provided location.');
  putTab(job, { ...withSegment, body });
  return id;
}

function dropped(job: Job, id: string, tab: Tab, held: 'headers' | 'footers', what: string): void {
  const { [id]: gone, ...kept } = tab[held];
  if (!gone) throw refuse(job, `${what} with ID ${id} was not found.`);
  const without = (style: Fields): Fields =>
    Object.fromEntries(Object.entries(style).filter(([, value]) => value !== id));
  putTab(job, {
    ...tab,
    [held]: kept,
    documentStyle: without(tab.documentStyle),
    body: tab.body.map((block) =>
      block.kind === 'sectionBreak' ? { ...block, style: without(block.style) } : block,
    ),
    namedRanges: tab.namedRanges.filter(({ ranges }) => ranges.every(({ segmentId }) => segmentId !== id)),
  });
  pruneTab(job, tab.tabId);
}

/** The section break at an index, changed; undefined where there is none. */
function withSection(body: Content, index: number, change: (style: Fields) => Fields): Content | undefined {
  let from = 0;
  let found = false;
  const next = body.map((block): Block => {
    const here = from;
    from += blockSize(block);
    if (here !== index || block.kind !== 'sectionBreak') return block;
    found = true;
    return { ...block, style: change(block.style) };
  });
  return found ? next : undefined;
}
