/**
 * What a call of `fetch` asks for. A platform Request costs more than most twins' answer, so plain calls (text or bytes
 * as the body) are read without one; everything else, and everything wrong, goes through a Request, which knows.
 */

/** A call of `fetch`, read. */
export interface Asked {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** Bytes; or a stream, where the length is not known beforehand. */
  body: Uint8Array | ReadableStream<Uint8Array> | undefined;
  redirect: 'follow' | 'error' | 'manual';
  signal: AbortSignal | undefined;
}

/** Reads the arguments of `fetch`; throws the platform's own TypeError for what no Request can be made of. */
export function readRequest(input: Request | string | URL, init: RequestInit = {}): Asked {
  return (input instanceof Request ? undefined : plain(input, init)) ?? whole(new Request(input, init));
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
/** What needs no Request to be understood. */
const SIMPLE = new Set([
  'method',
  'headers',
  'body',
  'redirect',
  'signal',
  'keepalive',
  'cache',
  'credentials',
]);

function plain(input: string | URL, init: RequestInit): Asked | undefined {
  for (const name in init) if (!SIMPLE.has(name)) return undefined;
  const { method = 'GET', redirect = 'follow', signal } = init;
  const text = typeof input === 'string' ? input : input.href;
  if (!METHODS.has(method) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const body = plainBody(init.body);
  const headers = plainHeaders(init.headers);
  if (!body || !headers || url.username || url.password || !/^https?:$/.test(url.protocol)) return undefined;
  if (body.bytes && (method === 'GET' || method === 'HEAD')) return undefined;
  if (body.type && headers['content-type'] === undefined) headers['content-type'] = body.type;
  return { method, url, headers, body: body.bytes, redirect, signal: signal ?? undefined };
}

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';

function plainBody(body: RequestInit['body']): { bytes: Uint8Array | undefined; type?: string } | undefined {
  if (body === undefined || body === null) return { bytes: undefined };
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams) return { bytes: Buffer.from(body.toString()), type: FORM };
  // A copy: what the caller writes into its buffer afterwards was not sent.
  if (body instanceof Uint8Array) return { bytes: Uint8Array.from(body) };
  return undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** By lower-case name; undefined where one of them is not as it should be. */
function plainHeaders(init: RequestInit['headers']): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  if (!init) return headers;
  if (init instanceof Headers) return Object.fromEntries(init);
  if (Symbol.iterator in init) return undefined;
  for (const [key, value] of Object.entries(init)) {
    const name = key.toLowerCase();
    if (typeof value !== 'string' || !NAME.test(name) || !VALUE.test(value) || name in headers)
      return undefined;
    headers[name] = value.trim();
  }
  return headers;
}

function whole(request: Request): Asked {
  const { method, headers, body, redirect, signal } = request;
  return {
    method,
    url: new URL(request.url),
    headers: Object.fromEntries(headers),
    body: body ?? undefined,
    redirect,
    signal,
  };
}

/** What undici's `fetch` says of itself where the caller says nothing. */
export const FETCH_HEADERS = [
  ['accept', '*/*'],
  ['accept-language', '*'],
  ['sec-fetch-mode', 'cors'],
  ['user-agent', 'node'],
  ['accept-encoding', 'gzip, deflate'],
] as const;
