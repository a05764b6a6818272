/** Incidents and the reviews after them, as tools of operations tell of them, and their workspaces. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { INCIDENT, REVIEW } from '../model/devops/kinds.ts';
import { linkWorkspaces, unlinkWorkspaces, workspacesOf } from '../model/devops/workspaces.ts';
import { bodyObject, listParameter, softwareDoc } from './address.ts';
import { byId, familyEndpoints, idsOf, providerOf } from './devops.ts';

export const operationEndpoints = [
  ...familyEndpoints({
    root: 'operations/1.0',
    group: 'operations',
    submits: 'submitEntity',
    deletesByProperty: 'deleteEntityByProperty',
    kinds: [INCIDENT, REVIEW],
    parts: [
      {
        kind: 'incident',
        path: 'incidents/{incidentId}',
        gets: 'getIncidentById',
        deletes: 'deleteIncidentById',
      },
      {
        kind: 'review',
        path: 'post-incident-reviews/{reviewId}',
        gets: 'getReviewById',
        deletes: 'deleteReviewById',
      },
    ],
    answer: (submission) => ({
      acceptedIncidents: idsOf(submission),
      failedIncidents: byId(submission),
      unknownProjectKeys: [],
    }),
  }),
  endpoint(
    {
      id: 'submitOperationsWorkspaces',
      route: 'POST /rest/operations/1.0/linkedWorkspaces/bulk',
      status: 202,
      doc: softwareDoc('operations', 'operations-1-0-linkedworkspaces-bulk-post'),
    },
    (call: Call) => ({
      acceptedWorkspaceIds: linkWorkspaces(
        call.world,
        providerOf(call),
        'operations',
        bodyObject(call).workspaceIds,
      ),
    }),
  ),
  endpoint(
    {
      id: 'deleteWorkspaces',
      route: 'DELETE /rest/operations/1.0/linkedWorkspaces/bulk',
      doc: softwareDoc('operations', 'operations-1-0-linkedworkspaces-bulk-delete'),
    },
    (call: Call) => {
      const ids = listParameter(call.query, 'workspaceIds');
      unlinkWorkspaces(call.world, providerOf(call), 'operations', ids);
      return reply({ status: 202 });
    },
  ),
  endpoint(
    {
      id: 'getWorkspaces',
      route: 'GET /rest/operations/1.0/linkedWorkspaces',
      doc: softwareDoc('operations', 'operations-1-0-linkedworkspaces-get'),
    },
    (call: Call) => ({
      workspaceIds: workspacesOf(call.world, providerOf(call), 'operations').map((one) => one.workspaceId),
    }),
  ),
];
