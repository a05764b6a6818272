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
  const matches = wildcards(wanted);
  return (cell) => typeof cell === 'string' && matches(cell);
}

const MANY = Symbol('many');
const ONE = Symbol('one');

/**
 * A test of texts for a pattern: `*` any characters, `?` one, `~` before one of these makes it plain; no regard to case.
 * Takes at most the text's length times the pattern's steps, whatever the pattern.
 */
export function wildcards(pattern: string): (text: string) => boolean {
  const parts = [...pattern.toLowerCase().matchAll(/~([*?~])|\*+|./gs)].map(([all, plain]) =>
    plain ? plain : all.startsWith('*') ? MANY : all === '?' ? ONE : all,
  );
  return (given) => {
    const text = given.toLowerCase();
    let [at, part, star, resume] = [0, 0, -1, 0];
    while (at < text.length) {
      if (parts[part] === MANY) {
        star = part++;
        resume = at;
      } else if (part < parts.length && (parts[part] === ONE || parts[part] === text[at])) {
        part++;
        at++;
      } else if (star >= 0) {
        part = star + 1;
        at = ++resume;
      } else return false;
    }
    while (parts[part] === MANY) part++;
    return part === parts.length;
  };
}
