/** The columns that a person chose for lists of issues. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { FILTER_COLUMNS_MAX } from '../../limits.ts';
import { type User, userColumns } from '../../world.ts';
import { fieldById } from '../fields/fields.ts';
import { navigatorColumns } from '../site/navigatorColumns.ts';

/** Field ids: those that the person chose, or else the site's own. */
export const userColumnsOf = (world: World, { accountId }: User): readonly string[] =>
  world.get(userColumns, accountId)?.columns ?? navigatorColumns(world);

/** Chooses columns; none removes all. 404 for a field that is not there or cannot be shown. */
export function setUserColumns(world: World, { accountId }: User, columns: readonly string[]): void {
  if (columns.length > FILTER_COLUMNS_MAX)
    throw badQuery(`There are more than ${FILTER_COLUMNS_MAX} columns.`);
  for (const one of columns)
    if (fieldById(world, one)?.navigable !== true)
      throw missing(`The field '${one}' is not a navigable field.`);
  world.put(userColumns, { accountId, columns: [...new Set(columns)] });
}

export const resetUserColumns = (world: World, { accountId }: User): void => {
  world.remove(userColumns, accountId);
};
