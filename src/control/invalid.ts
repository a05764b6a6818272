/** Turns schema violations into the errors of a problem, with what was probably meant. */
import type { ErrorObject } from 'ajv';
import { didYouMean } from '../suggest.ts';
import { pointer, sentence, violations } from '../validate.ts';
import { type FieldError, invalid } from './problem.ts';
import type { Schema } from './route.ts';

/** Throws a 422 Problem where `value` does not fit `schema`; pointers begin with `at`. */
export function mustFit(schema: Schema, value: unknown, at = '', within?: FieldError['in']): void {
  const errors = fieldErrors(violations(schema, value), at, within);
  if (errors.length > 0) throw invalid(errors);
}

/** Each place once, the deepest errors only: that an alternative does not fit says less than why. */
function fieldErrors(errors: readonly ErrorObject[], at: string, within: FieldError['in']): FieldError[] {
  const telling = errors.filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'oneOf');
  const seen = new Set<string>();
  return (telling.length > 0 ? telling : errors).flatMap((error) => {
    const one = {
      ...(within ? { in: within } : {}),
      pointer: at + pointer(error),
      detail: sentence(error) + suggestion(error),
    };
    const key = `${one.pointer} ${one.detail}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [one];
  });
}

function suggestion(error: ErrorObject): string {
  if (error.keyword === 'enum' && typeof error.data === 'string')
    return didYouMean(error.data, (error.params.allowedValues as unknown[]).map(String));
  if (error.keyword !== 'additionalProperties') return '';
  const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
  return didYouMean(String(error.params.additionalProperty), known);
}
