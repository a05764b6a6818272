/** The log of changes, and channels that tell of it. https://developers.google.com/workspace/drive/api/reference/rest/v3/changes */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest } from '../../errors.ts';
import { CHANGES_CHANNEL_MS_MAX, CHANGES_PAGE_DEFAULT, CHANGES_PAGE_MAX } from '../../limits.ts';
import { pageSizeOf } from '../../wire/page.ts';
import {
  type ChangeFilter,
  changesFrom,
  readAs,
  type SeenChange,
  type Space,
  startPageToken,
} from '../model/change.ts';
import { openChannel } from '../model/watch.ts';
import { channelInput, channelView, watchedUri } from './channels.ts';
import { driveView } from './driveView.ts';
import { CHANNEL_BODY } from './schema.ts';
import { CHANGE_LIST_FIELDS } from './shape.ts';
import { fileView } from './view.ts';
import { driveViewer, said } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/changes';
const READ = [
  ...['drive', 'drive.appdata', 'drive.file', 'drive.meet.readonly', 'drive.metadata'],
  ...['drive.metadata.readonly', 'drive.photos.readonly', 'drive.readonly'],
];
type ChangeCall = Call<GoogleActor>;

export const changeEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'drive.changes.getStartPageToken',
      route: 'GET /drive/v3/changes/startPageToken',
      scopes: READ,
      tier: 'drive',
      doc: `${DOC}/getStartPageToken`,
    },
    (call) => ({
      kind: 'drive#startPageToken',
      startPageToken: startPageToken(call.world, driveViewer(call), filterOf(call).driveId),
    }),
  ),
  endpoint<GoogleActor, string>(
    {
      id: 'drive.changes.list',
      route: 'GET /drive/v3/changes',
      scopes: READ,
      tier: 'drive',
      traits: { fields: CHANGE_LIST_FIELDS },
      doc: `${DOC}/list`,
    },
    (call) => changeList(call),
  ),
  endpoint<GoogleActor, string>(
    {
      id: 'drive.changes.watch',
      route: 'POST /drive/v3/changes/watch',
      input: CHANNEL_BODY,
      scopes: READ,
      tier: 'drive',
      doc: `${DOC}/watch`,
    },
    (call) => watch(call),
  ),
];

/** Page tokens are the numbers of changes, so that a saved one stays good whatever happens. */
function changeList(call: ChangeCall): Record<string, unknown> {
  const { world } = call;
  const viewer = driveViewer(call);
  const filter = filterOf(call);
  const limit = pageSizeOf(call, CHANGES_PAGE_DEFAULT, CHANGES_PAGE_MAX);
  const page = changesFrom(world, viewer, pageTokenOf(call), filter, limit);
  const last = page.items.at(-1)?.seq;
  return {
    kind: 'drive#changeList',
    ...(page.more && last !== undefined
      ? { nextPageToken: String(last + 1) }
      : { newStartPageToken: startPageToken(world, viewer, filter.driveId) }),
    changes: page.items.map((seen) => changeView(call, seen)),
  };
}

function watch(call: ChangeCall): Record<string, unknown> {
  const { world } = call;
  const viewer = driveViewer(call);
  const filter = filterOf(call);
  pageTokenOf(call);
  const channel = openChannel(world, viewer, channelInput(call), {
    who: readAs(world, viewer, filter),
    resource: `changes ${filter.driveId ?? ''}`,
    resourceUri: watchedUri(call, 'changes', {
      includeCorpusRemovals: filter.includeCorpusRemovals,
      includeItemsFromAllDrives: filter.allDrives,
      includeRemoved: filter.includeRemoved,
      pageSize: call.query.get('pageSize') ?? CHANGES_PAGE_DEFAULT,
      pageToken: pageTokenOf(call),
      restrictToMyDrive: filter.restrictToMyDrive,
      spaces: filter.spaces.join(','),
      supportsAllDrives: said(call, 'supportsAllDrives'),
      ...(filter.driveId === undefined ? {} : { driveId: filter.driveId }),
    }),
    restrictToMyDrive: filter.restrictToMyDrive,
    includeRemoved: filter.includeRemoved,
    livesMsMax: CHANGES_CHANNEL_MS_MAX,
  });
  return channelView(channel);
}

function pageTokenOf({ query }: ChangeCall): string {
  const token = query.get('pageToken');
  if (!token) throw badRequest('Required parameter: pageToken', 'pageToken');
  return token;
}

/** Throws `invalid` for a space that is none. */
function spacesOf({ query }: ChangeCall): Space[] {
  return (query.get('spaces') ?? 'drive').split(',').map((name) => {
    const space = name.trim();
    if (space === 'drive' || space === 'appDataFolder') return space;
    throw badRequest('Invalid Value', 'spaces');
  });
}

function filterOf(call: ChangeCall): ChangeFilter {
  const { query } = call;
  const driveId = query.get('driveId') ?? query.get('teamDriveId') ?? undefined;
  return {
    driveId,
    allDrives:
      driveId !== undefined || said(call, 'includeItemsFromAllDrives') || said(call, 'includeTeamDriveItems'),
    spaces: spacesOf(call),
    restrictToMyDrive: said(call, 'restrictToMyDrive'),
    includeRemoved: query.get('includeRemoved')?.toLowerCase() !== 'false',
    includeCorpusRemovals: said(call, 'includeCorpusRemovals'),
  };
}

function changeView(call: ChangeCall, seen: SeenChange): Record<string, unknown> {
  const { row, removed, time, file, drive } = seen;
  const shared =
    row.kind === 'drive' ? { driveId: row.fileId, teamDriveId: row.fileId } : { fileId: row.fileId };
  return {
    kind: 'drive#change',
    type: row.kind === 'drive' ? 'teamDrive' : 'file',
    changeType: row.kind,
    time,
    removed,
    ...shared,
    ...(file ? { file: fileView(call.world, driveViewer(call), file) } : {}),
    ...(drive ? { drive: driveView(call, drive), teamDrive: teamDriveOf(driveView(call, drive)) } : {}),
  };
}

const teamDriveOf = (view: Record<string, unknown>) => ({
  kind: 'drive#teamDrive',
  id: view.id,
  name: view.name,
});
