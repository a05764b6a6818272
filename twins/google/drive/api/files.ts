/** Files. https://developers.google.com/workspace/drive/api/reference/rest/v3/files */
import { BASE64URL } from '../../../../src/ids.ts';
import { type Call, type Endpoint, endpoint, list, type Reply, reply } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest, googleError } from '../../errors.ts';
import { shortScope } from '../../identity/scopes.ts';
import { FILES_PAGE_DEFAULT, FILES_PAGE_MAX } from '../../limits.ts';
import { resolveAlias, rootOf, visibleFile } from '../model/access.ts';
import { downloadedBytes } from '../model/content.ts';
import { exportFile } from '../model/export.ts';
import { copyFile, createFile, deleteFile, emptyTrash, type FileInput, updateFile } from '../model/file.ts';
import { searchFiles } from '../model/search.ts';
import type { FileRow } from '../world.ts';
import { continued, opened, resumableEndpoints } from './resumable.ts';
import { FILE_BODY } from './schema.ts';
import { FILE, FILE_FIELDS, FILE_LIST, LIST_FIELDS } from './shape.ts';
import { uploadParts } from './upload.ts';
import { fileView, rootView } from './view.ts';
import { driveViewer } from './viewer.ts';

type DriveCall = Call<GoogleActor>;

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/files';
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const META = [...WRITE, 'drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly'];
const READ = [...META, 'drive.photos.readonly', 'drive.readonly'];
const CONTENT = new Set([...WRITE, 'drive.meet.readonly', 'drive.photos.readonly', 'drive.readonly']);
const one = { tier: 'drive', traits: { fields: FILE_FIELDS, shape: FILE } };

const input = (call: DriveCall): FileInput => (call.input ?? {}) as FileInput;
const show = (call: DriveCall, file: FileRow) => fileView(call.world, driveViewer(call), file);

export const fileEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'GET /drive/v3/files'>(
    {
      id: 'drive.files.list',
      route: 'GET /drive/v3/files',
      scopes: READ,
      tier: 'drive',
      page: { style: 'drive', key: 'files', default: FILES_PAGE_DEFAULT, max: FILES_PAGE_MAX },
      traits: { fields: LIST_FIELDS, shape: FILE_LIST },
      doc: `${DOC}/list`,
    },
    (call) =>
      list(
        searchFiles(call.world, driveViewer(call), searchOf(call)),
        (file) => show(call, file),
        LIST_EXTRA,
      ),
  ),
  endpoint<GoogleActor, 'POST /drive/v3/files'>(
    {
      id: 'drive.files.create',
      route: 'POST /drive/v3/files',
      input: FILE_BODY,
      scopes: WRITE,
      doc: `${DOC}/create`,
      ...one,
    },
    (call) => show(call, createFile(call.world, driveViewer(call), input(call))),
  ),
  endpoint<GoogleActor, 'GET /drive/v3/files/{fileId}'>(
    { id: 'drive.files.get', route: 'GET /drive/v3/files/{fileId}', scopes: READ, doc: `${DOC}/get`, ...one },
    (call) => getFile(call, call.params.fileId),
  ),
  endpoint<GoogleActor, 'PATCH /drive/v3/files/{fileId}'>(
    {
      id: 'drive.files.update',
      route: 'PATCH /drive/v3/files/{fileId}',
      input: FILE_BODY,
      scopes: [...WRITE, 'drive.metadata', 'drive.scripts'],
      doc: `${DOC}/update`,
      ...one,
    },
    (call) =>
      show(call, updateFile(call.world, driveViewer(call), call.params.fileId, input(call), moveOf(call))),
  ),
  endpoint<GoogleActor, 'DELETE /drive/v3/files/{fileId}'>(
    {
      id: 'drive.files.delete',
      route: 'DELETE /drive/v3/files/{fileId}',
      scopes: WRITE,
      tier: 'drive',
      status: 204,
      doc: `${DOC}/delete`,
    },
    (call) => deleteFile(call.world, driveViewer(call), call.params.fileId),
  ),
  endpoint<GoogleActor, 'DELETE /drive/v3/files/trash'>(
    {
      id: 'drive.files.emptyTrash',
      route: 'DELETE /drive/v3/files/trash',
      scopes: ['drive'],
      tier: 'drive',
      status: 204,
      doc: `${DOC}/emptyTrash`,
    },
    (call) => emptyTrash(call.world, driveViewer(call)),
  ),
  endpoint<GoogleActor, 'POST /drive/v3/files/{fileId}/copy'>(
    {
      id: 'drive.files.copy',
      route: 'POST /drive/v3/files/{fileId}/copy',
      input: FILE_BODY,
      scopes: [...WRITE, 'drive.photos.readonly'],
      doc: `${DOC}/copy`,
      ...one,
    },
    (call) => show(call, copyFile(call.world, driveViewer(call), call.params.fileId, input(call))),
  ),
  endpoint<GoogleActor, 'GET /drive/v3/files/{fileId}/export'>(
    {
      id: 'drive.files.export',
      route: 'GET /drive/v3/files/{fileId}/export',
      scopes: ['drive', 'drive.file', 'drive.meet.readonly', 'drive.readonly'],
      tier: 'drive',
      doc: `${DOC}/export`,
    },
    (call) => {
      const file = visibleFile(call.world, driveViewer(call), call.params.fileId);
      return exported(call, file, call.query.get('mimeType'));
    },
  ),
  endpoint<GoogleActor, 'GET /drive/v3/files/generateIds'>(
    {
      id: 'drive.files.generateIds',
      route: 'GET /drive/v3/files/generateIds',
      scopes: WRITE,
      tier: 'drive',
      doc: `${DOC}/generateIds`,
    },
    (call) => generatedIds(call),
  ),
  endpoint<GoogleActor, 'POST /upload/drive/v3/files'>(
    {
      id: 'drive.files.create',
      route: 'POST /upload/drive/v3/files',
      scopes: WRITE,
      doc: `${DOC}/create`,
      ...one,
    },
    (call) => {
      if (call.query.has('upload_id')) return continued(call);
      if (call.query.get('uploadType') === 'resumable') return opened(call);
      const { metadata, source } = uploadParts(call);
      return show(call, createFile(call.world, driveViewer(call), metadata, source));
    },
  ),
  endpoint<GoogleActor, 'PATCH /upload/drive/v3/files/{fileId}'>(
    {
      id: 'drive.files.update',
      route: 'PATCH /upload/drive/v3/files/{fileId}',
      scopes: WRITE,
      doc: `${DOC}/update`,
      ...one,
    },
    (call) => {
      if (call.query.get('uploadType') === 'resumable') return opened(call);
      const { metadata, source } = uploadParts(call);
      return show(
        call,
        updateFile(call.world, driveViewer(call), call.params.fileId, metadata, moveOf(call), source),
      );
    },
  ),
  ...resumableEndpoints,
];

const LIST_EXTRA = { kind: 'drive#fileList', incompleteSearch: false };

function searchOf({ query }: DriveCall) {
  const flag = (...names: string[]) => names.some((name) => query.get(name)?.toLowerCase() === 'true');
  return {
    q: query.get('q'),
    orderBy: query.get('orderBy'),
    corpora: query.get('corpora') ?? query.get('corpus'),
    driveId: query.get('driveId') ?? query.get('teamDriveId'),
    allDrives: flag('includeItemsFromAllDrives', 'includeTeamDriveItems'),
  };
}

const moveOf = ({ query }: DriveCall) => ({
  addParents: query.get('addParents') ?? undefined,
  removeParents: query.get('removeParents') ?? undefined,
});

function getFile(call: DriveCall, fileId: string): unknown {
  const viewer = driveViewer(call);
  const id = resolveAlias(call.world, viewer, fileId);
  if (id === rootOf(call.world, viewer.email)) return rootView(call.world, viewer);
  const file = visibleFile(call.world, viewer, id);
  return call.query.get('alt') === 'media' ? download(call, file) : show(call, file);
}

/** The bytes of a file, as they came. Throws `insufficientPermissions`, `fileNotDownloadable`. */
export function download(call: DriveCall, file: FileRow): Reply {
  // Nobody is signed in where a link is followed to a file that is open to anyone.
  const actor = call.actor as GoogleActor | undefined;
  if (actor && !actor.scopes.some((scope) => CONTENT.has(shortScope(scope))))
    throw googleError('insufficientPermissions');
  const bytes = downloadedBytes(call.world, file);
  return reply({
    raw: true,
    body: bytes,
    headers: [
      ['content-type', file.mimeType],
      ['content-disposition', 'attachment'],
      ['cache-control', 'private, max-age=0, must-revalidate'],
      ['vary', 'Origin, X-Origin'],
      ['x-content-type-options', 'nosniff'],
    ],
  });
}

/** An editor's file in another format. Throws what `exportFile` throws. */
export function exported(call: DriveCall, file: FileRow, format: string | null): Reply {
  const { bytes, contentType, extension } = exportFile(call.world, file, format);
  const name = file.name.replace(/[^A-Za-z0-9._-]/g, '');
  return reply({
    raw: true,
    body: bytes,
    headers: [
      ['content-type', contentType],
      [
        'content-disposition',
        `attachment; filename="${name}.${extension}"; filename*=UTF-8''${encodeURIComponent(`${file.name}.${extension}`)}`,
      ],
      ['cache-control', 'private, max-age=0, must-revalidate, no-transform'],
      ['vary', 'Origin, X-Origin'],
      ['x-content-type-options', 'nosniff'],
    ],
  });
}

const IDS_DEFAULT = 10;
const IDS_MAX = 1_000;

function generatedIds({ world, query }: DriveCall): Record<string, unknown> {
  const count = Number(query.get('count') ?? IDS_DEFAULT);
  if (!Number.isInteger(count) || count < 1 || count > IDS_MAX)
    throw badRequest(`Invalid value '${count}'. Values must be within the range: [1, ${IDS_MAX}]`, 'count');
  const ids = Array.from({ length: count }, () => `1${world.draw('google.file').chars(BASE64URL, 32)}`);
  return { kind: 'drive#generatedIds', space: query.get('space') ?? 'drive', ids };
}
