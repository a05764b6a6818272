/** Mathematical functions. */
import { criterion } from '../criterion.ts';
import { CellError, flat, numberOf, type Scalar, scalarOf, type Value } from '../value.ts';
import type { Definition, Family } from './definition.ts';

const fn = (least: number, most: number, run: Definition['run']): Definition => ({
  least,
  most,
  single: () => false,
  run,
});
const one = (args: readonly Value[], i: number): Value => args[i] ?? null;
/** Numbers of ranges (texts and booleans in them passed over) and of plain arguments (taken for numbers). */
function numbers(args: readonly Value[], name: string): number[] {
  return args.flatMap((arg) =>
    Array.isArray(arg)
      ? flat([arg]).filter((cell): cell is number => typeof cell === 'number')
      : [numberOf(arg, `Function ${name} parameter`)],
  );
}

const filled = (args: readonly Value[]): Scalar[] =>
  flat(args).filter((cell) => cell !== null && cell !== '');
const round = (value: number, places: number, how: (n: number) => number): number => {
  const scale = 10 ** places;
  return (Math.sign(value) * how(Number((Math.abs(value) * scale).toPrecision(15)))) / scale;
};

const DIVIDE_BY_ZERO = () =>
  new CellError('DIVIDE_BY_ZERO', 'Evaluation of function AVERAGE caused a divide by zero error.');

/** Mathematical functions. */
export const MATH: Family = {
  SUM: fn(1, 255, (args) => numbers(args, 'SUM').reduce((a, b) => a + b, 0)),
  PRODUCT: fn(1, 255, (args) => numbers(args, 'PRODUCT').reduce((a, b) => a * b, 1)),
  AVERAGE: fn(1, 255, (args) => {
    const found = numbers(args, 'AVERAGE');
    if (found.length === 0) throw DIVIDE_BY_ZERO();
    return found.reduce((a, b) => a + b, 0) / found.length;
  }),
  MIN: fn(1, 255, (args) => numbers(args, 'MIN').reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)),
  MAX: fn(1, 255, (args) => numbers(args, 'MAX').reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
  COUNT: fn(1, 255, (args) => flat(args).filter((cell) => typeof cell === 'number').length),
  COUNTA: fn(1, 255, (args) => filled(args).length),
  COUNTBLANK: fn(1, 255, (args) => flat(args).length - filled(args).length),
  COUNTUNIQUE: fn(1, 255, (args) => new Set(filled(args)).size),
  ABS: fn(1, 1, (args) => Math.abs(numberOf(one(args, 0), 'Function ABS parameter 1'))),
  INT: fn(1, 1, (args) => Math.floor(numberOf(one(args, 0), 'Function INT parameter 1'))),
  SQRT: fn(1, 1, (args) => {
    const value = numberOf(one(args, 0), 'Function SQRT parameter 1');
    if (value < 0)
      throw new CellError(
        'NUM',
        `Function SQRT parameter 1 value is ${value}. It should be greater than or equal to 0.`,
      );
    return Math.sqrt(value);
  }),
  POWER: fn(
    2,
    2,
    (args) =>
      numberOf(one(args, 0), 'Function POWER parameter 1') **
      numberOf(one(args, 1), 'Function POWER parameter 2'),
  ),
  MOD: fn(2, 2, (args) => {
    const by = numberOf(one(args, 1), 'Function MOD parameter 2');
    if (by === 0) throw new CellError('DIVIDE_BY_ZERO', 'Function MOD parameter 2 cannot be zero.');
    const value = numberOf(one(args, 0), 'Function MOD parameter 1');
    return value - by * Math.floor(value / by);
  }),
  ROUND: fn(1, 2, (args) =>
    round(
      numberOf(one(args, 0), 'Function ROUND parameter 1'),
      numberOf(one(args, 1), 'Function ROUND parameter 2'),
      Math.round,
    ),
  ),
  ROUNDUP: fn(1, 2, (args) =>
    round(
      numberOf(one(args, 0), 'Function ROUNDUP parameter 1'),
      numberOf(one(args, 1), 'Function ROUNDUP parameter 2'),
      Math.ceil,
    ),
  ),
  ROUNDDOWN: fn(1, 2, (args) =>
    round(
      numberOf(one(args, 0), 'Function ROUNDDOWN parameter 1'),
      numberOf(one(args, 1), 'Function ROUNDDOWN parameter 2'),
      Math.floor,
    ),
  ),
  SUMIF: fn(2, 3, (args) => {
    const meets = criterion(scalarOf(one(args, 1)));
    const tested = flat([one(args, 0)]);
    const summed = flat([one(args, 2) ?? one(args, 0)]);
    return tested.reduce<number>((sum, cell, i) => {
      const value = summed[i] ?? null;
      return meets(cell) && typeof value === 'number' ? sum + value : sum;
    }, 0);
  }),
  COUNTIF: fn(2, 2, (args) => flat([one(args, 0)]).filter(criterion(scalarOf(one(args, 1)))).length),
};
