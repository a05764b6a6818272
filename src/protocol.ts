/**
 * What differs between the protocols that an exchange may come by (HTTP/1.1 and HTTP/2, plain or in TLS), behind one
 * face: Node's request and response objects, whose compatibility for HTTP/2 ends at these four places.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HeaderMap } from './wire.ts';

/** RFC 9113, section 7. Not read of `node:http2`, which takes ten milliseconds to load and most servers never speak. */
const HTTP2_INTERNAL_ERROR = 0x2;

const streamOf = (message: unknown): ServerHttp2Stream | undefined =>
  (message as { stream?: ServerHttp2Stream }).stream;

/** Whether a body follows. HTTP/2 says so by the head's end, HTTP/1.1 by a header. */
export function hasBody(req: IncomingMessage): boolean {
  const stream = streamOf(req);
  if (stream) return !(stream as ServerHttp2Stream & { endAfterHeaders: boolean }).endAfterHeaders;
  return req.headers['content-length'] !== undefined || req.headers['transfer-encoding'] !== undefined;
}

/** The headers as HTTP/1.1 has them: `:authority` is `host`, the other pseudo headers are no headers. */
export function headersOf(req: IncomingMessage): HeaderMap {
  if (!streamOf(req)) return req.headers;
  const headers: Record<string, string | string[] | undefined> = {};
  for (const name of Object.keys(req.headers)) if (!name.startsWith(':')) headers[name] = req.headers[name];
  const authority = req.headers[':authority'];
  if (authority !== undefined) headers.host = authority;
  return headers;
}

/** What HTTP/2 has no use for: RFC 9113, 8.2.2. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Writes status and headers (names and values in turn); throws where a header cannot be sent. */
export function sendHead(res: ServerResponse, status: number, flat: readonly string[]): void {
  const stream = streamOf(res);
  if (!stream) return void res.writeHead(status, flat as string[]);
  const headers: Record<string, string | string[]> = {};
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    const before = headers[name];
    const value = flat[i + 1] as string;
    if (!CONNECTION_HEADERS.has(name)) headers[name] = before === undefined ? value : [before, value].flat();
  }
  res.writeHead(status, headers);
}

/** Cuts an exchange short without an answer: its stream of HTTP/2, else its connection. */
export function cutOff(req: IncomingMessage): void {
  const stream = streamOf(req);
  if (stream) stream.close(HTTP2_INTERNAL_ERROR);
  else cutSocket(req.socket);
}

/** Runs `after` when the exchange's stream or connection is gone. */
export function onceCut(req: IncomingMessage, after: () => void): void {
  (streamOf(req) ?? req.socket).once('close', after);
}

const carriers = new WeakMap<Duplex, Duplex>();

/** Remembers that `socket` (TLS) runs over `carrier`, which is what a reset must hit. */
export function carriedBy(socket: Duplex, carrier: Duplex): void {
  carriers.set(socket, carrier);
}

/** Ends a connection as a crash does: by a reset, where the socket knows resets. */
export function cutSocket(socket: Duplex): void {
  const lowest = carriers.get(socket) ?? socket;
  try {
    (lowest as Socket).resetAndDestroy();
  } catch {
    // A Unix socket or a pipe: it ends without a word all the same.
    lowest.destroy();
  }
}
