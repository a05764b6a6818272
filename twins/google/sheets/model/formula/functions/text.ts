/** Functions of texts. */
import { showNumber } from '../../numberFormat.ts';
import { flat, numberOf, scalarOf, textOf, type Value } from '../value.ts';
import type { Definition, Family } from './definition.ts';

const fn = (least: number, most: number, run: Definition['run']): Definition => ({
  least,
  most,
  single: () => false,
  run,
});
const one = (args: readonly Value[], i: number): Value => args[i] ?? null;

/** Functions of texts. */
export const TEXT: Family = {
  CONCATENATE: fn(1, 255, (args) => flat(args).map(textOf).join('')),
  CONCAT: fn(2, 2, (args) => textOf(one(args, 0)) + textOf(one(args, 1))),
  JOIN: fn(2, 255, (args) =>
    flat(args.slice(1))
      .map(textOf)
      .join(textOf(one(args, 0))),
  ),
  LEN: fn(1, 1, (args) => textOf(one(args, 0)).length),
  UPPER: fn(1, 1, (args) => textOf(one(args, 0)).toUpperCase()),
  LOWER: fn(1, 1, (args) => textOf(one(args, 0)).toLowerCase()),
  TRIM: fn(1, 1, (args) => textOf(one(args, 0)).trim().replace(/ +/g, ' ')),
  LEFT: fn(1, 2, (args) =>
    textOf(one(args, 0)).slice(
      0,
      args[1] === undefined ? 1 : numberOf(one(args, 1), 'Function LEFT parameter 2'),
    ),
  ),
  RIGHT: fn(1, 2, (args) => {
    const count = args[1] === undefined ? 1 : numberOf(one(args, 1), 'Function RIGHT parameter 2');
    return count === 0 ? '' : textOf(one(args, 0)).slice(-count);
  }),
  MID: fn(3, 3, (args) => {
    const from = numberOf(one(args, 1), 'Function MID parameter 2') - 1;
    return textOf(one(args, 0)).slice(from, from + numberOf(one(args, 2), 'Function MID parameter 3'));
  }),
  SUBSTITUTE: fn(3, 3, (args) =>
    textOf(one(args, 0))
      .split(textOf(one(args, 1)))
      .join(textOf(one(args, 2))),
  ),
  TEXT: fn(2, 2, (args) => {
    const value = scalarOf(one(args, 0));
    return typeof value === 'number'
      ? showNumber(value, { type: 'NUMBER', pattern: textOf(one(args, 1)) })
      : textOf(value);
  }),
  VALUE: fn(1, 1, (args) => numberOf(one(args, 0), 'VALUE parameter')),
  // The address goes with the cell, its label is what it shows.
  HYPERLINK: fn(1, 2, (args) => scalarOf(one(args, args.length - 1))),
};
