/**
 * A1 notation: `Sheet1!A1:B2`, `'My sheet'!A:A`, `A1:1`, `R1C1:R2C2`. Reads and writes the part that needs no
 * spreadsheet. https://developers.google.com/workspace/sheets/api/guides/concepts#cell
 */

/** A reference as it was written; absent bounds are open. Half-open, zero-based, the smaller bound first. */
export interface A1Range {
  startRow?: number;
  endRow?: number;
  startColumn?: number;
  endColumn?: number;
}

/** A range's text in its parts: the sheet's title (`quoted`: certainly a title) and what is behind the `!`. */
export interface A1Parts {
  title?: string;
  quoted: boolean;
  rest?: string;
}

/** `A` → 0, `Z` → 25, `AA` → 26. */
export function columnIndex(letters: string): number {
  let n = 0;
  for (const c of letters.toUpperCase()) n = n * 26 + (c.charCodeAt(0) - 64);
  return n - 1;
}

/** 0 → `A`, 26 → `AA`. */
export function columnName(index: number): string {
  let name = '';
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** Parts a title from a reference; a title may be quoted, `''` within it is one quote. */
export function splitA1(text: string): A1Parts {
  if (text.startsWith("'")) {
    const match = /^'((?:[^']|'')*)'(?:!(.*))?$/s.exec(text);
    if (!match) return { quoted: true };
    const title = (match[1] ?? '').replace(/''/g, "'");
    return { title, quoted: true, ...(match[2] === undefined ? {} : { rest: match[2] }) };
  }
  const mark = text.lastIndexOf('!');
  if (mark < 0) return { rest: text, quoted: false };
  return { title: text.slice(0, mark), rest: text.slice(mark + 1), quoted: false };
}

const CORNER = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?$/;
const R1C1 = /^R([1-9]\d*)C([1-9]\d*)(?::R([1-9]\d*)C([1-9]\d*))?$/i;

/** `A1`, `A1:B2`, `A:A`, `1:2`, `A1:A`, `A2:2`, `R1C1`; undefined for anything else. */
export function parseA1(text: string): A1Range | undefined {
  const numbered = R1C1.exec(text);
  if (numbered) {
    const [, r1, c1, r2 = r1, c2 = c1] = numbered;
    return ordered(Number(r1) - 1, Number(r2) - 1, Number(c1) - 1, Number(c2) - 1);
  }
  const [from = '', to, ...more] = text.split(':');
  if (more.length > 0 || from === '' || to === '') return undefined;
  const first = CORNER.exec(from);
  const second = to === undefined ? undefined : CORNER.exec(to);
  if (!first || second === null) return undefined;
  // One corner alone is a cell; `A` and `1` alone are none.
  if (second === undefined && (first[1] === undefined || first[2] === undefined)) return undefined;
  const row = (m: RegExpExecArray) => (m[2] === undefined ? undefined : Number(m[2]) - 1);
  const column = (m: RegExpExecArray) => (m[1] === undefined ? undefined : columnIndex(m[1]));
  const last = second ?? first;
  return ordered(row(first), row(last), column(first), column(last));
}

/** `A1:B2`, or `A1` for one cell. All bounds must be there. */
export function writeA1(range: {
  startRow: number;
  endRow: number;
  startColumn: number;
  endColumn: number;
}): string {
  const from = `${columnName(range.startColumn)}${range.startRow + 1}`;
  const to = `${columnName(range.endColumn - 1)}${range.endRow}`;
  return from === to ? from : `${from}:${to}`;
}

/** A sheet's title as it stands before `!`: quoted unless it is a plain word that could be no cell. */
export function writeTitle(title: string): string {
  const plain =
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) && !/^[A-Za-z]{1,3}\d+$/.test(title) && !/^R\d*C\d*$/i.test(title);
  return plain ? title : `'${title.replace(/'/g, "''")}'`;
}

function ordered(
  row1: number | undefined,
  row2: number | undefined,
  column1: number | undefined,
  column2: number | undefined,
): A1Range {
  const [startRow, lastRow] = sorted(row1, row2);
  const [startColumn, lastColumn] = sorted(column1, column2);
  return {
    ...(startRow === undefined ? {} : { startRow }),
    ...(lastRow === undefined ? {} : { endRow: lastRow + 1 }),
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(lastColumn === undefined ? {} : { endColumn: lastColumn + 1 }),
  };
}

/** `A5:A` begins at row 5 and is open; `A:A5` means the same. */
function sorted(a: number | undefined, b: number | undefined): [number | undefined, number | undefined] {
  if (a === undefined) return [b, undefined];
  if (b === undefined) return [a, undefined];
  return a <= b ? [a, b] : [b, a];
}
