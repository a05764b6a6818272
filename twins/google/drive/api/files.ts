/** Files. https://developers.google.com/workspace/drive/api/reference/rest/v3/files */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest } from '../../errors.ts';
import { FILES_PAGE_DEFAULT, FILES_PAGE_MAX } from '../../limits.ts';
import { appDataRoot, resolveAlias, rootOf, type Viewer, visibleFile } from '../model/access.ts';
import { checkDownload } from '../model/capabilities.ts';
import { copyFile, createFile, type FileInput, updateFile } from '../model/file.ts';
import { generateIds } from '../model/generatedId.ts';
import { searchFiles } from '../model/search/search.ts';
import { deleteFile, emptyTrash } from '../model/trash.ts';
import { type FileRow, sharedDrives } from '../world.ts';
import { keepingOf, moveOf } from './asked.ts';
import { download, exported } from './download.ts';
import { labelEndpoints, labelInfo } from './labels.ts';
import { FILE_BODY } from './schema.ts';
import { FILE_FIELDS, LIST_FIELDS } from './shape.ts';
import { type Dialect, uploadEndpoints } from './uploads.ts';
import { appDataView, driveRootView, fileView, rootView } from './view.ts';
import { driveViewer, said } from './viewer.ts';

type DriveCall = Call<GoogleActor>;

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/files';
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const META = [...WRITE, 'drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly'];
const READ = [...META, 'drive.photos.readonly', 'drive.readonly'];
const one = { tier: 'drive', traits: { fields: FILE_FIELDS } };

const input = (call: DriveCall): FileInput => (call.input ?? {}) as FileInput;
const show = (call: DriveCall, file: FileRow) => shown(call, driveViewer(call), file);
/** Assigned, not spread: that would compute all that waits to be asked for. */
const shown = (call: DriveCall, viewer: Viewer, file: FileRow) =>
  Object.assign(fileView(call.world, viewer, file), labelInfo(call, viewer, file));

/** How the current version names what an upload makes. */
const V3: Dialect = {
  create: 'drive.files.create',
  update: 'drive.files.update',
  path: '/drive/v3/files',
  updates: 'PATCH',
  body: FILE_BODY,
  input: (_call, metadata) => metadata as FileInput,
  show: shown,
  traits: one.traits,
  doc: 'https://developers.google.com/workspace/drive/api/guides/manage-uploads',
};

export const fileEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'GET /drive/v3/files'>(
    {
      id: 'drive.files.list',
      route: 'GET /drive/v3/files',
      scopes: READ,
      tier: 'drive',
      page: { style: 'drive', key: 'files', default: FILES_PAGE_DEFAULT, max: FILES_PAGE_MAX },
      traits: { fields: LIST_FIELDS },
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
    (call) => emptyTrash(call.world, driveViewer(call), call.query.get('driveId') ?? undefined),
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
    (call) =>
      show(call, copyFile(call.world, driveViewer(call), call.params.fileId, input(call), keepingOf(call))),
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
      checkDownload(call.world, driveViewer(call), file);
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
  ...uploadEndpoints(V3),
  ...labelEndpoints('/drive/v3/files'),
];

const LIST_EXTRA = { kind: 'drive#fileList', incompleteSearch: false };

function searchOf(call: DriveCall) {
  const { query } = call;
  return {
    q: query.get('q'),
    orderBy: query.get('orderBy'),
    corpora: query.get('corpora') ?? query.get('corpus'),
    driveId: query.get('driveId') ?? query.get('teamDriveId'),
    spaces: query.get('spaces'),
    allDrives: said(call, 'includeItemsFromAllDrives', 'includeTeamDriveItems'),
  };
}

function getFile(call: DriveCall, fileId: string): unknown {
  const viewer = driveViewer(call);
  const id = resolveAlias(call.world, viewer, fileId);
  if (id === rootOf(call.world, viewer.email)) return rootView(call.world, viewer);
  if (id === appDataRoot(call.world, viewer) && viewer.appData) return appDataView(call.world, viewer);
  if (call.world.get(sharedDrives, id)) return driveRootView(call.world, viewer, id);
  const file = visibleFile(call.world, viewer, id);
  return call.query.get('alt') === 'media' ? download(call, file) : show(call, file);
}

const IDS_DEFAULT = 10;
const IDS_MAX = 1_000;

function generatedIds({ world, query }: DriveCall): Record<string, unknown> {
  const count = Number(query.get('count') ?? IDS_DEFAULT);
  if (!Number.isInteger(count) || count < 1 || count > IDS_MAX)
    throw badRequest(`Invalid value '${count}'. Values must be within the range: [1, ${IDS_MAX}]`, 'count');
  const space = query.get('space') ?? 'drive';
  const ids = generateIds(world, count, space, query.get('type') ?? 'files');
  return { kind: 'drive#generatedIds', space, ids };
}
