/** Short ways to declare what a person does in Google's own screens. */
import type { Gesture } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';

/** A gesture whose input's type is tied to its schema. */
export const gesture = <I>(
  says: string,
  input: Record<string, unknown>,
  perform: (world: World, as: string, input: I) => unknown,
): Gesture => ({ says, input, perform: perform as Gesture['perform'] });

/** An object of these properties and no others. */
export const shape = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
