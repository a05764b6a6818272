/** Input of plans: held against its schema, and patched as RFC 6902 says. */
import { immutableJSONPatch, type JSONPatchDocument } from 'immutable-json-patch';
import { pointer, sentence, violations } from '../../../../src/validate.ts';
import { badQuery } from '../../errors.ts';
import { PATCH_SCHEMA } from './planSchemas.ts';

/** The value where it fits the schema; 400 with the first thing that does not. */
export function fitting<T>(schema: Record<string, unknown>, value: unknown): T {
  const [first] = violations(schema, value);
  if (first) throw badQuery(`${pointer(first) || 'The request body'} ${sentence(first)}.`);
  return value as T;
}

/** What a patch makes of a value; 400 for a patch that is none, or does not apply. */
export function patched<T extends object>(schema: Record<string, unknown>, value: T, patch: unknown): T {
  fitting(PATCH_SCHEMA, patch);
  let result: unknown;
  try {
    result = immutableJSONPatch(value, patch as JSONPatchDocument);
  } catch (error) {
    throw badQuery(`The patch cannot be applied: ${(error as Error).message}.`);
  }
  return fitting<T>(schema, result);
}
