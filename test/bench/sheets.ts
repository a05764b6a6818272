/**
 * What an edit costs in a large sheet: one cell is written, one that depends on it is read, both by the API. By name, at
 * full size: `node --expose-gc dist/test/bench/sheets.js [ROWS]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { googleCalls } from './googleCalls.ts';
import { heapUsed, median } from './measure.ts';

/** Ten cells a row, the last of them a formula over the other nine: 100,000 cells with 10,000 formulas. */
export const ROWS = 10_000;

/** Sheets that differ in what their last column reads. */
export const SHAPES: Readonly<Record<string, (row: number) => string>> = {
  'sums of rows': (row) => `=SUM(A${row}:I${row})`,
  'a running total': (row) => (row === 1 ? '=SUM(A1:I1)' : `=J${row - 1}+A${row}`),
  'shares of a total': (row) => (row === 1 ? '=SUM(A:A)' : `=A${row}/J$1`),
  'look-ups in a column': (row) => `=IFERROR(VLOOKUP(A${row},A$1:B$50,2,FALSE),0)`,
};

export interface SheetUnderTest {
  /** Milliseconds until the first formula was read. */
  openedMs: number;
  /** Milliseconds of one edit with the read that follows. */
  edit(nth: number): Promise<number>;
  /** What the last read formula showed. */
  shown(): string;
}

/** A spreadsheet of that shape, asked without a socket. */
export async function sheet(shape: (row: number) => string, rows: number): Promise<SheetUnderTest> {
  const lines = Array.from({ length: rows }, (_, i) => [
    ...Array.from({ length: 9 }, (_, column) => ((i * 7 + column * 3) % 50) + 1),
    shape(i + 1),
  ]);
  const world: WorldFile = {
    world: 'bench',
    people: [{ email: 'ann@acme.example', name: 'Ann' }],
    google: {
      domain: 'acme.example',
      drive: [
        {
          path: 'Large',
          type: 'spreadsheet',
          content: { sheets: [{ title: 'Rows', rows: lines }] },
        },
      ],
    },
  };
  const call = await googleCalls(world);
  const { files } = await call('GET', `/drive/v3/files?q=${encodeURIComponent("name = 'Large'")}`);
  const values = `/v4/spreadsheets/${(files as { id: string }[])[0]?.id}/values`;
  let shown = '';
  const read = async (row: number): Promise<void> => {
    const answer = await call('GET', `${values}/Rows!J${row}`);
    shown = (answer.values as string[][] | undefined)?.[0]?.[0] ?? '';
  };
  const opened = performance.now();
  await read(1);
  return {
    openedMs: performance.now() - opened,
    shown: () => shown,
    async edit(nth) {
      const row = ((nth * 37) % rows) + 1;
      const started = performance.now();
      await call('PUT', `${values}/Rows!A${row}?valueInputOption=RAW`, { values: [[nth + 100]] });
      await read(row);
      return performance.now() - started;
    },
  };
}

const ROUNDS = 100;
/** Milliseconds that an edit with a read of what follows from it may take in the middle. */
const EDIT_MS_MAX = 10;

if (process.argv[1]?.endsWith('bench/sheets.js')) {
  const rows = Number(process.argv[2] ?? ROWS);
  for (const [what, shape] of Object.entries(SHAPES)) {
    const before = heapUsed();
    const under = await sheet(shape, rows);
    const mib = (heapUsed() - before) / 2 ** 20;
    const times: number[] = [];
    for (let nth = 0; nth < ROUNDS; nth++) times.push(await under.edit(nth));
    const [p50, most] = [median(times), Math.max(...times)];
    process.stdout.write(
      `${what.padEnd(24)} opened ${under.openedMs.toFixed(0)} ms, edit p50 ${p50.toFixed(2)} ms, most ${most.toFixed(0)} ms, ${mib.toFixed(0)} MiB\n`,
    );
    if (p50 > EDIT_MS_MAX) process.exitCode = 1;
  }
}
