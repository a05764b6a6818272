/**
 * Google's own pages that links lead to. Who is not signed in (no program is, by a token) is sent to the sign-in, but
 * for files that anyone with the link may see; bytes and exports are also for who sends a token.
 */
import { escaped } from '../../../../src/html.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { addressOf } from '../../address.ts';
import { fileNotFound, visibleFile } from '../model/access.ts';
import { downloadedBytes } from '../model/content.ts';
import { type FileRow, files } from '../world.ts';
import { download, exported } from './download.ts';
import { EDITOR_PAGES, EXPORT_PATHS, formatNamed } from './links.ts';
import { driveViewer } from './viewer.ts';

type PageCall = Call<GoogleActor>;

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/files';

const page = (id: string, path: string, handle: (call: PageCall) => unknown): Endpoint =>
  endpoint<GoogleActor, string>({ id, route: `GET ${path}`, auth: 'none', doc: DOC }, handle);

export const pageEndpoints: readonly Endpoint[] = [
  page('signInPage', '/ServiceLogin', () => html('Sign in - Google Accounts')),
  ...Object.values(EDITOR_PAGES).map((editor) => page('editorPage', `/${editor}/d/{fileId}/edit`, shown)),
  page('filePage', '/file/d/{fileId}/view', shown),
  page('folderPage', '/drive/folders/{fileId}', shown),
  page('thumbnailLink', '/thumbnail', (call) => given(call, (file) => thumbnail(call, file))),
  page('downloadLink', '/uc', (call) => given(call, (file) => download(call, file))),
  ...Object.values(EXPORT_PATHS).map((path) =>
    page('exportLink', path, (call) =>
      given(call, (file) => exported(call, file, formatNamed(file, call.query.get('exportFormat')))),
    ),
  ),
];

/** The page of a file. */
function shown(call: PageCall) {
  const file = call.world.get(files, call.params.fileId ?? '');
  return file && isOpen(file) ? html(file.name) : signIn(call);
}

/** What is in a file, for who may have it. */
function given(call: PageCall, give: (file: FileRow) => unknown): unknown {
  const id = call.query.get('id') ?? '';
  const signedIn = call.actor as GoogleActor | undefined;
  if (signedIn) return give(visibleFile(call.world, driveViewer(call), id));
  const file = call.world.get(files, id);
  return file && isOpen(file) ? give(file) : signIn(call);
}

/** In the size that it has: pictures are not scaled. */
function thumbnail(call: PageCall, file: FileRow) {
  if (!file.thumbnail && !file.imageMediaMetadata) throw fileNotFound(file.id);
  const body = file.thumbnail
    ? Buffer.from(file.thumbnail.image, 'base64')
    : downloadedBytes(call.world, file);
  return reply({ raw: true, body, headers: [['content-type', file.thumbnail?.mimeType ?? file.mimeType]] });
}

const isOpen = (file: FileRow): boolean => file.permissions.some(({ type }) => type === 'anyone');

function signIn({ world, request }: PageCall) {
  const { base, path, query } = request;
  const asked = `${base}${path}${query ? `?${query}` : ''}`;
  const to = `${addressOf(world, 'accounts.google.com')}/ServiceLogin?continue=${encodeURIComponent(asked)}`;
  return reply({ status: 302, raw: true, headers: [['location', to]] });
}

const html = (title: string) =>
  reply({
    raw: true,
    headers: [['content-type', 'text/html; charset=utf-8']],
    body: `<!DOCTYPE html>\n<title>${escaped(title)}</title>\n`,
  });
