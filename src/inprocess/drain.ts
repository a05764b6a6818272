/** Reads bodies whose length nobody knows beforehand. */

/**
 * All bytes of `chunks`; past `limit` bytes it stops reading and hands over what it has, so that the twin refuses the
 * body as too large. Text chunks count as UTF-8.
 */
export async function drained(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> | ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks as AsyncIterable<Uint8Array | string>) {
    const part = Buffer.from(chunk as Uint8Array);
    parts.push(part);
    bytes += part.length;
    // Leaving the loop cancels a stream.
    if (bytes > limit) break;
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}
