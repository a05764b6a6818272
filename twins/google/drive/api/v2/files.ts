/** Files as older programs ask for them. https://developers.google.com/workspace/drive/api/reference/rest/v2/files */
import { type Call, type Endpoint, list, type Reply, reply } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import { badRequest, missingPart } from '../../../errors.ts';
import { FILES_PAGE_DEFAULT, FILES_PAGE_MAX } from '../../../limits.ts';
import { IMPORT_FORMATS } from '../../formats.ts';
import { appDataRoot, resolveAlias, rootOf, type Viewer, visibleFile } from '../../model/access.ts';
import { checkDownload } from '../../model/capabilities.ts';
import { copyFile, createFile, type FileInput, type Move, updateFile } from '../../model/file.ts';
import { generateIds } from '../../model/generatedId.ts';
import { searchFiles } from '../../model/search/search.ts';
import { deleteFile, emptyTrash } from '../../model/trash.ts';
import { type FileRow, timestamp } from '../../world.ts';
import { keepingOf, moveOf } from '../asked.ts';
import { download, exported } from '../download.ts';
import { labelEndpoints, labelInfo } from '../labels.ts';
import { uploadEndpoints } from '../uploads.ts';
import { appDataView, rootView } from '../view.ts';
import { driveViewer, said } from '../viewer.ts';
import { type BodyV2, etagOf, fileV2, fromV3, inputOf, rootV2 } from './fileV2.ts';
import { operation } from './operation.ts';
import { FILE_BODY_V2 } from './schema.ts';

export type FileCall = Call<GoogleActor> & { readonly params: Readonly<Record<'fileId', string>> };

const ALL = '/drive/v2/files';
const ONE = `${ALL}/{fileId}`;
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
export const READ_V2 = [
  ...WRITE,
  ...['drive.apps.readonly', 'drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly'],
  ...['drive.photos.readonly', 'drive.readonly'],
];

const on = operation<'fileId'>();

/** A list in pages of `maxResults`. */
export const pageV2 = {
  page: { style: 'drive', key: 'items', default: FILES_PAGE_DEFAULT, max: FILES_PAGE_MAX },
  traits: { pageSize: 'maxResults' },
};
const change = { scopes: WRITE, input: FILE_BODY_V2 };

export const filesV2: readonly Endpoint[] = [
  on('files.list', `GET ${ALL}`, { scopes: READ_V2, ...pageV2 }, (call) =>
    list(searchFiles(call.world, driveViewer(call), searchOf(call)), (file) => view(call, file), {
      kind: 'drive#fileList',
      etag: etagOf(timestamp(call.world.now())),
      selfLink: `${rootV2(call.world)}/files`,
      incompleteSearch: false,
    }),
  ),
  on('files.get', `GET ${ONE}`, { scopes: READ_V2 }, getFile),
  on('files.insert', `POST ${ALL}`, change, (call) =>
    tagged(
      call,
      createFile(call.world, driveViewer(call), inputFor(call, body(call)), undefined, keepingOf(call)),
    ),
  ),
  on('files.update', `PUT ${ONE}`, change, updated),
  on('files.patch', `PATCH ${ONE}`, change, updated),
  on('files.copy', `POST ${ONE}/copy`, change, (call) =>
    tagged(
      call,
      copyFile(
        call.world,
        driveViewer(call),
        call.params.fileId,
        inputFor(call, body(call)),
        keepingOf(call),
      ),
    ),
  ),
  on('files.trash', `POST ${ONE}/trash`, { scopes: WRITE }, (call) => set(call, { trashed: true })),
  on('files.untrash', `POST ${ONE}/untrash`, { scopes: WRITE }, (call) => set(call, { trashed: false })),
  on('files.touch', `POST ${ONE}/touch`, { scopes: [...WRITE, 'drive.metadata'] }, (call) =>
    set(call, { modifiedTime: timestamp(call.world.now()) }),
  ),
  on('files.delete', `DELETE ${ONE}`, { scopes: WRITE, status: 204 }, (call) =>
    deleteFile(call.world, driveViewer(call), call.params.fileId),
  ),
  on('files.emptyTrash', `DELETE ${ALL}/trash`, { scopes: ['drive'], status: 204 }, (call) =>
    emptyTrash(call.world, driveViewer(call), call.query.get('driveId') ?? undefined),
  ),
  on('files.export', `GET ${ONE}/export`, { scopes: ['drive', 'drive.file', 'drive.readonly'] }, (call) => {
    const file = visibleFile(call.world, driveViewer(call), call.params.fileId);
    checkDownload(call.world, driveViewer(call), file);
    return exported(call, file, call.query.get('mimeType'));
  }),
  on('files.generateIds', `GET ${ALL}/generateIds`, { scopes: WRITE }, ({ world, query }) => {
    const count = Number(query.get('maxResults') ?? 10);
    if (!Number.isInteger(count) || count < 1 || count > 1_000)
      throw badRequest('Invalid Value', 'maxResults');
    const space = query.get('space') ?? 'drive';
    const ids = generateIds(world, count, space, query.get('type') ?? 'files');
    return { kind: 'drive#generatedIds', space, ids };
  }),
  ...labelEndpoints(ALL, 'items', 'drive.v2'),
  ...uploadEndpoints({
    create: 'drive.v2.files.insert',
    update: 'drive.v2.files.update',
    path: ALL,
    updates: 'PUT',
    body: FILE_BODY_V2,
    input: (call, metadata) => inputFor(call, metadata as BodyV2),
    show: (call, viewer, file) => withEtag(call, viewer, file),
    converts,
    traits: {},
    doc: 'https://developers.google.com/workspace/drive/api/reference/rest/v2/files',
  }),
];

/** What an upload is to become. Texts in pictures are not read: that is a gap. */
function converts(call: Call, type: string): string | undefined {
  if (said(call, 'ocr')) throw missingPart('drive.v2.files.insert:ocr');
  return said(call, 'convert') ? IMPORT_FORMATS[type]?.[0] : undefined;
}

const body = (call: FileCall): BodyV2 => (call.input ?? {}) as BodyV2;

/** A body with its folder; a time of change counts where the request says so. */
function inputFor(call: Call<GoogleActor>, given: BodyV2): FileInput {
  const keeps =
    said(call, 'setModifiedDate') || (call.query.get('modifiedDateBehavior') ?? '').startsWith('fromBody');
  const isNew = call.params.fileId === undefined || call.endpoint.id.endsWith('.copy');
  const parents = (given.parents ?? []).flatMap(({ id }) => (id ? [id] : []));
  const input = inputOf(given, keeps || isNew);
  return isNew && parents.length > 0 ? { ...input, parents } : input;
}

function updated(call: FileCall): unknown {
  const given = body(call);
  const viewer = driveViewer(call);
  const move = { ...moveTo(call, viewer, given), ...moveOf(call) };
  return tagged(call, updateFile(call.world, viewer, call.params.fileId, inputFor(call, given), move));
}

/** Parents in the body of an update are where the file is to be. */
function moveTo({ world, params }: FileCall, viewer: Viewer, { parents }: BodyV2): Move {
  if (!parents) return {};
  const wanted = parents.flatMap(({ id }) => (id ? [resolveAlias(world, viewer, id)] : []));
  const now = visibleFile(world, viewer, params.fileId).parents;
  const added = wanted.filter((id) => !now.includes(id));
  const gone = now.filter((id) => !wanted.includes(id));
  return {
    ...(added.length > 0 ? { addParents: added.join(',') } : {}),
    ...(gone.length > 0 && wanted.length > 0 ? { removeParents: gone.join(',') } : {}),
  };
}

const set = (call: FileCall, input: FileInput): Reply =>
  tagged(call, updateFile(call.world, driveViewer(call), call.params.fileId, input));

const view = (call: Call<GoogleActor>, file: FileRow): Record<string, unknown> => ({
  ...fileV2(call.world, driveViewer(call), file),
  ...labelInfo(call, driveViewer(call), file),
});

const tagged = (call: FileCall, file: FileRow): Reply => withEtag(call, driveViewer(call), file);

/** The file, with its mark in a header too. */
function withEtag({ world }: Call, viewer: Viewer, file: FileRow): Reply {
  return reply({ body: fileV2(world, viewer, file), headers: [['etag', etagOf(file.modifiedTime)]] });
}

function getFile(call: FileCall): unknown {
  const { world } = call;
  const viewer = driveViewer(call);
  const id = resolveAlias(world, viewer, call.params.fileId);
  if (id === rootOf(world, viewer.email)) return fromV3(world, viewer, rootView(world, viewer));
  if (id === appDataRoot(world, viewer) && viewer.appData)
    return fromV3(world, viewer, appDataView(world, viewer));
  const file = visibleFile(world, viewer, id);
  if (call.query.get('alt') === 'media') return download(call, file);
  if (!said(call, 'updateViewedDate')) return view(call, file);
  return view(call, updateFile(world, viewer, id, { viewedByMeTime: timestamp(world.now()) }));
}

/** The older parameters of a search. */
export function searchOf(call: Call, q: string | null = call.query.get('q')) {
  const { query } = call;
  const corpora = query.get('corpora') ?? CORPORA[query.get('corpus') ?? ''] ?? null;
  return {
    q,
    v2: true,
    orderBy: query.get('orderBy'),
    corpora: corpora === 'default' ? null : corpora,
    driveId: query.get('driveId') ?? query.get('teamDriveId'),
    spaces: query.get('spaces'),
    allDrives: said(call, 'includeItemsFromAllDrives', 'includeTeamDriveItems'),
  };
}

const CORPORA: Readonly<Record<string, string>> = { DEFAULT: 'user', DOMAIN: 'domain' };
