/** SUBTOTAL: totals that leave out other subtotals, rows that are filtered out, and hidden ones where it says so. */
import { FUNCTIONS } from '../../formula/functions.ts';
import { CellError, type Matrix, numberOf } from '../../formula/value.ts';
import { type Env, type Form, type Operand, Reference } from '../operand.ts';

export const SUBTOTALS: Readonly<Record<string, Form>> = {
  SUBTOTAL: { least: 2, most: 255, run: subtotal },
};

/** By code; from 101 on rows that are hidden by hand are left out too. https://support.google.com/docs/answer/3093649 */
const TOTALS = 'AVERAGE COUNT COUNTA MAX MIN PRODUCT STDEV STDEVP SUM VAR VARP'.split(' ');
const HIDDEN_LEFT_OUT = 100;

function subtotal(args: Parameters<Form['run']>[0], env: Env): Operand {
  const code = Math.trunc(numberOf(env.single(args[0]), 'Function SUBTOTAL parameter 1'));
  const name = TOTALS[(code > HIDDEN_LEFT_OUT ? code - HIDDEN_LEFT_OUT : code) - 1];
  const total = name === undefined ? undefined : FUNCTIONS.get(name);
  if (!total || name === undefined)
    throw new CellError('VALUE', `Function SUBTOTAL parameter 1 value ${code} is invalid.`);
  const values = args.slice(1).map((arg) => {
    const operand = env.evaluate(arg);
    if (!(operand instanceof Reference)) throw new CellError('N_A', 'Argument must be a range.');
    return counted(operand, env, code > HIDDEN_LEFT_OUT);
  });
  return total.run(values, env.reading.context, name);
}

function counted(reference: Reference, { reading }: Env, withoutHidden: boolean): Matrix {
  const { sheetId, rect } = reference;
  const filtered = reading.filteredRows(sheetId);
  return reading.matrix(reference).flatMap((line, r) => {
    const row = rect.startRow + r;
    if (filtered.has(row) || (withoutHidden && reading.isHidden(sheetId, row))) return [];
    return [
      line.map((value, c) => {
        if (value === null) return value;
        const formula = reading.formulaText({ sheetId, row, column: rect.startColumn + c });
        return formula !== undefined && /\bSUBTOTAL\s*\(/i.test(formula) ? null : value;
      }),
    ];
  });
}
