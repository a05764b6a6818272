/**
 * A port for the vendors' own host names over TLS, by certificates of the local authority: for programs that a hosts
 * file, a container's DNS or `curl --resolve` brings here. Plain HTTP on it is taken, too.
 */
import { type AddressInfo, createServer } from 'node:net';
import { Finder } from './find.ts';
import { headersOf } from './protocol.ts';
import { addressText } from './proxy/address.ts';
import { authorityDirectory, openAuthority } from './proxy/authority.ts';
import { Interceptor } from './proxy/intercept.ts';
import type { Registry } from './registry.ts';

export interface TlsPortOptions {
  registry: Registry;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** The server's data directory, where it has one: the authority is kept there. */
  data?: string | undefined;
}

/** A port that listens. */
export interface TlsPort {
  /** `https://host:port`; its certificates are for the vendors' names only. */
  url: string;
  port: number;
  /** The file of the authority's certificate. */
  certificatePath: string;
  /** Takes no more connections, finishes what is in flight (at most `graceMs`). */
  close(graceMs?: number): Promise<void>;
}

/** Opens the authority and listens. Rejects where the directory is not writable or the port is taken. */
export async function startTlsPort({ registry, host, port, data }: TlsPortOptions): Promise<TlsPort> {
  const hosts = [...registry.twins.values()].flatMap(({ twin }) => twin.hosts);
  const authority = await openAuthority(authorityDirectory(data), hosts);
  const interceptor = new Interceptor({ registry, authority });
  const finder = new Finder(registry);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    interceptor.take(socket, {
      via: 'host',
      universe: (target, req) =>
        finder.named(target, headersOf(req)) ?? ((message) => finder.find(target, message)),
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', () => {});
  const listening = (server.address() as AddressInfo).port;
  return {
    url: `https://${addressText({ name: host, port: listening })}`,
    port: listening,
    certificatePath: authority.certificatePath,
    async close(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve));
      await interceptor.close(graceMs);
      await closed;
    },
  };
}
