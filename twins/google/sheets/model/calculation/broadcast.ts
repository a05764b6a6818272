/** One function over the values of several arrays: one row or column goes with every row or column of the others. */
import { CellError, type Matrix, type Scalar, type Value } from '../formula/value.ts';

type Item = Scalar | CellError;

/** Whether a value is more than one. */
export const isMany = (value: Value): value is Matrix =>
  Array.isArray(value) && (value.length !== 1 || value[0]?.length !== 1);

/**
 * `run` for each place; an error in one place is that place's value. Throws CellError `N_A` where sizes do not go
 * together. `keepErrors`: errors are handed in, else they are the result of their place.
 */
export function broadcast(
  values: readonly Value[],
  name: string,
  run: (items: readonly Item[]) => Value,
  keepErrors: boolean = false,
): Matrix {
  const [rows, columns] = sizeOf(values, name);
  const result: Value[][] = [];
  for (let r = 0; r < rows; r++) {
    const line: Value[] = [];
    for (let c = 0; c < columns; c++) {
      const items = values.map((value) => itemAt(value, r, c));
      const error = keepErrors ? undefined : items.find((item) => item instanceof CellError);
      line.push(error instanceof CellError ? [[error]] : caught(() => run(items)));
    }
    result.push(line);
  }
  return flattened(result, columns);
}

function sizeOf(values: readonly Value[], name: string): [number, number] {
  let [rows, columns] = [1, 1];
  for (const value of values) {
    if (!Array.isArray(value)) continue;
    rows = Math.max(rows, value.length);
    columns = Math.max(columns, value[0]?.length ?? 0);
  }
  for (const value of values) {
    if (!Array.isArray(value)) continue;
    const width = value[0]?.length ?? 0;
    if ((value.length !== rows && value.length !== 1) || (width !== columns && width !== 1))
      throw new CellError('N_A', `Array arguments to ${name} are of different size.`);
  }
  return [rows, columns];
}

function itemAt(value: Value, row: number, column: number): Item {
  if (!Array.isArray(value)) return value;
  const line = value[value.length === 1 ? 0 : row];
  return line?.[line.length === 1 ? 0 : column] ?? null;
}

/** What `run` gives, an error as a value. */
export function caught(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof CellError) return [[error]];
    throw error;
  }
}

/** A column of results that are rows themselves (SPLIT) becomes a table; elsewhere the first value of each counts. */
function flattened(result: readonly (readonly Value[])[], columns: number): Matrix {
  if (columns > 1 || !result.some((line) => isMany(line[0] ?? null)))
    return result.map((line) =>
      line.map((value) => (Array.isArray(value) ? (value[0]?.[0] ?? null) : value)),
    );
  const lines = result.map((line) => {
    const value = line[0] ?? null;
    return Array.isArray(value) ? (value[0] ?? []) : [value];
  });
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return lines.map((line) => [...line, ...new Array<Scalar>(width - line.length).fill(null)]);
}
