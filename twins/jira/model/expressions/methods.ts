/** What texts, lists, maps, dates and numbers can do. */
import { DAY_MS } from '../time.ts';
import { isThing, type Thing } from './things.ts';
import { moment } from './types.ts';

/** A function of an expression: its own arrows, and the methods of values. */
export type Callable = (...args: unknown[]) => unknown;
type Method = (own: never, args: readonly unknown[]) => unknown;

/** Texts, lists and maps of one expression may be so long. */
export const VALUES_MAX = 10_000;

export const truthy = (value: unknown): boolean => Boolean(value);

/** Whether two values are one: things by what they are, lists and maps by what they hold. */
export function same(a: unknown, b: unknown): boolean {
  if (isThing(a) && isThing(b)) return a.type === b.type && a.id === b.id;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  return (a ?? null) === (b ?? null);
}

const compared = (a: unknown, b: unknown): number => {
  const [x, y] = [sizeOf(a), sizeOf(b)];
  return x < y ? -1 : Number(x > y);
};
const sizeOf = (value: unknown): number | string =>
  isThing(value) ? ((value.row as { ms?: number }).ms ?? value.id) : (value as number | string);

const text = (method: (own: string, args: readonly unknown[]) => unknown): Method => method as Method;
const list = (method: (own: readonly unknown[], args: readonly unknown[]) => unknown): Method =>
  method as Method;
const call = (args: readonly unknown[]): Callable => args[0] as Callable;

const STRING: Readonly<Record<string, Method>> = {
  trim: text((own) => own.trim()),
  toLowerCase: text((own) => own.toLowerCase()),
  toUpperCase: text((own) => own.toUpperCase()),
  split: text((own, [by]) => own.split(by === undefined ? '' : String(by)).slice(0, VALUES_MAX)),
  replace: text((own, [what, by]) =>
    own.split(String(what)).join(typeof by === 'function' ? String((by as Callable)(what)) : String(by)),
  ),
  match: text((own, [pattern]) => matchOf(own, String(pattern))),
  includes: text((own, [what]) => own.includes(String(what))),
  indexOf: text((own, [what]) => own.indexOf(String(what))),
  startsWith: text((own, [what]) => own.startsWith(String(what))),
  endsWith: text((own, [what]) => own.endsWith(String(what))),
  slice: text((own, [from, to]) => own.slice(from as number, to as number | undefined)),
  substring: text((own, [from, to]) => own.substring(from as number, to as number | undefined)),
};

/** Plain words are looked for as they are: patterns of people could take any time. */
const matchOf = (own: string, pattern: string): string[] | null => (own.includes(pattern) ? [pattern] : null);

const LIST: Readonly<Record<string, Method>> = {
  map: list((own, args) => own.map((one, i) => call(args)(one, i))),
  filter: list((own, args) => own.filter((one, i) => truthy(call(args)(one, i)))),
  some: list((own, args) => own.some((one, i) => truthy(call(args)(one, i)))),
  every: list((own, args) => own.every((one, i) => truthy(call(args)(one, i)))),
  find: list((own, args) => own.find((one, i) => truthy(call(args)(one, i))) ?? null),
  reduce: list((own, [step, ...first]) =>
    first.length > 0
      ? own.reduce((sum, one, i) => (step as Callable)(sum, one, i), first[0])
      : own.slice(1).reduce((sum, one, i) => (step as Callable)(sum, one, i + 1), own[0] ?? null),
  ),
  flatMap: list((own, args) => own.flatMap((one, i) => call(args)(one, i))),
  flatten: list((own) => own.flat()),
  concat: list((own, args) => own.concat(...args)),
  includes: list((own, [what]) => own.some((one) => same(one, what))),
  indexOf: list((own, [what]) => own.findIndex((one) => same(one, what))),
  join: list((own, [by = ',']) => own.map((one) => String(one ?? '')).join(String(by))),
  reverse: list((own) => [...own].reverse()),
  slice: list((own, [from, to]) => own.slice(from as number, to as number | undefined)),
  sort: list((own, args) => [...own].sort((a, b) => (args[0] ? Number(call(args)(a, b)) : compared(a, b)))),
};

const ms = (own: Thing): number => (own.row as { ms: number }).ms;
const at = (own: Thing, value: number): Thing =>
  own.type === 'Date'
    ? moment(new Date(new Date(value).toISOString()).getTime())
    : { type: own.type, row: { ms: value }, id: new Date(value).toISOString().slice(0, 10) };
const months = (own: Thing, by: number): Thing => {
  const moved = new Date(ms(own));
  moved.setUTCMonth(moved.getUTCMonth() + by);
  return at(own, moved.getTime());
};
const dated = (method: (own: Thing, args: readonly unknown[]) => unknown): Method =>
  method as unknown as Method;

const DATE: Readonly<Record<string, Method>> = {
  getTime: dated(ms),
  toISOString: dated((own) => new Date(ms(own)).toISOString()),
  toString: dated((own) => (own.type === 'Date' ? new Date(ms(own)).toISOString() : own.id)),
  toCalendarDate: dated((own) => calendarDate(ms(own))),
  toCalendarDateUTC: dated((own) => calendarDate(ms(own))),
  getFullYear: dated((own) => new Date(ms(own)).getUTCFullYear()),
  getMonth: dated((own) => new Date(ms(own)).getUTCMonth()),
  getDate: dated((own) => new Date(ms(own)).getUTCDate()),
  getDay: dated((own) => new Date(ms(own)).getUTCDay()),
  getHours: dated((own) => new Date(ms(own)).getUTCHours()),
  getMinutes: dated((own) => new Date(ms(own)).getUTCMinutes()),
  plusDays: dated((own, [by]) => at(own, ms(own) + Number(by) * DAY_MS)),
  minusDays: dated((own, [by]) => at(own, ms(own) - Number(by) * DAY_MS)),
  plusMonths: dated((own, [by]) => months(own, Number(by))),
  minusMonths: dated((own, [by]) => months(own, -Number(by))),
};

const calendarDate = (value: number): Thing => {
  const id = new Date(value).toISOString().slice(0, 10);
  return { type: 'CalendarDate', row: { ms: Date.parse(id) }, id };
};

const map = (method: (own: Readonly<Record<string, unknown>>, args: readonly unknown[]) => unknown): Method =>
  method as Method;

const MAP: Readonly<Record<string, Method>> = {
  get: map((own, [key]) => (Object.hasOwn(own, String(key)) ? own[String(key)] : null)),
  set: map((own, [key, value]) => ({ ...own, [String(key)]: value })),
  entries: map((own) => Object.entries(own)),
  keys: map((own) => Object.keys(own)),
  values: map((own) => Object.values(own)),
};

const METHODS: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  String: STRING,
  List: LIST,
  Date: DATE,
  CalendarDate: DATE,
  Map: MAP,
};

/** The name of a value's type, as `typeof` says it. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (isThing(value)) return value.type;
  if (Array.isArray(value)) return 'List';
  if (typeof value === 'object') return 'Map';
  return typeof value === 'function'
    ? 'Function'
    : typeof value === 'string'
      ? 'String'
      : typeof value === 'number'
        ? 'Number'
        : 'Boolean';
}

/** A method of a value; undefined where its type has none of this name. */
export function methodOf(value: unknown, name: string): Callable | undefined {
  const methods = METHODS[typeName(value)];
  const method = methods && Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && ((...args) => method(value as never, args));
}

/** Whether a type has a method of this name. */
export const hasMethod = (type: string, name: string): boolean => Object.hasOwn(METHODS[type] ?? {}, name);
