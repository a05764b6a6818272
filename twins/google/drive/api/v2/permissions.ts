/** Permissions as older programs ask for them. https://developers.google.com/workspace/drive/api/reference/rest/v2/permissions */
import type { Call, Endpoint } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import { googleError } from '../../../errors.ts';
import { accounts } from '../../../identity/world.ts';
import { permissionIn, permissionsOf, readableHolder } from '../../model/permission.ts';
import type { Effective } from '../../model/sharing/effective.ts';
import { addPermission, type SharingOptions } from '../../model/sharing/give.ts';
import { changePermission, removePermission } from '../../model/sharing/withdraw.ts';
import { files, timestamp } from '../../world.ts';
import { permissionView } from '../sharingView.ts';
import { driveViewer, said } from '../viewer.ts';
import { etagOf, rootV2 } from './fileV2.ts';
import { operation } from './operation.ts';
import { type PermissionBodyV2, permissionInputOf, permissionV2 } from './permissionV2.ts';
import { PERMISSION_BODY_V2 } from './schema.ts';

type PermissionCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'permissionId' | 'email', string>>;
};

const WRITE = ['drive', 'drive.file'];
const READ = [
  ...WRITE,
  ...['drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly', 'drive.photos.readonly'],
  'drive.readonly',
];
const ALL = '/drive/v2/files/{fileId}/permissions';
const ONE = `${ALL}/{permissionId}`;

const on = operation<'fileId' | 'permissionId' | 'email'>();

const write = { scopes: WRITE, input: PERMISSION_BODY_V2 };

export const permissionsV2: readonly Endpoint[] = [
  on('permissions.list', `GET ${ALL}`, { scopes: READ }, (call) => ({
    kind: 'drive#permissionList',
    etag: etagOf(timestamp(call.world.now())),
    selfLink: `${rootV2(call.world)}/files/${call.params.fileId}/permissions`,
    items: permissionsOf(holder(call)).map((one) => view(call, one)),
  })),
  on('permissions.get', `GET ${ONE}`, { scopes: READ }, (call) =>
    view(call, permissionIn(holder(call), call.params.permissionId)),
  ),
  on('permissions.insert', `POST ${ALL}`, write, (call) =>
    view(call, addPermission(call.world, driveViewer(call), call.params.fileId, input(call), options(call))),
  ),
  ...['PATCH', 'PUT'].map((method) =>
    on(`permissions.${method === 'PUT' ? 'update' : 'patch'}`, `${method} ${ONE}`, write, (call) => {
      const { fileId, permissionId } = call.params;
      // A whole permission is sent back: only what may change is read.
      const { role, expirationTime } = input(call);
      const given = { ...(role ? { role } : {}), ...(expirationTime ? { expirationTime } : {}) };
      return view(
        call,
        changePermission(call.world, driveViewer(call), fileId, permissionId, given, options(call)),
      );
    }),
  ),
  on('permissions.delete', `DELETE ${ONE}`, { scopes: WRITE, status: 204 }, (call) =>
    removePermission(
      call.world,
      driveViewer(call),
      call.params.fileId,
      call.params.permissionId,
      options(call),
    ),
  ),
  on(
    'permissions.getIdForEmail',
    'GET /drive/v2/permissionIds/{email}',
    { scopes: [...READ, 'drive.appdata'] },
    (call) => {
      const { permissionId } = call.world.require(accounts, call.params.email.toLowerCase(), () =>
        googleError('notFound', { message: `Permission ID not found for email: ${call.params.email}` }),
      );
      return { kind: 'drive#permissionId', id: permissionId };
    },
  ),
];

const input = (call: PermissionCall) => permissionInputOf((call.input ?? {}) as PermissionBodyV2);

const options = (call: PermissionCall): SharingOptions => ({
  // The older version gives ownership away when it is told to make somebody the owner of an update.
  transferOwnership:
    said(call, 'transferOwnership') || (call.input as PermissionBodyV2 | undefined)?.role === 'owner',
  asAdmin: said(call, 'useDomainAdminAccess'),
  removeExpiration: said(call, 'removeExpiration'),
  notify: call.query.has('sendNotificationEmails') ? said(call, 'sendNotificationEmails') : undefined,
  emailMessage: call.query.get('emailMessage') ?? undefined,
});

const holder = (call: PermissionCall) =>
  readableHolder(call.world, driveViewer(call), call.params.fileId, said(call, 'useDomainAdminAccess'));

const view = ({ world, params: { fileId } }: PermissionCall, permission: Effective) =>
  permissionV2(
    world,
    fileId,
    permissionView(world, permission, world.get(files, fileId) ?? { id: fileId, driveId: fileId }),
  );
