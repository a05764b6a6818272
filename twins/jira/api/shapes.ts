/**
 * What bodies may be made of, as the vendor's deserializer takes them: any value may be left out or be `null`, numbers
 * may be written as text. What does not fit is answered `Invalid request payload …`; what fits and is wrong is told by
 * the model in its own words.
 */

type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: ['string', 'null'] };
export const flag: Schema = { type: ['boolean', 'null'] };
export const whole: Schema = { type: ['integer', 'null'] };

/** The id of a row: `10000`, as a number or as text. */
export const rowId: Schema = {
  anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string', pattern: '^\\d{1,18}$' }, { type: 'null' }],
};

/** One of a few words. */
export const oneOf = (...words: readonly string[]): Schema => ({ enum: [...words, null] });

export const listOf = (items: Schema): Schema => ({ type: ['array', 'null'], items });

/** An object with these keys; others are let pass. */
export const part = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: ['object', 'null'],
  properties,
});

/** A whole body with these keys. `strict`: others are refused. */
export const body = (
  properties: Readonly<Record<string, Schema>>,
  { strict = false } = {},
): Record<string, unknown> => ({
  type: 'object',
  properties,
  ...(strict ? { additionalProperties: false } : {}),
});
