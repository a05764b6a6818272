/** A fault out of the fields of a form, as the control API takes it: what does not fit is refused there, by name. */
import { invalid } from '../../control/problem.ts';
import { field } from '../form.ts';

/** Body of `addFault`. Throws a Problem where the parameters are no JSON. */
export function faultOf(form: URLSearchParams): Record<string, unknown> & { kind: string } {
  const match = texts(form, ['twin', 'operation', 'actor', 'when']);
  const window = texts(form, ['from', 'for']);
  return {
    kind: field(form, 'kind') ?? '',
    ...(Object.keys(match).length > 0 ? { match } : {}),
    ...(Object.keys(window).length > 0 ? { window } : {}),
    ...numbers(form, ['probability', 'skip', 'count']),
    ...paramsOf(field(form, 'params')),
  };
}

function texts(form: URLSearchParams, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const text = field(form, name);
    if (text !== undefined) found[name] = text;
  }
  return found;
}

/** Text that is no number stays text, so that the schema refuses it. */
function numbers(form: URLSearchParams, names: readonly string[]): Record<string, unknown> {
  const given = Object.entries(texts(form, names));
  return Object.fromEntries(
    given.map(([name, text]) => [name, /^\d*\.?\d+$/.test(text) ? Number(text) : text]),
  );
}

function paramsOf(text: string | undefined): { params?: unknown } {
  if (text === undefined) return {};
  try {
    return { params: JSON.parse(text) };
  } catch (error) {
    throw invalid([{ pointer: '/params', detail: (error as Error).message }], 'the parameters are no JSON');
  }
}
