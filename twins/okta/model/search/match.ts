/** Filter expressions applied to resources: attribute paths, dates, lists, case. */
import type { Filter, Literal, Operator } from './parse.ts';

/** How values compare: `search` is deaf to case, `filter` is not. */
export interface MatchOptions {
  caseSensitive?: boolean;
}

/** A test of rows for a filter; made once per request. */
export function matcher(filter: Filter, options: MatchOptions = {}): (row: object) => boolean {
  if (filter.kind === 'not') {
    const inner = matcher(filter.inner, options);
    return (row) => !inner(row);
  }
  if (filter.kind !== 'compare') {
    const left = matcher(filter.left, options);
    const right = matcher(filter.right, options);
    return filter.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
  }
  const path = filter.attribute.split('.');
  const fold = options.caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase();
  const { operator, value } = filter;
  return (row) => {
    const found = valuesAt(row, path, 0);
    if (operator === 'pr') return found.some(present);
    if (operator === 'ne') return !found.some((one) => holds(one, 'eq', value, fold));
    if (operator === 'eq' && value === null) return !found.some(present);
    return found.some((one) => holds(one, operator, value, fold));
  };
}

/** The values at an attribute path; a list on the way or at the end gives each of its items. */
export function valuesAt(from: unknown, path: readonly string[], at: number): unknown[] {
  if (Array.isArray(from)) return from.flatMap((item) => valuesAt(item, path, at));
  if (at === path.length) return [from];
  if (from === null || typeof from !== 'object') return [];
  const key = path[at] as string;
  return Object.hasOwn(from, key) ? valuesAt((from as Record<string, unknown>)[key], path, at + 1) : [];
}

/** What to order by at an attribute path: the first value, texts without case. */
export function orderAt(path: string): (row: object) => string | number | null {
  const parts = path.split('.');
  return (row) => {
    const value = valuesAt(row, parts, 0)[0];
    if (typeof value === 'string') return value.toLowerCase();
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;
  };
}

const present = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const DATE = /^\d{4}-\d{2}-\d{2}(T|$)/;

function holds(found: unknown, operator: Operator, value: Literal, fold: (text: string) => string): boolean {
  if (found === null || found === undefined || value === null) return false;
  if (typeof found === 'string' && DATE.test(found) && typeof value === 'string' && DATE.test(value))
    return compared(Date.parse(found), operator, Date.parse(value));
  if (typeof found === 'number') return compared(found, operator, Number(value));
  if (typeof found === 'boolean') return operator === 'eq' && String(found) === String(value).toLowerCase();
  if (typeof found !== 'string') return false;
  const text = fold(found);
  const wanted = fold(String(value));
  if (operator === 'sw') return text.startsWith(wanted);
  if (operator === 'ew') return text.endsWith(wanted);
  if (operator === 'co') return text.includes(wanted);
  return compared(text, operator, wanted);
}

function compared<T extends string | number>(a: T, operator: Operator, b: T): boolean {
  if (operator === 'eq') return a === b;
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  if (operator === 'lt') return a < b;
  if (operator === 'le') return a <= b;
  return false;
}
