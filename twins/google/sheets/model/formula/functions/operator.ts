/** Operators by their names. https://support.google.com/docs/table/25273 (Operator) */
import { showNumber } from '../../numberFormat.ts';
import { compare, type Scalar, textOf } from '../value.ts';
import { convert } from './convert.ts';
import { type Family, plain, refusal, within } from './definition.ts';

function between(value: Scalar, low: Scalar, high: Scalar, withLow = true, withHigh = true): boolean {
  if (compare(low, high) > 0)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value ${textOf(low)} should not be greater than parameter 3 value ${textOf(high)}.`,
    );
  const [down, up] = [compare(value, low), compare(value, high)];
  return (down > 0 || (withLow && down === 0)) && (up < 0 || (withHigh && up === 0));
}

/** Arithmetic and comparison. */
export const OPERATOR: Family = {
  ADD: plain('number, number', (a, b) => a + b),
  MINUS: plain('number, number', (a, b) => a - b),
  MULTIPLY: plain('number, number', (a, b) => a * b),
  DIVIDE: plain('number, number', (a, b) => {
    if (b === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 2 cannot be zero.');
    return a / b;
  }),
  EQ: plain('any, any', (a, b) => compare(a, b) === 0),
  NE: plain('any, any', (a, b) => compare(a, b) !== 0),
  GT: plain('any, any', (a, b) => compare(a, b) > 0),
  GTE: plain('any, any', (a, b) => compare(a, b) >= 0),
  LT: plain('any, any', (a, b) => compare(a, b) < 0),
  LTE: plain('any, any', (a, b) => compare(a, b) <= 0),
  UMINUS: plain('number', (a) => -a),
  UPLUS: plain('any', (a) => a),
  UNARY_PERCENT: plain('number', (a) => a / 100, { format: { type: 'PERCENT', pattern: '0%' } }),
  ISBETWEEN: plain('any, any, any, flag?, flag?', between),
};

/** A value as another kind of number. https://support.google.com/docs/table/25273 (Parser) */
export const PARSER: Family = {
  CONVERT: plain('number, text, text', convert),
  // A text stays the text that it is; only the look of numbers changes.
  TO_DATE: plain('any', (value) => value, { format: { type: 'DATE' } }),
  TO_DOLLARS: plain('any', (value) => value, { format: { type: 'CURRENCY', pattern: '"$"#,##0.00' } }),
  TO_PERCENT: plain('any', (value) => value, { format: { type: 'PERCENT', pattern: '0.00%' } }),
  TO_PURE_NUMBER: plain('any', (value) => value),
  TO_TEXT: within(
    'any',
    ({ source, locale }, value) =>
      typeof value === 'number' ? showNumber(value, source?.(0)?.format(0, 0), locale) : textOf(value),
    { sources: true },
  ),
  ENCODEURL: plain('text', (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
};
