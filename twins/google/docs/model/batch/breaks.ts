/** Page and section breaks. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#InsertPageBreakRequest */
import type { Block, Content, Fields, Paragraph, SectionBreak } from '../../world/content.ts';
import { blockAt, replaceAt } from '../content/edit.ts';
import { partParagraph, styleAt } from '../content/insertText.ts';
import { elementRun, joinRuns } from '../content/runs.ts';
import { blockSize } from '../content/size.ts';
import { type Job, outside, putContent, refuse, renewed, type Segment, spotOf, type Where } from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';

interface Spot {
  location?: Where;
  endOfSegmentLocation?: Where;
}

/** `insertPageBreak`: with a line break behind it. */
export function insertPageBreak(job: Job, input: Spot): void {
  const { segment, index } = bodySpot(job, input, 'Page breaks');
  const content = replaceAt(segment.content, index, (paragraph, offset) => {
    const [before, after] = partParagraph(paragraph, offset, renewed(job));
    return [withBreak(before, styleAt(paragraph, offset)), after];
  });
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at: index, removed: 0, inserted: 2 }]);
}

/** `insertSectionBreak`: with a line break before it; the new section looks as the one that it parts. */
export function insertSectionBreak(job: Job, input: Spot & { sectionType?: string }): void {
  const { sectionType = 'SECTION_TYPE_UNSPECIFIED' } = input;
  if (sectionType === 'SECTION_TYPE_UNSPECIFIED') throw refuse(job, 'The section type must be specified.');
  const { segment, index } = bodySpot(job, input, 'Section breaks');
  const style = { ...ownSection(sectionAt(segment.content, index)), sectionType };
  const made: SectionBreak = { kind: 'sectionBreak', style };
  const content = replaceAt(segment.content, index, (paragraph, offset): Block[] => {
    const [before, after] = partParagraph(paragraph, offset, renewed(job));
    return [before, made, after];
  });
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at: index, removed: 0, inserted: 2 }]);
}

/** A section's style less the headers and footers that are its own; those go on by themselves. */
const ownSection = (style: Fields): Fields =>
  Object.fromEntries(Object.entries(style).filter(([name]) => !/(Header|Footer)Id$/.test(name)));

/** The style of the section that an index is in. */
function sectionAt(content: Content, index: number): Fields {
  let style: Fields = {};
  let from = 0;
  for (const block of content) {
    if (from > index) break;
    if (block.kind === 'sectionBreak') style = block.style;
    from += blockSize(block);
  }
  return style;
}

/** A place in the body's own paragraphs, outside of tables. Throws 400. */
function bodySpot(job: Job, input: Spot, what: string): { segment: Segment; index: number } {
  const { segment, index } = spotOf(job, input);
  if (segment.kind !== 'body')
    throw refuse(job, `${what} cannot be inserted inside a footnote, header or footer.`);
  if (blockAt(segment.content, index)?.block.kind === 'table') {
    paragraphSpot(job, segment, index);
    throw refuse(job, `${what} cannot be inserted inside a table.`);
  }
  return { segment, index: paragraphSpot(job, segment, index) };
}

function withBreak(before: Paragraph, style: Fields): Paragraph {
  const runs = [...before.runs];
  const last = runs.pop();
  if (!last) return before;
  const text = { ...last, text: last.text.slice(0, -1) };
  const newline = { ...last, text: '\n' };
  return { ...before, runs: joinRuns([...runs, text, elementRun('pageBreak', {}, style), newline]) };
}
