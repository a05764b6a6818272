/** Parents, children and properties of files, one by one, as the second version has them. */
import { type Call, type Endpoint, list } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import { googleError } from '../../../errors.ts';
import { resolveAlias, visibleFile } from '../../model/access.ts';
import { updateFile } from '../../model/file.ts';
import { searchFiles } from '../../model/search/search.ts';
import { type FileRow, timestamp } from '../../world.ts';
import { driveViewer } from '../viewer.ts';
import { pageV2, READ_V2, searchOf } from './files.ts';
import { etagOf, parentReference, propertiesOf, rootV2, type Visibility } from './fileV2.ts';
import { operation } from './operation.ts';
import { PROPERTY_BODY, REFERENCE_BODY } from './schema.ts';

type Ids = 'fileId' | 'parentId' | 'folderId' | 'childId' | 'propertyKey';
type RefCall = Call<GoogleActor> & { readonly params: Readonly<Record<Ids, string>> };

const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const read = { scopes: READ_V2 };
const write = { scopes: WRITE, input: REFERENCE_BODY };
const gone = { scopes: WRITE, status: 204 };

const on = operation<Ids>();

const PARENTS = '/drive/v2/files/{fileId}/parents';
const CHILDREN = '/drive/v2/files/{folderId}/children';
const PROPERTIES = '/drive/v2/files/{fileId}/properties';

export const referencesV2: readonly Endpoint[] = [
  on('parents.list', `GET ${PARENTS}`, read, (call) => {
    const file = fileOf(call);
    return listed(
      call,
      'parent',
      `files/${file.id}/parents`,
      file.parents.map((id) => parent(call, file, id)),
    );
  }),
  on('parents.get', `GET ${PARENTS}/{parentId}`, read, (call) => {
    const file = fileOf(call);
    return parent(call, file, placed(call, file, call.params.parentId));
  }),
  on('parents.insert', `POST ${PARENTS}`, write, (call) => {
    const { id = '' } = (call.input ?? {}) as { id?: string };
    return parent(call, moved(call, call.params.fileId, id), resolved(call, id));
  }),
  on('parents.delete', `DELETE ${PARENTS}/{parentId}`, gone, (call) =>
    left(call, call.params.fileId, call.params.parentId),
  ),
  on('children.list', `GET ${CHILDREN}`, { ...read, ...pageV2 }, (call) => {
    const { folderId } = call.params;
    const within = `'${folderId.replace(/['\\]/g, '\\$&')}' in parents`;
    const q = call.query.get('q');
    const found = searchFiles(
      call.world,
      driveViewer(call),
      searchOf(call, q ? `${within} and (${q})` : within),
    );
    return list(found, (file) => child(call, folderId, file.id), {
      kind: 'drive#childList',
      etag: etagOf(timestamp(call.world.now())),
      selfLink: `${rootV2(call.world)}/files/${folderId}/children`,
    });
  }),
  on('children.get', `GET ${CHILDREN}/{childId}`, read, (call) => {
    const { folderId, childId } = call.params;
    const file = visibleFile(call.world, driveViewer(call), childId);
    placed(call, file, folderId);
    return child(call, folderId, file.id);
  }),
  on('children.insert', `POST ${CHILDREN}`, write, (call) => {
    const { id = '' } = (call.input ?? {}) as { id?: string };
    return child(call, call.params.folderId, moved(call, id, call.params.folderId).id);
  }),
  on('children.delete', `DELETE ${CHILDREN}/{childId}`, gone, (call) =>
    left(call, call.params.childId, call.params.folderId),
  ),
  on('properties.list', `GET ${PROPERTIES}`, read, (call) => {
    const file = fileOf(call);
    return listed(call, 'property', `files/${file.id}/properties`, properties(call, file));
  }),
  on('properties.get', `GET ${PROPERTIES}/{propertyKey}`, read, (call) =>
    property(call, fileOf(call), key(call)),
  ),
  on('properties.insert', `POST ${PROPERTIES}`, { ...write, input: PROPERTY_BODY }, (call) => {
    const { key: name = '' } = input(call);
    return property(call, written(call, name, input(call).value ?? ''), name, visibility(call));
  }),
  ...['PATCH', 'PUT'].map((method) =>
    on(
      `properties.${method === 'PUT' ? 'update' : 'patch'}`,
      `${method} ${PROPERTIES}/{propertyKey}`,
      { ...write, input: PROPERTY_BODY },
      (call) => {
        property(call, fileOf(call), key(call));
        return property(call, written(call, key(call), input(call).value ?? ''), key(call));
      },
    ),
  ),
  on('properties.delete', `DELETE ${PROPERTIES}/{propertyKey}`, gone, (call) => {
    property(call, fileOf(call), key(call));
    written(call, key(call), null);
  }),
];

const fileOf = (call: RefCall): FileRow => visibleFile(call.world, driveViewer(call), call.params.fileId);
const resolved = (call: RefCall, id: string): string => resolveAlias(call.world, driveViewer(call), id);
const parent = (call: RefCall, file: FileRow, id: string) =>
  parentReference(call.world, driveViewer(call), file.id, id);

const listed = (call: RefCall, kind: string, path: string, items: readonly unknown[]) => ({
  kind: `drive#${kind}List`,
  etag: etagOf(timestamp(call.world.now())),
  selfLink: `${rootV2(call.world)}/${path}`,
  items,
});

const child = ({ world }: RefCall, folderId: string, id: string) => ({
  kind: 'drive#childReference',
  id,
  selfLink: `${rootV2(world)}/files/${folderId}/children/${id}`,
  childLink: `${rootV2(world)}/files/${id}`,
});

/** The folder, if the file is in it. Throws `notFound`. */
function placed(call: RefCall, file: FileRow, folder: string): string {
  const id = resolved(call, folder);
  if (!file.parents.includes(id)) throw googleError('notFound', { message: `Parent not found: ${folder}` });
  return id;
}

/** A file has one folder: it is put into another only by who says so, or where it has none. */
function moved(call: RefCall, fileId: string, folder: string): FileRow {
  const viewer = driveViewer(call);
  const file = visibleFile(call.world, viewer, fileId);
  const single = call.query.get('enforceSingleParent')?.toLowerCase() === 'true';
  const removeParents = single ? file.parents.join(',') : '';
  return updateFile(call.world, viewer, file.id, {}, { addParents: folder, removeParents });
}

function left(call: RefCall, fileId: string, folder: string): void {
  const viewer = driveViewer(call);
  const file = visibleFile(call.world, viewer, fileId);
  updateFile(call.world, viewer, file.id, {}, { removeParents: placed(call, file, folder) });
}

const input = (call: RefCall) =>
  (call.input ?? {}) as { key?: string; value?: string; visibility?: Visibility };
const key = (call: RefCall): string => call.params.propertyKey;
const visibility = (call: RefCall): Visibility =>
  (call.query.get('visibility')?.toUpperCase() ?? input(call).visibility) === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE';
const properties = (call: RefCall, file: FileRow) => propertiesOf(call.world, driveViewer(call), file);

function property(call: RefCall, file: FileRow, name: string, of: Visibility = visibility(call)) {
  const found = properties(call, file).find((one) => one.key === name && one.visibility === of);
  if (found) return found;
  throw googleError('notFound', { message: `Property not found: key = ${name} and visibility = ${of}` });
}

const written = (call: RefCall, name: string, value: string | null): FileRow =>
  updateFile(call.world, driveViewer(call), call.params.fileId, {
    [visibility(call) === 'PUBLIC' ? 'properties' : 'appProperties']: { [name]: value },
  });
