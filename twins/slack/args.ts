/**
 * Arguments of a method, wherever they came: query, form fields, JSON. Forms carry everything as text, so
 * lists and
 * objects come as JSON in a field too. https://docs.slack.dev/apis/web-api/#methods
 */
import { invalidArguments, refuse } from './errors.ts';
import { isObject, type Json } from './world.ts';

export type Args = Readonly<Record<string, unknown>>;

/** A text argument; undefined where it is not given. */
export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text argument that must be given. Throws `invalid_arguments`. */
export function required(args: Args, name: string): string {
  const value = text(args, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** The text arguments of these names that say something, under their names. */
export function texts<K extends string>(args: Args, ...names: readonly K[]): Partial<Record<K, string>> {
  const given = names.flatMap((name) => {
    const value = text(args, name);
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(given) as Partial<Record<K, string>>;
}

/** The refusal for an argument that is not there. */
export const missing = (name: string) => invalidArguments([`missing required field: ${name}`]);

/** A yes or no; `fallback` where it is not given. */
export function flag(args: Args, name: string, fallback: boolean = false): boolean {
  const value = text(args, name);
  return value === undefined || value === ''
    ? fallback
    : value === 'true' || value === '1' || value === 'True';
}

/** A whole number; undefined where it is not given. Throws `invalid_arguments`. */
export function integer(args: Args, name: string): number | undefined {
  const value = text(args, name);
  if (value === undefined || value === '') return undefined;
  if (!/^-?\d{1,15}$/.test(value))
    throw invalidArguments([`must provide an integer [json-pointer:/${name}]`]);
  return Number(value);
}

/** A JSON value, given as such or as text; undefined where it is not given. Throws `error`. */
export function json(args: Args, name: string, error: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    const parsed = JSON.parse(value) as unknown;
    if (!isHalved(value, parsed)) return parsed;
  } catch {}
  throw refuse(error);
}

/** Has a JSON text half a character in it (an escape of one surrogate alone)? Slack reads no such text. */
export const isHalved = (text: string, value: unknown): boolean =>
  /\\ud[89a-f]/i.test(text) && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value));

/** A list of JSON objects. Throws `error`. */
export function objects(args: Args, name: string, error: string): Json[] | undefined {
  const value = listed(args, name, error);
  if (value?.every(isObject) === false) throw refuse(error);
  return value as Json[] | undefined;
}

/** A JSON list of things that their reader checks one by one. Throws `error`. */
export function listed(args: Args, name: string, error: string): unknown[] | undefined {
  const value = json(args, name, error);
  if (value !== undefined && !Array.isArray(value)) throw refuse(error);
  return value as unknown[] | undefined;
}

/** The argument `blocks`; whether each is one, Block Kit's grammar says. Throws `error`. */
export const blocksIn = (args: Args, error: string): Json[] | undefined =>
  listed(args, 'blocks', error) as Json[] | undefined;

/** Several ids: a list, a JSON list as text, or ids with commas between. */
export function ids(args: Args, name: string): string[] {
  const value = args[name];
  const given =
    typeof value === 'string' && value.startsWith('[') ? json(args, name, 'invalid_arguments') : value;
  const parts = Array.isArray(given) ? given.map(String) : (text({ given }, 'given') ?? '').split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** How many rows a page holds: `limit`, or `fallback`. Throws `invalid_limit`. */
export function limit(args: Args, fallback: number, max: number): number {
  const value = text(args, 'limit');
  if (value === undefined || value === '' || value === '0') return fallback;
  const count = /^\d{1,9}$/.test(value) ? Number(value) : -1;
  if (count < 1 || count > max) throw refuse('invalid_limit');
  return count;
}
