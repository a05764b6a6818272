/** Names and functions of a formula's own. https://support.google.com/docs/answer/12508718 */
import type { Node } from '../../formula/syntax.ts';
import { CellError, type Matrix, numberOf, type Scalar } from '../../formula/value.ts';
import { caught } from '../broadcast.ts';
import { type Env, type Form, Lambda, matrixOf, type Operand, Reference, readValue } from '../operand.ts';

type Args = readonly (Node | undefined)[];

export const LAMBDAS: Readonly<Record<string, Form>> = {
  LET: { least: 3, most: 255, run: named },
  LAMBDA: { least: 1, most: 255, run: (args, env) => lambda(args, env) },
  MAP: { least: 2, most: 255, run: mapped },
  REDUCE: { least: 3, most: 3, run: (args, env) => itemOf(folded(args, env, 'REDUCE').at(-1)?.at(-1)) },
  SCAN: { least: 3, most: 3, run: (args, env) => folded(args, env, 'SCAN') },
  BYROW: { least: 2, most: 2, run: (args, env) => lines(args, env, 'BYROW').map((value) => [value]) },
  BYCOL: { least: 2, most: 2, run: (args, env) => [lines(args, env, 'BYCOL')] },
  MAKEARRAY: { least: 3, most: 3, run: made },
};

function nameOf(node: Node | undefined, nth: number, form: string): string {
  if (node?.kind !== 'name')
    throw new CellError('NAME', `Argument ${nth} of function ${form} is not a valid name.`);
  return node.name.toLowerCase();
}

function named(args: Args, env: Env): Operand {
  if (args.length % 2 === 0)
    throw new CellError('N_A', 'Wrong number of arguments to LET. Expected an odd number of arguments.');
  let inner = env;
  for (let i = 0; i + 1 < args.length; i += 2) {
    const name = nameOf(args[i], i + 1, 'LET');
    const value = inner.evaluate(args[i + 1]);
    inner = inner.within({ names: { name, value, outer: inner.names } });
  }
  return inner.evaluate(args.at(-1));
}

function lambda(args: Args, env: Env): Lambda {
  const parameters = args.slice(0, -1).map((arg, i) => nameOf(arg, i + 1, 'LAMBDA'));
  const body = args.at(-1);
  if (!body) throw new CellError('ERROR', 'Formula parse error.');
  return new Lambda(parameters, body, env.names);
}

/** The last argument, which must be a lambda of so many parameters. */
function lambdaIn(args: Args, env: Env, form: string, count: number): Lambda {
  const operand = env.evaluate(args.at(-1));
  if (!(operand instanceof Lambda))
    throw new CellError('N_A', `Argument must be a LAMBDA in function ${form}.`);
  if (operand.parameters.length !== count)
    throw new CellError(
      'N_A',
      `Wrong number of arguments to LAMBDA. Expected ${operand.parameters.length} arguments, but got ${count} arguments.`,
    );
  return operand;
}

/** What a lambda makes of one place: one value, an error as a value. */
function oneOf(env: Env, lambda: Lambda, args: readonly Operand[]): Scalar | CellError {
  const value = caught(() => readValue(env.apply(lambda, args), env.reading));
  return Array.isArray(value) ? (value[0]?.[0] ?? null) : value;
}

function arrayIn(node: Node | undefined, env: Env): Matrix {
  return matrixOf(env.within({ arrays: true }).value(node));
}

function mapped(args: Args, env: Env): Matrix {
  const operands = args.slice(0, -1).map((arg) => env.within({ arrays: true }).evaluate(arg));
  const arrays = operands.map((operand) => matrixOf(readValue(operand, env.reading)));
  const body = lambdaIn(args, env, 'MAP', arrays.length);
  const [first = []] = arrays;
  for (const array of arrays)
    if (array.length !== first.length || array[0]?.length !== first[0]?.length)
      throw new CellError('VALUE', 'Array arguments to MAP are of different size.');
  return first.map((line, r) =>
    line.map((_, c) => {
      // A lambda gets cells of ranges as such, so that ROW and the like find where they stand.
      const items = operands.map((operand, i) =>
        operand instanceof Reference ? operand.part(r, c) : itemOf(arrays[i]?.[r]?.[c]),
      );
      return oneOf(env, body, items);
    }),
  );
}

const itemOf = (item: Scalar | CellError | undefined): Operand =>
  item instanceof CellError ? [[item]] : (item ?? null);

/** All intermediate results, as they follow one another along the rows. */
function folded(args: Args, env: Env, form: string): Matrix {
  const values = arrayIn(args[1], env);
  const body = lambdaIn(args, env, form, 2);
  let sum: Operand = env.within({ arrays: false }).value(args[0]);
  return values.map((line) =>
    line.map((item) => {
      sum = caught(() => readValue(env.apply(body, [sum, itemOf(item)]), env.reading));
      return Array.isArray(sum) ? (sum[0]?.[0] ?? null) : sum;
    }),
  );
}

function lines(args: Args, env: Env, form: 'BYROW' | 'BYCOL'): (Scalar | CellError)[] {
  const operand = env.within({ arrays: true }).evaluate(args[0]);
  const body = lambdaIn(args, env, form, 1);
  if (operand instanceof Reference) {
    const { rows, columns } = operand;
    return Array.from({ length: form === 'BYROW' ? rows : columns }, (_, i) =>
      oneOf(env, body, [form === 'BYROW' ? operand.part(i, 0, 1, columns) : operand.part(0, i, rows, 1)]),
    );
  }
  const values = matrixOf(readValue(operand, env.reading));
  const parts: Matrix[] =
    form === 'BYROW'
      ? values.map((line) => [line])
      : (values[0] ?? []).map((_, c) => values.map((line) => [line[c] ?? null]));
  return parts.map((part) => oneOf(env, body, [part]));
}

function made(args: Args, env: Env): Matrix {
  const [rows, columns] = [0, 1].map((i) => {
    const count = Math.trunc(numberOf(env.single(args[i]), `Function MAKEARRAY parameter ${i + 1}`));
    if (count < 1)
      throw new CellError(
        'NUM',
        `Function MAKEARRAY parameter ${i + 1} value is ${count}. It should be greater than or equal to 1.`,
      );
    return count;
  }) as [number, number];
  env.reading.step(rows * columns);
  const body = lambdaIn(args, env, 'MAKEARRAY', 2);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => oneOf(env, body, [r + 1, c + 1])),
  );
}
