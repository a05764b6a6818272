/** `/api/v1/identity-sources/{source}/sessions`: uploads that are imported together. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { findSource } from '../model/people/identityUser.ts';
import {
  cancelImportSession,
  createImportSession,
  findImportSession,
  type ImportSession,
  startImport,
  type UploadInput,
  type UploadKind,
  upload,
} from '../model/people/importSession.ts';
import { importSessions } from '../world/identitySources.ts';

const { read, manage } = family('IdentitySource', 'identitySources', 'other');
const ALL = '/api/v1/identity-sources/{identitySourceId}/sessions';
const ONE = `${ALL}/{sessionId}` as const;

const take = (id: string, path: string, kind: UploadKind) =>
  endpoint(
    { id, route: `POST ${ONE}/${path}`, ...manage, status: 202 },
    ({ world, actor, params, input }) => {
      const { identitySourceId = '', sessionId = '' } = params as Record<string, string>;
      upload(world, actor.who, identitySourceId, sessionId, kind, input as UploadInput);
    },
  );

export const importSessionEndpoints = [
  endpoint({ id: 'listIdentitySourceSessions', route: `GET ${ALL}`, ...read }, ({ world, params }) => {
    findSource(world, params.identitySourceId);
    return world
      .list(importSessions, { prefix: `${params.identitySourceId}/` })
      .toArray()
      .map(sessionView);
  }),
  endpoint(
    { id: 'createIdentitySourceSession', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, params }) => sessionView(createImportSession(world, actor.who, params.identitySourceId)),
  ),
  endpoint({ id: 'getIdentitySourceSession', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    sessionView(findImportSession(world, params.identitySourceId, params.sessionId)),
  ),
  endpoint(
    { id: 'deleteIdentitySourceSession', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      cancelImportSession(world, actor.who, params.identitySourceId, params.sessionId),
  ),
  endpoint(
    { id: 'startImportFromIdentitySource', route: `POST ${ONE}/start-import`, ...manage },
    ({ world, actor, params }) =>
      sessionView(startImport(world, actor.who, params.identitySourceId, params.sessionId)),
  ),
  take('uploadIdentitySourceDataForUpsert', 'bulk-upsert', 'bulk_upsert'),
  take('uploadIdentitySourceDataForDelete', 'bulk-delete', 'bulk_delete'),
  take('uploadIdentitySourceGroupsForUpsert', 'bulk-groups-upsert', 'bulk_group_upsert'),
  take('uploadIdentitySourceGroupsDataForDelete', 'bulk-groups-delete', 'bulk_group_delete'),
  take(
    'uploadIdentitySourceGroupMembershipsForUpsert',
    'bulk-group-memberships-upsert',
    'bulk_group_membership_upsert',
  ),
  take(
    'uploadIdentitySourceGroupMembershipsForDelete',
    'bulk-group-memberships-delete',
    'bulk_group_membership_delete',
  ),
];

const sessionView = (session: ImportSession): Record<string, unknown> => ({
  id: session.id,
  identitySourceId: session.appId,
  status: session.status,
  importType: session.importType,
  created: session.created,
  lastUpdated: session.lastUpdated,
});
