/** `updateSectionStyle`. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#UpdateSectionStyleRequest */
import type { Block, Content, Fields } from '../../world/content.ts';
import { blockSize } from '../content/size.ts';
import { endOf } from '../content/walk.ts';
import { type Change, changed, changeOf } from '../style/fields.ts';
import { type Job, putContent, putTab, rangeOf, refuse, tabOf, type Where } from './job.ts';

export const SECTION_FIELDS = [
  'columnProperties',
  'columnSeparatorStyle',
  'contentDirection',
  'marginTop',
  'marginBottom',
  'marginRight',
  'marginLeft',
  'marginHeader',
  'marginFooter',
  'sectionType',
  'defaultHeaderId',
  'defaultFooterId',
  'firstPageHeaderId',
  'firstPageFooterId',
  'evenPageHeaderId',
  'evenPageFooterId',
  'useFirstPageHeaderFooter',
  'pageNumberStart',
  'flipPageOrientation',
] as const;
const READ_ONLY = SECTION_FIELDS.filter((name) => name === 'sectionType' || /(Header|Footer)Id$/.test(name));
const COLUMNS_MAX = 3;
const POINTS_BETWEEN_COLUMNS = 36;

export function updateSectionStyle(
  job: Job,
  input: { range?: Where; sectionStyle?: Fields; fields?: string },
): void {
  const { segment, start, end } = rangeOf(job, input.range);
  if (segment.kind !== 'body') throw refuse(job, 'The segment ID must be empty.');
  const change = sectionChange(job, input);
  const page = pageOf(tabOf(job, segment.tab.tabId).documentStyle);
  putContent(
    job,
    segment,
    eachSection(segment.content, start, end, (style) => sectionAfter(style, change, page)),
  );
  if (!change.named.includes('marginHeader') && !change.named.includes('marginFooter')) return;
  const tab = tabOf(job, segment.tab.tabId);
  putTab(job, { ...tab, documentStyle: { ...tab.documentStyle, useCustomHeaderFooterMargins: true } });
}

/** Unsetting a field is refused, as the vendor does. `*` means those that are said. */
function sectionChange(job: Job, input: { sectionStyle?: Fields; fields?: string }): Change {
  const asked = changeOf(job, { values: input.sectionStyle, mask: input.fields }, SECTION_FIELDS, READ_ONLY);
  const everything = input.fields?.trim() === '*';
  const named = everything ? asked.named.filter((name) => asked.values[name] !== undefined) : asked.named;
  for (const name of named)
    if (asked.values[name] === undefined || /_UNSPECIFIED$/.test(String(asked.values[name])))
      throw refuse(job, `The field ${name} cannot be unset.`);
  const columns = (asked.values.columnProperties ?? []) as readonly unknown[];
  if (columns.length > COLUMNS_MAX)
    throw refuse(job, `A section cannot have more than ${COLUMNS_MAX} columns.`);
  const parts = new Map([...asked.mask.parts].filter(([name]) => named.includes(name)));
  return { values: asked.values, mask: { all: false, parts }, named };
}

function sectionAfter(style: Fields, change: Change, page: Page): Fields {
  const next = changed(style, change, SECTION_FIELDS);
  const columns = (next.columnProperties ?? []) as readonly Fields[];
  if (columns.length === 0) return next;
  const points = (value: unknown, otherwise: number): number =>
    value === undefined ? otherwise : ((value as { magnitude?: number }).magnitude ?? 0);
  const room = page.width - points(next.marginLeft, page.left) - points(next.marginRight, page.right);
  const gaps = columns.map(({ paddingEnd }, nth) =>
    nth === columns.length - 1 ? points(paddingEnd, 0) : points(paddingEnd, POINTS_BETWEEN_COLUMNS),
  );
  const width = (room - gaps.reduce((sum, gap) => sum + gap, 0)) / columns.length;
  const columnProperties = gaps.map((gap) => ({ width: length(width), paddingEnd: length(gap) }));
  return { ...next, columnProperties };
}

const length = (magnitude: number): Fields => (magnitude === 0 ? { unit: 'PT' } : { magnitude, unit: 'PT' });

interface Page {
  width: number;
  left: number;
  right: number;
}

function pageOf(style: Fields): Page {
  const points = (value: unknown): number => (value as { magnitude?: number } | undefined)?.magnitude ?? 0;
  const size = style.pageSize as { width?: unknown; height?: unknown } | undefined;
  const width = points(style.flipPageOrientation === true ? size?.height : size?.width);
  return { width, left: points(style.marginLeft), right: points(style.marginRight) };
}

/** The section breaks whose sections overlap a range, changed. */
function eachSection(
  content: Content,
  start: number,
  end: number,
  change: (style: Fields) => Fields,
): Content {
  const starts: number[] = [];
  let from = 0;
  for (const block of content) {
    if (block.kind === 'sectionBreak') starts.push(from);
    from += blockSize(block);
  }
  let nth = -1;
  return content.map((block): Block => {
    if (block.kind !== 'sectionBreak') return block;
    nth += 1;
    const [first = 0, next = endOf(content)] = [starts[nth], starts[nth + 1]];
    return first < end && next > start ? { ...block, style: change(block.style) } : block;
  });
}
