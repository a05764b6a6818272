/** Matrices: turned round; of numbers their product, determinant and inverse, by elimination with row pivots. */

type Numbers = readonly (readonly number[])[];

/** `a` times `b`; the width of the one is the height of the other. */
export const product = (a: Numbers, b: Numbers): number[][] =>
  a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] ?? 0), 0)),
  );

/** Rows as columns; all rows have one length. */
export const transposed = <T>(rows: readonly (readonly T[])[]): T[][] =>
  (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] as T));

/** The determinant of a square matrix. */
export function determinant(a: Numbers): number {
  const rows = a.map((row) => [...row]);
  const { sign, full } = eliminate(rows, rows.length);
  return full ? rows.reduce((product, row, i) => product * (row[i] ?? 0), sign) : 0;
}

/** The inverse of a square matrix; undefined where it has none. */
export function inverse(a: Numbers): number[][] | undefined {
  const size = a.length;
  const rows = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  if (!eliminate(rows, size).full) return undefined;
  for (let i = size - 1; i >= 0; i--) {
    const pivot = rows[i] as number[];
    const by = pivot[i] as number;
    for (let k = 0; k < pivot.length; k++) pivot[k] = (pivot[k] as number) / by;
    for (let above = 0; above < i; above++) subtract(rows[above] as number[], pivot, rows[above]?.[i] ?? 0);
  }
  return rows.map((row) => row.slice(size));
}

/** Makes the left part upper triangular in place; `full` where no pivot is nothing beside its column's size. */
function eliminate(rows: number[][], size: number): { sign: number; full: boolean } {
  let sign = 1;
  const scale = rows.reduce((most, row) => Math.max(most, ...row.slice(0, size).map(Math.abs)), 0);
  for (let i = 0; i < size; i++) {
    let best = i;
    for (let k = i + 1; k < size; k++)
      if (Math.abs(rows[k]?.[i] ?? 0) > Math.abs(rows[best]?.[i] ?? 0)) best = k;
    const pivot = rows[best] as number[];
    if (Math.abs(pivot[i] ?? 0) <= scale * 1e-14) return { sign, full: false };
    if (best !== i) {
      rows[best] = rows[i] as number[];
      rows[i] = pivot;
      sign = -sign;
    }
    for (let k = i + 1; k < size; k++)
      subtract(rows[k] as number[], pivot, (rows[k]?.[i] ?? 0) / (pivot[i] as number));
  }
  return { sign, full: true };
}

function subtract(row: number[], by: readonly number[], times: number): void {
  if (times === 0) return;
  for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) - (by[k] ?? 0) * times;
}
