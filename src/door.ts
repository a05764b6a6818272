/** Where a request is for: which universe, which twin, and what path of the vendor's. */
import type { HeaderMap, Via, WireRequest } from './wire.ts';

/** What a twin answers to, for routing by host. */
export interface TwinHosts {
  name: string;
  hosts: readonly string[];
}

export interface Target {
  /** Undefined where the way alone does not say (a vendor's host name). */
  universe: string | undefined;
  twin: string;
  path: string;
  host?: string;
  base: string;
  via: Via;
}

const PATH = /^\/u\/([^/]+)\/([a-z]+)(\/.*|$)/;

/** Reads `/u/{universe}/{twin}/…`, or a vendor's host name. `origin` is scheme and authority as the client wrote them. */
export function targetOf(
  origin: string,
  pathname: string,
  host: string,
  twins: readonly TwinHosts[],
): Target | undefined {
  const match = PATH.exec(pathname);
  if (match) {
    const [, universe = '', name = '', rest = ''] = match;
    const twin = twins.find((one) => one.name === name);
    if (!twin) return undefined;
    const base = `${origin}/u/${universe}/${name}`;
    const first = rest.slice(1).split('/', 1)[0] ?? '';
    if (first.includes('.') && hostMatches(twin.hosts, first))
      return {
        universe,
        twin: name,
        path: rest.slice(1 + first.length) || '/',
        host: first,
        base,
        via: 'path',
      };
    return { universe, twin: name, path: rest || '/', base, via: 'path' };
  }
  const vendor = twins.find((one) => hostMatches(one.hosts, host));
  return (
    vendor && { universe: undefined, twin: vendor.name, path: pathname, host, base: origin, via: 'host' }
  );
}

/** Whether `host` is one of `hosts`, where `*.x` stands for any subdomain of x. */
export function hostMatches(hosts: readonly string[], host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) : name === one));
}

/** The wire request for a target. */
export function wireRequest(
  target: Target,
  message: { method: string; query: string; headers: HeaderMap; body: Uint8Array | undefined },
): WireRequest {
  const { method, query, headers, body } = message;
  const { path, host, base, via } = target;
  return { method, path, query, headers, body, host, base, via };
}
