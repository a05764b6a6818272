/** Finding filters: by name, owner, sharing, ids; in many orders. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { FILTER_IDS_MAX } from '../../limits.ts';
import { type Filter, filters, type User } from '../../world.ts';
import { personOf } from '../people/people.ts';
import { may } from '../permissions/may.ts';
import { favouritedCount, isFavourite } from './favourites.ts';
import { sees } from './sharing.ts';

export interface FilterQuery {
  filterName: string;
  /** The name as a part of a text, rather than words of it. */
  isSubstringMatch: boolean;
  accountId: string | null;
  groupId: string | null;
  projectId: string | null;
  ids: readonly string[];
  orderBy: string;
  override: boolean;
}

/** The filters that a person sees and that match. */
export function findFilters(world: World, me: User | undefined, query: FilterQuery): Filter[] {
  if (query.ids.length > FILTER_IDS_MAX)
    throw badQuery(`No more than ${FILTER_IDS_MAX} filter IDs may be given.`);
  const order = orderOf(world, me, query.orderBy);
  const all = query.override && may(world, me, 'ADMINISTER');
  const name = query.filterName.trim().toLowerCase();
  const wanted = name.split(/\s+/).filter(Boolean);
  const matches = (row: Filter): boolean => {
    const own = row.name.toLowerCase();
    const named = query.isSubstringMatch ? own.includes(name) : wanted.every((word) => own.includes(word));
    return (
      named &&
      (query.accountId === null || row.owner.accountId === query.accountId) &&
      (query.ids.length === 0 || query.ids.includes(row.id)) &&
      (query.groupId === null || row.sharePermissions.some((one) => one.group?.groupId === query.groupId)) &&
      (query.projectId === null || row.sharePermissions.some((one) => one.project?.id === query.projectId)) &&
      (all || sees(world, me, row))
    );
  };
  return world.list(filters, { where: matches }).toArray().sort(order);
}

type Compare = (a: Filter, b: Filter) => number;

const by =
  (value: (row: Filter) => string): Compare =>
  (a, b) =>
    value(a).localeCompare(value(b));

function orderOf(world: World, me: User | undefined, orderBy: string): Compare {
  const [, sign = '', key = ''] = /^([+-]?)(.*)$/.exec(orderBy) ?? [];
  const orders: Record<string, Compare> = {
    name: by((row) => row.name.toLowerCase()),
    description: by((row) => row.description.toLowerCase()),
    id: (a, b) => Number(a.id) - Number(b.id),
    owner: by((row) => personOf(world, row.owner)?.displayName ?? ''),
    favourite_count: (a, b) =>
      favouritedCount(world, 'filter', a.id) - favouritedCount(world, 'filter', b.id),
    is_favourite: (a, b) =>
      Number(isFavourite(world, me, 'filter', b.id)) - Number(isFavourite(world, me, 'filter', a.id)),
    is_shared: (a, b) => Number(b.sharePermissions.length > 0) - Number(a.sharePermissions.length > 0),
  };
  const found = Object.hasOwn(orders, key) ? orders[key] : undefined;
  if (!found) throw badQuery(`The value '${orderBy}' of 'orderBy' is invalid.`);
  const direction = sign === '-' ? -1 : 1;
  return (a, b) => direction * found(a, b) || Number(a.id) - Number(b.id);
}
