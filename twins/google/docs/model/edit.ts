/** Text put in, taken out and styled by index. The body's text begins at index 1; indexes count UTF-16 units. */
import { assign, type Mask } from '../../fields.ts';
import type { Paragraph, Run, TextStyle } from '../world.ts';
import { paragraphText } from './document.ts';

/** Where the body's text begins. */
export const FIRST_INDEX = 1;

/** One past the last index of the body. */
export const endIndex = (paragraphs: readonly Paragraph[]): number =>
  FIRST_INDEX + paragraphs.reduce((sum, one) => sum + paragraphText(one).length, 0);

/** `text` put in at an index; it looks like what stands before it, and line breaks part paragraphs of one style. */
export function inserted(paragraphs: readonly Paragraph[], index: number, text: string): Paragraph[] {
  return split(paragraphs, index, (before, after, style) => {
    const pieces = text.split('\n');
    const textStyle = styleAt(before, after);
    return pieces.map((piece, i) => ({
      style,
      runs: joined([
        ...(i === 0 ? before : []),
        run(i < pieces.length - 1 ? `${piece}\n` : piece, textStyle),
        ...(i === pieces.length - 1 ? after : []),
      ]),
    }));
  });
}

/** What stands from `start` to `end` taken out; a lost line break joins two paragraphs. */
export function deleted(paragraphs: readonly Paragraph[], start: number, end: number): Paragraph[] {
  const out: Paragraph[] = [];
  let at = FIRST_INDEX;
  let open: Paragraph | undefined;
  for (const paragraph of paragraphs) {
    const kept: Run[] = [];
    for (const one of paragraph.runs) {
      const from = Math.max(start - at, 0);
      const to = Math.max(Math.min(end - at, one.text.length), 0);
      kept.push(from < to ? run(one.text.slice(0, from) + one.text.slice(to), one.style) : one);
      at += one.text.length;
    }
    const whole: Paragraph = open
      ? { style: open.style, runs: joined([...open.runs, ...kept]) }
      : { ...paragraph, runs: joined(kept) };
    if (paragraphText(whole).endsWith('\n')) {
      out.push(whole);
      open = undefined;
    } else open = whole;
  }
  return out;
}

/** The masked style on every run from `start` to `end`. */
export function styled(
  paragraphs: readonly Paragraph[],
  start: number,
  end: number,
  style: TextStyle,
  mask: Mask,
): Paragraph[] {
  let at = FIRST_INDEX;
  return paragraphs.map((paragraph) => ({
    ...paragraph,
    runs: joined(
      paragraph.runs.flatMap((one) => {
        const from = clamp(start - at, one.text.length);
        const to = clamp(end - at, one.text.length);
        at += one.text.length;
        if (from >= to) return [one];
        return [
          run(one.text.slice(0, from), one.style),
          run(one.text.slice(from, to), assign(one.style, style, mask)),
          run(one.text.slice(to), one.style),
        ];
      }),
    ),
  }));
}

/** A change of every paragraph that the range touches. */
export function restyled(
  paragraphs: readonly Paragraph[],
  start: number,
  end: number,
  change: (style: Paragraph['style']) => Paragraph['style'],
): Paragraph[] {
  let at = FIRST_INDEX;
  return paragraphs.map((paragraph) => {
    const from = at;
    at += paragraphText(paragraph).length;
    return from < end && at > start ? { ...paragraph, style: change(paragraph.style) } : paragraph;
  });
}

/** Every place of `find`, last first, so that replacing one does not move the others. */
export function occurrences(paragraphs: readonly Paragraph[], find: string, matchCase: boolean): number[] {
  const fold = (text: string) => (matchCase ? text : text.toLowerCase());
  const text = fold(paragraphs.map(paragraphText).join(''));
  const wanted = fold(find);
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && wanted; at = text.indexOf(wanted, at + wanted.length))
    found.unshift(at + FIRST_INDEX);
  return found;
}

const run = (text: string, style: TextStyle): Run => ({ text, style });
const clamp = (n: number, most: number): number => Math.min(Math.max(n, 0), most);
const styleAt = (before: readonly Run[], after: readonly Run[]): TextStyle =>
  before.findLast((one) => one.text !== '')?.style ?? after[0]?.style ?? {};

function split(
  paragraphs: readonly Paragraph[],
  index: number,
  change: (before: Run[], after: Run[], style: Paragraph['style']) => Paragraph[],
): Paragraph[] {
  let at = FIRST_INDEX;
  return paragraphs.flatMap((paragraph) => {
    const from = at;
    at += paragraphText(paragraph).length;
    if (index < from || index >= at) return [paragraph];
    const before: Run[] = [];
    const after: Run[] = [];
    let place = from;
    for (const one of paragraph.runs) {
      const cut = clamp(index - place, one.text.length);
      if (cut > 0) before.push(run(one.text.slice(0, cut), one.style));
      if (cut < one.text.length) after.push(run(one.text.slice(cut), one.style));
      place += one.text.length;
    }
    return change(before, after, paragraph.style);
  });
}

/** Neighbours of one style are one run. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const one of runs) {
    if (one.text === '') continue;
    const last = out.at(-1);
    if (last && JSON.stringify(last.style) === JSON.stringify(one.style))
      out[out.length - 1] = run(last.text + one.text, last.style);
    else out.push(one);
  }
  return out;
}
