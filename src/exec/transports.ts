/** All that leads programs to the twins under the vendors' own names: authority, preload, trust store, proxies. */
import { readFileSync } from 'node:fs';
import { type Authority, authorityDirectory, openAuthority } from '../proxy/authority.ts';
import { startProxy } from '../proxy/proxy.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import type { PrivateDirectory } from './directory.ts';
import type { Transport } from './environment.ts';
import { preloadFile } from './preloadFile.ts';
import { trustStore } from './trustStore.ts';

/** Ways to the universes of one server. What they share is made once; each has a proxy port that asks for nothing. */
export interface Transports {
  open(universe: Universe): Promise<{ transport: Transport; close(): Promise<void> }>;
}

export interface TransportOptions {
  registry: Registry;
  /** The server's own address, where base URLs lead. */
  url: string;
  /** For the files that programs are told of; it must outlive them. */
  directory: PrivateDirectory;
  /** Hosts that are let through besides, as `host`, `host:port`, `*.host`. */
  allow?: readonly string[];
}

/** For requests that are being answered when a proxy closes, in milliseconds. */
const GRACE_MS = 500;

/** Writes the files. Throws where neither the authority's place nor `directory` can be written. */
export async function openTransports(options: TransportOptions): Promise<Transports> {
  const { registry, url, directory, allow = [] } = options;
  const hosts = [...registry.twins.values()].flatMap(({ twin }) => twin.hosts);
  const [authority, preloadPath] = await Promise.all([anAuthority(hosts, directory), preloadFile(directory)]);
  const { certificatePath, bundlePath } = authority;
  const trustStorePath = directory.write('trust.jks', trustStore(readFileSync(bundlePath, 'utf8')));
  return {
    async open(universe) {
      const proxy = await startProxy({ registry, authority, universe, allow, self: () => url });
      return {
        transport: {
          ...{ certificatePath, bundlePath, trustStorePath, preloadPath },
          proxyPort: proxy.port,
          preload: { proxy: proxy.port, hosts, allow },
        },
        close: () => proxy.close(GRACE_MS),
      };
    },
  };
}

/** The machine's, so that it is made once; where its place cannot be written, one for this process alone. */
async function anAuthority(hosts: readonly string[], directory: PrivateDirectory): Promise<Authority> {
  try {
    return await openAuthority(authorityDirectory(), hosts);
  } catch {
    return openAuthority(directory.path, hosts);
  }
}
