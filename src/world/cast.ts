/** The people of a world: one cast that every twin shares, by e-mail. */
import { ApiError } from '../error.ts';

/** One person. `manager` is an e-mail; absent at the top. */
export interface Person {
  email: string;
  name: string;
  firstName: string;
  lastName: string;
  title?: string;
  department?: string;
  manager?: string;
}

export type PersonInput = Omit<Person, 'firstName' | 'lastName'>;

/** Splits a full name as the vendors' profiles want it: the last word is the family name. */
export function person(input: PersonInput): Person {
  const parts = input.name.trim().split(/\s+/);
  const lastName = parts.length > 1 ? (parts.pop() as string) : '';
  return { ...input, firstName: parts.join(' '), lastName: lastName || (parts[0] as string) };
}

/** The person with this e-mail, case aside. */
export function personByEmail(cast: readonly Person[], email: string): Person {
  const found = cast.find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (!found)
    throw new ApiError({
      name: 'unknown-person',
      status: 422,
      message: `nobody in this world has the e-mail ${email}`,
    });
  return found;
}

/** `count` people who stand at even distances in the cast, from the `first` on; all where there are fewer. */
export function spread(cast: readonly Person[], count: number, first: number): Person[] {
  const step = Math.max(1, Math.floor(cast.length / count));
  const found = Math.min(count, cast.length);
  return Array.from({ length: found }, (_, i) => cast[(first + i * step) % cast.length] as Person);
}
