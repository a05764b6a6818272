/** Revisions. https://developers.google.com/workspace/drive/api/reference/rest/v3/revisions */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import {
  deleteRevision,
  keepRevision,
  type RevisionInfo,
  revisionIn,
  revisionsFor,
} from '../model/revision.ts';
import { REVISION_BODY } from './schema.ts';
import { REVISION, REVISION_FIELDS, REVISION_LIST, REVISION_LIST_FIELDS } from './shape.ts';
import { userView } from './sharingView.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/revisions';
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const READ = [
  ...WRITE,
  ...[
    'drive.meet.readonly',
    'drive.metadata',
    'drive.metadata.readonly',
    'drive.photos.readonly',
    'drive.readonly',
  ],
];
const ALL = '/drive/v3/files/{fileId}/revisions';
const one = { tier: 'drive', traits: { fields: REVISION_FIELDS, shape: REVISION } };
type Ids = 'GET /{fileId}/{revisionId}';

export const revisionEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, Ids>(
    {
      id: 'drive.revisions.list',
      route: `GET ${ALL}` as Ids,
      scopes: READ,
      tier: 'drive',
      traits: { fields: REVISION_LIST_FIELDS, shape: REVISION_LIST },
      doc: `${DOC}/list`,
    },
    (call) => ({
      kind: 'drive#revisionList',
      revisions: revisionsFor(call.world, driveViewer(call), call.params.fileId).map((row) =>
        view(call, row),
      ),
    }),
  ),
  endpoint<GoogleActor, Ids>(
    {
      id: 'drive.revisions.get',
      route: `GET ${ALL}/{revisionId}` as Ids,
      scopes: READ,
      doc: `${DOC}/get`,
      ...one,
    },
    (call) =>
      view(call, revisionIn(call.world, driveViewer(call), call.params.fileId, call.params.revisionId)),
  ),
  endpoint<GoogleActor, Ids>(
    {
      id: 'drive.revisions.update',
      input: REVISION_BODY,
      route: `PATCH ${ALL}/{revisionId}` as Ids,
      scopes: WRITE,
      doc: `${DOC}/update`,
      ...one,
    },
    (call) => {
      const { fileId, revisionId } = call.params;
      const { keepForever } = (call.input ?? {}) as { keepForever?: boolean };
      return view(call, keepRevision(call.world, driveViewer(call), fileId, revisionId, keepForever));
    },
  ),
  endpoint<GoogleActor, Ids>(
    {
      id: 'drive.revisions.delete',
      route: `DELETE ${ALL}/{revisionId}` as Ids,
      scopes: WRITE,
      tier: 'drive',
      status: 204,
      doc: `${DOC}/delete`,
    },
    (call) => deleteRevision(call.world, driveViewer(call), call.params.fileId, call.params.revisionId),
  ),
];

function view(call: Call<GoogleActor>, row: RevisionInfo): Record<string, unknown> {
  return {
    kind: 'drive#revision',
    id: row.id,
    mimeType: row.mimeType,
    modifiedTime: row.modifiedTime,
    keepForever: row.keepForever ?? false,
    lastModifyingUser: userView(call.world, driveViewer(call), row.lastModifyingUser),
    originalFilename: row.originalFilename,
    size: row.size,
    md5Checksum: row.md5Checksum,
  };
}
