/** Content marked with what a suggestion puts in or would take out of it. */
import type { Block, Content, Marks, Run, Table } from '../../world/content.ts';
import { changeBlocks, changeRuns } from '../content/edit.ts';
import { blockSize, cellSize, rowSize } from '../content/size.ts';
import { paragraphsIn, paragraphsOf } from '../content/walk.ts';

type Side = 'insertions' | 'deletions';

/** A range marked: its runs, and the tables, rows, cells and section breaks that are in it as a whole. */
export function marked(content: Content, start: number, end: number, side: Side, id: string): Content {
  const runs = changeRuns(content, start, end, (run) => [withMark(run, side, id)]);
  return changeBlocks(runs, start, end, (block, from) => markBlock(block, from, start, end, side, id));
}

/** Every suggestion that marks something of a range, or of what touches it. */
export function suggestionsAt(content: Content, start: number, end: number): Set<string> {
  const ids = new Set<string>();
  for (const { paragraph, startIndex } of paragraphsIn(content, start - 1, end + 1)) {
    let from = startIndex;
    for (const run of paragraph.runs) {
      const to = from + run.text.length;
      if (to >= start && from <= end) for (const id of marksOf(run)) ids.add(id);
      from = to;
    }
  }
  return ids;
}

/** What a suggestion puts in and takes out, as its author would read it. */
export function markedText(
  contents: readonly Content[],
  id: string,
): { added: string; deleted: string; restyled: boolean } {
  let [added, deleted, restyled] = ['', '', false];
  for (const content of contents)
    for (const { paragraph } of paragraphsOf(content)) {
      if (paragraph.styles?.[id] || (paragraph.bullets && id in paragraph.bullets)) restyled = true;
      for (const run of paragraph.runs) {
        const isDeleted = run.deletions?.includes(id) ?? false;
        if (isDeleted) deleted += run.text;
        else if (run.insertions?.includes(id)) added += run.text;
        if (run.styles?.[id]) restyled = true;
      }
    }
  return { added, deleted, restyled };
}

const marksOf = ({ insertions = [], deletions = [], styles = {} }: Run): string[] => [
  ...insertions,
  ...deletions,
  ...Object.keys(styles),
];

function markBlock(block: Block, at: number, start: number, end: number, side: Side, id: string): Block {
  const whole = start <= at && at + blockSize(block) <= end;
  if (block.kind === 'paragraph') return block;
  if (block.kind !== 'table') return whole ? withMark(block, side, id) : block;
  const inner = markRows(block, at, start, end, side, id);
  return whole ? withMark(inner, side, id) : inner;
}

function markRows(table: Table, at: number, start: number, end: number, side: Side, id: string): Table {
  let index = at + 1;
  const rows = table.rows.map((row) => {
    const from = index;
    index += rowSize(row);
    let inside = from + 1;
    const cells = row.cells.map((cell) => {
      const first = inside;
      inside += cellSize(cell);
      const content = changeBlocks(
        cell.content,
        start,
        end,
        (inner, place) => markBlock(inner, place, start, end, side, id),
        first + 1,
      );
      const kept = content === cell.content ? cell : { ...cell, content };
      return start <= first && inside <= end ? withMark(kept, side, id) : kept;
    });
    const next = { ...row, cells };
    return start <= from && index <= end ? withMark(next, side, id) : next;
  });
  return { ...table, rows };
}

const withMark = <T extends Marks>(one: T, side: Side, id: string): T =>
  one[side]?.includes(id) ? one : { ...one, [side]: [...(one[side] ?? []), id] };
