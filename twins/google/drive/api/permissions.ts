/** Permissions. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { PERMISSIONS_PAGE_DEFAULT, PERMISSIONS_PAGE_MAX } from '../../limits.ts';
import { rangeOf } from '../../wire/page.ts';
import { type PermissionInput, permissionIn, permissionsOf, readableHolder } from '../model/permission.ts';
import type { Effective } from '../model/sharing/effective.ts';
import { addPermission, type SharingOptions } from '../model/sharing/give.ts';
import { changePermission, removePermission } from '../model/sharing/withdraw.ts';
import { files } from '../world.ts';
import { PERMISSION_BODY } from './schema.ts';
import { PERMISSION_FIELDS, PERMISSION_LIST_FIELDS } from './shape.ts';
import { permissionView } from './sharingView.ts';
import { driveViewer, said } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions';
const WRITE = ['drive', 'drive.file'];
const READ = [
  ...WRITE,
  ...['drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly', 'drive.photos.readonly'],
  'drive.readonly',
];
const one = { tier: 'drive', traits: { fields: PERMISSION_FIELDS } };
const ALL = '/drive/v3/files/{fileId}/permissions';
const ONE = `${ALL}/{permissionId}`;

type PermissionCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'permissionId', string>>;
};
type Path = 'GET /{fileId}/{permissionId}';

const on = (
  name: string,
  route: string,
  more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
  handle: (call: PermissionCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, Path>(
    { id: `drive.permissions.${name}`, route: route as Path, doc: `${DOC}/${name}`, ...one, ...more },
    handle,
  );

export const permissionEndpoints: readonly Endpoint[] = [
  on(
    'list',
    `GET ${ALL}`,
    {
      scopes: READ,
      traits: { fields: PERMISSION_LIST_FIELDS },
      page: {
        style: 'drive',
        key: 'permissions',
        default: PERMISSIONS_PAGE_DEFAULT,
        max: PERMISSIONS_PAGE_MAX,
      },
    },
    (call) =>
      list(rangeOf(listed(call)), (row) => view(call, row), {
        kind: 'drive#permissionList',
      }),
  ),
  on('create', `POST ${ALL}`, { scopes: WRITE, input: PERMISSION_BODY }, (call) =>
    view(call, addPermission(call.world, driveViewer(call), call.params.fileId, input(call), options(call))),
  ),
  on('get', `GET ${ONE}`, { scopes: READ }, (call) =>
    view(call, permissionIn(readable(call), call.params.permissionId)),
  ),
  on('update', `PATCH ${ONE}`, { scopes: WRITE, input: PERMISSION_BODY }, (call) => {
    const { fileId, permissionId } = call.params;
    const viewer = driveViewer(call);
    return view(call, changePermission(call.world, viewer, fileId, permissionId, input(call), options(call)));
  }),
  on('delete', `DELETE ${ONE}`, { scopes: WRITE, status: 204, traits: {} }, (call) => {
    const { fileId, permissionId } = call.params;
    removePermission(call.world, driveViewer(call), fileId, permissionId, options(call));
  }),
];

const input = (call: PermissionCall): PermissionInput => (call.input ?? {}) as PermissionInput;

const options = (call: PermissionCall): SharingOptions => ({
  transferOwnership: said(call, 'transferOwnership'),
  moveToNewOwnersRoot: said(call, 'moveToNewOwnersRoot'),
  asAdmin: said(call, 'useDomainAdminAccess'),
  removeExpiration: said(call, 'removeExpiration'),
  notify: call.query.has('sendNotificationEmail') ? said(call, 'sendNotificationEmail') : undefined,
  emailMessage: call.query.get('emailMessage') ?? undefined,
});

const readable = (call: PermissionCall) =>
  readableHolder(call.world, driveViewer(call), call.params.fileId, options(call).asAdmin ?? false);

/** Those that belong to a view are shown where it is asked for. */
const listed = (call: PermissionCall): Effective[] =>
  permissionsOf(readable(call)).filter(
    (one) => one.view !== 'published' || call.query.get('includePermissionsForView') === 'published',
  );

const view = ({ world, params: { fileId } }: PermissionCall, permission: Effective) =>
  permissionView(world, permission, world.get(files, fileId) ?? { id: fileId, driveId: fileId });
