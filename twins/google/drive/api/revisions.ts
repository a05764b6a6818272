/** Revisions. https://developers.google.com/workspace/drive/api/reference/rest/v3/revisions */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { REVISIONS_PAGE_DEFAULT, REVISIONS_PAGE_MAX } from '../../limits.ts';
import { rangeOf } from '../../wire/page.ts';
import { editRevisionsOf } from '../model/editRevision.ts';
import {
  type AnyRevision,
  deleteRevision,
  type RevisionInput,
  revisionBytes,
  revisionIn,
  revisionsFor,
  updateRevision,
} from '../model/revision.ts';
import { media, requireContentScope } from './download.ts';
import { exportLinks, publishedLink } from './links.ts';
import { REVISION_BODY } from './schema.ts';
import { REVISION_FIELDS, REVISION_LIST_FIELDS } from './shape.ts';
import { userView } from './sharingView.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/revisions';
const WRITE = ['drive', 'drive.appdata', 'drive.file'];
const READ = [
  ...WRITE,
  ...['drive.meet.readonly', 'drive.metadata', 'drive.metadata.readonly', 'drive.photos.readonly'],
  'drive.readonly',
];
const ALL = '/drive/v3/files/{fileId}/revisions';
const ONE = `${ALL}/{revisionId}`;
const one = { tier: 'drive', traits: { fields: REVISION_FIELDS } };
type Ids = 'GET /{fileId}/{revisionId}';
type RevisionCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'revisionId', string>>;
};

const on = (
  name: string,
  route: string,
  more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
  handle: (call: RevisionCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, Ids>(
    { id: `drive.revisions.${name}`, route: route as Ids, doc: `${DOC}/${name}`, ...one, ...more },
    handle,
  );

export const revisionEndpoints: readonly Endpoint[] = [
  on(
    'list',
    `GET ${ALL}`,
    {
      scopes: READ,
      traits: { fields: REVISION_LIST_FIELDS },
      page: { style: 'drive', key: 'revisions', default: REVISIONS_PAGE_DEFAULT, max: REVISIONS_PAGE_MAX },
    },
    (call) =>
      list(
        rangeOf(revisionsFor(call.world, driveViewer(call), call.params.fileId)),
        (row) => revisionView(call, row),
        { kind: 'drive#revisionList' },
      ),
  ),
  on('get', `GET ${ONE}`, { scopes: READ }, (call) => {
    const { fileId, revisionId } = call.params;
    if (call.query.get('alt') === 'media') return downloadRevision(call);
    return revisionView(call, revisionIn(call.world, driveViewer(call), fileId, revisionId));
  }),
  on('update', `PATCH ${ONE}`, { scopes: WRITE, input: REVISION_BODY }, (call) => {
    const { fileId, revisionId } = call.params;
    const input = (call.input ?? {}) as RevisionInput;
    return revisionView(
      call,
      updateRevision(call.world, driveViewer(call), fileId, revisionId, writable(input)),
    );
  }),
  on('delete', `DELETE ${ONE}`, { scopes: WRITE, status: 204, traits: {} }, (call) =>
    deleteRevision(call.world, driveViewer(call), call.params.fileId, call.params.revisionId),
  ),
];

/** Read-only fields are passed over. */
const writable = ({ keepForever, published, publishAuto, publishedOutsideDomain }: RevisionInput) => ({
  ...(keepForever === undefined ? {} : { keepForever }),
  ...(published === undefined ? {} : { published }),
  ...(publishAuto === undefined ? {} : { publishAuto }),
  ...(publishedOutsideDomain === undefined ? {} : { publishedOutsideDomain }),
});

/** The bytes of a revision. Throws what `revisionBytes` throws. */
export function downloadRevision(call: RevisionCall) {
  const { fileId, revisionId } = call.params;
  requireContentScope(call);
  const row = revisionBytes(call.world, driveViewer(call), fileId, revisionId);
  return media(call, Buffer.from(row.bytes, 'base64'), row.mimeType);
}

/** A revision as one viewer sees it. */
export function revisionView(call: RevisionCall, { kind, file, row }: AnyRevision): Record<string, unknown> {
  return {
    kind: 'drive#revision',
    id: row.id,
    mimeType: kind === 'content' ? row.mimeType : file.mimeType,
    modifiedTime: row.modifiedTime,
    lastModifyingUser: userView(call.world, driveViewer(call), row.lastModifyingUser),
    ...(kind === 'content'
      ? {
          keepForever: row.keepForever,
          originalFilename: row.originalFilename,
          size: row.size,
          md5Checksum: row.md5Checksum,
        }
      : {
          published: row.published ?? false,
          publishAuto: row.publishAuto ?? false,
          publishedOutsideDomain: row.publishedOutsideDomain ?? false,
          ...(row.published ? { publishedLink: publishedLink(call.world, file) } : {}),
          // What older revisions said is not kept, so there is nothing to export of them.
          ...(editRevisionsOf(call.world, file).at(-1)?.id === row.id ? exportLinks(call.world, file) : {}),
        }),
  };
}
