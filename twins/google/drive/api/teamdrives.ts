/** Shared drives by their old name. https://developers.google.com/workspace/drive/api/reference/rest/v3/teamdrives */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { DRIVES_PAGE_DEFAULT, DRIVES_PAGE_MAX } from '../../limits.ts';
import { driveFor } from '../model/access.ts';
import { searchDrives } from '../model/driveSearch.ts';
import { createDrive, type DriveInput, deleteDrive, updateDrive } from '../model/sharedDrive.ts';
import type { SharedDrive } from '../world.ts';
import { driveView } from './driveView.ts';
import { DRIVE_BODY } from './schema.ts';
import { driveViewer, said } from './viewer.ts';

type DriveCall = Call<GoogleActor> & { readonly params: Readonly<Record<'teamDriveId', string>> };
type Path = 'GET /{teamDriveId}';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/teamdrives';

/** The endpoints of one version of the API: v2 inserts and puts, and calls the rows items. */
export function teamDriveEndpoints(version: 'v2' | 'v3'): readonly Endpoint[] {
  const old = version === 'v2';
  const all = `/drive/${version}/teamdrives`;
  const one = `${all}/{teamDriveId}`;
  const plain = old ? {} : { traits: { fields: 'kind,id,name' } };
  const on = (
    name: string,
    route: string,
    more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
    handle: (call: DriveCall) => unknown,
  ): Endpoint =>
    endpoint<GoogleActor, Path>(
      {
        id: `${old ? 'drive.v2' : 'drive'}.teamdrives.${name}`,
        route: route as Path,
        tier: 'drive',
        doc: `${DOC}/${name}`,
        ...more,
      },
      handle,
    );
  const key = old ? 'items' : 'teamDrives';
  const page = { style: 'drive', key, default: DRIVES_PAGE_DEFAULT, max: DRIVES_PAGE_MAX };
  const read = { scopes: ['drive', 'drive.readonly'] };
  const write = { scopes: ['drive'], input: DRIVE_BODY, ...plain };
  const listed = old ? {} : { traits: { fields: 'kind,nextPageToken,teamDrives(kind,id,name)' } };
  return [
    on(
      'list',
      `GET ${all}`,
      { ...read, page, ...(old ? { traits: { pageSize: 'maxResults' } } : listed) },
      (call) =>
        list(
          searchDrives(call.world, driveViewer(call), call.query.get('q'), asAdmin(call)),
          (row) => view(call, row),
          {
            kind: 'drive#teamDriveList',
          },
        ),
    ),
    on(old ? 'insert' : 'create', `POST ${all}`, write, (call) =>
      view(call, createDrive(call.world, driveViewer(call), call.query.get('requestId'), input(call))),
    ),
    on('get', `GET ${one}`, { ...read, ...plain }, (call) =>
      view(call, driveFor(call.world, driveViewer(call), call.params.teamDriveId, 'reader', asAdmin(call))),
    ),
    on('update', `${old ? 'PUT' : 'PATCH'} ${one}`, write, (call) =>
      view(
        call,
        updateDrive(call.world, driveViewer(call), call.params.teamDriveId, input(call), asAdmin(call)),
      ),
    ),
    on('delete', `DELETE ${one}`, { scopes: ['drive'], status: 204 }, (call) =>
      deleteDrive(call.world, driveViewer(call), call.params.teamDriveId, {
        asAdmin: false,
        allowItemDeletion: false,
      }),
    ),
  ];
}

const asAdmin = (call: DriveCall): boolean => said(call, 'useDomainAdminAccess');

/** What was a team is now a drive. */
function input(call: DriveCall): DriveInput {
  const { restrictions, ...rest } = (call.input ?? {}) as { restrictions?: Record<string, unknown> };
  return (restrictions ? { ...rest, restrictions: renamed(restrictions, NAMES) } : rest) as DriveInput;
}

const NAMES: Readonly<Record<string, string>> = { teamMembersOnly: 'driveMembersOnly' };
const OLD_NAMES: Readonly<Record<string, string>> = {
  driveMembersOnly: 'teamMembersOnly',
  canChangeDriveBackground: 'canChangeTeamDriveBackground',
  canChangeDriveMembersOnlyRestriction: 'canChangeTeamMembersOnlyRestriction',
  canDeleteDrive: 'canDeleteTeamDrive',
  canRenameDrive: 'canRenameTeamDrive',
  canResetDriveRestrictions: 'canResetTeamDriveRestrictions',
};

function view(call: DriveCall, row: SharedDrive): Record<string, unknown> {
  const {
    kind: _kind,
    hidden: _hidden,
    capabilities,
    restrictions,
    ...rest
  } = driveView(call, row, asAdmin(call));
  return {
    kind: 'drive#teamDrive',
    ...rest,
    capabilities: renamed((capabilities ?? {}) as object, OLD_NAMES),
    ...(restrictions ? { restrictions: renamed(restrictions as object, OLD_NAMES) } : {}),
  };
}

const renamed = (value: object, names: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [names[name] ?? name, inner]));
