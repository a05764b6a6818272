/** The forms of bodies, as JSON Schema: which field holds what. Whether a value makes sense is the models' affair. */
import type { EndpointSpec } from '../../src/twin.ts';

export type Shape = Readonly<Record<string, unknown>>;

export const text: Shape = { type: ['string', 'null'] };
export const flag: Shape = { type: ['boolean', 'null'] };
export const amount: Shape = { type: ['number', 'null'] };

/** A list of things that are there. */
export const listOf = (items: Shape): Shape => ({ type: ['array', 'null'], items: given(items) });

/** An object; fields that are not named may hold anything. */
export const object = (properties: Readonly<Record<string, Shape>> = {}): Shape => ({
  type: ['object', 'null'],
  properties,
});

/** An object whose fields, whatever they are called, have one form. */
export const named = (of: Shape): Shape => ({ type: ['object', 'null'], additionalProperties: of });

/** May not be null. */
export const given = (shape: Shape): Shape => ({
  ...shape,
  ...(Array.isArray(shape.type) ? { type: shape.type[0] } : {}),
});

/** Where null says something else than leaving the field out. */
export const clearable = (shape: Shape): Shape => ({ ...shape, clearable: true });

/** A body that must be sent. */
export const body = (properties: Readonly<Record<string, Shape>> = {}): Shape => given(object(properties));

/** A body that may be left out. */
export const optional = (shape: Shape): Shape => ({ ...shape, default: {} });

/** The same form for several operations. */
export const of = (shape: Shape, ...ids: string[]): [string, Shape][] => ids.map((id) => [id, shape]);

/** A body as its endpoint takes it: a field that is null is one that was left out, save where null clears it. */
export function shaped(endpoint: EndpointSpec, value: unknown): unknown {
  if (!endpoint.input) return value;
  return value === undefined ? endpoint.input.default : withoutNulls(endpoint.input, value);
}

function withoutNulls(shape: Shape, value: unknown): unknown {
  if (Array.isArray(value))
    return shape.items ? value.map((one) => withoutNulls(shape.items as Shape, one)) : value;
  const properties = shape.properties as Readonly<Record<string, Shape>> | undefined;
  if (!properties || typeof value !== 'object' || value === null) return value;
  const kept: [string, unknown][] = [];
  for (const [key, held] of Object.entries(value)) {
    const of = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (held === null && Array.isArray(of?.type) && !of.clearable) continue;
    kept.push([key, of ? withoutNulls(of, held) : held]);
  }
  return Object.fromEntries(kept);
}
