/** Finding dashboards: by name, owner and sharing. */
import type { World } from '../../../../src/world/world.ts';
import { type Dashboard, dashboards, type User } from '../../world.ts';
import { type SharingQuery, sees, sharedAs } from '../filters/sharing.ts';

export interface DashboardQuery extends SharingQuery {
  name: string;
}

/** The dashboards that a person sees and that match. */
export function findDashboards(world: World, me: User | undefined, query: DashboardQuery): Dashboard[] {
  const wanted = query.name.trim().toLowerCase();
  const matches = (row: Dashboard): boolean =>
    row.name.toLowerCase().includes(wanted) && sharedAs(row, query) && sees(world, me, row);
  return world.list(dashboards, { where: matches }).toArray();
}
