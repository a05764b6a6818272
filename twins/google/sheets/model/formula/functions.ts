/** Functions that formulas may call. A name that is not here shows `#NAME?`, as an unknown one does in Sheets. */
import { DATES } from './functions/date.ts';
import type { Definition, FormulaContext } from './functions/definition.ts';
import { LOGIC } from './functions/logical.ts';
import { LOOKUP } from './functions/lookup.ts';
import { MATH } from './functions/math.ts';
import { TEXT } from './functions/text.ts';
import { CellError, type Value } from './value.ts';

/** Every function by its name. */
export const FUNCTIONS: ReadonlyMap<string, Definition> = new Map(
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
  return found.run(args, context, name);
}
