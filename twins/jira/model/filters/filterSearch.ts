/** Finding filters: by name, owner, sharing, ids. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { FILTER_IDS_MAX } from '../../limits.ts';
import { type Filter, filters, type User } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { type SharingQuery, sees, sharedAs } from './sharing.ts';

export interface FilterQuery extends SharingQuery {
  filterName: string;
  /** The name as a part of a text, rather than words of it. */
  isSubstringMatch: boolean;
  ids: readonly string[];
  override: boolean;
}

/** The filters that a person sees and that match. */
export function findFilters(world: World, me: User | undefined, query: FilterQuery): Filter[] {
  if (query.ids.length > FILTER_IDS_MAX)
    throw badQuery(`No more than ${FILTER_IDS_MAX} filter IDs may be given.`);
  const all = query.override && may(world, me, 'ADMINISTER');
  const name = query.filterName.trim().toLowerCase();
  const wanted = query.isSubstringMatch ? [name] : name.split(/\s+/).filter(Boolean);
  const matches = (row: Filter): boolean =>
    wanted.every((word) => row.name.toLowerCase().includes(word)) &&
    (query.ids.length === 0 || query.ids.includes(row.id)) &&
    sharedAs(row, query) &&
    (all || sees(world, me, row));
  return world.list(filters, { where: matches }).toArray();
}
