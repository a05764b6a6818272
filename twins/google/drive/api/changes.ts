/** The log of changes. https://developers.google.com/workspace/drive/api/reference/rest/v3/changes */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest } from '../../errors.ts';
import { CHANGES_PAGE_DEFAULT, CHANGES_PAGE_MAX } from '../../limits.ts';
import { changedFile, changesFrom, startPageToken } from '../model/change.ts';
import type { Change } from '../world.ts';
import { CHANGE_LIST, CHANGE_LIST_FIELDS } from './shape.ts';
import { fileView } from './view.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/changes';
const READ = [
  ...['drive', 'drive.appdata', 'drive.file', 'drive.meet.readonly', 'drive.metadata'],
  ...['drive.metadata.readonly', 'drive.photos.readonly', 'drive.readonly'],
];

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
      startPageToken: startPageToken(call.world, driveViewer(call)),
    }),
  ),
  endpoint<GoogleActor, string>(
    {
      id: 'drive.changes.list',
      route: 'GET /drive/v3/changes',
      scopes: READ,
      tier: 'drive',
      traits: { fields: CHANGE_LIST_FIELDS, shape: CHANGE_LIST },
      doc: `${DOC}/list`,
    },
    (call) => changeList(call),
  ),
];

/** Page tokens are the numbers of changes, so that a saved one stays good whatever happens. */
function changeList(call: Call<GoogleActor>): Record<string, unknown> {
  const { world, query } = call;
  const viewer = driveViewer(call);
  const token = query.get('pageToken');
  if (!token) throw badRequest('Required parameter: pageToken', 'pageToken');
  const limit = Number(query.get('pageSize') ?? CHANGES_PAGE_DEFAULT);
  if (!Number.isInteger(limit) || limit < 1 || limit > CHANGES_PAGE_MAX)
    throw badRequest(
      `Invalid value '${query.get('pageSize')}'. Values must be within the range: [1, ${CHANGES_PAGE_MAX}]`,
      'pageSize',
    );
  const page = changesFrom(world, viewer, token).page({ limit });
  const last = page.items.at(-1)?.seq;
  return {
    kind: 'drive#changeList',
    ...(page.more && last !== undefined
      ? { nextPageToken: String(last + 1) }
      : { newStartPageToken: startPageToken(world, viewer) }),
    changes: page.items.map((row) => changeView(call, row)),
  };
}

function changeView(call: Call<GoogleActor>, row: Change): Record<string, unknown> {
  const viewer = driveViewer(call);
  const file = changedFile(call.world, viewer, row);
  return {
    kind: 'drive#change',
    type: 'file',
    changeType: 'file',
    time: row.time,
    removed: file === undefined,
    fileId: row.fileId,
    ...(file ? { file: fileView(call.world, viewer, file) } : {}),
  };
}
