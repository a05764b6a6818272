/** Resumable uploads. https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable */
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { violations } from '../../../../src/validate.ts';
import { header } from '../../../../src/wire.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest } from '../../errors.ts';
import type { FileInput } from '../model/file.ts';
import { continueUpload, openUpload } from '../model/upload.ts';
import { FILE_BODY } from './schema.ts';
import { FILE, FILE_FIELDS } from './shape.ts';
import { fileView } from './view.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable';
const SCOPES = ['drive', 'drive.appdata', 'drive.file'];
const one = { scopes: SCOPES, tier: 'drive', traits: { fields: FILE_FIELDS, shape: FILE }, doc: DOC };

export const resumableEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    { id: 'drive.files.create', route: 'POST /resumable/upload/drive/v3/files', ...one },
    (call) => opened(call),
  ),
  endpoint<GoogleActor, string>(
    { id: 'drive.files.create', route: 'PUT /upload/drive/v3/files', ...one },
    (call) => continued(call),
  ),
  endpoint<GoogleActor, string>(
    { id: 'drive.files.update', route: 'PATCH /resumable/upload/drive/v3/files/{fileId}', ...one },
    (call) => opened(call),
  ),
  endpoint<GoogleActor, string>(
    { id: 'drive.files.update', route: 'PUT /upload/drive/v3/files/{fileId}', ...one },
    (call) => continued(call),
  ),
  // Google's Go library, and rclone, send the bytes of every session by POST.
  endpoint<GoogleActor, string>(
    { id: 'drive.files.update', route: 'POST /upload/drive/v3/files/{fileId}', ...one },
    (call) => continued(call),
  ),
];

/** Answers where the bytes are to go. */
export function opened(call: Call<GoogleActor>) {
  const { world, request, params } = call;
  const contentType = header(request.headers, 'x-upload-content-type') ?? 'application/octet-stream';
  if (violations(FILE_BODY, call.input).length > 0) throw badRequest('Parse Error', 'body');
  const metadata = call.input as FileInput;
  const id = openUpload(world, driveViewer(call), { metadata, contentType, fileId: params.fileId });
  const query = new URLSearchParams(call.query);
  query.set('uploadType', 'resumable');
  query.set('upload_id', id);
  const path = request.path.replace(/^\/resumable/, '');
  return reply({
    raw: true,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['location', `${world.base()}${path}?${query}`],
      ['x-guploader-uploadid', id],
    ],
  });
}

/** Takes bytes for the session that `upload_id` names: 308 while some are missing, then the file. */
export function continued(call: Call<GoogleActor>) {
  const id = call.query.get('upload_id');
  if (!id) throw badRequest('Missing upload_id.', 'upload_id');
  const range = header(call.request.headers, 'content-range');
  const state = continueUpload(call.world, id, call.body.bytes, range);
  if ('file' in state) return fileView(call.world, driveViewer(call), state.file);
  const upTo = state.received - 1;
  return reply({ status: 308, raw: true, headers: upTo < 0 ? [] : [['range', `bytes=0-${upTo}`]] });
}
