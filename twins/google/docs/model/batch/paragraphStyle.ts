/** `updateParagraphStyle`. https://developers.google.com/workspace/docs/api/how-tos/format-text */
import type { Fields, Paragraph } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { changeParagraphs } from '../content/edit.ts';
import { paragraphsIn } from '../content/walk.ts';
import { type Change, changed, changeOf, ordered, ownOnly, PARAGRAPH_FIELDS } from '../style/fields.ts';
import { inheritedParagraph, namedStyle } from '../style/inherited.ts';
import { type Job, newId, putContent, rangeOf, refuse, type Segment, type Where } from './job.ts';

/** Fields that every paragraph says of itself. */
const ALWAYS = ['headingId', 'namedStyleType', 'direction', 'tabStops'];
const READ_ONLY = ['headingId', 'tabStops'];

export function updateParagraphStyle(
  job: Job,
  input: { range?: Where; paragraphStyle?: Fields; fields?: string },
): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const change = paragraphChangeOf(job, input.paragraphStyle, input.fields);
  checkPlace(job, segment, start, end, change);
  const content = changeParagraphs(segment.content, start, end, (paragraph) => ({
    ...paragraph,
    style: paragraphAfter(job, segment.tab, paragraph, change),
  }));
  putContent(job, segment, content);
}

/** What a request asks of a paragraph style. Throws 400 for borders told in part, spacing that cannot be. */
export function paragraphChangeOf(job: Job, values: Fields | undefined, mask: string | undefined): Change {
  const change = changeOf(job, { values, mask }, PARAGRAPH_FIELDS, READ_ONLY);
  for (const name of change.named) {
    const border = change.values[name] as Fields | undefined;
    if (!name.startsWith('border') || border === undefined) continue;
    if (!border.width || !border.padding || !border.dashStyle || !border.color)
      throw refuse(job, 'Paragraph borders cannot be partially updated.');
  }
  if (change.values.namedStyleType === 'NAMED_STYLE_TYPE_UNSPECIFIED')
    throw refuse(job, 'The named style type must be specified.');
  return change;
}

/** The style of a paragraph after a change: the named style first, for it decides what is inherited. */
function paragraphAfter(job: Job, tab: Tab, paragraph: Paragraph, change: Change): Fields {
  const next = changed(paragraph.style, change, PARAGRAPH_FIELDS);
  const namedStyleType = namedStyle(tab, next.namedStyleType) ? next.namedStyleType : 'NORMAL_TEXT';
  const { headingId, ...rest } = next;
  const own = ownOnly(
    { direction: 'LEFT_TO_RIGHT', ...rest, namedStyleType },
    inheritedParagraph(tab, namedStyleType),
    ALWAYS,
  );
  const heading = namedStyleType === 'NORMAL_TEXT' ? {} : { headingId: headingId ?? newId(job, 'h') };
  return ordered({ ...heading, ...own }, PARAGRAPH_FIELDS);
}

/** A page break before a paragraph is for the body's own paragraphs only. */
function checkPlace(job: Job, segment: Segment, start: number, end: number, change: Change): void {
  if (change.values.pageBreakBefore !== true || !change.named.includes('pageBreakBefore')) return;
  for (const { cells } of paragraphsIn(segment.content, start, end))
    if (segment.kind !== 'body' || cells.length > 0)
      throw refuse(
        job,
        'Cannot update page_break_before for paragraphs in unsupported regions: Table, Header, Footer, Footnote.',
      );
}
