/** What undici's dispatch options say: address, headers and body, each of which may come in several forms. */
import { type Dispatcher, FormData as UndiciFormData, Response as UndiciResponse } from 'undici';
import { drained } from './drain.ts';

/** Where a request goes; undefined where the options name no address. */
export function urlOf({ origin, path, query }: Dispatcher.DispatchOptions): URL | undefined {
  const base = origin === undefined ? undefined : String(origin).replace(/\/$/, '');
  if (base === undefined || !URL.canParse(base + path)) return undefined;
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(name, String(one ?? ''));
  return url;
}

/** Headers by lower-case name, from a flat list, an object, or pairs. Repeated ones are joined. */
export function headersOf(given: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, value] of pairs(given)) {
    if (value === undefined || value === null) continue;
    const name = key.toLowerCase();
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    headers[name] = name in headers ? `${headers[name]}, ${text}` : text;
  }
  return headers;
}

type Pairs = Iterable<readonly [string, unknown]>;

function pairs(given: Dispatcher.DispatchOptions['headers']): Pairs {
  if (!given) return [];
  if (Array.isArray(given) && !Array.isArray(given[0]))
    return Array.from({ length: given.length >> 1 }, (_, i): [string, unknown] => [
      String(given[2 * i]),
      given[2 * i + 1],
    ]);
  return Symbol.iterator in given ? (given as unknown as Pairs) : Object.entries(given);
}

/** A body's bytes, and its type where the body itself says it. */
export interface SentBody {
  bytes: Uint8Array | undefined;
  type?: string;
}

/** Reads a body of any form; of one without known length at most `limit` bytes and the chunk that goes beyond. */
export async function sentBody(body: unknown, limit: number): Promise<SentBody> {
  if (body === undefined || body === null) return { bytes: undefined };
  if (typeof body === 'string') return { bytes: Buffer.from(body) };
  if (body instanceof Uint8Array) return { bytes: body };
  if (ArrayBuffer.isView(body))
    return { bytes: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) };
  if (body instanceof ArrayBuffer) return { bytes: new Uint8Array(body) };
  if (isForm(body)) return formBytes(body);
  if (body instanceof Blob)
    return { bytes: new Uint8Array(await body.arrayBuffer()), ...(body.type ? { type: body.type } : {}) };
  return { bytes: await drained(body as AsyncIterable<Uint8Array>, limit) };
}

const isForm = (body: unknown): body is FormData =>
  Object.prototype.toString.call(body) === '[object FormData]';

/** A form is written by the implementation that made it: another takes it for an object. */
async function formBytes(form: FormData): Promise<SentBody> {
  const made: unknown = form;
  const response = made instanceof UndiciFormData ? new UndiciResponse(made) : new Response(form);
  const type = response.headers.get('content-type');
  return { bytes: new Uint8Array(await response.arrayBuffer()), ...(type ? { type } : {}) };
}
