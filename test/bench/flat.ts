/** What calls cost in a large place beside a small one, in turns, so that what else the machine does falls on both. */

/** What one kind of call costs. */
export interface Flatness {
  what: string;
  /** Microseconds of a call, the quickest quarter of them. */
  smallUs: number;
  largeUs: number;
  ratio: number;
}

/** The same kind of call in both places. */
export interface Pair {
  what: string;
  small: () => Promise<unknown>;
  large: () => Promise<unknown>;
}

/** A page that costs more than this times what it does in the small place grows. */
export const FLAT = 1.2;
/** Calls of each kind before the first that is measured. */
const WARM = 20;

/** Measures each pair `rounds` times. */
export async function measured(pairs: readonly Pair[], rounds: number): Promise<Flatness[]> {
  const found: Flatness[] = [];
  for (const { what, small, large } of pairs) {
    const times: { small: number[]; large: number[] } = { small: [], large: [] };
    for (let round = -WARM; round < rounds; round++) {
      const pair = [await timed(small), await timed(large)] as const;
      if (round < 0) continue;
      times.small.push(pair[0]);
      times.large.push(pair[1]);
    }
    const [smallUs, largeUs] = [quick(times.small), quick(times.large)];
    found.push({ what, smallUs, largeUs, ratio: largeUs / smallUs });
  }
  return found;
}

/** The rows as a table for people. */
export const table = (rows: readonly Flatness[]): string =>
  rows
    .map(
      ({ what, smallUs, largeUs, ratio }) =>
        `${what.padEnd(36)} ${smallUs.toFixed(0).padStart(6)} µs ${largeUs.toFixed(0).padStart(6)} µs ` +
        `${ratio.toFixed(2)} × ${ratio <= FLAT ? 'flat' : 'GROWS'}\n`,
    )
    .join('');

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return (performance.now() - started) * 1_000;
}

/** Microseconds below which a quarter of the calls were: what the machine does besides makes calls slower, never quicker. */
function quick(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? Number.NaN;
}
