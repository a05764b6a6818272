/**
 * Bytes of files as they came, whole or in parts, and editors' files in another format.
 * https://developers.google.com/workspace/drive/api/guides/manage-downloads
 */
import { type Call, type Reply, reply } from '../../../../src/twin.ts';
import { header } from '../../../../src/wire.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError } from '../../errors.ts';
import { shortScope } from '../../identity/scopes.ts';
import { checkDownload } from '../model/capabilities.ts';
import { downloadedBytes } from '../model/content.ts';
import { exportFile } from '../model/export.ts';
import type { FileRow } from '../world.ts';
import { driveViewer } from './viewer.ts';

type DriveCall = Call<GoogleActor>;

const CONTENT = new Set([
  ...[
    'drive',
    'drive.appdata',
    'drive.file',
    'drive.meet.readonly',
    'drive.photos.readonly',
    'drive.readonly',
  ],
]);

/** The bytes of a file. Throws `insufficientPermissions`, `cannotDownloadFile`, `fileNotDownloadable`. */
export function download(call: DriveCall, file: FileRow): Reply {
  // Nobody is signed in where a link is followed to a file that is open to anyone.
  if (call.actor as GoogleActor | undefined) {
    requireContentScope(call);
    checkDownload(call.world, driveViewer(call), file);
  }
  return media(call, downloadedBytes(call.world, file), file.mimeType);
}

/** Throws `insufficientPermissions` for a token that reaches metadata only. */
export function requireContentScope({ actor }: DriveCall): void {
  if (!actor.scopes.some((scope) => CONTENT.has(shortScope(scope))))
    throw googleError('insufficientPermissions');
}

/** Bytes, or the parts of them that a `Range` names (RFC 9110 §14). */
export function media(call: DriveCall, bytes: Uint8Array, type: string): Reply {
  const headers: [string, string][] = [
    ['content-disposition', 'attachment'],
    ['cache-control', 'private, max-age=0, must-revalidate'],
    ['vary', 'Origin, X-Origin'],
    ['x-content-type-options', 'nosniff'],
    ['accept-ranges', 'bytes'],
  ];
  const ranges = rangesOf(header(call.request.headers, 'range'), bytes.length);
  if (!ranges) return reply({ raw: true, body: bytes, headers: [['content-type', type], ...headers] });
  const [first, ...more] = ranges;
  if (!first)
    return reply({
      status: 416,
      raw: true,
      body: 'Request range not satisfiable',
      headers: [
        ['content-type', 'text/html; charset=UTF-8'],
        ['content-range', `bytes */${bytes.length}`],
      ],
    });
  if (more.length > 0) return several(bytes, type, ranges, headers);
  return reply({
    status: 206,
    raw: true,
    body: bytes.subarray(first.from, first.to + 1),
    headers: [['content-type', type], ['content-range', rangeText(first, bytes.length)], ...headers],
  });
}

/** An editor's file in another format. Throws what `exportFile` throws. */
export function exported(call: DriveCall, file: FileRow, format: string | null): Reply {
  const { bytes, contentType, extension } = exportFile(call.world, file, format);
  const name = file.name.replace(/[^A-Za-z0-9._-]/g, '');
  return reply({
    raw: true,
    body: bytes,
    headers: [
      ['content-type', contentType],
      [
        'content-disposition',
        `attachment; filename="${name}.${extension}"; filename*=UTF-8''${encodeURIComponent(`${file.name}.${extension}`)}`,
      ],
      ['cache-control', 'private, max-age=0, must-revalidate, no-transform'],
      ['vary', 'Origin, X-Origin'],
      ['x-content-type-options', 'nosniff'],
    ],
  });
}

interface Span {
  from: number;
  /** Included. */
  to: number;
}

/** Ranges of one request; more are not looked at. */
const RANGES_MAX = 100;

/** What a `Range` names of so many bytes; undefined where it says nothing that can be read. */
function rangesOf(text: string | undefined, length: number): Span[] | undefined {
  const list = /^bytes=(.+)$/.exec(text?.trim() ?? '')?.[1];
  if (list === undefined) return undefined;
  const spans: Span[] = [];
  for (const part of list.split(',', RANGES_MAX)) {
    const [, from = '', to = ''] = /^\s*(\d*)-(\d*)\s*$/.exec(part) ?? [];
    if (from === '' && to === '') return undefined;
    const span =
      from === ''
        ? { from: Math.max(0, length - Number(to)), to: length - 1 }
        : { from: Number(from), to: Math.min(to === '' ? length - 1 : Number(to), length - 1) };
    if (to !== '' && from !== '' && Number(to) < Number(from)) return undefined;
    if (span.from <= span.to) spans.push(span);
  }
  return spans;
}

const rangeText = ({ from, to }: Span, length: number): string => `bytes ${from}-${to}/${length}`;

function several(
  bytes: Uint8Array,
  type: string,
  spans: readonly Span[],
  headers: [string, string][],
): Reply {
  const boundary = `${BOUNDARY}${spans.map(({ from, to }) => `${from}.${to}`).join('_')}`.slice(0, 70);
  const parts = spans.flatMap((span) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${rangeText(span, bytes.length)}\r\n\r\n`,
    ),
    bytes.subarray(span.from, span.to + 1),
  ]);
  return reply({
    status: 206,
    raw: true,
    body: Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: [['content-type', `multipart/byteranges; boundary=${boundary}`], ...headers],
  });
}

const BOUNDARY = 'part_of_file_';
