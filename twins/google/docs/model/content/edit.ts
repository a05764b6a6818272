/**
 * Changes of content by index. Each gives new content and leaves the old as it was; undefined means that the
 * vendor's structure does not allow it. `at` is the first index of the content, which is 0 in every segment.
 * https://developers.google.com/workspace/docs/api/concepts/rules-behavior
 */
import type { Block, Content, Paragraph, Run, Table } from '../../world/content.ts';
import { joinRuns, sliceRuns } from './runs.ts';
import { blockSize, cellSize } from './size.ts';

/** The paragraph at `index` exchanged for blocks. Undefined where none stands there: before a table, in a break. */
export function replaceAt(
  content: Content,
  index: number,
  change: (paragraph: Paragraph, offset: number) => readonly Block[],
  at: number = 0,
): Content | undefined {
  const place = blockAt(content, index, at);
  if (!place) return undefined;
  const { block, nth, from } = place;
  if (block.kind === 'paragraph') return splice(content, nth, change(block, index - from));
  let within: Content | undefined;
  const changed = mapContents(block, from, (inner, start) => {
    if (within || index < start) return inner;
    const next = replaceAt(inner, index, change, start);
    within = next;
    return next ?? inner;
  });
  return within && splice(content, nth, [changed]);
}

/** The table that begins at `index` exchanged for blocks; undefined where none does. */
export function replaceTable(
  content: Content,
  index: number,
  change: (table: Table) => readonly Block[],
  at: number = 0,
): Content | undefined {
  const place = blockAt(content, index, at);
  if (!place) return undefined;
  const { block, nth, from } = place;
  if (block.kind === 'table' && from === index) return splice(content, nth, change(block));
  let found: Content | undefined;
  const changed = mapContents(block, from, (inner, start) => {
    const next = found || index < start ? undefined : replaceTable(inner, index, change, start);
    found = found ?? next;
    return next ?? inner;
  });
  return found && splice(content, nth, [changed]);
}

/** Every paragraph that overlaps the range, changed. */
export function changeParagraphs(
  content: Content,
  start: number,
  end: number,
  change: (paragraph: Paragraph, startIndex: number) => Paragraph,
  at: number = 0,
): Content {
  return mapTouched(content, start, end, at, (block, from) =>
    block.kind === 'paragraph'
      ? change(block, from)
      : mapContents(block, from, (inner, first) => changeParagraphs(inner, start, end, change, first)),
  );
}

/** Every run in the range, cut to it, exchanged for others; a surrogate pair is in it as a whole. */
export function changeRuns(
  content: Content,
  start: number,
  end: number,
  change: (run: Run, paragraph: Paragraph) => readonly Run[],
): Content {
  return changeParagraphs(content, start, end, (paragraph, from) => {
    const first = start - from - (splitsPair(paragraph.runs, start - from) ? 1 : 0);
    const last = end - from + (splitsPair(paragraph.runs, end - from) ? 1 : 0);
    const runs = [
      ...sliceRuns(paragraph.runs, 0, first),
      ...sliceRuns(paragraph.runs, first, last).flatMap((run) => change(run, paragraph)),
      ...sliceRuns(paragraph.runs, last),
    ];
    return { ...paragraph, runs: joinRuns(runs) };
  });
}

/** Every block that overlaps the range, changed; tables' own insides are not entered. */
export const changeBlocks = (
  content: Content,
  start: number,
  end: number,
  change: (block: Block, startIndex: number) => Block,
  at: number = 0,
): Content => mapTouched(content, start, end, at, change);

/**
 * Content without the range; a lost line break joins two paragraphs, the first of which gives its style where
 * anything of it is left. Undefined for half a table, the line break before a table or section break alone, the last
 * one of a segment or cell, half a surrogate pair.
 */
export function removeRange(
  content: Content,
  start: number,
  end: number,
  at: number = 0,
): Content | undefined {
  const before: Block[] = [];
  const after: Block[] = [];
  let head: Paragraph | undefined;
  let tail: Paragraph | undefined;
  let gone: Block | undefined;
  let from = at;
  for (const [nth, block] of content.entries()) {
    const to = from + blockSize(block);
    if (to <= start) before.push(block);
    else if (from >= end) after.push(block);
    else if (start <= from && to <= end) gone = block;
    else if (block.kind !== 'paragraph') {
      const inner = start > from && end < to ? removeWithin(block, start, end, from) : undefined;
      return inner && splice(content, nth, [inner]);
    } else {
      const text = block.runs;
      if (splitsPair(text, start - from) || splitsPair(text, end - from)) return undefined;
      if (start > from) head = { ...block, runs: sliceRuns(text, 0, start - from) };
      if (end < to) tail = { ...block, runs: sliceRuns(text, end - from) };
    }
    from = to;
  }
  return joinEnds(before, head, gone, tail, after);
}

function joinEnds(
  before: Block[],
  head: Paragraph | undefined,
  last: Block | undefined,
  tail: Paragraph | undefined,
  after: Block[],
): Content | undefined {
  const next = tail ?? after.shift();
  if (next === undefined) return undefined;
  const lostBreak = head !== undefined || (last?.kind === 'paragraph' && tail === undefined);
  if (lostBreak && next.kind !== 'paragraph') return undefined;
  if (!head || next.kind !== 'paragraph') return [...before, next, ...after];
  const objects = [...(head.positionedObjectIds ?? []), ...(next.positionedObjectIds ?? [])];
  const joined: Paragraph = {
    ...head,
    runs: joinRuns([...head.runs, ...next.runs]),
    ...(objects.length > 0 ? { positionedObjectIds: [...new Set(objects)] } : {}),
  };
  return [...before, joined, ...after];
}

function removeWithin(block: Block, start: number, end: number, at: number): Block | undefined {
  let done = false;
  const changed = mapContents(block, at, (inner, from, to) => {
    if (start < from || end > to) return inner;
    const next = removeRange(inner, start, end, from);
    done = next !== undefined;
    return next ?? inner;
  });
  return done ? changed : undefined;
}

/** Whether a cut at `offset` would part a surrogate pair. */
export function splitsPair(runs: readonly Run[], offset: number): boolean {
  const [unit = ''] = [sliceRuns(runs, offset, offset + 1)[0]?.text];
  const previous = offset > 0 ? (sliceRuns(runs, offset - 1, offset)[0]?.text ?? '') : '';
  return /^[\udc00-\udfff]$/.test(unit) && /^[\ud800-\udbff]$/.test(previous);
}

/** The block that holds `index`. */
export function blockAt(
  content: Content,
  index: number,
  at: number = 0,
): { block: Block; nth: number; from: number } | undefined {
  let from = at;
  for (const [nth, block] of content.entries()) {
    const to = from + blockSize(block);
    if (index >= from && index < to) return { block, nth, from };
    from = to;
  }
  return undefined;
}

/** A block with what is in its cells (or in a table of contents) changed; given with its first index and the one behind it. */
function mapContents(
  block: Block,
  at: number,
  change: (content: Content, from: number, to: number) => Content,
): Block {
  if (block.kind === 'tableOfContents') {
    const content = change(block.content, at + 1, at + blockSize(block) - 1);
    return content === block.content ? block : { ...block, content };
  }
  if (block.kind !== 'table') return block;
  let index = at + 1;
  const rows = block.rows.map((row) => {
    index += 1;
    const cells = row.cells.map((cell) => {
      const from = index + 1;
      index += cellSize(cell);
      const content = change(cell.content, from, index);
      return content === cell.content ? cell : { ...cell, content };
    });
    return cells.every((cell, nth) => cell === row.cells[nth]) ? row : { ...row, cells };
  });
  return rows.every((row, nth) => row === block.rows[nth]) ? block : { ...block, rows };
}

function mapTouched(
  content: Content,
  start: number,
  end: number,
  at: number,
  change: (block: Block, from: number) => Block,
): Content {
  let from = at;
  const changed = content.map((block) => {
    const here = from;
    from += blockSize(block);
    return here < end && from > start ? change(block, here) : block;
  });
  return changed.every((block, nth) => block === content[nth]) ? content : changed;
}

const splice = (content: Content, nth: number, blocks: readonly Block[]): Content => [
  ...content.slice(0, nth),
  ...blocks,
  ...content.slice(nth + 1),
];
