/** The proxy of a server: its authority opened, its port listening. Apart, so that a server without one loads none of it. */
import type { Registry } from '../registry.ts';
import { authorityDirectory, openAuthority } from './authority.ts';
import { type RunningProxy, startProxy } from './proxy.ts';

export interface ServerProxyOptions {
  registry: Registry;
  host: string;
  /** 0 takes any free one. */
  port: number;
  allow?: readonly string[] | undefined;
  /** The server's data directory, where it has one: the authority is kept there. */
  data?: string | undefined;
  self: () => string;
}

/** A running proxy and what its clients need to know. */
export interface ServerProxy extends RunningProxy {
  /** The file of the authority's certificate. */
  certificatePath: string;
  /** The file of the system's roots and the authority's. */
  bundlePath: string;
}

/** Opens the authority and listens. Rejects where the directory is not writable, the port taken, a host malformed. */
export async function startServerProxy(options: ServerProxyOptions): Promise<ServerProxy> {
  const { registry, host, port, allow, data, self } = options;
  const hosts = [...registry.twins.values()].flatMap(({ twin }) => twin.hosts);
  const authority = await openAuthority(authorityDirectory(data), hosts);
  const { certificatePath, bundlePath } = authority;
  const proxy = await startProxy({ registry, authority, host, port, allow: allow ?? [], self });
  return { ...proxy, certificatePath, bundlePath };
}
