/** Conditions of `SUMIF`, `COUNTIFS`, `DSUM` and the like: `">5"`, `"<>x"`, `"a*"`, or a value to be equal to. */
import { CellError, compare, type Scalar, typedNumber } from './value.ts';

/** A test of cells for a condition. An error in a cell meets none. */
export function criterion(condition: Scalar): (cell: Scalar | CellError) => boolean {
  const meets = plainCriterion(condition);
  return (cell) => !(cell instanceof CellError) && meets(cell);
}

function plainCriterion(condition: Scalar): (cell: Scalar) => boolean {
  if (typeof condition !== 'string') return equals(condition ?? 0);
  const match = /^(<=|>=|<>|[=<>])?(.*)$/s.exec(condition);
  const operator = match?.[1];
  const text = match?.[2] ?? '';
  if (text === '') {
    if (operator === undefined) return (cell) => cell === null || cell === '';
    if (operator === '=') return (cell) => cell === null;
    if (operator === '<>') return (cell) => cell !== null;
  }
  const wanted: Scalar = typedNumber(text) ?? (/^(true|false)$/i.test(text) ? /^true$/i.test(text) : text);
  if (operator === undefined || operator === '=') return equals(wanted);
  if (operator === '<>') return (cell) => !equals(wanted)(cell);
  return (cell) => {
    if (typeof cell !== typeof wanted) return false;
    const order = compare(cell, wanted);
    return operator.startsWith('<')
      ? order < 0 || (operator === '<=' && order === 0)
      : order > 0 || (operator === '>=' && order === 0);
  };
}

function equals(wanted: Scalar): (cell: Scalar) => boolean {
  if (typeof wanted === 'number')
    return (cell) =>
      cell === wanted || (typeof cell === 'string' && /\d/.test(cell) && typedNumber(cell) === wanted);
  if (typeof wanted !== 'string' || !/[*?~]/.test(wanted))
    return (cell) => cell !== null && compare(cell, wanted) === 0;
  const pattern = wildcards(wanted);
  return (cell) => typeof cell === 'string' && pattern.test(cell);
}

/** `*` any characters, `?` one, `~` before one of these makes it plain; no regard to case. */
export function wildcards(text: string): RegExp {
  const source = text.replace(
    /~([*?~])|(\*+)|(\?)|[.+^${}()|[\]\\]/g,
    (all, escaped?: string, many?: string, one?: string) =>
      escaped ? `\\${escaped}` : many ? '[^]*' : one ? '[^]' : `\\${all}`,
  );
  return new RegExp(`^${source}$`, 'i');
}
