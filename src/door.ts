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
/** What may be a host name: it becomes part of links, so nothing else gets there. */
const NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

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
    return { universe, twin: name, base, via: 'path', ...vendorPlace(twin, rest) };
  }
  const name = hostName(host);
  const vendor = twins.find((one) => hostMatches(one.hosts, name));
  return (
    vendor && {
      universe: undefined,
      twin: vendor.name,
      path: pathname,
      host: name,
      base: origin,
      via: 'host',
    }
  );
}

/** The same for a port that belongs to one twin of one universe: the path is the vendor's own from its first slash. */
export function originTarget(
  universe: string,
  twin: TwinHosts,
  origin: string,
  pathname: string,
  host: string,
): Target {
  const place = vendorPlace(twin, pathname);
  const named = hostMatches(twin.hosts, host) ? { host: hostName(host) } : {};
  return { universe, twin: twin.name, base: origin, via: 'origin', ...named, ...place };
}

/** Whether `host` (a port is passed over) is one of `hosts`, where `*.x` stands for any subdomain of x. */
export function hostMatches(hosts: readonly string[], host: string): boolean {
  const name = hostName(host);
  if (!NAME.test(name)) return false;
  return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) : name === one));
}

/** A host without its port and the root's dot, lower case. */
const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');

/** A vendor's path, whose first segment may name one of the vendor's hosts: `/docs.googleapis.com/v1/…`. */
function vendorPlace(twin: TwinHosts, path: string): { path: string; host?: string } {
  const first = path.slice(1).split('/', 1)[0] ?? '';
  if (first.includes('.') && hostMatches(twin.hosts, first))
    return { path: path.slice(1 + first.length) || '/', host: hostName(first) };
  return { path: path || '/' };
}

/** The parts of a request that its address does not tell. */
export interface Message {
  method: string;
  /** As sent, without the question mark. */
  query: string;
  headers: HeaderMap;
  body: Uint8Array | undefined;
}

/** The wire request for a target. */
export function wireRequest(target: Target, message: Message): WireRequest {
  const { method, query, headers, body } = message;
  const { path, host, base, via } = target;
  return { method, path, query, headers, body, host, base, via };
}
