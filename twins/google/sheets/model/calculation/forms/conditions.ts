/** Choices: only what is chosen is computed. In array context all is, and each place has its own choice. */
import type { Node } from '../../formula/syntax.ts';
import { CellError, compare, numberOf, type Scalar, type Value } from '../../formula/value.ts';
import { broadcast, caught, isMany } from '../broadcast.ts';
import { type Env, type Form, matrixOf, type Operand } from '../operand.ts';

type Args = readonly (Node | undefined)[];
type Item = Scalar | CellError;

export const CONDITIONS: Readonly<Record<string, Form>> = {
  IF: { least: 2, most: 3, run: (args, env) => choose(args, env, 'IF') },
  IFS: { least: 2, most: 255, run: firstTrue },
  SWITCH: { least: 3, most: 255, run: switched },
  CHOOSE: { least: 2, most: 255, run: chosen },
  IFERROR: { least: 1, most: 2, run: (args, env) => instead(args, env, 'IFERROR', () => true) },
  IFNA: { least: 2, most: 2, run: (args, env) => instead(args, env, 'IFNA', isNotAvailable) },
};

const isNotAvailable = (error: CellError): boolean => error.value.type === 'N_A';

/** A value as a condition. Throws CellError. */
function truth(value: Scalar, about: string): boolean {
  if (typeof value !== 'string') return Boolean(value);
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new CellError(
    'VALUE',
    `${about} expects boolean values. But '${value}' is a text and cannot be coerced to a boolean.`,
  );
}

function choose(args: Args, env: Env, name: string): Operand {
  const about = `Function ${name} parameter 1`;
  if (!env.arrays) {
    if (truth(env.single(args[0]), about)) return env.evaluate(args[1]);
    return args.length > 2 ? env.evaluate(args[2]) : false;
  }
  const condition = env.value(args[0]);
  if (!isMany(condition)) {
    const first = matrixOf(condition)[0]?.[0] ?? null;
    if (first instanceof CellError) throw first;
    if (truth(first, about)) return env.evaluate(args[1]);
    return args.length > 2 ? env.evaluate(args[2]) : false;
  }
  const yes = caught(() => env.value(args[1]));
  const no = args.length > 2 ? caught(() => env.value(args[2])) : false;
  return perPlace([condition, yes, no], name, ([test, a, b]) =>
    truth(test as Scalar, about) ? (a ?? null) : (b ?? null),
  );
}

/** Only an error in the condition, the first item, is passed on unseen. */
function perPlace(values: Value[], name: string, pick: (items: readonly Item[]) => Item): Value {
  return broadcast(
    values,
    name,
    (items) => {
      if (items[0] instanceof CellError) throw items[0];
      const item = pick(items);
      return item instanceof CellError ? [[item]] : item;
    },
    true,
  );
}

function firstTrue(args: Args, env: Env): Operand {
  if (args.length % 2 === 1)
    throw new CellError('N_A', 'Wrong number of arguments to IFS. Expected an even number of arguments.');
  if (env.arrays) return firstTruePerPlace(args, env);
  for (let i = 0; i < args.length; i += 2)
    if (truth(env.single(args[i]), `Function IFS parameter ${i + 1}`)) return env.evaluate(args[i + 1]);
  throw new CellError('N_A', 'No match.');
}

function firstTruePerPlace(args: Args, env: Env): Value {
  const values = args.map((arg) => caught(() => env.value(arg)));
  return single(
    broadcast(
      values,
      'IFS',
      (items) => {
        for (let i = 0; i < items.length; i += 2) {
          const test = items[i] ?? null;
          if (test instanceof CellError) throw test;
          if (truth(test, `Function IFS parameter ${i + 1}`)) return matrixOf(items[i + 1] as Value);
        }
        throw new CellError('N_A', 'No match.');
      },
      true,
    ),
  );
}

/** An array of one value is that value. */
function single(value: Value): Value {
  if (isMany(value) || !Array.isArray(value)) return value;
  const first = value[0]?.[0] ?? null;
  if (first instanceof CellError) throw first;
  return first;
}

function switched(args: Args, env: Env): Operand {
  if (env.arrays) {
    const subject = env.value(args[0]);
    if (isMany(subject))
      return broadcast([subject], 'SWITCH', ([item]) => single(env.value(caseOf(item as Scalar, args, env))));
    return env.evaluate(caseOf(single(subject) as Scalar, args, env));
  }
  return env.evaluate(caseOf(env.single(args[0]), args, env));
}

/** The argument that goes with a value; the last one where their number leaves one over. */
function caseOf(subject: Scalar, args: Args, env: Env): Node | undefined {
  for (let i = 1; i + 1 < args.length; i += 2)
    if (compare(subject, env.single(args[i])) === 0) return args[i + 1];
  if (args.length % 2 === 0) return args.at(-1);
  throw new CellError('N_A', 'Function SWITCH did not find a match.');
}

function chosen(args: Args, env: Env): Operand {
  const nth = (index: Scalar) => {
    const n = Math.trunc(numberOf(index, 'Function CHOOSE parameter 1'));
    if (n < 1 || n >= args.length)
      throw new CellError(
        'NUM',
        `Function CHOOSE parameter 1 value is ${n}. Valid values are between 1 and ${args.length - 1} inclusive.`,
      );
    return args[n];
  };
  if (!env.arrays) return env.evaluate(nth(env.single(args[0])));
  const index = env.value(args[0]);
  if (!isMany(index)) return env.evaluate(nth(single(index) as Scalar));
  // `CHOOSE({1, 2}, A:A, B:B)` sets columns side by side.
  const [line = []] = index;
  if (index.length > 1)
    return broadcast([index], 'CHOOSE', ([item]) => single(env.value(nth(item as Scalar))));
  const parts = line.map((item) => matrixOf(caught(() => env.value(nth(item as Scalar)))));
  const rows = parts.reduce((most, part) => Math.max(most, part.length), 0);
  return Array.from({ length: rows }, (_, r) =>
    parts.flatMap((part) => part[part.length === 1 ? 0 : r] ?? [null]),
  );
}

function instead(args: Args, env: Env, name: string, caughtBy: (error: CellError) => boolean): Operand {
  let value: Value;
  try {
    value = env.value(args[0]);
    // An array keeps its errors for a look at each place; what is one value is looked at here.
    if (!isMany(value)) return single(value);
  } catch (error) {
    if (!(error instanceof CellError) || !caughtBy(error)) throw error;
    return env.evaluate(args[1]);
  }
  const values = matrixOf(value);
  if (!values.some((line) => line.some((item) => item instanceof CellError && caughtBy(item))))
    return single(values);
  const other = caught(() => env.value(args[1]));
  return single(
    broadcast(
      [values, other],
      name,
      ([item, or]) => {
        const taken = item instanceof CellError && caughtBy(item) ? (or ?? null) : (item ?? null);
        return taken instanceof CellError ? [[taken]] : taken;
      },
      true,
    ),
  );
}
