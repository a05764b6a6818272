/**
 * Text put into a paragraph: it looks like what stands before it, and its line breaks make paragraphs of the same
 * style. https://developers.google.com/workspace/docs/api/how-tos/move-text
 */
import type { Content, Fields, Marks, Paragraph, Run } from '../../world/content.ts';
import { replaceAt, splitsPair } from './edit.ts';
import { joinRuns, runsText, sliceRuns } from './runs.ts';

/** The style of a new paragraph that takes over from another one: headings get ids of their own. */
export type Renewed = (style: Fields) => Fields;

/** Content with `text` at `index`; undefined where no paragraph stands there. */
export const insertText = (
  content: Content,
  index: number,
  text: string,
  renewed: Renewed,
  marks: Marks = {},
): Content | undefined => replaceText(content, index, index, text, renewed, marks);

/** Content with `text` in the place of a stretch of one paragraph; it looks as what it replaces, if anything. */
export function replaceText(
  content: Content,
  start: number,
  end: number,
  text: string,
  renewed: Renewed,
  marks: Marks = {},
): Content | undefined {
  return replaceAt(content, start, (paragraph, offset) => {
    const behind = offset + end - start;
    const replaced = end > start ? sliceRuns(paragraph.runs, offset, behind)[0] : undefined;
    const style = replaced?.style ?? styleAt(paragraph, offset);
    const lines = text.split('\n');
    const last = lines.length - 1;
    return lines.map((line, nth) => {
      const run: Run = { text: nth < last ? `${line}\n` : line, style, ...marks };
      const runs = joinRuns([
        ...(nth === 0 ? sliceRuns(paragraph.runs, 0, offset) : []),
        run,
        ...(nth === last ? sliceRuns(paragraph.runs, behind) : []),
      ]);
      return { ...pieceOf(paragraph, nth === (offset === 0 ? last : 0), nth === 0, renewed), runs };
    });
  });
}

/** Content with runs that hold no line break at `index`. */
export function insertRuns(
  content: Content,
  index: number,
  make: (style: Fields) => readonly Run[],
): Content | undefined {
  return replaceAt(content, index, (paragraph, offset) => [
    {
      ...paragraph,
      runs: joinRuns([
        ...sliceRuns(paragraph.runs, 0, offset),
        ...make(styleAt(paragraph, offset)),
        ...sliceRuns(paragraph.runs, offset),
      ]),
    },
  ]);
}

/** A paragraph in two, the first with a line break of its own. */
export function partParagraph(
  paragraph: Paragraph,
  offset: number,
  renewed: Renewed,
  marks: Marks = {},
): readonly [Paragraph, Paragraph] {
  const newline: Run = { text: '\n', style: styleAt(paragraph, offset), ...marks };
  const keepsFirst = offset > 0;
  return [
    {
      ...pieceOf(paragraph, keepsFirst, true, renewed),
      runs: joinRuns([...sliceRuns(paragraph.runs, 0, offset), newline]),
    },
    { ...pieceOf(paragraph, !keepsFirst, false, renewed), runs: sliceRuns(paragraph.runs, offset) },
  ];
}

/** How text at `offset` looks: as what stands before it in the paragraph, or else behind; a link does not grow at its end. */
export function styleAt(paragraph: Paragraph, offset: number): Fields {
  const before = sliceRuns(paragraph.runs, 0, offset).at(-1);
  const after = sliceRuns(paragraph.runs, offset)[0];
  if (!before) return withoutLink(after?.style ?? {});
  const grows = JSON.stringify(before.style.link) === JSON.stringify(after?.style.link);
  return grows ? before.style : withoutLink(before.style);
}

/** The next index that does not part what people see as one character. */
export function clusterEnd(paragraph: Paragraph, offset: number): number {
  const text = runsText(paragraph.runs);
  if (!/[^\n\t\x20-\x7e]/.test(text.slice(Math.max(offset - 1, 0), offset + 1))) return offset;
  if (splitsPair(paragraph.runs, offset)) return clusterEnd(paragraph, offset + 1);
  for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text))
    if (index >= offset) return index;
    else if (index + segment.length > offset) return index + segment.length;
  return offset;
}

function pieceOf(
  paragraph: Paragraph,
  original: boolean,
  first: boolean,
  renewed: Renewed,
): Omit<Paragraph, 'runs'> {
  const { positionedObjectIds, runs: _runs, ...rest } = paragraph;
  return {
    ...rest,
    style: original ? paragraph.style : renewed(paragraph.style),
    ...(first && positionedObjectIds ? { positionedObjectIds } : {}),
  };
}

/** What a link brought to a style goes with it. */
function withoutLink(style: Fields): Fields {
  if (style.link === undefined) return style;
  const { link: _link, foregroundColor: _color, underline: _underline, ...rest } = style;
  return rest;
}
