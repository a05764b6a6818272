/** Names and descriptions of what administrators make, refused in the words that its calls share. */
import type { Table } from '../../../src/table.ts';
import type { World } from '../../../src/world/world.ts';
import { badQuery } from '../errors.ts';

/** Whether a body says something: to the vendor `null` is nothing. */
export const given = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;

/** What a name is of, for its refusals, and how long it may be. */
export interface NameRule {
  /** `resolution` */
  of: string;
  charsMax: number;
}

/** A name that no other row has, case aside; 400 for one that is missing, too long or taken. `self` is the row's own id. */
export function uniqueName<E extends { id: string }>(
  world: World,
  rows: Table<E>,
  value: string | null | undefined,
  { of, charsMax }: NameRule,
  self?: string,
): string {
  const name = (value ?? '').trim();
  if (name === '') throw badQuery('The name has to be provided.');
  if (name.length > charsMax)
    throw badQuery(`The length of the name must not exceed ${charsMax} characters.`);
  for (const row of world.list(rows, { index: 'name', equals: name.toLowerCase() }))
    if (row.id !== self) throw badQuery(`The ${of} name is already in use.`);
  return name;
}

/** A description, where one was sent; 400 for one that is too long. */
export function descriptionIn(value: string | null | undefined, charsMax: number): string | undefined {
  if (!given(value)) return undefined;
  if (value.length > charsMax)
    throw badQuery(`The length of the description must not exceed ${charsMax} characters.`);
  return value;
}
