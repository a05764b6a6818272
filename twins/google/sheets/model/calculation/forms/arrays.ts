/** Array context, and arrays cut to size. */
import { CellError, numberOf } from '../../formula/value.ts';
import { type Form, matrixOf } from '../operand.ts';

export const ARRAYS: Readonly<Record<string, Form>> = {
  ARRAYFORMULA: { least: 1, most: 1, run: ([arg], env) => env.within({ arrays: true }).value(arg) },
  ARRAY_CONSTRAIN: {
    least: 3,
    most: 3,
    run: ([arg, rows, columns], env) => {
      const values = matrixOf(env.within({ arrays: true }).value(arg));
      const size = (node: typeof rows, nth: number) => {
        const count = Math.trunc(numberOf(env.single(node), `Function ARRAY_CONSTRAIN parameter ${nth}`));
        if (count < 1)
          throw new CellError(
            'NUM',
            `Function ARRAY_CONSTRAIN parameter ${nth} value is ${count}. It should be greater than or equal to 1.`,
          );
        return count;
      };
      const width = size(columns, 3);
      return values.slice(0, size(rows, 2)).map((line) => line.slice(0, width));
    },
  },
};
