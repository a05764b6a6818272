/**
 * Uploads in every form: media alone, metadata with media, in pieces by the older protocol (`Content-Range`) and by the
 * newer one (`X-Goog-Upload-*`). https://developers.google.com/workspace/drive/api/guides/manage-uploads
 */
import { type Call, type Endpoint, endpoint, type Reply, reply } from '../../../../src/twin.ts';
import { violations } from '../../../../src/validate.ts';
import { header } from '../../../../src/wire.ts';
import type { GoogleActor } from '../../actor.ts';
import { badRequest } from '../../errors.ts';
import { UPLOAD_CHUNK_BYTES } from '../../limits.ts';
import type { Viewer } from '../model/access.ts';
import { createFile, type FileInput, updateFile } from '../model/file.ts';
import {
  cancelUpload,
  continueUpload,
  openedUpload,
  openUpload,
  type Piece,
  pieceOf,
} from '../model/upload.ts';
import type { FileRow } from '../world.ts';
import { keepingOf, moveOf } from './asked.ts';
import { uploadParts } from './upload.ts';
import { driveViewer } from './viewer.ts';

type UploadCall = Call<GoogleActor>;

/** How one version of the API names what an upload makes. */
export interface Dialect {
  /** Names of the operations that make and change files. */
  create: string;
  update: string;
  /** `/drive/v3/files` */
  path: string;
  /** How content is replaced: v3 patches, v2 puts. */
  updates: 'PATCH' | 'PUT';
  /** JSON Schema of the metadata. */
  body: Record<string, unknown>;
  input(call: UploadCall, metadata: Record<string, unknown>): FileInput;
  /** The file as the viewer sees it. */
  show(call: UploadCall, viewer: Viewer, file: FileRow): unknown;
  /** The editors' kind that an upload of a type is to become. */
  converts?(call: UploadCall, type: string): string | undefined;
  traits: Record<string, unknown>;
  doc: string;
}

const SCOPES = ['drive', 'drive.appdata', 'drive.file'];

/** The upload endpoints of one version. */
export function uploadEndpoints(dialect: Dialect): Endpoint[] {
  const { create, update, path, updates, traits, doc } = dialect;
  const all = { tier: 'drive', traits, doc };
  const on = (id: string, route: string, handle: (call: UploadCall) => unknown, open: boolean = false) =>
    endpoint<GoogleActor, string>(
      { id, route, ...all, ...(open ? { auth: 'none' as const } : { scopes: SCOPES }) },
      handle,
    );
  const goOn = (call: UploadCall) => continued(dialect, call);
  const begin = (call: UploadCall) => uploaded(dialect, call);
  const files = `/upload${path}`;
  return [
    on(create, `POST ${files}`, begin),
    on(create, `PUT ${files}`, goOn, true),
    on(create, `DELETE ${files}`, cancelled, true),
    on(create, `POST /resumable${files}`, begin),
    on(update, `${updates} ${files}/{fileId}`, begin),
    ...(updates === 'PATCH' ? [on(update, `PUT ${files}/{fileId}`, goOn, true)] : []),
    // Google's Go library, and rclone, send the bytes of every session by POST.
    on(update, `POST ${files}/{fileId}`, begin),
    on(update, `DELETE ${files}/{fileId}`, cancelled, true),
    on(update, `${updates} /resumable${files}/{fileId}`, begin),
  ];
}

function uploaded(dialect: Dialect, call: UploadCall): unknown {
  if (call.query.has('upload_id')) return continued(dialect, call);
  const { world, params } = call;
  if (isResumable(call)) return opened(dialect, call);
  const { metadata, source } = uploadParts(call);
  const input = read(dialect, call, metadata, source.type);
  const viewer = driveViewer(call);
  const file =
    params.fileId === undefined
      ? createFile(world, viewer, input, source, keepingOf(call))
      : updateFile(world, viewer, params.fileId, input, moveOf(call), source, keepingOf(call));
  return dialect.show(call, viewer, file);
}

const isResumable = (call: UploadCall): boolean =>
  call.query.get('uploadType') === 'resumable' ||
  call.request.path.startsWith('/resumable/') ||
  /^resumable$/i.test(named(call, 'protocol') ?? '');

/** A header of the newer protocol. */
const named = ({ request }: UploadCall, name: string): string | undefined =>
  header(request.headers, `x-goog-upload-${name}`);

/** The metadata of an upload, with what it is to become. Throws `invalid` for what has another shape. */
function read(dialect: Dialect, call: UploadCall, metadata: unknown, type: string): FileInput {
  if (violations(dialect.body, metadata).length > 0) throw badRequest('Parse Error', 'body');
  const input = dialect.input(call, metadata as Record<string, unknown>);
  const converted = call.params.fileId === undefined ? dialect.converts?.(call, type) : undefined;
  return converted ? { ...input, mimeType: converted } : input;
}

/** Answers where the bytes are to go. */
function opened(dialect: Dialect, call: UploadCall): Reply {
  const { world, request, params } = call;
  const said = (older: string, newer: string) => header(request.headers, older) ?? named(call, newer);
  const contentType = said('x-upload-content-type', 'header-content-type') ?? 'application/octet-stream';
  const length = said('x-upload-content-length', 'header-content-length');
  const metadata = read(dialect, call, call.input ?? {}, contentType);
  const id = openUpload(world, driveViewer(call), {
    metadata,
    contentType,
    options: { ...keepingOf(call), ...moveOf(call) },
    ...(params.fileId === undefined ? {} : { fileId: params.fileId }),
    ...(length && /^\d+$/.test(length) ? { total: Number(length) } : {}),
  });
  const query = new URLSearchParams(call.query);
  query.set('uploadType', 'resumable');
  query.set('upload_id', id);
  const address = `${world.base()}${request.path.replace(/^\/resumable/, '')}?${query}`;
  const newer: [string, string][] = named(call, 'command')
    ? [
        ['x-goog-upload-url', address],
        ['x-goog-upload-control-url', address],
        ['x-goog-upload-status', 'active'],
        ['x-goog-upload-chunk-granularity', String(UPLOAD_CHUNK_BYTES)],
      ]
    : [];
  return reply({
    raw: true,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['location', address],
      ['x-guploader-uploadid', id],
      ...newer,
    ],
  });
}

/** Takes bytes for the session that `upload_id` names: 308 while some are missing, then the file. */
function continued(dialect: Dialect, call: UploadCall): unknown {
  const id = call.query.get('upload_id');
  if (!id) throw badRequest('Missing upload_id.', 'upload_id');
  const command = named(call, 'command');
  if (command && /cancel/.test(command)) return cancelled(call);
  const piece = command
    ? pieceNamed(call, command)
    : pieceOf(header(call.request.headers, 'content-range'), length(call));
  const state = continueUpload(call.world, id, call.body.bytes, piece);
  if ('file' in state) return dialect.show(call, openedUpload(call.world, id).viewer, state.file);
  if (command)
    return reply({
      raw: true,
      headers: [
        ['x-goog-upload-status', 'active'],
        ['x-goog-upload-size-received', String(state.received)],
      ],
    });
  const upTo = state.received - 1;
  return reply({
    status: 308,
    raw: true,
    headers: [['x-guploader-uploadid', id], ...(upTo < 0 ? [] : ([['range', `bytes=0-${upTo}`]] as const))],
  });
}

const length = ({ body }: UploadCall): number => body.bytes.length;

/** `X-Goog-Upload-Command: upload, finalize` with `X-Goog-Upload-Offset`. */
function pieceNamed(call: UploadCall, command: string): Piece {
  if (/query/.test(command)) return {};
  const from = Number(named(call, 'offset') ?? 0);
  return { from, ...(/finalize/.test(command) ? { last: true } : {}) };
}

/** Ended by the client: 499, as the vendor says it. */
function cancelled(call: UploadCall): Reply {
  cancelUpload(call.world, call.query.get('upload_id') ?? '');
  return reply({ status: 499, raw: true, headers: [['content-length', '0']] });
}
