/** Finding dashboards: by name, owner and sharing; in many orders. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Dashboard, dashboards, type User } from '../../world.ts';
import { favouritedCount, isFavourite } from '../filters/favourites.ts';
import { sees } from '../filters/sharing.ts';
import { personOf } from '../people/people.ts';

export interface DashboardQuery {
  name: string;
  accountId: string | null;
  groupId: string | null;
  projectId: string | null;
  orderBy: string;
}

/** The dashboards that a person sees and that match. */
export function findDashboards(world: World, me: User | undefined, query: DashboardQuery): Dashboard[] {
  const order = orderOf(world, me, query.orderBy);
  const wanted = query.name.trim().toLowerCase();
  return world
    .list(dashboards, {
      where: (row) =>
        row.name.toLowerCase().includes(wanted) &&
        (query.accountId === null || row.owner.accountId === query.accountId) &&
        (query.groupId === null ||
          row.sharePermissions.some((one) => one.group?.groupId === query.groupId)) &&
        (query.projectId === null ||
          row.sharePermissions.some((one) => one.project?.id === query.projectId)) &&
        sees(world, me, row),
    })
    .toArray()
    .sort(order);
}

type Compare = (a: Dashboard, b: Dashboard) => number;

function orderOf(world: World, me: User | undefined, orderBy: string): Compare {
  const [, sign = '', key = ''] = /^([+-]?)(.*)$/.exec(orderBy) ?? [];
  const stars = (row: Dashboard) => favouritedCount(world, 'dashboard', row.id);
  const orders: Record<string, Compare> = {
    name: (a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase()),
    description: (a, b) => a.description.localeCompare(b.description),
    id: (a, b) => Number(a.id) - Number(b.id),
    owner: (a, b) =>
      (personOf(world, a.owner)?.displayName ?? '').localeCompare(
        personOf(world, b.owner)?.displayName ?? '',
      ),
    favorite_count: (a, b) => stars(a) - stars(b),
    is_favorite: (a, b) =>
      Number(isFavourite(world, me, 'dashboard', b.id)) - Number(isFavourite(world, me, 'dashboard', a.id)),
  };
  const found = Object.hasOwn(orders, key) ? orders[key] : undefined;
  if (!found) throw badQuery(`The value '${orderBy}' of 'orderBy' is invalid.`);
  const direction = sign === '-' ? -1 : 1;
  return (a, b) => direction * found(a, b) || Number(a.id) - Number(b.id);
}
