/**
 * Uploads: metadata with media in one `multipart/related` body, or media alone.
 * https://developers.google.com/workspace/drive/api/guides/manage-uploads
 */
import type { Call } from '../../../../src/twin.ts';
import { badRequest } from '../../errors.ts';
import { boundaryOf, type Part, partsOf } from '../../wire/multipart.ts';
import type { Source } from '../model/native.ts';

/** What an upload request carries. */
export interface UploadParts {
  /** As it came: to be checked. */
  metadata: unknown;
  source: Source;
}

/** Reads an upload by its `uploadType`. Throws `badRequest` for a body that is none. */
export function uploadParts(call: Call): UploadParts {
  const type = contentType(call);
  const asked = call.query.get('uploadType');
  if (asked !== null && !TYPES.has(asked)) throw badRequest(`Invalid upload type: ${asked}`, 'uploadType');
  if (asked === 'multipart' || (asked === null && type.startsWith('multipart/'))) return related(call, type);
  return { metadata: {}, source: { bytes: call.body.bytes, type: mediaTypeOf(type) } };
}

const TYPES = new Set(['media', 'multipart', 'resumable']);

const contentType = (call: Call): string => String(call.request.headers['content-type'] ?? '');
const mediaTypeOf = (type: string): string =>
  type.split(';', 1)[0]?.trim().toLowerCase() || 'application/octet-stream';

/** RFC 2387: the first part is JSON, the second the media. */
function related(call: Call, type: string): UploadParts {
  const boundary = boundaryOf(type);
  if (!boundary) throw badRequest('Missing multipart boundary', 'body');
  const [head, media] = partsOf(call.body.bytes, boundary, PARTS_MAX);
  if (!head || !media) throw badRequest('Malformed multipart body.', 'body');
  return {
    metadata: parsed(head.body),
    source: { bytes: decoded(media), type: mediaTypeOf(media.headers['content-type'] ?? '') },
  };
}

const PARTS_MAX = 4;

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8') || '{}') as unknown;
  } catch {
    throw badRequest('Parse Error', 'body');
  }
}

const decoded = (media: Part): Uint8Array =>
  media.headers['content-transfer-encoding']?.toLowerCase() === 'base64'
    ? Buffer.from(media.body.toString('utf8'), 'base64')
    : media.body;
