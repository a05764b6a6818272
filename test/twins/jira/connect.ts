/** How Connect apps sign: as Atlassian's own libraries do it, written down anew. */
import { createHash, createHmac } from 'node:crypto';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The hash of a request to `path` (with its query). */
export function qsh(method: string, path: string): string {
  const url = new URL(path, 'http://x');
  const query = [...new Set(url.searchParams.keys())]
    .sort()
    .map((name) => `${encode(name)}=${url.searchParams.getAll(name).map(encode).sort().join(',')}`)
    .join('&');
  return createHash('sha256').update(`${method}&${url.pathname}&${query}`).digest('hex');
}

/** `JWT …` for one request. */
export function signed(
  claims: { iss: string; iat: number; exp: number; qsh: string },
  sharedSecret: string,
): string {
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `JWT ${text}.${createHmac('sha256', sharedSecret).update(text).digest('base64url')}`;
}
