/** The parts of a batch, there and back: `application/http` in `multipart/mixed`. */
import { STATUS_CODES } from 'node:http';
import { reply } from '../../../src/twin.ts';
import type { HeaderMap, WireReply, WireRequest } from '../../../src/wire.ts';
import { messageOf, partsOf } from './multipart.ts';

/** One request of a batch, as it was written. */
export interface BatchPart {
  contentId: string | undefined;
  method: string;
  /** A path with its query, or a whole address. */
  target: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The requests in a batch's body; a part that is no request is left out. */
export function readParts(bytes: Uint8Array, boundary: string, partsMax: number): BatchPart[] {
  return partsOf(bytes, boundary, partsMax).flatMap(({ headers: outer, body }) => {
    const line = /^\s*([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?\r?(?:\n|$)/.exec(body.toString('latin1'));
    if (!line) return [];
    const { headers, body: content } = messageOf(body.subarray(line[0].length));
    const [, method = '', target = ''] = line;
    return [{ contentId: outer['content-id'], method, target, headers, body: content }];
  });
}

/** Headers of the batch that are not its parts' too. */
const OWN = /^(content-|transfer-encoding$|accept-encoding$|x-http-method-override$)/;

/** A part as a request of its own: the batch's headers hold for it where it has none of its own. */
export function partRequest(outer: WireRequest, part: BatchPart): WireRequest | undefined {
  const here = URL.canParse(outer.base) ? new URL(outer.base) : undefined;
  const whole = /^https?:\/\//.test(part.target);
  if (whole && !URL.canParse(part.target)) return undefined;
  const target = whole ? part.target.replace(/^https?:\/\/[^/?#]*/, '') : part.target;
  const [address = '', query = ''] = target.split(/\?(.*)/s);
  const { pathname: prefix } = here ?? { pathname: '/' };
  const path = prefix !== '/' && address.startsWith(`${prefix}/`) ? address.slice(prefix.length) : address;
  const inherited = Object.entries(outer.headers).filter(([name]) => !OWN.test(name));
  const headers: HeaderMap = { ...Object.fromEntries(inherited), ...part.headers };
  const host = whole && new URL(part.target).host !== here?.host ? new URL(part.target).hostname : outer.host;
  return {
    ...outer,
    method: part.method,
    path: path.startsWith('/') ? path : `/${path}`,
    query,
    headers,
    body: part.body.length > 0 ? part.body : undefined,
    host,
  };
}

/** The answer to a batch: its parts in the order asked, each named after the request that it answers. */
export function batchReply(
  answers: readonly { part: BatchPart; reply: WireReply | undefined }[],
  boundary: string,
  headers: WireReply['headers'],
) {
  const parts = answers.map(({ part, reply: one }) => {
    const id =
      part.contentId === undefined ? [] : [`Content-ID: ${part.contentId.replace(/^<?/, '$&response-')}`];
    return Buffer.concat([
      Buffer.from([`--${boundary}`, 'Content-Type: application/http', ...id, '', ''].join('\r\n')),
      one ? written(one) : Buffer.alloc(0),
      Buffer.from('\r\n'),
    ]);
  });
  return reply({
    raw: true,
    headers: [['content-type', `multipart/mixed; boundary=${boundary}`], ...headers],
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  });
}

function written({ status, headers, body }: WireReply): Buffer {
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body as string);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${titled(name)}: ${value}`),
    ...(status === 204 ? [] : [`Content-Length: ${bytes.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
