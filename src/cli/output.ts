/** What commands write: aligned tables for people, JSON for machines, colour on a terminal only. */

/** Where a command reads and writes; tests hand in their own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Whether `out` is a terminal. */
  terminal: boolean;
  /** Whether `err` is one. */
  errTerminal?: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

/** The process's own streams and environment. */
export const processIo = (): Io => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stdout.isTTY === true,
  errTerminal: process.stderr.isTTY === true,
  env: process.env,
});

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Colours `text` on a terminal (`NO_COLOR` forbids it); plain elsewhere. */
export const paint = (io: Io, colour: keyof typeof CODES, text: string): string =>
  io.terminal && !io.env.NO_COLOR ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;

/** Writes `value` as JSON where asked for, else what `show` makes of it. */
export function answer<T>(io: Io, json: boolean | undefined, value: T, show: (value: T) => string): void {
  const text = json ? JSON.stringify(value, null, 2) : show(value);
  io.out(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** One column: its head, and what a row shows in it. Numbers are set to the right. */
export type Column<T> = readonly [head: string, cell: (row: T) => string | number | undefined];

/** Rows under heads, in columns as wide as they need; `none` where there are no rows. */
export function tabulate<T>(io: Io, rows: readonly T[], columns: readonly Column<T>[], none: string): string {
  if (rows.length === 0) return paint(io, 'dim', none);
  const cells = rows.map((row) => columns.map(([, cell]) => cell(row)));
  const numeric = columns.map((_, i) =>
    cells.every((row) => typeof row[i] === 'number' || row[i] === undefined),
  );
  const lines = [columns.map(([head]) => head), ...cells.map((row) => row.map((cell) => oneLine(cell)))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] as string))));
  return lines
    .map((line, n) => {
      const text = line
        .map((cell, i) => {
          const fill = ' '.repeat((widths[i] as number) - width(cell));
          return numeric[i] ? fill + cell : cell + fill;
        })
        .join('  ')
        .trimEnd();
      return n === 0 ? paint(io, 'dim', text) : text;
    })
    .join('\n');
}

/** `name  value` lines, the names in one column. */
export function listed(io: Io, pairs: readonly (readonly [string, unknown])[]): string {
  const widest = Math.max(...pairs.map(([name]) => name.length));
  return pairs
    .map(([name, value]) => `${paint(io, 'dim', name.padEnd(widest))}  ${oneLine(value)}`)
    .join('\n');
}

const oneLine = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value).replace(/\s+/g, ' ');

/** Columns of a terminal that `text` takes: wide scripts and most emoji take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
