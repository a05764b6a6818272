/** The proxy of a server: its authority opened, its port listening. Apart, so that a server without one loads none of it. */

import { rmSync } from 'node:fs';
import { credentialFiles } from '../exec/credentialFiles.ts';
import { type PrivateDirectory, privateDirectory } from '../exec/directory.ts';
import { proxyEnvironment } from '../exec/environment.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
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
  /**
   * Variables by which a program goes by this proxy into `universe`, and its credential files. Empty where keys are
   * asked for: the proxy's password is then the tenant's key, which the server does not know.
   */
  env(universe: Universe): Record<string, string>;
}

/** Opens the authority and listens. Rejects where the directory is not writable, the port taken, a host malformed. */
export async function startServerProxy(options: ServerProxyOptions): Promise<ServerProxy> {
  const { registry, host, port, allow, data, self } = options;
  const hosts = [...registry.twins.values()].flatMap(({ twin }) => twin.hosts);
  const authority = await openAuthority(authorityDirectory(data), hosts);
  const { certificatePath, bundlePath } = authority;
  const proxy = await startProxy({ registry, authority, host, port, allow: allow ?? [], self });
  const files = new Map<Universe, Record<string, string>>();
  let directory: PrivateDirectory | undefined;
  const filesOf = (universe: Universe) => {
    const known = files.get(universe);
    if (known) return known;
    directory ??= privateDirectory();
    const written = credentialFiles(universe, directory, true);
    files.set(universe, written);
    universe.onClose(() => {
      files.delete(universe);
      for (const path of Object.values(written)) rmSync(path, { force: true });
    });
    return written;
  };
  return {
    ...proxy,
    certificatePath,
    bundlePath,
    env(universe) {
      if (registry.tenants.keyed) return {};
      // Clients leave a credential out whose password is empty.
      const url = proxy.url.replace('://', `://${universe.id}:x@`);
      // Node 24 and newer heed a proxy's variables if told so; older ones want `orrery exec`.
      return { ...proxyEnvironment(url, authority), NODE_USE_ENV_PROXY: '1', ...filesOf(universe) };
    },
    async close(graceMs) {
      await proxy.close(graceMs);
      directory?.remove();
    },
  };
}
