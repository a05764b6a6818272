/** Functions that formulas may call. A name that is not here shows `#NAME?`, as an unknown one does in Sheets. */
import type { World } from '../../../../../src/world/world.ts';
import { showNumber } from '../numberFormat.ts';
import { dateOf, serialNow, serialOf, timeOf } from '../serial.ts';
import { criterion } from './criterion.ts';
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
} from './value.ts';

/** What a function may ask about besides its arguments. */
export interface FormulaContext {
  world: World;
  timeZone: string;
}

type Fn = (args: readonly Value[], context: FormulaContext) => Value;

interface Definition {
  least: number;
  most: number;
  run: Fn;
}

const fn = (least: number, most: number, run: Fn): Definition => ({ least, most, run });
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
const matrix = (value: Value): Matrix => (Array.isArray(value) ? value : [[value]]);
const round = (value: number, places: number, how: (n: number) => number): number => {
  const scale = 10 ** places;
  return (Math.sign(value) * how(Number((Math.abs(value) * scale).toPrecision(15)))) / scale;
};

const DIVIDE_BY_ZERO = () =>
  new CellError('DIVIDE_BY_ZERO', 'Evaluation of function AVERAGE caused a divide by zero error.');

const MATH: Record<string, Definition> = {
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

const TEXT: Record<string, Definition> = {
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

const LOGIC: Record<string, Definition> = {
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

const DATES: Record<string, Definition> = {
  NOW: fn(0, 0, (_args, { world, timeZone }) => serialNow(world.now(), timeZone)),
  TODAY: fn(0, 0, (_args, { world, timeZone }) => Math.floor(serialNow(world.now(), timeZone))),
  DATE: fn(3, 3, (args) => {
    const [year, month, day] = [0, 1, 2].map((i) =>
      numberOf(one(args, i), `Function DATE parameter ${i + 1}`),
    ) as [number, number, number];
    return (
      (serialOf(year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1, 1) ?? 0) + day - 1
    );
  }),
  TIME: fn(3, 3, (args) => {
    const [h, m, s] = [0, 1, 2].map((i) => numberOf(one(args, i), `Function TIME parameter ${i + 1}`)) as [
      number,
      number,
      number,
    ];
    return timeOf(h, m, s) % 1;
  }),
  YEAR: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function YEAR parameter 1')).getUTCFullYear()),
  MONTH: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function MONTH parameter 1')).getUTCMonth() + 1),
  DAY: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function DAY parameter 1')).getUTCDate()),
};

const LOOKUP: Record<string, Definition> = {
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

const notFound = (wanted: Scalar, name: string) =>
  new CellError('N_A', `Did not find value '${textOf(wanted)}' in ${name} evaluation.`);

const FUNCTIONS: ReadonlyMap<string, Definition> = new Map(
  Object.entries({ ...MATH, ...TEXT, ...LOGIC, ...DATES, ...LOOKUP }),
);

/** Calls a function by its name. Throws CellError: `NAME` for an unknown one, `N_A` for a wrong number of arguments. */
export function callFunction(name: string, args: readonly Value[], context: FormulaContext): Value {
  const found = FUNCTIONS.get(name);
  if (!found) throw new CellError('NAME', `Unknown function: '${name}'.`);
  if (args.length < found.least || args.length > found.most)
    throw new CellError(
      'N_A',
      `Wrong number of arguments to ${name}. Expected ${found.least === found.most ? found.least : `between ${found.least} and ${found.most}`} arguments, but got ${args.length} arguments.`,
    );
  return found.run(args, context);
}
