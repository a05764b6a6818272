/** The forms in which a proxy gets a request's target: RFC 9112, 3.2. */
import type { IncomingMessage } from 'node:http';
import { type Address, addressOf, originOf } from './address.ts';

export interface ProxyTarget {
  host: Address;
  scheme: 'http' | 'https';
  /** With its query. */
  path: string;
  /** Whether the client took the proxy for the host: such a request goes no further, or it could come back here. */
  direct: boolean;
}

/** Where an absolute form leads; or, where a client took the proxy for the vendor, the Host header. */
export function proxyTargetOf(req: IncomingMessage): ProxyTarget | undefined {
  const [, protocol, authority, path = ''] = /^(https?|wss?):\/\/([^/?#]*)([^#]*)/i.exec(req.url ?? '') ?? [];
  const secure = /^(https|wss)$/i.test(protocol ?? '');
  if (protocol === undefined && !/^[/*]/.test(req.url ?? '')) return undefined;
  const host = addressOf(protocol === undefined ? req.headers.host : authority, secure ? 443 : 80);
  return (
    host && {
      host,
      scheme: secure ? 'https' : 'http',
      path: protocol === undefined ? (req.url as string) : path.startsWith('/') ? path : `/${path}`,
      direct: protocol === undefined,
    }
  );
}

/** The request as the vendor would get it: RFC 9112, 3.2.2, has the target's host win over the header. */
export function toVendor(req: IncomingMessage, { host, scheme, path }: ProxyTarget): void {
  req.url = path;
  req.headers.host = originOf(scheme, host).replace(/^[a-z]+:\/\//, '');
  delete req.headers['proxy-authorization'];
  delete req.headers['proxy-connection'];
}
