/** Revisions and shared drives as older programs ask for them. https://developers.google.com/workspace/drive/api/reference/rest/v2/revisions */
import { type Call, type Endpoint, list } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import {
  DRIVES_PAGE_DEFAULT,
  DRIVES_PAGE_MAX,
  REVISIONS_PAGE_DEFAULT,
  REVISIONS_PAGE_MAX,
} from '../../../limits.ts';
import { flag, message } from '../../../schema.ts';
import { rangeOf } from '../../../wire/page.ts';
import { driveFor } from '../../model/access.ts';
import { searchDrives } from '../../model/driveSearch.ts';
import {
  type AnyRevision,
  deleteRevision,
  revisionIn,
  revisionsFor,
  updateRevision,
} from '../../model/revision.ts';
import {
  createDrive,
  type DriveInput,
  deleteDrive,
  setHidden,
  updateDrive,
} from '../../model/sharedDrive.ts';
import type { SharedDrive } from '../../world.ts';
import { driveView } from '../driveView.ts';
import { downloadRevision, revisionView } from '../revisions.ts';
import { DRIVE_BODY } from '../schema.ts';
import { driveViewer, said } from '../viewer.ts';
import { READ_V2 } from './files.ts';
import { etagOf, rootV2, userV2 } from './fileV2.ts';
import { operation } from './operation.ts';

type OtherCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'revisionId' | 'driveId', string>>;
};

const on = operation<'fileId' | 'revisionId' | 'driveId'>();
const paged = (usual: number, max: number) => ({
  page: { style: 'drive', key: 'items', default: usual, max },
  traits: { pageSize: 'maxResults' },
});

const REVISIONS = '/drive/v2/files/{fileId}/revisions';
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const REVISION = message(
  Object.fromEntries(
    ['pinned', 'published', 'publishAuto', 'publishedOutsideDomain'].map((name) => [name, flag]),
  ),
);

const revisionsV2: readonly Endpoint[] = [
  on(
    'revisions.list',
    `GET ${REVISIONS}`,
    { scopes: READ_V2, ...paged(REVISIONS_PAGE_DEFAULT, REVISIONS_PAGE_MAX) },
    (call) =>
      list(
        rangeOf(revisionsFor(call.world, driveViewer(call), call.params.fileId)),
        (row) => revision(call, row),
        {
          kind: 'drive#revisionList',
          selfLink: `${rootV2(call.world)}/files/${call.params.fileId}/revisions`,
        },
      ),
  ),
  on('revisions.get', `GET ${REVISIONS}/{revisionId}`, { scopes: READ_V2 }, (call) => {
    if (call.query.get('alt') === 'media') return downloadRevision(call);
    return revision(
      call,
      revisionIn(call.world, driveViewer(call), call.params.fileId, call.params.revisionId),
    );
  }),
  ...['PATCH', 'PUT'].map((method) =>
    on(
      `revisions.${method === 'PUT' ? 'update' : 'patch'}`,
      `${method} ${REVISIONS}/{revisionId}`,
      { scopes: WRITE, input: REVISION },
      (call) => {
        const { pinned, ...rest } = (call.input ?? {}) as Record<string, boolean | undefined>;
        const given = pinned === undefined ? rest : { ...rest, keepForever: pinned };
        const { fileId, revisionId } = call.params;
        return revision(call, updateRevision(call.world, driveViewer(call), fileId, revisionId, given));
      },
    ),
  ),
  on('revisions.delete', `DELETE ${REVISIONS}/{revisionId}`, { scopes: WRITE, status: 204 }, (call) =>
    deleteRevision(call.world, driveViewer(call), call.params.fileId, call.params.revisionId),
  ),
];

function revision(call: OtherCall, row: AnyRevision): Record<string, unknown> {
  const { modifiedTime, keepForever, size, lastModifyingUser, ...rest } = revisionView(call, row);
  const { fileId } = call.params;
  const self = `${rootV2(call.world)}/files/${fileId}/revisions/${rest.id}`;
  const user = userV2(lastModifyingUser);
  return {
    ...rest,
    etag: etagOf(String(modifiedTime)),
    selfLink: self,
    modifiedDate: modifiedTime,
    lastModifyingUser: user,
    lastModifyingUserName: user.displayName,
    ...(keepForever === undefined ? {} : { pinned: keepForever }),
    ...(size === undefined ? {} : { fileSize: size, downloadUrl: `${self}?alt=media` }),
  };
}

const DRIVES = '/drive/v2/drives';
const ONE = `${DRIVES}/{driveId}`;
const change = { scopes: ['drive'], input: DRIVE_BODY };
const look = { scopes: ['drive', 'drive.readonly'] };

const drivesV2: readonly Endpoint[] = [
  on('drives.list', `GET ${DRIVES}`, { ...look, ...paged(DRIVES_PAGE_DEFAULT, DRIVES_PAGE_MAX) }, (call) =>
    list(
      searchDrives(call.world, driveViewer(call), call.query.get('q'), asAdmin(call)),
      (row) => drive(call, row),
      {
        kind: 'drive#driveList',
      },
    ),
  ),
  on('drives.get', `GET ${ONE}`, look, (call) =>
    drive(call, driveFor(call.world, driveViewer(call), call.params.driveId, 'reader', asAdmin(call))),
  ),
  on('drives.insert', `POST ${DRIVES}`, change, (call) =>
    drive(call, createDrive(call.world, driveViewer(call), call.query.get('requestId'), input(call))),
  ),
  on('drives.update', `PUT ${ONE}`, change, (call) =>
    drive(call, updateDrive(call.world, driveViewer(call), call.params.driveId, input(call), asAdmin(call))),
  ),
  ...[true, false].map((hidden) => {
    const name = hidden ? 'hide' : 'unhide';
    return on(`drives.${name}`, `POST ${ONE}/${name}`, { scopes: ['drive'] }, (call) =>
      drive(call, setHidden(call.world, driveViewer(call), call.params.driveId, hidden)),
    );
  }),
  on('drives.delete', `DELETE ${ONE}`, { scopes: ['drive'], status: 204 }, (call) =>
    deleteDrive(call.world, driveViewer(call), call.params.driveId, {
      asAdmin: asAdmin(call),
      allowItemDeletion: said(call, 'allowItemDeletion'),
    }),
  ),
];

const asAdmin = (call: OtherCall): boolean => said(call, 'useDomainAdminAccess');
const input = (call: OtherCall): DriveInput => (call.input ?? {}) as DriveInput;

function drive(call: OtherCall, row: SharedDrive): Record<string, unknown> {
  const { createdTime, ...rest } = driveView(call, row, asAdmin(call));
  return { ...rest, createdDate: createdTime };
}

export const othersV2: readonly Endpoint[] = [...revisionsV2, ...drivesV2];
