/** Values and conditions of a query, row by row. */
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { dateOf } from '../../serial.ts';
import type { Scalar } from '../value.ts';
import { type Condition, type Expression, type Kind, keyOf, queryError } from './syntax.ts';
import { columnAt, type Table } from './table.ts';

/** What an expression gives for a row, or for a group of rows. */
export type Row = readonly Scalar[];

/** The type of an expression's values. Throws for functions of other types. */
export function typeOf(one: Expression, table: Table): Kind {
  if (one.kind === 'column') return table.columns[columnAt(table, one.id)]?.type ?? 'string';
  if (one.kind === 'constant') return one.type;
  if (one.kind === 'aggregate') return aggregateType(one.name, typeOf(one.column, table));
  const types = one.args.map((arg) => typeOf(arg, table));
  const given = SCALAR_TYPES[one.name];
  if (given && !types.every((type) => given.takes.includes(type)))
    throw queryError(
      `Can't perform the function ${one.name} on a column that is not a ${given.takes.join(' or ')}.`,
    );
  return given?.gives ?? 'number';
}

function aggregateType(name: string, type: Kind): Kind {
  if (name === 'count') return 'number';
  if ((name === 'sum' || name === 'avg') && type !== 'number') throw queryError('AVG_SUM_ONLY_NUMERIC');
  return type;
}

const MOMENTS: readonly Kind[] = ['date', 'datetime'];
const CLOCKS: readonly Kind[] = ['datetime', 'timeofday'];
const NUMBERS: readonly Kind[] = ['number'];
const TEXTS: readonly Kind[] = ['string'];

const SCALAR_TYPES: Readonly<Record<string, { takes: readonly Kind[]; gives: Kind }>> = {
  year: { takes: MOMENTS, gives: 'number' },
  month: { takes: MOMENTS, gives: 'number' },
  day: { takes: MOMENTS, gives: 'number' },
  quarter: { takes: MOMENTS, gives: 'number' },
  dayOfWeek: { takes: MOMENTS, gives: 'number' },
  dateDiff: { takes: MOMENTS, gives: 'number' },
  hour: { takes: CLOCKS, gives: 'number' },
  minute: { takes: CLOCKS, gives: 'number' },
  second: { takes: CLOCKS, gives: 'number' },
  millisecond: { takes: CLOCKS, gives: 'number' },
  toDate: { takes: ['date', 'datetime', 'number'], gives: 'date' },
  now: { takes: [], gives: 'datetime' },
  upper: { takes: TEXTS, gives: 'string' },
  lower: { takes: TEXTS, gives: 'string' },
  sum: { takes: NUMBERS, gives: 'number' },
  difference: { takes: NUMBERS, gives: 'number' },
  product: { takes: NUMBERS, gives: 'number' },
  quotient: { takes: NUMBERS, gives: 'number' },
  modulo: { takes: NUMBERS, gives: 'number' },
};

type Scalars = Readonly<Record<string, (args: readonly never[]) => Scalar>>;

const SCALAR_BODIES: Scalars = {
  year: ([at]) => dateOf(at ?? 0).getUTCFullYear(),
  // Months count from 0, as the language says.
  month: ([at]) => dateOf(at ?? 0).getUTCMonth(),
  day: ([at]) => dateOf(at ?? 0).getUTCDate(),
  quarter: ([at]) => Math.floor(dateOf(at ?? 0).getUTCMonth() / 3) + 1,
  dayOfWeek: ([at]) => dateOf(at ?? 0).getUTCDay() + 1,
  dateDiff: ([a, b]) => Math.floor(a ?? 0) - Math.floor(b ?? 0),
  hour: ([at]) => dateOf(at ?? 0).getUTCHours(),
  minute: ([at]) => dateOf(at ?? 0).getUTCMinutes(),
  second: ([at]) => dateOf(at ?? 0).getUTCSeconds(),
  millisecond: ([at]) => dateOf(at ?? 0).getUTCMilliseconds(),
  upper: ([text]) => String(text).toUpperCase(),
  lower: ([text]) => String(text).toLowerCase(),
  sum: ([a, b]) => Number(a) + Number(b),
  difference: ([a, b]) => Number(a) - Number(b),
  product: ([a, b]) => Number(a) * Number(b),
  quotient: ([a, b]) => (Number(b) === 0 ? null : Number(a) / Number(b)),
  modulo: ([a, b]) => (Number(b) === 0 ? null : Number(a) % Number(b)),
};

/** Computes expressions over a table. `now`: the serial number of the moment. */
export class Reader {
  readonly #table: Table;
  readonly #now: number;
  readonly #columns = new Map<string, number>();

  constructor(table: Table, now: number) {
    this.#table = table;
    this.#now = now;
  }

  /** Of one row. `known`: what is computed already, by key. */
  value(one: Expression, row: Row, known?: ReadonlyMap<string, Scalar>): Scalar {
    if (known?.has(keyOf(one))) return known.get(keyOf(one)) ?? null;
    switch (one.kind) {
      case 'column':
        return row[this.#column(one.id)] ?? null;
      case 'constant':
        return one.value;
      case 'aggregate':
        throw queryError(`CANNOT_BE_IN_WHERE: ${keyOf(one)}`);
      default:
        return this.#scalar(one, row, known);
    }
  }

  /** An aggregate of the rows of a group. */
  aggregate({ name, column }: Extract<Expression, { kind: 'aggregate' }>, rows: readonly Row[]): Scalar {
    const values = rows.map((row) => this.value(column, row)).filter((value) => value !== null);
    if (name === 'count') return values.length;
    if (values.length === 0) return null;
    if (name === 'sum' || name === 'avg') {
      const sum = values.reduce<number>((total, value) => total + Number(value), 0);
      return name === 'sum' ? sum : sum / values.length;
    }
    const sign = name === 'max' ? 1 : -1;
    return values.reduce((best, value) => (valueOrder(value, best) * sign > 0 ? value : best));
  }

  meets(condition: Condition, row: Row): boolean {
    switch (condition.kind) {
      case 'all':
        return condition.parts.every((part) => this.meets(part, row));
      case 'any':
        return condition.parts.some((part) => this.meets(part, row));
      case 'not':
        return !this.meets(condition.part, row);
      case 'null':
        return (this.value(condition.of, row) === null) === condition.is;
      default:
        return compared(
          condition.operator,
          this.value(condition.left, row),
          this.value(condition.right, row),
        );
    }
  }

  #column(id: string): number {
    const known = this.#columns.get(id) ?? columnAt(this.#table, id);
    this.#columns.set(id, known);
    return known;
  }

  #scalar(
    { name, args }: Extract<Expression, { kind: 'scalar' }>,
    row: Row,
    known?: ReadonlyMap<string, Scalar>,
  ): Scalar {
    if (name === 'now') return this.#now;
    const values = args.map((arg) => this.value(arg, row, known));
    if (values.some((value) => value === null)) return null;
    if (name === 'toDate') return toDate(Number(values[0]), typeOf(args[0] as Expression, this.#table));
    return SCALAR_BODIES[name]?.(values as never[]) ?? null;
  }
}

/** The day of a moment; a number is milliseconds since 1970. */
const toDate = (value: number, type: Kind): number =>
  Math.floor(type === 'number' ? value / 86_400_000 + 25_569 : value);

/** Of two values of a type; empty ones come first. */
export function valueOrder(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return a === b ? 0 : a < b ? -1 : 1;
}

function compared(operator: string, left: Scalar, right: Scalar): boolean {
  if (left === null || right === null || typeof left !== typeof right) return false;
  const order = valueOrder(left, right);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return texts(operator, String(left), String(right));
  }
}

function texts(operator: string, text: string, pattern: string): boolean {
  if (operator === 'contains') return text.includes(pattern);
  if (operator === 'starts') return text.startsWith(pattern);
  if (operator === 'ends') return text.endsWith(pattern);
  return expression(operator, pattern).matches(text);
}

let library: typeof RE2JS | undefined;
let last: { of: string; compiled: RE2JS } | undefined;

/** The expression of `matches`, or of `like` with its `%` and `_`; the last one is kept for the next row. */
function expression(operator: string, pattern: string): RE2JS {
  const source =
    operator === 'like'
      ? pattern
          .replace(/[\\.*+?^${}()|[\]]/g, '\\$&')
          .replaceAll('%', '.*')
          .replaceAll('_', '.')
      : pattern;
  if (last?.of === source) return last.compiled;
  library ??= createRequire(import.meta.url)('re2js').RE2JS as typeof RE2JS;
  try {
    last = { of: source, compiled: library.compile(source, library.DOTALL) };
    return last.compiled;
  } catch {
    throw queryError(`Invalid regular expression: ${pattern}`);
  }
}
