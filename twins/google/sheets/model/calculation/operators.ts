/** Operators of formulas, and the names that their errors have. */
import { CellError, compare, numberOf, type Scalar, textOf } from '../formula/value.ts';

/** The functions that operators stand for. */
export const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  '+': 'ADD',
  '-': 'MINUS',
  '*': 'MULTIPLY',
  '/': 'DIVIDE',
  '^': 'POW',
  '&': 'CONCAT',
  '=': 'EQ',
  '<>': 'NE',
  '<': 'LT',
  '>': 'GT',
  '<=': 'LTE',
  '>=': 'GTE',
};

/** Two values joined by an operator. Throws CellError. */
export function joined(operator: string, left: Scalar, right: Scalar): Scalar {
  switch (operator) {
    case '&':
      return textOf(left) + textOf(right);
    case '=':
      return compare(left, right) === 0;
    case '<>':
      return compare(left, right) !== 0;
    case '<':
      return compare(left, right) < 0;
    case '>':
      return compare(left, right) > 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>=':
      return compare(left, right) >= 0;
    default:
      return calculated(operator, left, right);
  }
}

function calculated(operator: string, left: Scalar, right: Scalar): number {
  const name = OPERATOR_NAMES[operator] ?? operator;
  const a = typeof left === 'number' ? left : numberOf(left, `Function ${name} parameter 1`);
  const b = typeof right === 'number' ? right : numberOf(right, `Function ${name} parameter 2`);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw new CellError('DIVIDE_BY_ZERO', 'Function DIVIDE parameter 2 cannot be zero.');
      return a / b;
    default:
      return power(a, b);
  }
}

function power(a: number, b: number): number {
  if (a === 0 && b < 0)
    throw new CellError('DIVIDE_BY_ZERO', 'Evaluation of function POW caused a divide by zero error.');
  if (a === 0 && b === 0) return 1;
  const result = a ** b;
  if (Number.isNaN(result)) throw new CellError('NUM', 'Function POWER evaluates to an imaginary number.');
  return result;
}

/** A value with its sign turned, taken for a number, or in hundredths. Throws CellError. */
export function signed(operator: '-' | '+' | '%', value: Scalar): Scalar {
  // A plus sign leaves any value as it is.
  if (operator === '+') return value;
  const name = operator === '%' ? 'UNARY_PERCENT' : 'UMINUS';
  const number = numberOf(value, `Function ${name} parameter 1`);
  return operator === '%' ? number / 100 : -number;
}
