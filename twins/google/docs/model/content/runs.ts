/** Runs of a paragraph: cut by index, joined where neighbours look alike. */
import { type ElementKind, type Fields, type Marks, OBJECT, type Run } from '../../world/content.ts';

/** The part of `runs` from `from` to `to`, counted from the paragraph's start. */
export function sliceRuns(runs: readonly Run[], from: number, to: number = Number.POSITIVE_INFINITY): Run[] {
  const out: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, run.text.length);
    if (start < end)
      out.push(start === 0 && end === run.text.length ? run : { ...run, text: run.text.slice(start, end) });
    at += run.text.length;
  }
  return out;
}

/** Neighbours of one style are one run; empty ones go. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (run.text === '') continue;
    if (last && alike(last, run)) out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}

export const runsText = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

/** A run that is one thing, no text. */
export const elementRun = (
  kind: ElementKind,
  properties: Fields,
  style: Fields = {},
  marks: Marks = {},
): Run => ({ text: OBJECT, style, element: { kind, properties }, ...marks });

/** Whether two runs differ in their text only. */
function alike(a: Run, b: Run): boolean {
  if (a.element || b.element) return false;
  const look = ({ style, insertions, deletions, styles }: Run) =>
    JSON.stringify([style, insertions, deletions, styles]);
  return (
    (a.style === b.style &&
      a.styles === b.styles &&
      !a.insertions &&
      !b.insertions &&
      !a.deletions &&
      !b.deletions) ||
    look(a) === look(b)
  );
}
