/**
 * The picture at an address, as far as the universe can know. One of its own Drive is read as Google would fetch it:
 * without a user, so that it must be shared with everybody. One elsewhere is not fetched: it is taken to be there.
 * https://developers.google.com/workspace/docs/api/how-tos/images
 */
import { downloadedBytes } from '../../../drive/model/content.ts';
import { files } from '../../../drive/world.ts';
import { type Job, refuse } from '../batch/job.ts';
import { type Pixels, pixelsOf } from './imageBytes.ts';

const URI_BYTES_MAX = 2_048;
const IMAGE_BYTES_MAX = 50 * 1024 * 1024;
const IMAGE_PIXELS_MAX = 25_000_000;
/** Of a picture of which nothing is known. */
const UNKNOWN: Pixels = { width: 400, height: 400 };

/** Throws 400 for an address that Docs would not fetch, or from which the universe knows that there is no such picture. */
export function fetchedImage(job: Job, uri: string | undefined): Pixels {
  if (!uri) throw refuse(job, 'The URL should not be empty.');
  if (Buffer.byteLength(uri) > URI_BYTES_MAX) throw refuse(job, 'The URL is too long.');
  if (!/^https?:\/\/[^/\s]+/.test(uri) || !URL.canParse(uri)) throw unavailable(job);
  const id = driveId(uri);
  return id ? driveImage(job, id) : (saidSize(uri) ?? UNKNOWN);
}

const unavailable = (job: Job): Error =>
  refuse(
    job,
    'There was a problem retrieving the image. The provided image should be publicly accessible, within size limit, ' +
      'and in supported formats.',
  );

function driveImage(job: Job, id: string): Pixels {
  const file = job.world.get(files, id);
  if (!file) throw refuse(job, 'The provided image was not found.');
  if (!file.permissions.some(({ type }) => type === 'anyone'))
    throw refuse(job, 'Access to the provided image was forbidden.');
  const bytes = file.size === undefined ? new Uint8Array() : downloadedBytes(job.world, file);
  const pixels = pixelsOf(bytes);
  if (!pixels) throw unavailable(job);
  if (bytes.length > IMAGE_BYTES_MAX || pixels.width * pixels.height > IMAGE_PIXELS_MAX)
    throw refuse(job, 'The provided image is too large.');
  return pixels;
}

/** The Drive file that an address downloads. */
function driveId(uri: string): string | undefined {
  const { hostname, pathname, searchParams } = new URL(uri);
  if (!/(^|\.)(google|googleapis|googleusercontent)\.com$/.test(hostname)) return undefined;
  const [, inPath] = /\/(?:file\/d|d|files)\/([\w-]{20,})/.exec(pathname) ?? [];
  return (
    inPath ?? (/^\/(uc|open|thumbnail)$/.test(pathname) ? (searchParams.get('id') ?? undefined) : undefined)
  );
}

/** Placeholder services and many file names say the size: `100x100.png`. */
function saidSize(uri: string): Pixels | undefined {
  const [, width, height] = /(?:^|[^\d])(\d{1,4})x(\d{1,4})(?![\dx])/.exec(new URL(uri).pathname) ?? [];
  return Number(width) > 0 && Number(height) > 0
    ? { width: Number(width), height: Number(height) }
    : undefined;
}
