/** Pieces of which the forms of what tools send are put together: JSON Schema in few words. */
import { pointer, sentence, violations } from '../../../../src/validate.ts';

export type Shape = Record<string, unknown>;

/** An object: names that end with `!` are required. */
export function shape(properties: Record<string, Shape>): Shape {
  const names = Object.keys(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('!', ''), properties[name]])),
    required: names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1)),
  };
}

export const text = (maxLength = 255): Shape => ({ type: 'string', maxLength });
export const link = (maxLength = 2000): Shape => ({ type: 'string', format: 'uri', maxLength });
export const moment: Shape = { type: 'string', format: 'date-time' };
export const whole: Shape = { type: 'integer' };
export const count: Shape = { type: 'integer', minimum: 0 };
export const yesNo: Shape = { type: 'boolean' };
export const one = (...values: string[]): Shape => ({ type: 'string', enum: values });
export const many = (items: Shape, maxItems: number, minItems = 1): Shape => ({
  type: 'array',
  items,
  minItems,
  maxItems,
});

export const version = one('1.0');

/** Keys of issues, as most tools still send them. */
export const issueKeys = many({ type: 'string', pattern: '^\\w{1,255}-\\d{1,255}$' }, 100);

/** `[{associationType, values}]`, of some types. */
export const associations = (types: readonly string[], maxItems = 100, minItems = 0): Shape =>
  many(
    shape({ 'associationType!': one(...types), 'values!': { type: 'array', minItems: 1, maxItems: 500 } }),
    maxItems,
    minItems,
  );

export const OF_ISSUES = ['issueKeys', 'issueIdOrKeys'] as const;

/** What is wrong with a thing, a sentence for each place. */
export const objectionsTo = (form: Shape, value: unknown): string[] =>
  violations(form, value).map((error) => `${pointer(error) || '/'} ${sentence(error)}`);
