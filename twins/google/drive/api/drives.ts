/** Shared drives. https://developers.google.com/workspace/drive/api/reference/rest/v3/drives */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { DRIVES_PAGE_DEFAULT, DRIVES_PAGE_MAX } from '../../limits.ts';
import { driveFor } from '../model/access.ts';
import { searchDrives } from '../model/driveSearch.ts';
import { createDrive, type DriveInput, deleteDrive, setHidden, updateDrive } from '../model/sharedDrive.ts';
import type { SharedDrive } from '../world.ts';
import { driveView } from './driveView.ts';
import { DRIVE_BODY } from './schema.ts';
import { DRIVE_FIELDS, DRIVE_LIST_FIELDS } from './shape.ts';
import { driveViewer, said } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/drives';
const one = { tier: 'drive', traits: { fields: DRIVE_FIELDS } };
const ALL = '/drive/v3/drives';
const ONE = `${ALL}/{driveId}`;
type DriveCall = Call<GoogleActor> & { readonly params: Readonly<Record<'driveId', string>> };
type DrivePath = 'GET /{driveId}';

const on = (
  name: string,
  route: string,
  more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
  handle: (call: DriveCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, DrivePath>(
    { id: `drive.drives.${name}`, route: route as DrivePath, doc: `${DOC}/${name}`, ...one, ...more },
    handle,
  );

const READ = { scopes: ['drive', 'drive.readonly'] };
const WRITE = { scopes: ['drive'] };

export const driveEndpoints: readonly Endpoint[] = [
  on(
    'list',
    `GET ${ALL}`,
    {
      ...READ,
      page: { style: 'drive', key: 'drives', default: DRIVES_PAGE_DEFAULT, max: DRIVES_PAGE_MAX },
      traits: { fields: DRIVE_LIST_FIELDS },
    },
    (call) =>
      list(
        searchDrives(call.world, driveViewer(call), call.query.get('q'), asAdmin(call)),
        (row) => ({ ...view(call, row), ...(asAdmin(call) ? { orgUnitId: ORG_UNIT } : {}) }),
        { kind: 'drive#driveList' },
      ),
  ),
  on('create', `POST ${ALL}`, { ...WRITE, input: DRIVE_BODY }, (call) =>
    view(call, createDrive(call.world, driveViewer(call), call.query.get('requestId'), input(call))),
  ),
  on('get', `GET ${ONE}`, READ, (call) =>
    view(call, driveFor(call.world, driveViewer(call), call.params.driveId, 'reader', asAdmin(call))),
  ),
  on('update', `PATCH ${ONE}`, { ...WRITE, input: DRIVE_BODY }, (call) => {
    const { driveId } = call.params;
    return view(call, updateDrive(call.world, driveViewer(call), driveId, input(call), asAdmin(call)));
  }),
  on('hide', `POST ${ONE}/hide`, WRITE, (call) =>
    view(call, setHidden(call.world, driveViewer(call), call.params.driveId, true)),
  ),
  on('unhide', `POST ${ONE}/unhide`, WRITE, (call) =>
    view(call, setHidden(call.world, driveViewer(call), call.params.driveId, false)),
  ),
  on('delete', `DELETE ${ONE}`, { ...WRITE, status: 204, traits: {} }, (call) =>
    deleteDrive(call.world, driveViewer(call), call.params.driveId, {
      asAdmin: asAdmin(call),
      allowItemDeletion: said(call, 'allowItemDeletion'),
    }),
  ),
];

/** The whole domain is one organizational unit. */
const ORG_UNIT = '03ph8a2z1';

const input = (call: DriveCall): DriveInput => (call.input ?? {}) as DriveInput;
const asAdmin = (call: DriveCall): boolean => said(call, 'useDomainAdminAccess');
const view = (call: DriveCall, row: SharedDrive) => driveView(call, row, asAdmin(call));
