/** Formulas with the values that Sheets gives for them, and where those values come from. */

/** A value given with as many decimals as its source prints. */
export interface About {
  about: string;
}

export const about = (text: string): About => ({ about: text });

type Cell = number | string | boolean | About;

/** An error by what the cell shows (`#NUM!`), an empty cell by ''; an array by its rows. */
export type Expected = Cell | Cell[][];

/** Cases over one table of data (from A1), all from one source. */
export interface CaseTable {
  /** The documented example, the published table or the independent computation that the values are from. */
  source: string;
  data?: unknown[][];
  cases: readonly (readonly [formula: string, value: Expected])[];
}

/** Whether a cell's value is the expected one: numbers to 12 digits, or to the decimals that the source prints. */
export function agrees(got: unknown, expected: Cell): boolean {
  if (typeof expected === 'object') {
    const decimals = /\.(\d+)/.exec(expected.about)?.[1]?.length ?? 0;
    const scale = Number(/e(-?\d+)$/i.exec(expected.about)?.[1] ?? 0);
    return (
      typeof got === 'number' && Math.abs(got - Number(expected.about)) <= 0.500001 * 10 ** (scale - decimals)
    );
  }
  if (typeof expected !== 'number') return (got ?? '') === expected;
  return typeof got === 'number' && Math.abs(got - expected) <= 1e-12 * Math.max(1e-3, Math.abs(expected));
}
