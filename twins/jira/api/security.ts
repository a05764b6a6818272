/** Vulnerabilities that scanners tell of, and their workspaces. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { VULNERABILITY } from '../model/devops/kinds.ts';
import { linkWorkspaces, unlinkWorkspaces, workspaceOf, workspacesOf } from '../model/devops/workspaces.ts';
import { bodyObject, listParameter, softwareDoc } from './address.ts';
import { byId, familyEndpoints, idsOf, providerOf } from './devops.ts';

export const securityEndpoints = [
  ...familyEndpoints({
    root: 'security/1.0',
    group: 'security-information',
    submits: 'submitVulnerabilities',
    deletesByProperty: 'deleteVulnerabilitiesByProperty',
    kinds: [VULNERABILITY],
    parts: [
      {
        kind: 'vulnerability',
        path: 'vulnerability/{vulnerabilityId}',
        gets: 'getVulnerabilityById',
        deletes: 'deleteVulnerabilityById',
      },
    ],
    answer: (submission) => ({
      acceptedVulnerabilities: idsOf(submission),
      failedVulnerabilities: byId(submission),
      unknownAssociations: submission.unknownAssociations,
    }),
  }),
  endpoint(
    {
      id: 'submitWorkspaces',
      route: 'POST /rest/security/1.0/linkedWorkspaces/bulk',
      doc: softwareDoc('security-information', 'security-1-0-linkedworkspaces-bulk-post'),
    },
    (call: Call) => {
      linkWorkspaces(call.world, providerOf(call), 'security', bodyObject(call).workspaceIds);
      return reply({ status: 202 });
    },
  ),
  endpoint(
    {
      id: 'deleteLinkedWorkspaces',
      route: 'DELETE /rest/security/1.0/linkedWorkspaces/bulk',
      doc: softwareDoc('security-information', 'security-1-0-linkedworkspaces-bulk-delete'),
    },
    (call: Call) => {
      const ids = listParameter(call.query, 'workspaceIds');
      unlinkWorkspaces(call.world, providerOf(call), 'security', ids);
      return reply({ status: 202 });
    },
  ),
  endpoint(
    {
      id: 'getLinkedWorkspaces',
      route: 'GET /rest/security/1.0/linkedWorkspaces',
      doc: softwareDoc('security-information', 'security-1-0-linkedworkspaces-get'),
    },
    (call: Call) => ({
      workspaceIds: workspacesOf(call.world, providerOf(call), 'security').map((one) => one.workspaceId),
    }),
  ),
  endpoint(
    {
      id: 'getLinkedWorkspaceById',
      route: 'GET /rest/security/1.0/linkedWorkspaces/{workspaceId}',
      doc: softwareDoc('security-information', 'security-1-0-linkedworkspaces-workspaceid-get'),
    },
    (call: Call) => {
      const found = workspaceOf(call.world, providerOf(call), 'security', call.params.workspaceId as string);
      if (!found) throw missing('No workspace found for the given ID.');
      return { workspaceId: found.workspaceId, updatedAt: found.updatedAt };
    },
  ),
];
