/** All that leads a command to the twins under the vendors' own names: proxy, authority, preload, trust store. */
import { readFileSync } from 'node:fs';
import { type Authority, authorityDirectory, openAuthority } from '../proxy/authority.ts';
import { startProxy } from '../proxy/proxy.ts';
import type { Universe } from '../universe.ts';
import type { PrivateDirectory } from './directory.ts';
import type { Transport } from './environment.ts';
import type { TwinServer } from './exec.ts';
import { preloadFile } from './preloadFile.ts';
import { trustStore } from './trustStore.ts';

/** Open until it is closed. */
export interface WayHome {
  transport: Transport;
  close(): Promise<void>;
}

/** For requests that are being answered when the command ends, in milliseconds. */
const GRACE_MS = 500;

/** Opens the ports and writes the files. Throws where neither the authority's place nor `directory` can be written. */
export async function openWayHome(
  server: TwinServer,
  universe: Universe,
  directory: PrivateDirectory,
  allow: readonly string[],
): Promise<WayHome> {
  const { registry } = server;
  const hosts = universe.twins.flatMap((twin) => twin.hosts);
  const [authority, preloadPath] = await Promise.all([anAuthority(hosts, directory), preloadFile(directory)]);
  const proxy = await startProxy({ registry, authority, universe, allow, self: () => server.url });
  const store = trustStore(readFileSync(authority.bundlePath, 'utf8'));
  return {
    transport: {
      proxyPort: proxy.port,
      certificatePath: authority.certificatePath,
      bundlePath: authority.bundlePath,
      trustStorePath: directory.write('trust.jks', store),
      preloadPath,
      preload: { proxy: proxy.port, hosts, allow },
    },
    close: () => proxy.close(GRACE_MS),
  };
}

/** The machine's, so that it is made once; where its place cannot be written, one for this command alone. */
async function anAuthority(hosts: readonly string[], directory: PrivateDirectory): Promise<Authority> {
  try {
    return await openAuthority(authorityDirectory(), hosts);
  } catch {
    return openAuthority(directory.path, hosts);
  }
}
