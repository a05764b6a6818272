/** Long-running operations. https://developers.google.com/workspace/drive/api/reference/rest/v3/operations */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { addressOf } from '../../address.ts';
import { googleError } from '../../errors.ts';
import { visibleFile } from '../model/access.ts';
import { askDownload, downloadNamed } from '../model/operation.ts';
import type { Download } from '../world/operation.ts';
import { requireContentScope } from './download.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3';

export const operationEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'POST /drive/v3/files/{fileId}/download'>(
    {
      id: 'drive.files.download',
      route: 'POST /drive/v3/files/{fileId}/download',
      scopes: ['drive', 'drive.file', 'drive.readonly'],
      tier: 'drive',
      doc: `${DOC}/files/download`,
    },
    (call) => {
      const { query, params } = call;
      const of = {
        mimeType: query.get('mimeType') || undefined,
        revisionId: query.get('revisionId') || undefined,
      };
      return view(call, askDownload(call.world, driveViewer(call), params.fileId, of));
    },
  ),
  endpoint<GoogleActor, 'GET /drive/v3/operations/{name}'>(
    {
      id: 'drive.operations.get',
      route: 'GET /drive/v3/operations/{name}',
      scopes: ['drive', 'drive.file', 'drive.meet.readonly', 'drive.readonly'],
      tier: 'drive',
      doc: `${DOC}/operations/get`,
    },
    (call) => {
      requireContentScope(call);
      return view(call, downloadNamed(call.world, driveViewer(call), call.params.name));
    },
  ),
  // Nobody has set up a key service for the domain.
  ...['/drive/v2', '/drive/v3'].map((path) =>
    endpoint<GoogleActor, string>(
      {
        id: path.endsWith('v2') ? 'drive.v2.files.generateCseToken' : 'drive.files.generateCseToken',
        route: `GET ${path}/files/generateCseToken`,
        scopes: ['drive'],
        tier: 'drive',
        doc: `${DOC}/files/generateCseToken`,
      },
      (call) => noEncryption(call),
    ),
  ),
];

function view({ world }: Call, { name, fileId, mimeType, revisionId }: Download): Record<string, unknown> {
  const file = `${addressOf(world, 'www.googleapis.com')}/drive/v3/files/${fileId}`;
  const downloadUri = mimeType
    ? `${file}/export?mimeType=${encodeURIComponent(mimeType)}`
    : revisionId
      ? `${file}/revisions/${revisionId}?alt=media`
      : `${file}?alt=media`;
  return {
    name,
    done: true,
    metadata: { '@type': 'type.googleapis.com/google.apps.drive.v3.DownloadFileMetadata' },
    response: {
      '@type': 'type.googleapis.com/google.apps.drive.v3.DownloadFileResponse',
      downloadUri,
      partialDownloadAllowed: mimeType === undefined,
    },
  };
}

function noEncryption(call: Call<GoogleActor>): never {
  const asked = call.query.get('fileId') ?? call.query.get('parent');
  if (call.query.get('fileId')) visibleFile(call.world, driveViewer(call), asked ?? '');
  throw googleError('forbidden', { message: 'Client-side encryption is not enabled for this user.' });
}
