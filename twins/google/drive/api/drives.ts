/** Shared drives. https://developers.google.com/workspace/drive/api/reference/rest/v3/drives */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { DRIVES_PAGE_DEFAULT, DRIVES_PAGE_MAX } from '../../limits.ts';
import { driveFor } from '../model/access.ts';
import {
  createDrive,
  type DriveInput,
  deleteDrive,
  drivesOf,
  setHidden,
  updateDrive,
} from '../model/sharedDrive.ts';
import { driveView } from './driveView.ts';
import { DRIVE_BODY } from './schema.ts';
import { DRIVE, DRIVE_FIELDS, DRIVE_LIST, DRIVE_LIST_FIELDS } from './shape.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/drives';
const one = { tier: 'drive', traits: { fields: DRIVE_FIELDS, shape: DRIVE } };
const ONE = '/drive/v3/drives/{driveId}';
type DriveCall = Call<GoogleActor> & { readonly params: Readonly<Record<'driveId', string>> };
type DrivePath = 'GET /{driveId}';

const on = (
  name: string,
  route: string,
  scopes: readonly string[],
  handle: (call: DriveCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, DrivePath>(
    {
      id: `drive.drives.${name}`,
      route: route as DrivePath,
      scopes,
      doc: `${DOC}/${name}`,
      input: DRIVE_BODY,
      ...one,
    },
    handle,
  );

export const driveEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'drive.drives.list',
      route: 'GET /drive/v3/drives',
      scopes: ['drive', 'drive.readonly'],
      tier: 'drive',
      page: { style: 'drive', key: 'drives', default: DRIVES_PAGE_DEFAULT, max: DRIVES_PAGE_MAX },
      traits: { fields: DRIVE_LIST_FIELDS, shape: DRIVE_LIST },
      doc: `${DOC}/list`,
    },
    (call) =>
      list(drivesOf(call.world, driveViewer(call)), (row) => driveView(call, row), {
        kind: 'drive#driveList',
      }),
  ),
  on('create', 'POST /drive/v3/drives', ['drive'], (call) =>
    driveView(call, createDrive(call.world, driveViewer(call), call.query.get('requestId'), input(call))),
  ),
  on('get', `GET ${ONE}`, ['drive', 'drive.readonly'], (call) =>
    driveView(call, driveFor(call.world, driveViewer(call), call.params.driveId, 'reader')),
  ),
  on('update', `PATCH ${ONE}`, ['drive'], (call) =>
    driveView(call, updateDrive(call.world, driveViewer(call), call.params.driveId, input(call))),
  ),
  on('hide', `POST ${ONE}/hide`, ['drive'], (call) =>
    driveView(call, setHidden(call.world, driveViewer(call), call.params.driveId, true)),
  ),
  on('unhide', `POST ${ONE}/unhide`, ['drive'], (call) =>
    driveView(call, setHidden(call.world, driveViewer(call), call.params.driveId, false)),
  ),
  endpoint<GoogleActor, DrivePath>(
    {
      id: 'drive.drives.delete',
      route: `DELETE ${ONE}` as DrivePath,
      scopes: ['drive'],
      tier: 'drive',
      status: 204,
      doc: `${DOC}/delete`,
    },
    (call) => deleteDrive(call.world, driveViewer(call), call.params.driveId),
  ),
];

const input = (call: DriveCall): DriveInput => (call.input ?? {}) as DriveInput;
