/** Formulas whose references move: when they are copied elsewhere, when rows and columns come and go. */
import { columnIndex, columnName, splitA1 } from '../a1.ts';
import { tokensOf } from './syntax.ts';

/** One corner of a reference; `fixed` ones have a `$`. */
interface Corner {
  column?: number;
  row?: number;
  columnFixed: boolean;
  rowFixed: boolean;
}

const CORNER = /^(\$?)([A-Za-z]{1,3})?(\$?)([1-9]\d*)?$/;

/** The formula as it reads when its cell is copied `rows` down and `columns` to the right. */
export function copiedFormula(formula: string, rows: number, columns: number): string {
  return rewritten(formula, (corner) => ({
    ...corner,
    ...(corner.row === undefined || corner.rowFixed ? {} : { row: corner.row + rows }),
    ...(corner.column === undefined || corner.columnFixed ? {} : { column: corner.column + columns }),
  }));
}

/** How rows or columns of one sheet move: `at` is the first that moves, negative `by` takes some away. */
export interface Shift {
  sheet: string;
  dimension: 'row' | 'column';
  at: number;
  by: number;
}

/** The formula as it reads after a shift; `home` is the title of its own sheet. Gone cells become `#REF!`. */
export function shiftedFormula(formula: string, home: string, shift: Shift): string {
  return rewritten(formula, (corner, sheet) => {
    const place = corner[shift.dimension];
    if ((sheet ?? home) !== shift.sheet || place === undefined || place < shift.at) return corner;
    if (shift.by < 0 && place < shift.at - shift.by) return undefined;
    return { ...corner, [shift.dimension]: place + shift.by };
  });
}

/** Walks the references; a corner that becomes nothing makes `#REF!`. */
function rewritten(
  formula: string,
  change: (corner: Corner, sheet: string | undefined) => Corner | undefined,
): string {
  let words: string[];
  try {
    words = tokensOf(formula.slice(1)).flatMap((token) => (token.kind === 'word' ? [token.text] : []));
  } catch {
    return formula;
  }
  let from = 1;
  let out = '=';
  for (const word of words) {
    const at = formula.indexOf(word, from);
    out += formula.slice(from, at);
    const isCall = formula[at + word.length] === '(';
    out += isCall ? word : changedReference(word, change);
    from = at + word.length;
  }
  return out + formula.slice(from);
}

function changedReference(
  word: string,
  change: (corner: Corner, sheet: string | undefined) => Corner | undefined,
): string {
  const mark = word.lastIndexOf('!');
  const sheet = mark < 0 ? undefined : splitA1(word).title;
  const corners = word
    .slice(mark + 1)
    .split(':')
    .map(cornerOf);
  if (corners.some((corner) => corner === undefined)) return word;
  const next = corners.map((corner) => change(corner as Corner, sheet));
  if (next.some((corner) => !corner || (corner.row ?? 0) < 0 || (corner.column ?? 0) < 0)) return '#REF!';
  return word.slice(0, mark + 1) + next.map((corner) => cornerText(corner as Corner)).join(':');
}

function cornerOf(text: string): Corner | undefined {
  const match = CORNER.exec(text);
  if (!match || (match[2] === undefined && match[4] === undefined)) return undefined;
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
