/** Who the viewer is, and what has changed, in the second version. https://developers.google.com/workspace/drive/api/reference/rest/v2/about */
import type { Call, Endpoint } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import { googleError } from '../../../errors.ts';
import { CHANGES_PAGE_DEFAULT, CHANGES_PAGE_MAX } from '../../../limits.ts';
import { pageSizeOf } from '../../../wire/page.ts';
import {
  driveThemes,
  EXPORT_FORMATS,
  FOLDER_COLORS,
  IMPORT_BYTES_MAX,
  IMPORT_FORMATS,
} from '../../formats.ts';
import { rootOf } from '../../model/access.ts';
import { type ChangeFilter, changesFrom, type SeenChange, startPageToken } from '../../model/change.ts';
import { storageOf } from '../../model/storage.ts';
import { timestamp } from '../../world.ts';
import { userView } from '../sharingView.ts';
import { driveViewer, said } from '../viewer.ts';
import { READ_V2 } from './files.ts';
import { etagOf, fileV2, rootV2, userV2 } from './fileV2.ts';
import { operation } from './operation.ts';

const on = (
  name: string,
  route: string,
  handle: (call: Call<GoogleActor>) => unknown,
  traits: Record<string, unknown> = {},
): Endpoint => operation<string>()(name, route, { scopes: READ_V2, traits }, handle);

export const aboutV2: readonly Endpoint[] = [
  on('about.get', 'GET /drive/v2/about', about),
  on('changes.getStartPageToken', 'GET /drive/v2/changes/startPageToken', (call) => ({
    kind: 'drive#startPageToken',
    startPageToken: startPageToken(call.world, driveViewer(call), call.query.get('driveId') ?? undefined),
  })),
  on('changes.get', 'GET /drive/v2/changes/{changeId}', (call) => {
    const id = call.params.changeId ?? '';
    const [seen] = changesFrom(call.world, driveViewer(call), id, filterOf(call), 1).items;
    if (seen?.seq === Number(id)) return change(call, seen);
    throw googleError('notFound', { message: `Change not found: ${id}` });
  }),
  on('changes.list', 'GET /drive/v2/changes', changes, { pageSize: 'maxResults' }),
];

function about(call: Call<GoogleActor>): Record<string, unknown> {
  const { world } = call;
  const viewer = driveViewer(call);
  const storage = storageOf(world, viewer);
  const user = userV2(userView(world, viewer, viewer.email));
  const kinds = (formats: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(formats).map(([source, targets]) => ({ source, targets }));
  return {
    kind: 'drive#about',
    etag: etagOf(timestamp(world.now())),
    selfLink: `${rootV2(world)}/about`,
    name: user.displayName,
    user,
    quotaBytesTotal: storage.limit,
    quotaBytesUsed: storage.usageInDrive,
    quotaBytesUsedAggregate: storage.usage,
    quotaBytesUsedInTrash: storage.usageInDriveTrash,
    quotaType: 'LIMITED',
    quotaBytesByService: [{ serviceName: 'DRIVE', bytesUsed: storage.usageInDrive }],
    largestChangeId: String(Number(startPageToken(world, viewer)) - 1),
    rootFolderId: rootOf(world, viewer.email),
    permissionId: user.permissionId,
    domainSharingPolicy: 'allowed',
    isCurrentAppInstalled: true,
    languageCode: 'en-US',
    importFormats: kinds(IMPORT_FORMATS),
    exportFormats: kinds(EXPORT_FORMATS),
    maxUploadSizes: Object.entries(IMPORT_BYTES_MAX).map(([type, size]) => ({ type, size })),
    folderColorPalette: FOLDER_COLORS,
    driveThemes: driveThemes(),
    teamDriveThemes: driveThemes(),
    canCreateDrives: true,
    canCreateTeamDrives: true,
  };
}

function changes(call: Call<GoogleActor>): Record<string, unknown> {
  const { world, query } = call;
  const viewer = driveViewer(call);
  const token = query.get('pageToken') ?? query.get('startChangeId') ?? '1';
  const filter = filterOf(call);
  const limit = pageSizeOf(call, CHANGES_PAGE_DEFAULT, CHANGES_PAGE_MAX);
  const page = changesFrom(world, viewer, token, filter, limit);
  const last = page.items.at(-1)?.seq;
  const next = startPageToken(world, viewer, filter.driveId);
  return {
    kind: 'drive#changeList',
    etag: etagOf(timestamp(world.now())),
    selfLink: `${rootV2(world)}/changes`,
    largestChangeId: String(Number(next) - 1),
    ...(page.more && last !== undefined ? { nextPageToken: String(last + 1) } : { newStartPageToken: next }),
    items: page.items.map((seen) => change(call, seen)),
  };
}

/** Which changes are wanted, in the older parameters. */
function filterOf(call: Call<GoogleActor>): ChangeFilter {
  const { query } = call;
  const driveId = query.get('driveId') ?? query.get('teamDriveId') ?? undefined;
  return {
    driveId,
    allDrives: driveId !== undefined || said(call, 'includeItemsFromAllDrives', 'includeTeamDriveItems'),
    restrictToMyDrive: query.get('includeSubscribed')?.toLowerCase() === 'false',
    includeRemoved: query.get('includeDeleted')?.toLowerCase() !== 'false',
    includeCorpusRemovals: said(call, 'includeCorpusRemovals'),
    spaces: ['drive'],
  };
}

function change(
  call: Call<GoogleActor>,
  { row, seq, time, removed, file }: SeenChange,
): Record<string, unknown> {
  return {
    kind: 'drive#change',
    type: row.kind,
    changeType: row.kind,
    id: String(seq),
    selfLink: `${rootV2(call.world)}/changes/${seq}`,
    fileId: row.fileId,
    modificationDate: time,
    deleted: removed,
    ...(file ? { file: fileV2(call.world, driveViewer(call), file) } : {}),
  };
}
