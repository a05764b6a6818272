/** What a form of a room says: which gesture, and what is filled in, as the gesture's `with`. */
import { Problem } from '../../control/problem.ts';

/** A gesture as `POST /v1/universes/{id}/gestures` takes it, less the twin. */
export interface Wanted {
  gesture: string;
  as: string;
  with: Record<string, unknown>;
}

/** Fields that one form may hold. */
const FIELDS_MAX = 200;

/**
 * How a field's name says where its value goes and what it is: `text:/values/b1/a1`. Kinds: `text`, `number`, `json`
 * (one JSON value), `many` (each a JSON value); with `?` behind it an empty one is left out.
 */
export const fieldName = (
  kind: 'text' | 'number' | 'json' | 'many',
  path: readonly string[],
  optional: boolean,
) =>
  `${kind}${optional ? '?' : ''}:${path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;

/** Reads a form. Throws a Problem where it is none of ours. */
export function wantedOf(form: URLSearchParams): Wanted {
  let given: unknown = parsed(form.get('with') ?? '{}');
  const names = [...new Set(form.keys())].filter((name) => name.includes(':/'));
  if (names.length > FIELDS_MAX) throw bad(`a form has at most ${FIELDS_MAX} fields`);
  for (const name of names) {
    const [kind = '', pointer = ''] = name.split(/:(.*)/s, 2);
    const value = filledIn(kind, form.getAll(name));
    if (value === undefined) continue;
    const keys = pointer.slice(1).split('/');
    given = placed(
      given,
      keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
      value,
    );
  }
  return { gesture: form.get('gesture') ?? '', as: form.get('as') ?? '', with: asObject(given) };
}

function filledIn(kind: string, texts: readonly string[]): unknown {
  const [text = ''] = texts;
  const plain = kind.replace('?', '');
  if (plain === 'many') {
    const chosen = texts.filter((one) => one !== '').map(parsed);
    return chosen.length === 0 && kind.endsWith('?') ? undefined : chosen;
  }
  if (text === '' && (kind.endsWith('?') || plain !== 'text')) return undefined;
  if (plain === 'number') return Number(text);
  return plain === 'json' ? parsed(text) : text.replaceAll('\r\n', '\n');
}

/** `into` with `value` at the end of `keys`; computed keys make own properties, whatever they are called. */
function placed(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const base = asObject(into);
  return { ...base, [key]: placed(Object.hasOwn(base, key) ? base[key] : undefined, rest, value) };
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('the form holds what is no JSON');
  }
}

const bad = (detail: string) => new Problem({ status: 422, kind: 'not-a-gesture', detail });
