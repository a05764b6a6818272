/** What goes over a twin's door, whatever carries it: a socket, the proxy, or a call in the same process. */

import type { SocketTerms } from './socket/kind.ts';

export type Via = 'path' | 'origin' | 'host' | 'proxy' | 'process';

/** Lower-case names; a repeated header is joined as Node joins it. */
export type HeaderMap = Readonly<Record<string, string | string[] | undefined>>;

export interface WireRequest {
  method: string;
  /** The vendor's own path, from its leading slash, as it was sent (percent-encoding kept). */
  path: string;
  /** As sent, without the question mark. */
  query: string;
  headers: HeaderMap;
  body: Uint8Array | undefined;
  /** The vendor's host name, where the client's way named one. */
  host?: string | undefined;
  /** The address by which the client reached this twin; no slash at its end. */
  base: string;
  via: Via;
  /** It asks for a WebSocket, and the door that it came through can make one. */
  upgrade?: true;
  /** Where WebSockets of this twin are reached (`ws://…`, no slash at its end), where `base` cannot carry them. */
  socketBase?: string;
}

export interface WireReply {
  status: number;
  headers: [string, string][];
  body: string | Uint8Array | undefined;
  /** Over a socket the body goes as gzip, since the client takes that and the vendor does it. RFC 9110 §8.4.1.3 */
  gzip?: true;
  /** With status 101: what the connection becomes. */
  accept?: SocketTerms;
}

/** The value of a header that is sent once. */
export function header(headers: HeaderMap, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** What a program signs in with by HTTP's Basic scheme, as it is written there; undefined where it does not. RFC 7617 */
export function basicCredentials(headers: HeaderMap): { name: string; password: string } | undefined {
  const said = /^Basic\s+(\S+)\s*$/i.exec(header(headers, 'authorization') ?? '')?.[1];
  if (said === undefined) return undefined;
  const [name = '', ...rest] = Buffer.from(said, 'base64').toString('utf8').split(':');
  return { name, password: rest.join(':') };
}

/**
 * An OAuth client's id and secret by HTTP's Basic scheme. Each is encoded as in a form (RFC 6749, 2.3.1); what clients
 * send that leave this out is taken as it is.
 */
export function clientCredentials(headers: HeaderMap): { id: string; secret: string } | undefined {
  const basic = basicCredentials(headers);
  return basic && { id: fromForm(basic.name), secret: fromForm(basic.password) };
}

function fromForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The media type of a message, lower case, without parameters; undefined where none is given. */
export const mediaType = (headers: HeaderMap): string | undefined =>
  header(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() || undefined;

/** A browser asks whether a page may send what it is about to: https://fetch.spec.whatwg.org/#cors-preflight-request */
export const isPreflight = ({ method, headers }: WireRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
