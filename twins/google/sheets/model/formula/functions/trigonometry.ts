/** Angles and hyperbolas. https://support.google.com/docs/table/25273 (Math) */
import { type Family, plain, refusal } from './definition.ts';

/** One through a value; nothing divides by zero. */
function over(value: number): number {
  if (value === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} caused a divide by zero error.');
  return 1 / value;
}

/** Angles in radians. */
export const TRIGONOMETRY: Family = {
  SIN: plain('number', Math.sin),
  COS: plain('number', Math.cos),
  TAN: plain('number', Math.tan),
  SEC: plain('number', (x) => 1 / Math.cos(x)),
  CSC: plain('number', (x) => over(Math.sin(x))),
  COT: plain('number', (x) => over(Math.tan(x))),
  ASIN: plain('number[-1:1]', Math.asin),
  ACOS: plain('number[-1:1]', Math.acos),
  ATAN: plain('number', Math.atan),
  // Its first argument is x, unlike that of most languages.
  ATAN2: plain('number, number', (x, y) => {
    if (x === 0 && y === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} caused a divide by zero error.');
    return Math.atan2(y, x);
  }),
  ACOT: plain('number', (x) => Math.PI / 2 - Math.atan(x)),
  SINH: plain('number', Math.sinh),
  COSH: plain('number', Math.cosh),
  TANH: plain('number', Math.tanh),
  SECH: plain('number', (x) => 1 / Math.cosh(x)),
  CSCH: plain('number', (x) => over(Math.sinh(x))),
  COTH: plain('number', (x) => over(Math.tanh(x))),
  ASINH: plain('number', Math.asinh),
  ACOSH: plain('number>=1', Math.acosh),
  ATANH: plain('number', (x) => {
    if (Math.abs(x) >= 1)
      throw refusal(
        'NUM',
        `Function {name} parameter 1 value is ${x}. Valid values are between -1 and 1 exclusive.`,
      );
    return Math.atanh(x);
  }),
  ACOTH: plain('number', (x) => {
    if (Math.abs(x) <= 1)
      throw refusal(
        'NUM',
        `Function {name} parameter 1 value is ${x}. Valid values are not between -1 and 1 inclusive.`,
      );
    return Math.atanh(1 / x);
  }),
  DEGREES: plain('number', (x) => (x * 180) / Math.PI),
  RADIANS: plain('number', (x) => (x * Math.PI) / 180),
};
