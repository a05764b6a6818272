/**
 * Dashboards: who sees, changes, copies and finds them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-dashboards/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, missing } from '../../errors.ts';
import { DASHBOARD_NAME_CHARS_MAX, TEXT_CHARS_MAX } from '../../limits.ts';
import { type Dashboard, dashboards, type User } from '../../world.ts';
import { favouritesOf, forgetFavourites } from '../filters/favourites.ts';
import { mayChange, owns, readShares, sees } from '../filters/sharing.ts';
import { nextId } from '../ids.ts';
import { may } from '../permissions/may.ts';
import { copyGadgets, removeGadgets } from './gadgets.ts';

/** What every site has from the start. */
export const SYSTEM_DASHBOARD: Dashboard = {
  id: '10000',
  name: 'Default dashboard',
  description: '',
  owner: { accountId: '' },
  sharePermissions: [{ id: 10_000, type: 'global' }],
  editPermissions: [],
  system: true,
};

/** Acts with an administrator's rights, where the caller says so and has them. */
export interface AsAdmin {
  extendAdminPermissions?: boolean;
}

const administers = (
  world: World,
  user: User | undefined,
  { extendAdminPermissions = false }: AsAdmin,
): boolean => extendAdminPermissions && may(world, user, 'ADMINISTER');

/** Whether a person may change a dashboard: its owner, its editors; the site's own, administrators. */
export const changesDashboard = (world: World, user: User | undefined, row: Dashboard): boolean =>
  user !== undefined && (row.system ? may(world, user, 'ADMINISTER') : mayChange(world, user, row));

/** The dashboard that a person sees; 404 in the vendor's words for any other. */
export function requireDashboard(
  world: World,
  user: User | undefined,
  id: string,
  as: AsAdmin = {},
): Dashboard {
  const found = world.get(dashboards, id);
  if (!found || !(administers(world, user, as) || sees(world, user, found)))
    throw missing(`The dashboard with id '${id}' does not exist.`);
  return found;
}

/** The same where it may be changed; 404 for who may only look, as the service has it. */
export function requireChangeable(world: World, user: User, id: string, as: AsAdmin = {}): Dashboard {
  const row = requireDashboard(world, user, id, as);
  if (!administers(world, user, as) && !changesDashboard(world, user, row))
    throw missing(`The dashboard with id '${id}' does not exist or you do not have permission to edit it.`);
  return row;
}

/** 403 for who may not change it though it is shared with them: what apps keep on gadgets is its editors'. */
export function requireOwnDashboard(world: World, user: User, id: string): void {
  if (!changesDashboard(world, user, requireDashboard(world, user, id)))
    throw forbidden('You do not have permission to edit this dashboard.');
}

/** What making, changing and copying take. */
export interface DashboardInput {
  name?: unknown;
  description?: unknown;
  sharePermissions?: unknown;
  editPermissions?: unknown;
}

export function createDashboard(world: World, owner: User, input: DashboardInput): Dashboard {
  return world.insert(dashboards, {
    id: nextId(world, 'dashboard', 10_001),
    ...said(world, owner, input),
    owner: { accountId: owner.accountId },
  });
}

/** Replaces all that a dashboard says of itself. */
export function updateDashboard(
  world: World,
  user: User,
  id: string,
  input: DashboardInput,
  as: AsAdmin,
): Dashboard {
  const row = requireChangeable(world, user, id, as);
  return world.update(dashboards, id, said(world, user, input, row));
}

/** A new dashboard of `user` with the gadgets of another. */
export function copyDashboard(
  world: World,
  user: User,
  id: string,
  input: DashboardInput,
  as: AsAdmin,
): Dashboard {
  const source = requireDashboard(world, user, id, as);
  const copy = createDashboard(world, user, { description: source.description, ...input });
  copyGadgets(world, source.id, copy.id);
  return copy;
}

/** Deletes a dashboard with its gadgets and stars; only its owner may, and the site's own stays. */
export function deleteDashboard(world: World, user: User, id: string): void {
  const row = requireDashboard(world, user, id);
  if (row.system) throw badQuery('The system dashboard cannot be deleted.');
  if (!owns(user, row)) throw badQuery('You are not the owner of the dashboard and cannot delete it.');
  removeGadgets(world, id);
  forgetFavourites(world, 'dashboard', id);
  world.remove(dashboards, id);
}

/** The dashboards that a person sees, or of them its own or its favourites; the site's own first. */
export function dashboardsOf(world: World, user: User | undefined, filter: string | null): Dashboard[] {
  const seen = world.list(dashboards, { where: (row) => sees(world, user, row) }).toArray();
  const starred = new Set(user ? favouritesOf(world, user, 'dashboard') : []);
  if (filter === 'my') return seen.filter((row) => owns(user, row));
  if (filter === 'favourite') return seen.filter((row) => starred.has(row.id));
  if (filter !== null && filter !== '')
    throw badQuery(`The filter '${filter}' is invalid. Use 'my' or 'favourite'.`);
  return seen;
}

function said(
  world: World,
  user: User,
  input: DashboardInput,
  current?: Dashboard,
): Pick<Dashboard, 'name' | 'description' | 'sharePermissions' | 'editPermissions'> {
  const name = typeof input.name === 'string' ? input.name.trim() : '';
  if (name === '') throw badFields({ dashboardName: 'You must specify a name to save the dashboard.' });
  if (name.length > DASHBOARD_NAME_CHARS_MAX)
    throw badFields({ dashboardName: `The name must not exceed ${DASHBOARD_NAME_CHARS_MAX} characters.` });
  const owner = current?.owner.accountId ?? user.accountId;
  const other = world.list(dashboards, {
    index: 'name',
    equals: name.toLowerCase(),
    where: (row) => row.owner.accountId === owner && row.id !== current?.id,
  });
  if (other.first()) throw badFields({ dashboardName: 'A dashboard with the same name already exists.' });
  const description = typeof input.description === 'string' ? input.description : '';
  if (description.length > TEXT_CHARS_MAX) throw badFields({ description: 'The description is too long.' });
  if (!Array.isArray(input.sharePermissions) || !Array.isArray(input.editPermissions))
    throw badQuery('sharePermissions and editPermissions must be specified.');
  return {
    name,
    description,
    sharePermissions: readShares(world, user, input.sharePermissions),
    editPermissions: readShares(world, user, input.editPermissions),
  };
}
