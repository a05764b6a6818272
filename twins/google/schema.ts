/**
 * Short ways to write JSON Schemas of bodies. `proto` is the vendor's own name of a type, which its refusals say.
 * A field that is null counts as not said and is gone before a body is checked.
 */

type Schema = Record<string, unknown>;

const INT32_MAX = 2 ** 31 - 1;

export const text: Schema = { type: 'string', proto: 'TYPE_STRING' };
export const flag: Schema = { type: 'boolean', proto: 'TYPE_BOOL' };
export const number: Schema = { type: 'number', proto: 'TYPE_DOUBLE' };
/** A count or a place: 32 bits, not negative. */
export const whole: Schema = { type: 'integer', minimum: 0, maximum: INT32_MAX, proto: 'TYPE_INT32' };
/** Any object; what is in it is kept as it is. */
export const anything: Schema = { type: 'object', proto: 'TYPE_MESSAGE' };

export const list = (items: Schema, maxItems: number = 100_000): Schema => ({
  type: 'array',
  items,
  maxItems,
  proto: 'TYPE_MESSAGE',
});
export const message = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  proto: 'TYPE_MESSAGE',
});
/** A map from names to values of one kind. */
export const mapOf = (values: Schema): Schema => ({
  type: 'object',
  additionalProperties: values,
  proto: 'TYPE_MESSAGE',
});
