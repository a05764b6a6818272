/** Logical functions. */
import { CellError, flagOf, flat, scalarOf, type Value } from '../value.ts';
import type { Definition, Family } from './definition.ts';

const fn = (least: number, most: number, run: Definition['run']): Definition => ({
  least,
  most,
  single: () => false,
  run,
});
const one = (args: readonly Value[], i: number): Value => args[i] ?? null;

/** Logical functions. */
export const LOGIC: Family = {
  AND: fn(1, 255, (args) =>
    flat(args)
      .filter((cell) => cell !== null)
      .every((cell) => flagOf(cell)),
  ),
  OR: fn(1, 255, (args) => flat(args).some((cell) => flagOf(cell))),
  NOT: fn(1, 1, (args) => !flagOf(one(args, 0))),
  TRUE: fn(0, 0, () => true),
  FALSE: fn(0, 0, () => false),
  NA: fn(0, 0, () => {
    throw new CellError('N_A', 'The value is not available.');
  }),
  ISBLANK: fn(1, 1, (args) => scalarOf(one(args, 0)) === null),
  ISNUMBER: fn(1, 1, (args) => typeof scalarOf(one(args, 0)) === 'number'),
  ISTEXT: fn(1, 1, (args) => typeof scalarOf(one(args, 0)) === 'string'),
};
