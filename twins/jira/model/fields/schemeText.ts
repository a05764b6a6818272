/** Names and descriptions of screens, configurations and schemes: what each may be, and that no two have one name. */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import { SCHEME_NAME_CHARS_MAX } from '../../limits.ts';

export interface SchemeText {
  name?: string | undefined;
  description?: string | undefined;
}

/** What is particular to a table: what its refusals say, and how long a description may be. */
export interface SchemeWords {
  taken: string;
  descriptionCharsMax?: number;
}

/**
 * The texts that were sent, checked: 400 for a name that is empty, too long or another row's. `row` is the one that is
 * changed; texts that were not sent are its own.
 */
export function schemeText<E extends { id: string | number; name: string; description: string }>(
  world: World,
  rows: Table<E>,
  { name, description }: SchemeText,
  { taken, descriptionCharsMax = SCHEME_NAME_CHARS_MAX }: SchemeWords,
  row?: E,
): { name: string; description: string } {
  if (name === undefined && row === undefined) throw refused('badRequest', 'The name is required.');
  if (name !== undefined) {
    if (name.trim() === '') throw refused('badRequest', 'The name cannot be empty.');
    if (name.length > SCHEME_NAME_CHARS_MAX)
      throw refused('badRequest', `The name cannot be longer than ${SCHEME_NAME_CHARS_MAX} characters.`);
    const same = world.list(rows, { index: 'name', equals: name.trim().toLowerCase() }).toArray();
    if (same.some((one) => one.id !== row?.id)) throw refused('badRequest', taken);
  }
  if ((description ?? '').length > descriptionCharsMax)
    throw refused('badRequest', `The description cannot be longer than ${descriptionCharsMax} characters.`);
  return {
    name: name?.trim() ?? row?.name ?? '',
    description: description ?? row?.description ?? '',
  };
}
