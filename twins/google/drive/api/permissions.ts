/** Permissions. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { atLeast, noPermission, roleOf } from '../model/access.ts';
import {
  addPermission,
  changePermission,
  holderOf,
  type PermissionInput,
  permissionIn,
  permissionsOf,
  removePermission,
} from '../model/permission.ts';
import type { Permission } from '../world.ts';
import { PERMISSION_BODY } from './schema.ts';
import { PERMISSION, PERMISSION_FIELDS, PERMISSION_LIST, PERMISSION_LIST_FIELDS } from './shape.ts';
import { permissionView } from './view.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions';
const WRITE = ['drive', 'drive.file'];
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
const one = { tier: 'drive', traits: { fields: PERMISSION_FIELDS, shape: PERMISSION } };
const PATH = '/drive/v3/files/{fileId}/permissions';
type PermissionPath = 'GET /{fileId}/{permissionId}';

export const permissionEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'GET /{fileId}'>(
    {
      id: 'drive.permissions.list',
      route: `GET ${PATH}` as 'GET /{fileId}',
      scopes: READ,
      tier: 'drive',
      traits: { fields: PERMISSION_LIST_FIELDS, shape: PERMISSION_LIST },
      doc: `${DOC}/list`,
    },
    (call) => listed(call, call.params.fileId),
  ),
  endpoint<GoogleActor, 'GET /{fileId}'>(
    {
      id: 'drive.permissions.create',
      input: PERMISSION_BODY,
      route: `POST ${PATH}` as 'GET /{fileId}',
      scopes: WRITE,
      doc: `${DOC}/create`,
      ...one,
    },
    (call) => {
      const viewer = driveViewer(call);
      const given = addPermission(call.world, viewer, call.params.fileId, input(call), options(call));
      return view(call, call.params.fileId, given);
    },
  ),
  endpoint<GoogleActor, PermissionPath>(
    {
      id: 'drive.permissions.get',
      route: `GET ${PATH}/{permissionId}` as PermissionPath,
      scopes: READ,
      doc: `${DOC}/get`,
      ...one,
    },
    (call) => {
      const holder = readable(call, call.params.fileId);
      return view(call, call.params.fileId, permissionIn(holder, call.params.permissionId));
    },
  ),
  endpoint<GoogleActor, PermissionPath>(
    {
      id: 'drive.permissions.update',
      input: PERMISSION_BODY,
      route: `PATCH ${PATH}/{permissionId}` as PermissionPath,
      scopes: WRITE,
      doc: `${DOC}/update`,
      ...one,
    },
    (call) => {
      const { fileId, permissionId } = call.params;
      const viewer = driveViewer(call);
      const next = changePermission(call.world, viewer, fileId, permissionId, input(call), options(call));
      return view(call, fileId, next);
    },
  ),
  endpoint<GoogleActor, PermissionPath>(
    {
      id: 'drive.permissions.delete',
      route: `DELETE ${PATH}/{permissionId}` as PermissionPath,
      scopes: WRITE,
      tier: 'drive',
      status: 204,
      doc: `${DOC}/delete`,
    },
    (call) => removePermission(call.world, driveViewer(call), call.params.fileId, call.params.permissionId),
  ),
];

type DriveCall = Call<GoogleActor>;

const input = (call: DriveCall): PermissionInput => (call.input ?? {}) as PermissionInput;
const options = ({ query }: DriveCall) => ({
  transferOwnership: query.get('transferOwnership')?.toLowerCase() === 'true',
});

/** Readers may not see who else has access. */
function readable(call: DriveCall, fileId: string) {
  const viewer = driveViewer(call);
  const holder = holderOf(call.world, viewer, fileId);
  if (holder.file && !atLeast(roleOf(call.world, holder.file, viewer.email), 'writer'))
    throw noPermission(fileId);
  return holder;
}

/** All at once: a file has few. */
function listed(call: DriveCall, fileId: string): Record<string, unknown> {
  const permissions = permissionsOf(readable(call, fileId));
  return { kind: 'drive#permissionList', permissions: permissions.map((row) => view(call, fileId, row)) };
}

function view(call: DriveCall, fileId: string, permission: Permission): Record<string, unknown> {
  const holder = holderOfQuietly(call, fileId);
  return permissionView(call.world, permission, holder);
}

/** The shared drive of a file, if it is in one; the viewer may have given up their own access just now. */
function holderOfQuietly(call: DriveCall, fileId: string): string | undefined {
  const holder = holderOf(call.world, driveViewer(call), fileId);
  return holder.file?.driveId ?? holder.drive?.id;
}
