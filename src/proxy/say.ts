/** Refusals of the proxy's own: one line of text, since programs show it as it is. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../listener.ts';
import { wallTimer } from '../wall.ts';

/** Shown by programs that ask a person for the credential. */
const CREDENTIAL = 'Basic realm="Orrery: the user name is the universe id"';
/** How long a refused client may take to read why, in milliseconds. */
const LINGER_MS = 2_000;

/** Answers a request; the connection may go on. */
export function answer(res: ServerResponse, { status, detail }: Refusal): void {
  const body = `${detail}\n`;
  res.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(status === 407 ? { 'proxy-authenticate': CREDENTIAL } : {}),
  });
  res.end(body);
}

/** Answers on a bare connection (CONNECT, an upgrade) and ends it. */
export function end(socket: Duplex, { status, detail }: Refusal): void {
  const body = `${detail}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: text/plain; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n` +
      `${status === 407 ? `proxy-authenticate: ${CREDENTIAL}\r\n` : ''}\r\n${body}`,
  );
  // What the client still sends is read away: a socket closed over unread bytes takes back what it said.
  socket.resume();
  socket.once(
    'close',
    wallTimer(LINGER_MS, () => socket.destroy()),
  );
}
