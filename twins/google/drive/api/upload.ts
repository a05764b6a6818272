/**
 * Uploads: metadata with media in one `multipart/related` body, or media alone.
 * https://developers.google.com/workspace/drive/api/guides/manage-uploads
 */
import type { Call } from '../../../../src/twin.ts';
import { violations } from '../../../../src/validate.ts';
import { badRequest } from '../../errors.ts';
import type { FileInput } from '../model/file.ts';
import type { Source } from '../model/native.ts';
import { FILE_BODY } from './schema.ts';

/** What an upload request carries. */
export interface UploadParts {
  metadata: FileInput;
  source: Source;
}

/** Reads an upload by its `uploadType`. Throws `badRequest` for a body that is none. */
export function uploadParts(call: Call): UploadParts {
  const type = contentType(call);
  if (call.query.get('uploadType') === 'multipart' || type.startsWith('multipart/'))
    return related(call, type);
  return { metadata: {}, source: { bytes: call.body.bytes, type: mediaTypeOf(type) } };
}

const contentType = (call: Call): string => String(call.request.headers['content-type'] ?? '');
const mediaTypeOf = (type: string): string =>
  type.split(';', 1)[0]?.trim().toLowerCase() || 'application/octet-stream';

/** RFC 2387: the first part is JSON, the second the media. */
function related(call: Call, type: string): UploadParts {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) throw badRequest('Missing multipart boundary', 'body');
  const [head, media] = split(Buffer.from(call.body.bytes), boundary);
  if (!head || !media) throw badRequest('Malformed multipart body.', 'body');
  return {
    metadata: parsed(head.body),
    source: { bytes: decoded(media), type: mediaTypeOf(media.headers['content-type'] ?? '') },
  };
}

interface Part {
  headers: Record<string, string>;
  body: Buffer;
}

const PARTS_MAX = 4;

function split(bytes: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = bytes.indexOf(mark);
  while (at >= 0 && parts.length < PARTS_MAX) {
    const from = at + mark.length;
    const next = bytes.indexOf(mark, from);
    if (next < 0) break;
    parts.push(part(bytes.subarray(from, next)));
    at = next;
  }
  return parts;
}

function part(bytes: Buffer): Part {
  const whole = trimLine(bytes);
  const crlf = whole.indexOf('\r\n\r\n');
  const end = crlf >= 0 ? crlf : whole.indexOf('\n\n');
  const headers: Record<string, string> = Object.create(null);
  for (const line of whole.subarray(0, Math.max(end, 0)).toString('utf8').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body: end < 0 ? whole : whole.subarray(end + (crlf >= 0 ? 4 : 2)) };
}

/** Without the line breaks that belong to the boundaries. */
function trimLine(bytes: Buffer): Buffer {
  let from = 0;
  let to = bytes.length;
  if (bytes[from] === 13) from++;
  if (bytes[from] === 10) from++;
  if (bytes[to - 1] === 10) to--;
  if (bytes[to - 1] === 13) to--;
  return bytes.subarray(from, Math.max(from, to));
}

function parsed(bytes: Buffer): FileInput {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8') || '{}');
    if (violations(FILE_BODY, value).length === 0) return value as FileInput;
  } catch {
    // Said below in the vendor's words.
  }
  throw badRequest('Parse Error', 'body');
}

const decoded = (media: Part): Uint8Array =>
  media.headers['content-transfer-encoding']?.toLowerCase() === 'base64'
    ? Buffer.from(media.body.toString('utf8'), 'base64')
    : media.body;
