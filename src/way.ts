/** Where a vendor's other hosts are for a client: by the way by which it came itself. */
import { hostMatches } from './door.ts';

/** A base that is an origin and nothing more; a host's own port goes along. */
const ORIGIN = /^(https?:\/\/)([^/:]+)(:\d+)?$/;

/**
 * The origin of a vendor's `host` for a client that came by `base`: that host by its own name, where the client
 * reaches the vendor by its names (through the proxy, a hosts file, in process); else `base` itself, where all hosts of
 * the vendor's are one. `hosts` is what the vendor's twin answers to. No slash at its end.
 */
export function originFor(base: string, hosts: readonly string[], host: string): string {
  const [, scheme = '', name = '', port = ''] = ORIGIN.exec(base) ?? [];
  return name !== '' && hostMatches(hosts, name) ? `${scheme}${host}${port}` : base;
}
