/** Gadgets on dashboards. */
import { type Endpoint, endpoint } from '../../../src/twin.ts';
import { requireChangeable, requireDashboard, requireOwnDashboard } from '../model/dashboards/dashboard.ts';
import { GADGET_KINDS } from '../model/dashboards/gadgetKinds.ts';
import {
  addGadget,
  gadgetsOf,
  itemId,
  removeGadget,
  requireGadget,
  updateGadget,
} from '../model/dashboards/gadgets.ts';
import type { Gadget } from '../world.ts';
import { addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { propertyEndpointsOf } from './properties.ts';

const gadgetView = ({ dashboardId: _, ...gadget }: Gadget): Record<string, unknown> => gadget;

export const gadgetEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAllAvailableDashboardGadgets',
      route: 'GET /rest/api/3/dashboard/gadgets',
      doc: doc('dashboards', 'dashboard-gadgets-get'),
    },
    () => ({ gadgets: GADGET_KINDS }),
  ),
  endpoint(
    {
      id: 'getAllGadgets',
      route: 'GET /rest/api/3/dashboard/{dashboardId}/gadget',
      traits: { anonymous: true },
      doc: doc('dashboards', 'dashboard-dashboardid-gadget-get'),
    },
    (call) => {
      const { id } = requireDashboard(call.world, addressOf(call).me, call.params.dashboardId);
      const among = (name: string) => {
        const wanted = listParameter(call.query, name);
        return (value: unknown) => wanted.length === 0 || wanted.includes(String(value));
      };
      const [ids, keys, uris] = [among('gadgetId'), among('moduleKey'), among('uri')];
      const found = gadgetsOf(call.world, id).filter(
        (one) => ids(one.id) && keys(one.moduleKey) && uris(one.uri),
      );
      return { gadgets: found.map(gadgetView) };
    },
  ),
  endpoint(
    {
      id: 'addGadget',
      route: 'POST /rest/api/3/dashboard/{dashboardId}/gadget',
      doc: doc('dashboards', 'dashboard-dashboardid-gadget-post'),
    },
    (call) => {
      const { id } = requireChangeable(call.world, caller(call), call.params.dashboardId);
      return gadgetView(addGadget(call.world, id, bodyObject(call)));
    },
  ),
  endpoint(
    {
      id: 'updateGadget',
      route: 'PUT /rest/api/3/dashboard/{dashboardId}/gadget/{gadgetId}',
      status: 204,
      doc: doc('dashboards', 'dashboard-dashboardid-gadget-gadgetid-put'),
    },
    (call) => {
      const { id } = requireChangeable(call.world, caller(call), call.params.dashboardId);
      updateGadget(call.world, id, call.params.gadgetId, bodyObject(call));
    },
  ),
  endpoint(
    {
      id: 'removeGadget',
      route: 'DELETE /rest/api/3/dashboard/{dashboardId}/gadget/{gadgetId}',
      status: 204,
      doc: doc('dashboards', 'dashboard-dashboardid-gadget-gadgetid-delete'),
    },
    (call) => {
      const { id } = requireChangeable(call.world, caller(call), call.params.dashboardId);
      removeGadget(call.world, id, call.params.gadgetId);
    },
  ),
  ...propertyEndpointsOf([
    {
      entity: 'dashboardItem',
      path: '/rest/api/3/dashboard/{dashboardId}/items/{itemId}',
      doc: doc('dashboards', 'dashboard-dashboardid-items-itemid-properties-get'),
      ids: [
        'getDashboardItemPropertyKeys',
        'getDashboardItemProperty',
        'setDashboardItemProperty',
        'deleteDashboardItemProperty',
      ],
      idOf(call, write) {
        const { dashboardId = '', itemId: item = '' } = call.params;
        const me = addressOf(call).me;
        const { id } = requireDashboard(call.world, me, dashboardId);
        if (write) requireOwnDashboard(call.world, caller(call), dashboardId);
        return itemId(requireGadget(call.world, id, item));
      },
      selfOf: (call, id) => `${addressOf(call).rest}/dashboard/${id.replace(':', '/items/')}`,
    },
  ]),
];
