/** `updateTextStyle`. https://developers.google.com/workspace/docs/api/how-tos/format-text */
import type { Fields, Paragraph, Run } from '../../world/content.ts';
import { changeParagraphs, changeRuns } from '../content/edit.ts';
import { paragraphsIn, paragraphsOf } from '../content/walk.ts';
import { type Change, changed, changeOf, ownOnly, TEXT_FIELDS } from '../style/fields.ts';
import { inheritedText } from '../style/inherited.ts';
import { type Job, putContent, rangeOf, refuse, segmentOf, tabOf, type Where } from './job.ts';

/** The look that a link gives its text. */
const LINK_LOOK: Fields = {
  underline: true,
  foregroundColor: { color: { rgbColor: { red: 0.06666667, green: 0.33333334, blue: 0.8 } } },
};
const FONT_WEIGHT_DEFAULT = 400;
const FONT_WEIGHT_STEP = 100;
const FONT_WEIGHT_MAX = 900;

export function updateTextStyle(
  job: Job,
  input: { range?: Where; textStyle?: Fields; fields?: string },
): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const change = textChangeOf(job, input.textStyle, input.fields, segment.tab.tabId);
  const wide = widened(segment.content, start, end);
  const look = linkLook(segment.content, start, change);
  const styled = (style: Fields, paragraph: Paragraph, run?: Run) =>
    textAfter(style, look, inheritedText(segment.tab, paragraph.style.namedStyleType), run);
  const runs = changeRuns(segment.content, start, wide, (run, paragraph) =>
    change.values.link !== undefined && run.text.endsWith('\n')
      ? unlinkable(run, styled, paragraph)
      : [{ ...run, style: styled(run.style, paragraph, run) }],
  );
  const content = changeParagraphs(runs, start, wide, (paragraph, from) => {
    const whole = start <= from && from + textLength(paragraph) <= wide;
    if (!whole || !paragraph.bullet) return paragraph;
    const { link: _link, ...values } = change.values;
    const textStyle = changed(paragraph.bullet.textStyle, { ...change, values }, TEXT_FIELDS);
    return { ...paragraph, bullet: { ...paragraph.bullet, textStyle } };
  });
  putContent(job, segment, content);
}

/** What a request asks of a text style. Throws 400 for fonts and links that cannot be. */
export function textChangeOf(
  job: Job,
  values: Fields | undefined,
  mask: string | undefined,
  tabId: string,
): Change {
  const change = changeOf(job, { values, mask }, TEXT_FIELDS);
  const font = change.values.weightedFontFamily as { fontFamily?: string; weight?: number } | undefined;
  const link = change.values.link as Fields | undefined;
  if (!font && !link) return change;
  return {
    ...change,
    values: {
      ...change.values,
      ...(font ? { weightedFontFamily: fontOf(job, font) } : {}),
      ...(link && change.named.includes('link') ? { link: linkOf(job, link, tabId) } : {}),
    },
  };
}

function fontOf(
  job: Job,
  { fontFamily, weight = FONT_WEIGHT_DEFAULT }: { fontFamily?: string; weight?: number },
): Fields {
  if (!fontFamily) throw refuse(job, 'Weighted font family must specify a non-empty font family.');
  if (weight % FONT_WEIGHT_STEP !== 0 || weight < FONT_WEIGHT_STEP || weight > FONT_WEIGHT_MAX)
    throw refuse(job, `Font weight must be a multiple of 100 between 100 and 900, inclusive. Was: ${weight}`);
  return { fontFamily, weight };
}

/** A link that leads somewhere: older names of headings and bookmarks mean this tab's. Throws 400. */
function linkOf(job: Job, link: Fields, tabId: string): Fields {
  const { url, headingId, bookmarkId, heading, bookmark, tabId: toTab } = link;
  if (typeof url === 'string' && url !== '') return { url };
  if (typeof toTab === 'string' && toTab !== '') return { tabId: tabOf(job, toTab).tabId };
  const to = (heading ?? (headingId === undefined ? undefined : { id: headingId })) as
    | { id?: string; tabId?: string }
    | undefined;
  if (to) {
    const target = { id: String(to.id), tabId: tabOf(job, to.tabId ?? tabId).tabId };
    if (!headingExists(job, target)) throw refuse(job, `The heading with ID ${target.id} was not found.`);
    return { heading: target };
  }
  if (bookmark !== undefined || bookmarkId !== undefined)
    throw refuse(job, `The bookmark with ID ${String(bookmarkId ?? (bookmark as Fields).id)} was not found.`);
  throw refuse(job, 'Links must include at least one type.');
}

const headingExists = (job: Job, { id, tabId }: { id: string; tabId: string }): boolean => {
  for (const { paragraph } of paragraphsOf(segmentOf(job, { tabId }).content))
    if (paragraph.style.headingId === id) return true;
  return false;
};

/** Setting a link brings its look, removing one brings back the text before it, where the request says nothing else. */
function linkLook(content: Parameters<typeof paragraphsOf>[0], start: number, change: Change): Change {
  if (!change.named.includes('link')) return change;
  const look = change.values.link ? LINK_LOOK : styleBefore(content, start);
  const missing = ['underline', 'foregroundColor'].filter((name) => !change.named.includes(name));
  const parts = new Map(change.mask.parts);
  const values: Record<string, unknown> = { ...change.values };
  for (const name of missing) {
    parts.set(name, { all: true, parts: new Map() });
    if (look[name] !== undefined) values[name] = look[name];
  }
  return { values, mask: { all: false, parts }, named: [...change.named, ...missing] };
}

/** The style of the text before an index; nothing where that is a link itself. */
function styleBefore(content: Parameters<typeof paragraphsOf>[0], index: number): Fields {
  let before: Fields = {};
  changeRuns(content, index - 1, index, (run) => {
    before = run.style.link === undefined && !run.text.endsWith('\n') ? run.style : {};
    return [run];
  });
  return before;
}

function textAfter(style: Fields, change: Change, parent: Fields, run: Run | undefined): Fields {
  const next = changed(style, change, TEXT_FIELDS);
  return run ? ownOnly(next, parent, ['link']) : next;
}

/** Links are not for line breaks: the break keeps the rest of the change. */
function unlinkable(
  run: Run,
  styled: (style: Fields, paragraph: Paragraph, run?: Run) => Fields,
  paragraph: Paragraph,
): readonly Run[] {
  return [
    { ...run, text: run.text.slice(0, -1), style: styled(run.style, paragraph, run) },
    { ...run, text: '\n' },
  ];
}

/** The end of a range that takes the line break along where all of a paragraph's text is in it. */
function widened(content: Parameters<typeof paragraphsOf>[0], start: number, end: number): number {
  for (const { startIndex, endIndex } of paragraphsIn(content, start, end + 1))
    if (endIndex - 1 === end && startIndex >= start && endIndex - startIndex > 1) return endIndex;
  return end;
}

const textLength = (paragraph: Paragraph): number =>
  paragraph.runs.reduce((sum, run) => sum + run.text.length, 0);
