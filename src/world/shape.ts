/** Short ways to write the JSON Schema of a world file. */

export const text = { type: 'string', minLength: 1, maxLength: 40_000 } as const;
export const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
export const email = { type: 'string', format: 'email', maxLength: 254 } as const;
export const emails = { type: 'array', items: email, maxItems: 100_000 } as const;
export const names = { type: 'array', items: name, maxItems: 1_000 } as const;

/** An object with these properties and no others. */
export function closed(
  properties: Record<string, unknown>,
  required: string[] = [],
): Record<string, unknown> {
  return { type: 'object', additionalProperties: false, required, properties };
}
export const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
export const many = (items: unknown, maxItems: number = 100_000) => ({ type: 'array', items, maxItems });

/** Things by number, or one by one. */
export const countOr = (counted: unknown, listed: unknown) => ({
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema's word.
  then: counted,
  else: listed,
});
