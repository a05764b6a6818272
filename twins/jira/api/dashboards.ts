/** Dashboards. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { bulkEdit } from '../model/dashboards/bulkEdit.ts';
import {
  type AsAdmin,
  changesDashboard,
  copyDashboard,
  createDashboard,
  dashboardsOf,
  deleteDashboard,
  requireDashboard,
  updateDashboard,
} from '../model/dashboards/dashboard.ts';
import { findDashboards } from '../model/dashboards/dashboardSearch.ts';
import { favouritedCount, isFavourite } from '../model/filters/favourites.ts';
import type { Dashboard } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { leadView } from './peopleView.ts';
import { sharedOrders, sharingView } from './shareViews.ts';

type Json = Record<string, unknown>;

/** A dashboard in full. */
function dashboardView(at: Address, row: Dashboard): Json {
  const owner = leadView(at, row.owner);
  return {
    ...(row.description ? { description: row.description } : {}),
    id: row.id,
    isFavourite: isFavourite(at.world, at.me, 'dashboard', row.id),
    name: row.name,
    ...(owner ? { owner } : {}),
    popularity: favouritedCount(at.world, 'dashboard', row.id),
    self: `${at.rest}/dashboard/${row.id}`,
    ...sharingView(at, row),
    view: `${at.site}/jira/dashboards/${row.id}`,
    isWritable: changesDashboard(at.world, at.me, row),
    systemDashboard: row.system === true,
  };
}

const EXPANDED = new Set([
  'description',
  'owner',
  'viewUrl',
  'favourite',
  'favouritedCount',
  'sharePermissions',
  'editPermissions',
  'isWritable',
]);

/** A dashboard in what a search found: what was not asked for stays away. */
function foundDashboard(at: Address, row: Dashboard, expand: ReadonlySet<string>): Json {
  const { description, owner, view, isFavourite: starred, popularity, ...rest } = dashboardView(at, row);
  const { sharePermissions, editPermissions, isWritable, ...always } = rest;
  return {
    ...always,
    ...(expand.has('description') ? { description: description ?? '' } : {}),
    ...(expand.has('owner') && owner ? { owner } : {}),
    ...(expand.has('viewUrl') ? { view } : {}),
    ...(expand.has('favourite') ? { isFavourite: starred } : {}),
    ...(expand.has('favouritedCount') ? { popularity } : {}),
    ...(expand.has('sharePermissions') ? { sharePermissions } : {}),
    ...(expand.has('editPermissions') ? { editPermissions } : {}),
    ...(expand.has('isWritable') ? { isWritable } : {}),
  };
}

const asAdmin = (call: Call): AsAdmin => ({
  extendAdminPermissions: call.query.get('extendAdminPermissions') === 'true',
});

const anonymous = { anonymous: true };

export const dashboardEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAllDashboards',
      route: 'GET /rest/api/3/dashboard',
      page: { style: 'linked', key: 'dashboards', default: 20, max: 1_000 },
      traits: anonymous,
      doc: doc('dashboards', 'dashboard-get'),
    },
    (call) => {
      const at = addressOf(call);
      const found = dashboardsOf(at.world, at.me, call.query.get('filter'));
      return list(rangeOf(found), (row) => dashboardView(at, row));
    },
  ),
  endpoint(
    { id: 'createDashboard', route: 'POST /rest/api/3/dashboard', doc: doc('dashboards', 'dashboard-post') },
    (call) => dashboardView(addressOf(call), createDashboard(call.world, caller(call), bodyObject(call))),
  ),
  endpoint(
    {
      id: 'bulkEditDashboards',
      route: 'PUT /rest/api/3/dashboard/bulk/edit',
      doc: doc('dashboards', 'dashboard-bulk-edit-put'),
    },
    (call) => bulkEdit(call.world, caller(call), bodyObject(call)),
  ),
  endpoint(
    {
      id: 'getDashboardsPaginated',
      route: 'GET /rest/api/3/dashboard/search',
      page: { style: 'values', default: 50, max: 100 },
      traits: anonymous,
      doc: doc('dashboards', 'dashboard-search-get'),
    },
    (call) => {
      const at = addressOf(call);
      const { query } = call;
      if (query.has('owner') && query.has('accountId'))
        throw badQuery('Only one of owner and accountId may be specified.');
      if (query.has('groupname') && query.has('groupId'))
        throw badQuery('Only one of groupname and groupId may be specified.');
      const expand = new Set(listParameter(query, 'expand'));
      for (const one of expand) if (!EXPANDED.has(one)) throw badQuery(`Invalid expand parameter '${one}'.`);
      const status = query.get('status') || 'active';
      const found =
        status === 'active'
          ? findDashboards(at.world, at.me, {
              name: query.get('dashboardName') ?? '',
              accountId: query.get('accountId') || query.get('owner') || null,
              groupId: query.get('groupId') || null,
              projectId: query.get('projectId') || null,
            })
          : [];
      const { stars, starred, ...orders } = sharedOrders<Dashboard>(at, 'dashboard');
      const ordered = orderedBy(found, query.get('orderBy') || 'name', {
        ...orders,
        favorite_count: stars,
        is_favorite: starred,
      });
      return list(rangeOf(ordered), (row) => foundDashboard(at, row, expand));
    },
  ),
  endpoint(
    {
      id: 'getDashboard',
      route: 'GET /rest/api/3/dashboard/{id}',
      traits: anonymous,
      doc: doc('dashboards', 'dashboard-id-get'),
    },
    (call) => {
      const at = addressOf(call);
      return dashboardView(at, requireDashboard(at.world, at.me, call.params.id));
    },
  ),
  endpoint(
    {
      id: 'updateDashboard',
      route: 'PUT /rest/api/3/dashboard/{id}',
      doc: doc('dashboards', 'dashboard-id-put'),
    },
    (call) =>
      dashboardView(
        addressOf(call),
        updateDashboard(call.world, caller(call), call.params.id, bodyObject(call), asAdmin(call)),
      ),
  ),
  endpoint(
    {
      id: 'deleteDashboard',
      route: 'DELETE /rest/api/3/dashboard/{id}',
      status: 204,
      doc: doc('dashboards', 'dashboard-id-delete'),
    },
    (call) => deleteDashboard(call.world, caller(call), call.params.id),
  ),
  endpoint(
    {
      id: 'copyDashboard',
      route: 'POST /rest/api/3/dashboard/{id}/copy',
      doc: doc('dashboards', 'dashboard-id-copy-post'),
    },
    (call) =>
      dashboardView(
        addressOf(call),
        copyDashboard(call.world, caller(call), call.params.id, bodyObject(call), asAdmin(call)),
      ),
  ),
];
