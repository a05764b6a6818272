/** Formulas whose references change: copied elsewhere, cells moved under them, a sheet renamed or gone. */
import type { GridRange } from '../../world.ts';
import { columnIndex, columnName, splitA1, writeTitle } from '../a1.ts';

/** The formula as it reads when its cell is copied `rows` down and `columns` to the right. */
export function copiedFormula(formula: string, rows: number, columns: number): string {
  return rewritten(formula, (reference) => {
    const corners = reference.corners.map((corner) => ({
      ...corner,
      ...(corner.row === undefined || corner.rowFixed ? {} : { row: corner.row + rows }),
      ...(corner.column === undefined || corner.columnFixed ? {} : { column: corner.column + columns }),
    }));
    return corners.some((corner) => (corner.row ?? 0) < 0 || (corner.column ?? 0) < 0)
      ? undefined
      : { ...reference, corners };
  });
}

/** Titles of a spreadsheet's sheets, both ways; titles in lower case. */
export interface Titles {
  idOf(title: string): number | undefined;
  titleOf(sheetId: number): string | undefined;
}

/**
 * The formula as it reads when every range it names goes where `move` says; ranges that are nowhere become `#REF!`.
 * `home` is the sheet that the formula stands on, `standing` the one that it goes to. Ranges come and go with their
 * sheet's id.
 */
export function movedFormula(
  formula: string,
  home: number,
  titles: Titles,
  move: (range: GridRange) => GridRange | undefined,
  standing: number = home,
): string {
  return rewritten(formula, (reference) => {
    const sheetId = reference.sheet === undefined ? home : titles.idOf(reference.sheet);
    if (sheetId === undefined) return reference;
    const before = { sheetId, ...boundsOf(reference.corners) };
    const after = move(before);
    if (!after) return undefined;
    if (after === before && standing === home) return reference;
    const corners = cornersOf(reference.corners, after);
    const to = after.sheetId ?? 0;
    if (reference.sheet === undefined ? to === standing : to === sheetId) return { ...reference, corners };
    return { corners, sheet: titles.titleOf(to) };
  });
}

/** The formula after a sheet got another title, or (`to` absent) was deleted. */
export function retitledFormula(formula: string, from: string, to: string | undefined): string {
  return rewritten(formula, (reference) => {
    if (reference.sheet?.toLowerCase() !== from.toLowerCase()) return reference;
    return to === undefined ? undefined : { ...reference, sheet: to };
  });
}

/** The formula after a named range got another name. */
export const renamedFormula = (formula: string, from: string, to: string): string =>
  formula.replace(NAME, (word) => (word.toLowerCase() === from.toLowerCase() ? to : word));

/** Texts and quoted titles are stepped over; what stands before `(` or `!` is no name of a range. */
const NAME =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'!|(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_.]*(?![\p{L}\p{N}_.(!])/gu;

/** One corner of a reference; `fixed` ones have a `$`. */
interface Corner {
  column?: number;
  row?: number;
  columnFixed: boolean;
  rowFixed: boolean;
}

interface Reference {
  /** The title before `!`, unquoted. */
  sheet?: string;
  corners: readonly Corner[];
}

/** Texts are stepped over; a word before `(`, `!` or in the middle of a name is no reference. */
const REFERENCE =
  /"(?:[^"]|"")*"|(?<![\p{L}\p{N}_.$#'])(?:('(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Za-z]{1,3}\$?[1-9]\d*(?::\$?(?:[A-Za-z]{1,3}(?:\$?[1-9]\d*)?|[1-9]\d*))?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?:\$?[1-9]\d*)?|\$?[1-9]\d*:\$?[A-Za-z]{0,3}\$?[1-9]\d*)(?![\p{L}\p{N}_.(!])/gu;
const CORNER = /^(\$?)([A-Za-z]{1,3})?(\$?)([1-9]\d*)?$/;

function rewritten(formula: string, change: (reference: Reference) => Reference | undefined): string {
  return formula.replace(REFERENCE, (word: string, title: string | undefined, rest: string | undefined) => {
    if (rest === undefined) return word;
    const sheet = title === undefined ? undefined : splitA1(`${title}!A1`).title;
    const reference: Reference = {
      ...(sheet === undefined ? {} : { sheet }),
      corners: rest.split(':').map(cornerOf),
    };
    const next = change(reference);
    if (!next) return '#REF!';
    if (next === reference) return word;
    const before =
      next.sheet === undefined ? '' : next.sheet === sheet ? `${title}!` : `${writeTitle(next.sheet)}!`;
    return before + next.corners.map(cornerText).join(':');
  });
}

function cornerOf(text: string): Corner {
  const match = CORNER.exec(text) ?? [];
  return {
    ...(match[2] === undefined ? {} : { column: columnIndex(match[2]) }),
    ...(match[4] === undefined ? {} : { row: Number(match[4]) - 1 }),
    columnFixed: match[1] === '$' && match[2] !== undefined,
    rowFixed: match[3] === '$' || (match[1] === '$' && match[2] === undefined),
  };
}

const cornerText = (corner: Corner): string =>
  (corner.column === undefined ? '' : (corner.columnFixed ? '$' : '') + columnName(corner.column)) +
  (corner.row === undefined ? '' : `${corner.rowFixed ? '$' : ''}${corner.row + 1}`);

function boundsOf(corners: readonly Corner[]): Omit<GridRange, 'sheetId'> {
  const from = corners[0] as Corner;
  const to = corners[1] ?? from;
  const [startRowIndex, endRowIndex] = spanOf(from.row, to.row);
  const [startColumnIndex, endColumnIndex] = spanOf(from.column, to.column);
  return { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex };
}

/** `A5:A` begins at row 5 and is open. */
function spanOf(a: number | undefined, b: number | undefined): [number | undefined, number | undefined] {
  if (a === undefined || b === undefined) return [a ?? b, undefined];
  return [Math.min(a, b), Math.max(a, b) + 1];
}

/** The corners of a moved range, as fixed as they were; a bound that was open stays so. */
function cornersOf(corners: readonly Corner[], range: GridRange): Corner[] {
  const from = corners[0] as Corner;
  const last = corners[1];
  const place = (corner: Corner, row: number | undefined, column: number | undefined): Corner => ({
    ...(corner.row === undefined || row === undefined ? {} : { row }),
    ...(corner.column === undefined || column === undefined ? {} : { column }),
    rowFixed: corner.rowFixed,
    columnFixed: corner.columnFixed,
  });
  const first = place(from, range.startRowIndex, range.startColumnIndex);
  if (!last) return [first];
  const endRow = range.endRowIndex === undefined ? range.startRowIndex : range.endRowIndex - 1;
  const endColumn = range.endColumnIndex === undefined ? range.startColumnIndex : range.endColumnIndex - 1;
  return [first, place(last, endRow, endColumn)];
}
