/**
 * How a function is declared: `plain('number>=0, whole?', (value, places = 0) => …)`. The declaration says how many
 * arguments it takes, of what kinds and within what bounds; the texts of refusals follow from it.
 */
import type { World } from '../../../../../../src/world/world.ts';
import { ARRAY_CELLS_MAX, FUNCTION_ROUNDS_MAX } from '../../../../limits.ts';
import type { NumberFormat } from '../../../world.ts';
import type { Source } from '../query/table.ts';
import {
  CellError,
  flagOf,
  type Matrix,
  numberOf,
  type Scalar,
  scalarOf,
  textOf,
  type Value,
} from '../value.ts';

/** What a function may ask about besides its arguments. */
export interface FormulaContext {
  world: World;
  /** Of the spreadsheet: `Europe/Oslo`. */
  timeZone: string;
  /** Of the spreadsheet: `en_US`. */
  locale: string;
  /** Where argument `i` was read from, for functions with `sources`; undefined for an array. */
  source?(i: number): Source | undefined;
}

/** A function that formulas may call. */
export interface Definition {
  least: number;
  most: number;
  /** Whether argument `i` takes one value: `ARRAYFORMULA` maps over an array there. Others take ranges whole. */
  single(i: number): boolean;
  /** The format that a cell gets of itself from this function. */
  format?: NumberFormat;
  /** An error given as an argument reaches the function, as `[[error]]`, and does not end the formula. */
  errors?: true;
  /** Its arguments are computed in array context, as within `ARRAYFORMULA`. */
  arrays?: true;
  /** It asks where its arguments were read from. */
  sources?: true;
  run(args: readonly Value[], context: FormulaContext, name: string): Value;
}

/** What stands under a function's name, family by family. */
export type Family = Readonly<Record<string, Definition>>;

/** Kinds of arguments and what a function gets for them. */
interface Kinds {
  /** a number, also taken from a text that reads as one, or a date */
  number: number;
  /** a number, cut to a whole one */
  whole: number;
  text: string;
  flag: boolean;
  /** one value of any type */
  any: Scalar;
  /** rows of cells, errors among them */
  range: Matrix;
  /** as it came */
  value: Value;
}

type Bare<S extends string> = S extends `${infer K}>${string}` ? K : S extends `${infer K}[${string}` ? K : S;
type Got<S extends string> = Bare<S> extends keyof Kinds ? Kinds[Bare<S>] : never;
/** The types of the arguments that a declaration names. */
export type Arguments<S extends string> = S extends ''
  ? []
  : S extends `${infer First}, ${infer Rest}`
    ? [...Argument<First>, ...Arguments<Rest>]
    : Argument<S>;
type Argument<S extends string> = S extends `${infer One}...`
  ? Got<One>[]
  : S extends `${infer One}?`
    ? [Got<One>?]
    : [Got<S>];

type Extras = Partial<Pick<Definition, 'format' | 'errors' | 'arrays' | 'sources' | 'single'>>;

/** A function of its arguments alone. `spec`: kinds with `, ` between; `?` may be left out, `...` any number of them. */
export function plain<const S extends string>(
  spec: S,
  body: (...args: Arguments<S>) => Value,
  extras: Extras = {},
): Definition {
  return within(spec, (_context, ...args) => body(...args), extras);
}

/** A function that also asks about the sheet and its clock. */
export function within<const S extends string>(
  spec: S,
  body: (context: FormulaContext, ...args: Arguments<S>) => Value,
  extras: Extras = {},
): Definition {
  const parameters = parametersOf(spec);
  const last = parameters.at(-1);
  const at = (i: number) => parameters[i] ?? (last?.repeated ? last : undefined);
  return {
    least: parameters.filter((one) => !one.optional && !one.repeated).length,
    most: last?.repeated ? ARGUMENTS_MAX : parameters.length,
    single: (i) => !['range', 'value'].includes(at(i)?.kind ?? 'value'),
    ...extras,
    run: (args, context, name) =>
      named(name, () =>
        body(
          context,
          ...(args.map((arg, i) => {
            const parameter = at(i);
            return parameter ? taken(arg, parameter, `Function ${name} parameter ${i + 1}`) : arg;
          }) as Arguments<S>),
        ),
      ),
  };
}

/** A function of the numbers in its arguments: in ranges, texts and booleans are passed over. */
export function ofNumbers(body: (numbers: number[]) => Value): Definition {
  return {
    least: 1,
    most: ARGUMENTS_MAX,
    single: () => false,
    run: (args, _context, name) => named(name, () => body(numbersOf(args, name))),
  };
}

/** The numbers in arguments of a function. Throws CellError: an error among them, `VALUE` for a plain text. */
export function numbersOf(args: readonly Value[], name: string): number[] {
  const found: number[] = [];
  args.forEach((arg, i) => {
    if (!Array.isArray(arg)) found.push(numberOf(arg, `Function ${name} parameter ${i + 1}`));
    else
      for (const row of arg)
        for (const cell of row) {
          if (cell instanceof CellError) throw cell;
          if (typeof cell === 'number') found.push(cell);
        }
  });
  return found;
}

/** A refusal; `{name}` in the text stands for the function's name. */
export const refusal = (type: string, text: string): CellError => new CellError(type, text);

/** Throws `NUM` for an array that would have too many cells. */
export function fewCells(rows: number, columns: number): void {
  if (rows * columns > ARRAY_CELLS_MAX)
    throw refusal('NUM', `{name} makes ${rows * columns} cells, more than the limit of ${ARRAY_CELLS_MAX}.`);
}

/** Throws `NUM` for more rounds than a function counts one by one. */
export function fewRounds(rounds: number): number {
  if (rounds > FUNCTION_ROUNDS_MAX)
    throw refusal(
      'NUM',
      `{name} would take ${rounds} rounds, more than the limit of ${FUNCTION_ROUNDS_MAX}.`,
    );
  return rounds;
}

/** What a function shows that divides by nothing. */
export const dividesByZero = (): CellError =>
  refusal('DIVIDE_BY_ZERO', 'Evaluation of function {name} caused a divide by zero error.');

/** Runs a body: refusals get the function's name, and what is no number becomes `NUM`. */
function named(name: string, body: () => Value): Value {
  try {
    const value = body();
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    throw refusal(
      'NUM',
      Number.isNaN(value)
        ? 'Function {name} gives no real number for these parameters.'
        : 'Numeric value is greater than 1.79769E+308 and cannot be displayed properly.',
    );
  } catch (error) {
    if (error instanceof CellError && error.message.includes('{name}'))
      throw new CellError(error.value.type, error.message.replaceAll('{name}', name));
    throw error;
  }
}

/** Most arguments of a function that takes any number of them. */
const ARGUMENTS_MAX = 255;

interface Parameter {
  kind: keyof Kinds;
  optional: boolean;
  repeated: boolean;
  above?: number;
  least?: number;
  most?: number;
}

function parametersOf(spec: string): Parameter[] {
  if (spec === '') return [];
  return spec.split(', ').map((text) => {
    const match = /^([a-z]+)(?:(>=?)(-?[\d.]+)|\[(-?[\d.]+):(-?[\d.]+)\])?(\?|\.\.\.)?$/.exec(text);
    if (!match) throw new Error(`no parameter: ${text}`);
    const [, kind, sign, bound, least, most, more] = match;
    return {
      kind: kind as keyof Kinds,
      optional: more === '?',
      repeated: more === '...',
      ...(sign === '>' ? { above: Number(bound) } : {}),
      ...(sign === '>=' ? { least: Number(bound) } : {}),
      ...(least === undefined ? {} : { least: Number(least), most: Number(most) }),
    };
  });
}

function taken(arg: Value, parameter: Parameter, about: string): Value {
  switch (parameter.kind) {
    case 'number':
      return bounded(numberOf(arg, about), parameter, about);
    case 'whole':
      return bounded(Math.trunc(numberOf(arg, about)), parameter, about);
    case 'text':
      return textOf(arg);
    case 'flag':
      return flagOf(arg);
    case 'any':
      return scalarOf(arg);
    case 'range':
      return Array.isArray(arg) ? arg : [[arg]];
    default:
      return arg;
  }
}

function bounded(value: number, { above, least, most }: Parameter, about: string): number {
  if (above !== undefined && value <= above)
    throw new CellError('NUM', `${about} value is ${value}. It should be greater than ${above}.`);
  if (least !== undefined && most !== undefined && (value < least || value > most))
    throw new CellError(
      'NUM',
      `${about} value is ${value}. Valid values are between ${least} and ${most} inclusive.`,
    );
  if (least !== undefined && value < least)
    throw new CellError('NUM', `${about} value is ${value}. It should be greater than or equal to ${least}.`);
  return value;
}
