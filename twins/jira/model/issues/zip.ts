/**
 * What is in a zip file, read from its central directory.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.12, 4.3.16)
 */
import { ZIP_ENTRIES_MAX } from '../../limits.ts';

export interface ZipEntry {
  name: string;
  /** Bytes, unpacked. */
  size: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const COMMENT_BYTES_MAX = 65_535;

/** The files in a zip, folders left out, in its order; none where it is no zip or is torn. */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = endOf(bytes);
  if (end === undefined) return [];
  const entries: ZipEntry[] = [];
  const count = Math.min(bytes.readUInt16LE(end + 10), ZIP_ENTRIES_MAX);
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) return [];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const text = bytes.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + name);
    if (!text.endsWith('/')) entries.push({ name: text, size: bytes.readUInt32LE(at + 24) });
    at += CENTRAL_BYTES + name + extra + comment;
  }
  return entries;
}

/** Where the end of the central directory is told: last in the file, but for a comment. */
function endOf(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) if (bytes.readUInt32LE(at) === END) return at;
  return undefined;
}
