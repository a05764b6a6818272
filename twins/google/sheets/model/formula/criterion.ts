/** Conditions of `SUMIF` and `COUNTIF`: `">5"`, `"<>x"`, `"a*"`, or a value to be equal to. */
import { compare, type Scalar } from './value.ts';

/** A test of cells for a condition. */
export function criterion(condition: Scalar): (cell: Scalar) => boolean {
  if (typeof condition !== 'string') return (cell) => compare(cell, condition) === 0;
  const match = /^(<=|>=|<>|[=<>])?(.*)$/s.exec(condition);
  const operator = match?.[1] ?? '=';
  const text = match?.[2] ?? '';
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const wanted: Scalar = Number.isNaN(number) ? text : number;
  if (operator === '=') return equals(wanted);
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
  if (typeof wanted !== 'string' || !/[*?~]/.test(wanted))
    return (cell) => cell !== null && compare(cell, wanted) === 0;
  const source = wanted.replace(
    /~([*?~])|([*?])|[.+^${}()|[\]\\]/g,
    (all, escaped?: string, wild?: string) =>
      escaped ? `\\${escaped}` : wild === '*' ? '[^]*' : wild === '?' ? '[^]' : `\\${all}`,
  );
  const pattern = new RegExp(`^${source}$`, 'i');
  return (cell) => typeof cell === 'string' && pattern.test(cell);
}
