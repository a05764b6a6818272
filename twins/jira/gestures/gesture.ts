/** What gestures of the twin have alike: an actor who is a person of the site, and a closed form of input. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { userByEmail } from '../model/people/people.ts';
import type { User } from '../world.ts';

/** JSON Schema of an object with these properties and no others. */
export const shape = (properties: Record<string, unknown>, required: string[]): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** A gesture whose actor is a person of the site. */
export const gesture = <I>(
  says: string,
  input: Record<string, unknown>,
  perform: (world: World, person: User, input: I) => unknown,
): Gesture => ({
  says,
  input,
  perform: (world: World, as: string, given: never) => perform(world, person(world, as), given),
});

/** The person with this e-mail; 422 `unknown-person`. */
export function person(world: World, email: string): User {
  const found = userByEmail(world, email);
  if (!found)
    throw new ApiError({
      name: 'unknown-person',
      status: 422,
      message: `${email} has no account on this site`,
    });
  return found;
}
