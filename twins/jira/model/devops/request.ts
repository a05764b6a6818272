/** What the requests of tools have alike: their list, the properties they give it, and how they are refused. */
import { ApiError } from '../../../../src/error.ts';
import { PROPERTIES_MAX, PROPERTY_TEXT_CHARS_MAX } from '../../limits.ts';

type Json = Record<string, unknown>;

/** 400 as these APIs say it: a list of messages. */
export const ill = (...messages: string[]): ApiError =>
  new ApiError({
    name: 'badRequest',
    status: 400,
    message: messages.join(' '),
    data: { raw: messages.map((message) => ({ message })) },
  });

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a request's list; 400 where it is missing, empty or too long. */
export function listIn(input: unknown, key: string, max: number): Json[] {
  const list = isObject(input) ? input[key] : undefined;
  if (!Array.isArray(list) || list.length === 0 || list.some((each) => !isObject(each)))
    throw ill(`'${key}' must be a list of at least one object.`);
  if (list.length > max) throw ill(`'${key}' must not hold more than ${max} objects.`);
  return list as Json[];
}

/** The properties that a request gives to all that it tells; 400 for more than five, or for names that are not allowed. */
export function propertiesIn(input: unknown): Record<string, string> {
  const sent = isObject(input) ? input.properties : undefined;
  if (sent === undefined || sent === null) return {};
  if (!isObject(sent)) throw ill("'properties' must be an object.");
  const pairs = Object.entries(sent);
  if (pairs.length > PROPERTIES_MAX) throw ill(`At most ${PROPERTIES_MAX} properties can be supplied.`);
  for (const [key, value] of pairs) {
    if (key.startsWith('_') || key.includes(':'))
      throw ill(`The property key '${key}' is invalid: it cannot contain ':' or start with '_'.`);
    if (typeof value !== 'string' || value.length > PROPERTY_TEXT_CHARS_MAX)
      throw ill(`The property '${key}' must be a text of at most ${PROPERTY_TEXT_CHARS_MAX} characters.`);
  }
  return sent as Record<string, string>;
}

/** The properties that a query names; 400 for none, or for one that is named twice. What begins with `_` is not one. */
export function propertiesAsked(query: URLSearchParams): Record<string, string> {
  const names = [...query.keys()].filter((name) => !name.startsWith('_'));
  if (names.length === 0) throw ill('At least one property must be supplied.');
  if (new Set(names).size < names.length) throw ill('A property must not be supplied more than once.');
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']));
}

/** The number of a query's `_updateSequenceId`; 400 for something else. */
export function sequenceAsked(query: URLSearchParams): { upTo?: number } {
  const value = query.get('_updateSequenceId');
  if (value === null) return {};
  if (!/^-?\d+$/.test(value)) throw ill('_updateSequenceId must be a number.');
  return { upTo: Number(value) };
}
