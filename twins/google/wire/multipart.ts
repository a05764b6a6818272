/** Bodies of several parts: `multipart/related` (RFC 2387) and `multipart/mixed` (RFC 2046). */

/** One part; names of headers in lower case. */
export interface Part {
  headers: Record<string, string>;
  body: Buffer;
}

/** The boundary that a content type says; undefined where it says none. */
export function boundaryOf(contentType: string): string | undefined {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** The parts between a boundary's marks, at most `partsMax` of them. */
export function partsOf(bytes: Uint8Array, boundary: string, partsMax: number): Part[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = whole.indexOf(mark);
  while (at >= 0 && parts.length < partsMax) {
    const from = at + mark.length;
    const next = whole.indexOf(mark, from);
    if (next < 0) break;
    parts.push(messageOf(trimmed(whole.subarray(from, next))));
    at = next;
  }
  return parts;
}

/** Headers up to the empty line, and what is behind it; `bytes` begin with the headers. */
export function messageOf(bytes: Buffer): Part {
  const empty = /^\r?\n/.exec(bytes.toString('latin1', 0, 2))?.[0];
  if (empty) return { headers: Object.create(null), body: bytes.subarray(empty.length) };
  const crlf = bytes.indexOf('\r\n\r\n');
  const end = crlf >= 0 ? crlf : bytes.indexOf('\n\n');
  const headers: Record<string, string> = Object.create(null);
  for (const line of bytes.toString('utf8', 0, end < 0 ? bytes.length : end).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body: end < 0 ? Buffer.alloc(0) : bytes.subarray(end + (crlf >= 0 ? 4 : 2)) };
}

/** Without the line breaks that belong to the boundaries. */
function trimmed(bytes: Buffer): Buffer {
  let from = 0;
  let to = bytes.length;
  if (bytes[from] === 13) from++;
  if (bytes[from] === 10) from++;
  if (bytes[to - 1] === 10) to--;
  if (bytes[to - 1] === 13) to--;
  return bytes.subarray(from, Math.max(from, to));
}
