/**
 * Suggestions taken up or dropped: what they put in stays or goes, what they would take out goes or stays, the styles
 * that they change are changed or not. https://developers.google.com/workspace/docs/api/how-tos/suggestions
 */
import { assign } from '../../../fields.ts';
import type {
  Block,
  Content,
  Fields,
  Marks,
  Paragraph,
  Run,
  Table,
  TableCell,
  TableRow,
} from '../../world/content.ts';
import type { Edit } from '../../world/edits.ts';
import type { Tab } from '../../world.ts';
import { joinRuns, runsText } from '../content/runs.ts';
import { blockSize, cellSize, rowSize } from '../content/size.ts';
import { ordered, PARAGRAPH_FIELDS, TEXT_FIELDS } from '../style/fields.ts';

/** Which suggestions (all where no id is said), and what becomes of them. */
export interface Resolution {
  readonly id?: string;
  readonly accept: boolean;
}

/** Content without the marks of what is resolved, and what was taken out of it, last first. */
export function resolved(
  content: Content,
  how: Resolution,
  at: number = 0,
): { content: Content; edits: Bare[] } {
  const edits: Bare[] = [];
  const next = resolveBlocks(content, how, at, edits);
  return { content: next, edits: edits.reverse() };
}

/** A tab whose open suggestions are all taken up, or all dropped. */
export function previewed(tab: Tab, accept: boolean): Tab {
  const of = (content: Content) => resolved(content, { accept }).content;
  const each = (held: Readonly<Record<string, Content>>) =>
    Object.fromEntries(Object.entries(held).map(([id, content]) => [id, of(content)]));
  return {
    ...tab,
    body: of(tab.body),
    headers: each(tab.headers),
    footers: each(tab.footers),
    footnotes: each(tab.footnotes),
  };
}

type Bare = Omit<Edit, 'tabId' | 'segmentId'>;

/** Whether what bears these marks goes. */
const goes = ({ insertions = [], deletions = [] }: Marks, { id, accept }: Resolution): boolean => {
  const marks = accept ? deletions : insertions;
  return id === undefined ? marks.length > 0 : marks.includes(id);
};

function resolveBlocks(content: Content, how: Resolution, at: number, edits: Bare[]): Content {
  const out: Block[] = [];
  let carried: Paragraph | undefined;
  let index = at;
  for (const [nth, block] of content.entries()) {
    const from = index;
    index += blockSize(block);
    const next = content[nth + 1];
    const kept = resolveBlock(block, how, from, edits);
    if (!kept) continue;
    if (kept.kind !== 'paragraph') {
      out.push(kept);
      continue;
    }
    const whole: Paragraph = carried ? joined(carried, kept, how) : kept;
    carried = undefined;
    if (runsText(whole.runs).endsWith('\n')) out.push(whole);
    else if (next && mayJoin(content.slice(nth + 1), how)) carried = whole;
    else {
      keepBreak(edits);
      out.push({
        ...whole,
        runs: joinRuns([...whole.runs, { text: '\n', style: whole.runs.at(-1)?.style ?? {} }]),
      });
    }
  }
  return out;
}

/** The last unit that was taken out, a line break, stays after all. */
function keepBreak(edits: Bare[]): void {
  const last = edits.pop();
  if (last && last.removed > 1) edits.push({ ...last, removed: last.removed - 1 });
}

/** Whether a paragraph without its line break finds another to join, behind blocks that go. */
function mayJoin(rest: Content, how: Resolution): boolean {
  const next = rest.find((block) => block.kind === 'paragraph' || !goes(block, how));
  return next?.kind === 'paragraph';
}

/** A suggested line break that is dropped leaves the paragraph that was there; one that is taken out, the first. */
function joined(first: Paragraph, second: Paragraph, { accept }: Resolution): Paragraph {
  const runs = joinRuns([...first.runs, ...second.runs]);
  return { ...(accept && first.runs.length > 0 ? first : second), runs };
}

function resolveBlock(block: Block, how: Resolution, at: number, edits: Bare[]): Block | undefined {
  if (block.kind === 'paragraph') return resolveParagraph(block, how, at, edits);
  if (goes(block, how)) {
    edits.push({ at, removed: blockSize(block), inserted: 0 });
    return undefined;
  }
  if (block.kind === 'table') return resolveTable(block, how, at, edits);
  if (block.kind === 'tableOfContents')
    return { ...unmarked(block, how), content: resolveBlocks(block.content, how, at + 1, edits) };
  return unmarked(block, how);
}

function resolveParagraph(paragraph: Paragraph, how: Resolution, at: number, edits: Bare[]): Paragraph {
  let index = at;
  const runs = paragraph.runs.flatMap((run) => {
    const from = index;
    index += run.text.length;
    if (!goes(run, how)) return [restyled(unmarked(run, how), how)];
    edits.push({ at: from, removed: run.text.length, inserted: 0 });
    return [];
  });
  const { bullet, style } = bulletAfter(paragraph, how);
  const { styles, bullets, bullet: _bullet, ...rest } = paragraph;
  return {
    ...rest,
    runs: joinRuns(runs),
    style: styleAfter(style, styles, 'paragraphStyle', how, PARAGRAPH_FIELDS),
    ...(bullet ? { bullet } : {}),
    ...left(styles, 'styles', how),
    ...left(bullets, 'bullets', how),
  };
}

function bulletAfter(
  { bullet, bullets = {}, style }: Paragraph,
  how: Resolution,
): { bullet: Paragraph['bullet']; style: Fields } {
  if (!how.accept) return { bullet, style };
  const ids = Object.keys(bullets).filter((id) => how.id === undefined || id === how.id);
  const last = ids.at(-1);
  return { bullet: last === undefined ? bullet : (bullets[last] ?? undefined), style };
}

function restyled(run: Run, how: Resolution): Run {
  const { styles, ...rest } = run;
  if (!styles) return run;
  return {
    ...rest,
    style: styleAfter(run.style, styles, 'textStyle', how, TEXT_FIELDS),
    ...left(styles, 'styles', how),
  };
}

function resolveTable(table: Table, how: Resolution, at: number, edits: Bare[]): Block | undefined {
  const columnGoes = table.columns.map((_, column) =>
    table.rows.every(({ cells }) => goes(cells[column] ?? {}, how)),
  );
  let index = at + 1;
  const rows = table.rows.flatMap((row): TableRow[] => {
    const from = index;
    index += rowSize(row);
    if (!goes(row, how)) return [resolveRow(row, how, from, edits, columnGoes)];
    edits.push({ at: from, removed: rowSize(row), inserted: 0 });
    return [];
  });
  const columns = table.columns.filter((_, column) => !columnGoes[column]);
  return { ...unmarked(table, how), rows, columns };
}

function resolveRow(
  row: TableRow,
  how: Resolution,
  at: number,
  edits: Bare[],
  columnGoes: readonly boolean[],
): TableRow {
  let index = at + 1;
  const cells = row.cells.flatMap((cell, column): TableCell[] => {
    const from = index;
    index += cellSize(cell);
    if (columnGoes[column]) {
      edits.push({ at: from, removed: cellSize(cell), inserted: 0 });
      return [];
    }
    const { styles, ...rest } = unmarked(cell, how);
    const content = resolveBlocks(cell.content, how, from + 1, edits);
    return [
      {
        ...rest,
        content,
        style: styleAfter(cell.style, styles, 'tableCellStyle', how),
        ...left(styles, 'styles', how),
      },
    ];
  });
  return { ...unmarked(row, how), cells };
}

/** A style with the suggested changes that are taken up. */
function styleAfter(
  style: Fields,
  suggested: Readonly<Record<string, Fields>> | undefined,
  part: string,
  { id, accept }: Resolution,
  order?: readonly string[],
): Fields {
  if (!suggested || !accept) return style;
  let next = style;
  for (const [by, change] of Object.entries(suggested)) {
    if (id !== undefined && by !== id) continue;
    const state = change[`${part}SuggestionState`] as Fields;
    const names = Object.keys(state).map((name) => name.replace(/(Suggested|SuggestionState)$/, ''));
    const parts = new Map(names.map((name) => [name, { all: true, parts: new Map() }]));
    next = assign(next, change[part] as Fields, { all: false, parts });
  }
  return order ? ordered(next, order) : next;
}

/** The suggestions of a map that are not resolved; the field is left out where there is none. */
function left<T>(held: Readonly<Record<string, T>> | undefined, name: string, { id }: Resolution): object {
  if (!held || id === undefined) return {};
  const { [id]: _gone, ...others } = held;
  return Object.keys(others).length > 0 ? { [name]: others } : {};
}

/** The same without the marks of what is resolved. */
function unmarked<T extends Marks>(marked: T, { id }: Resolution): T {
  if (!marked.insertions && !marked.deletions) return marked;
  const { insertions = [], deletions = [], ...rest } = marked;
  const others = (ids: readonly string[]) => (id === undefined ? [] : ids.filter((one) => one !== id));
  const [put, taken] = [others(insertions), others(deletions)];
  return {
    ...rest,
    ...(put.length > 0 ? { insertions: put } : {}),
    ...(taken.length > 0 ? { deletions: taken } : {}),
  } as T;
}
