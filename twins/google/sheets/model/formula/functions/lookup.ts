/** Looking values up. */
import {
  CellError,
  compare,
  flagOf,
  flat,
  type Matrix,
  numberOf,
  type Scalar,
  scalarOf,
  textOf,
  type Value,
} from '../value.ts';
import type { Definition, Family } from './definition.ts';

const fn = (least: number, most: number, run: Definition['run']): Definition => ({
  least,
  most,
  single: () => false,
  run,
});
const one = (args: readonly Value[], i: number): Value => args[i] ?? null;
const matrix = (value: Value): Matrix => (Array.isArray(value) ? value : [[value]]);
const notFound = (wanted: Scalar, name: string) =>
  new CellError('N_A', `Did not find value '${textOf(wanted)}' in ${name} evaluation.`);

/** Looking values up. */
export const LOOKUP: Family = {
  ROWS: fn(1, 1, (args) => matrix(one(args, 0)).length),
  COLUMNS: fn(1, 1, (args) => matrix(one(args, 0))[0]?.length ?? 0),
  INDEX: fn(1, 3, (args) => {
    const cells = matrix(one(args, 0));
    const row = numberOf(one(args, 1), 'Function INDEX parameter 2') || 1;
    const column = numberOf(one(args, 2), 'Function INDEX parameter 3') || 1;
    const found = cells[row - 1]?.[column - 1];
    if (found === undefined) throw new CellError('NUM', 'Function INDEX parameter is out of range.');
    return scalarOf([[found]]);
  }),
  MATCH: fn(2, 3, (args) => {
    const wanted = scalarOf(one(args, 0));
    const kind = args[2] === undefined ? 1 : numberOf(one(args, 2), 'Function MATCH parameter 3');
    const cells = flat([one(args, 1)]);
    const at =
      kind === 0
        ? cells.findIndex((cell) => compare(cell, wanted) === 0)
        : cells.findLastIndex((cell) => cell !== null && compare(cell, wanted) * kind <= 0);
    if (at < 0) throw notFound(wanted, 'MATCH');
    return at + 1;
  }),
  VLOOKUP: fn(3, 4, (args) => {
    const wanted = scalarOf(one(args, 0));
    const rows = matrix(one(args, 1));
    const column = numberOf(one(args, 2), 'Function VLOOKUP parameter 3');
    const near = args[3] === undefined ? true : flagOf(one(args, 3));
    const first = rows.map((row) => scalarOf([[row[0] ?? null]]));
    const at = near
      ? first.findLastIndex((cell) => cell !== null && compare(cell, wanted) <= 0)
      : first.findIndex((cell) => compare(cell, wanted) === 0);
    const found = rows[at]?.[column - 1];
    if (found === undefined) throw notFound(wanted, 'VLOOKUP');
    return scalarOf([[found]]);
  }),
};
