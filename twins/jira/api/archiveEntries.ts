/** What is in an archive that hangs on an issue: for programs, and as people read it. */
import { refused } from '../errors.ts';
import { ARCHIVE_ENTRIES_SHOWN } from '../limits.ts';
import { mediaTypeOf } from '../model/issues/mediaTypes.ts';
import { type ZipEntry, zipEntries } from '../model/issues/zip.ts';
import type { Attachment } from '../world.ts';

/** Archives of kinds that are not opened. */
const CLOSED = new Set([
  'application/gzip',
  'application/vnd.rar',
  'application/x-7z-compressed',
  'application/x-tar',
]);

/** 409 for an archive of another kind; nothing for a file that is no archive, or torn. */
function entriesOf(file: Attachment): ZipEntry[] {
  if (CLOSED.has(file.mimeType) || CLOSED.has(mediaTypeOf(file.filename)))
    throw refused('conflict', 'The archive format is not supported.');
  return zipEntries(Buffer.from(file.content, 'base64'));
}

export function machineEntries(file: Attachment): Record<string, unknown> {
  const all = entriesOf(file);
  return {
    entries: all.slice(0, ARCHIVE_ENTRIES_SHOWN).map(({ name, size }, entryIndex) => ({
      abbreviatedName: abbreviated(name),
      entryIndex,
      mediaType: mediaTypeOf(name),
      name,
      size,
    })),
    totalEntryCount: all.length,
  };
}

export function humanEntries(file: Attachment): Record<string, unknown> {
  const all = entriesOf(file);
  return {
    id: Number(file.id),
    name: file.filename,
    entries: all.slice(0, ARCHIVE_ENTRIES_SHOWN).map(({ name, size }, index) => ({
      path: name,
      index,
      size: readable(size),
      mediaType: mediaTypeOf(name),
      label: abbreviated(name),
    })),
    totalEntryCount: all.length,
    mediaType: file.mimeType,
  };
}

const NAME_CHARS_SHOWN = 40;

/** `long/path/thanks/to/.../reach/the/leaf.txt`: the beginning and the end of a long path. */
function abbreviated(path: string): string {
  if (path.length <= NAME_CHARS_SHOWN) return path;
  const parts = path.split('/');
  if (parts.length < 3) return path;
  const [head, tail]: [string[], string[]] = [[], [parts.pop() as string]];
  const long = () => [...head, '...', ...tail].join('/').length;
  for (let fromHead = true; parts.length > 0; fromHead = !fromHead) {
    const part = (fromHead ? parts[0] : parts.at(-1)) as string;
    if (long() + part.length + 1 > NAME_CHARS_SHOWN + 3) break;
    if (fromHead) head.push(parts.shift() as string);
    else tail.unshift(parts.pop() as string);
  }
  return [...head, ...(parts.length > 0 ? ['...'] : []), ...tail].join('/');
}

const KB = 1_024;

/** Bytes as people read them: `1.36 MB`, `119 kB`, `0.0 k`. */
export function readable(bytes: number): string {
  if (bytes >= KB * KB) return `${(bytes / KB / KB).toFixed(2)} MB`;
  return bytes >= KB ? `${Math.round(bytes / KB)} kB` : `${(bytes / KB).toFixed(1)} k`;
}
