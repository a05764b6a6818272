/**
 * The forward proxy: HTTP in absolute form, CONNECT, and conversations that come straight to its port. What is meant
 * for a vendor is answered by the twin in the universe of the credential; everything else is refused and written
 * down there, but for the hosts that were allowed.
 */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Choice, Refusal } from '../listener.ts';
import type { Registry } from '../registry.ts';
import type { Twin } from '../twin.ts';
import type { Universe } from '../universe.ts';
import { onUpgrade, refuseUpgrade } from '../upgrade.ts';
import { type Address, addressOf, addressText, isOwn, twinOf } from './address.ts';
import type { Authority } from './authority.ts';
import { CONNECTION_LIMITS, type ConnectionLimits, Connections } from './connections.ts';
import { universeBy } from './credential.ts';
import { type ProxyTarget, proxyTargetOf, toVendor } from './form.ts';
import { type Conversation, firstBytes, HEADERS_BYTES_MAX, handOver, Interceptor } from './intercept.ts';
import { Passage, type Permission, type Resolve } from './passage.ts';
import { RefusedHosts } from './refused.ts';
import { answer, end } from './say.ts';

export interface ProxyOptions {
  registry: Registry;
  authority: Authority;
  /** Where to listen: an address and a port (0 takes any free one), or the path of a Unix socket. */
  host?: string;
  port?: number;
  path?: string;
  /** The port's own universe: no credential is asked for. */
  universe?: Universe;
  /** Hosts that are let through untouched: `example.com`, `example.com:443`, `*.example.com`. */
  allow?: readonly string[];
  /** Orrery's own URL; a universe's own paths are answered there, since some programs send loopback through, too. */
  self?: () => string;
  limits?: Partial<ConnectionLimits>;
  /** How the names of allowed hosts are looked up; by the system unless said. */
  resolve?: Resolve;
}

export interface RunningProxy {
  /** `http://host:port`, or `unix:path`. */
  url: string;
  /** 0 for a Unix socket. */
  port: number;
  /** Connections that are open, and requests for other hosts that were refused. */
  stats(): { connections: number; refused: number };
  /** Takes no more connections, finishes what is in flight (at most `graceMs`), ends every connection. */
  close(graceMs?: number): Promise<void>;
}

const GRACE_MS = 10_000;
const TLS_HANDSHAKE = 0x16;

/** Listens; rejects where the port is taken, or `allow` names what is no host. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { host = '127.0.0.1', port = 0, path } = options;
  const proxy = new ForwardProxy(options);
  const { server } = proxy;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (path === undefined) server.listen(port, host, resolve);
    else server.listen(path, resolve);
  });
  server.on('error', () => {});
  const listening = path === undefined ? (server.address() as AddressInfo).port : 0;
  const url = path === undefined ? `http://${addressText({ name: host, port: listening })}` : `unix:${path}`;
  return {
    url,
    port: listening,
    stats: () => proxy.stats(),
    close: (graceMs = GRACE_MS) => proxy.close(graceMs),
  };
}

class ForwardProxy {
  readonly server: NetServer;
  readonly #options: ProxyOptions;
  readonly #connections: Connections;
  readonly #interceptor: Interceptor;
  readonly #passage: Passage;
  readonly #refused = new RefusedHosts();
  readonly #http: Server;
  readonly #twins: readonly Twin[];

  constructor(options: ProxyOptions) {
    const { registry, authority, limits } = options;
    this.#options = options;
    this.#twins = [...registry.twins.values()].map(({ twin }) => twin);
    this.#passage = new Passage(options.allow, options.resolve);
    this.#connections = new Connections(limits);
    this.#interceptor = new Interceptor({ registry, authority, connections: this.#connections });
    this.#http = createHttpServer({ maxHeaderSize: HEADERS_BYTES_MAX, keepAliveTimeout: 0 }, (req, res) => {
      this.#request(req, res).catch(() => req.socket.destroy());
    });
    this.#http.on('connect', (req, socket, head) => {
      this.#connect(req, socket, head).catch(() => socket.destroy());
    });
    onUpgrade(this.#http, (req, socket, head) => this.#upgrade(req, socket, head));
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#take(socket));
    this.server.maxConnections = { ...CONNECTION_LIMITS, ...limits }.connections;
  }

  stats(): { connections: number; refused: number } {
    return { connections: this.#connections.size, refused: this.#refused.count };
  }

  async close(graceMs: number): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    await this.#connections.close(graceMs);
    this.#passage.close();
    await stopped;
  }

  /** A proxy's client speaks HTTP at first; one that speaks TLS at once takes the port for the vendor. */
  #take(socket: Socket): void {
    if (!this.#connections.of(socket)) return;
    firstBytes(socket, (chunk) => {
      if (chunk[0] !== TLS_HANDSHAKE) handOver(socket, this.#http);
      else this.#interceptor.take(socket, this.#conversation(this.#who(), undefined));
    });
  }

  #who(req?: IncomingMessage): Choice {
    return universeBy(this.#options.registry, req?.headers ?? {}, this.#options.universe);
  }

  #conversation(choice: Choice, host: Address | undefined): Conversation {
    return {
      via: 'proxy',
      ...(host ? { host } : {}),
      own: this.#options.self?.(),
      universe: () => this.#still(choice),
      refused: (name, why) => {
        if ('universe' in choice) this.#refused.add(choice.universe, name, why);
      },
      untrusted: (name, why) => {
        if ('universe' in choice) this.#refused.add(choice.universe, name, why, 'untrusted');
      },
    };
  }

  /** A connection may outlive the universe that it was opened for. */
  #still(choice: Choice): Choice {
    if ('refusal' in choice) {
      const { refusal } = choice;
      return { refusal: refusal.status === 407 ? { ...refusal, status: 421 } : refusal };
    }
    return universeBy(this.#options.registry, {}, choice.universe);
  }

  async #connect(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const connection = this.#connections.of(socket);
    if (!connection) return;
    const choice = this.#who(req);
    if ('refusal' in choice) return end(socket, choice.refusal);
    const host = addressOf(req.url, 443);
    if (!host) return end(socket, badTarget(req.url));
    if (this.#ours(host)) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
      return this.#interceptor.take(socket, this.#conversation(choice, host));
    }
    connection.release();
    const permission = await this.#passage.permit(host);
    if ('why' in permission) return end(socket, this.#refuse(choice.universe, host, permission));
    if (socket.destroyed) return;
    if (head.length > 0) socket.unshift(head);
    this.#passage.tunnel(socket, permission);
  }

  async #request(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const done = this.#connections.of(req.socket)?.request(req);
    if (!done) return;
    res.once('close', done);
    const choice = this.#who(req);
    if ('refusal' in choice) return answer(res, choice.refusal);
    const to = proxyTargetOf(req);
    if (!to) return answer(res, badTarget(req.url));
    const { host, scheme, path } = to;
    if (this.#ours(host)) {
      toVendor(req, to);
      return this.#interceptor.serve(req, res, this.#conversation(choice, host), scheme);
    }
    const permission = await this.#forwarding(to);
    if ('why' in permission) return answer(res, this.#refuse(choice.universe, host, permission));
    this.#passage.forward(req, res, permission, path);
  }

  /** Whether a request in absolute form may go on. */
  async #forwarding({ host, scheme, direct }: ProxyTarget): Promise<Permission> {
    const permission = await this.#passage.permit(host);
    if ('why' in permission) return permission;
    if (scheme === 'https') return { why: 'https is let through by CONNECT only', fixable: false };
    if (direct) return { why: 'this is Orrery’s proxy: ask it for a full address', fixable: false };
    return permission;
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const connection = this.#connections.of(socket);
    if (!connection) return;
    connection.release();
    const choice = this.#who(req);
    if ('refusal' in choice) return void end(socket, choice.refusal);
    const to = proxyTargetOf(req);
    if (!to) return void end(socket, badTarget(req.url));
    if (!this.#ours(to.host))
      return void refuseUpgrade(socket, 501, 'to let a WebSocket through to an allowed host, use CONNECT');
    toVendor(req, to);
    this.#interceptor.serveUpgrade(req, socket, head, this.#conversation(choice, to.host));
  }

  #ours(host: Address): boolean {
    return isOwn(this.#options.self?.(), host) || twinOf(this.#twins, host.name) !== undefined;
  }

  #refuse(universe: Universe, host: Address, refusal: { why: string; fixable: boolean }): Refusal {
    const name = addressText(host);
    this.#refused.add(universe, name, refusal.why);
    const allow = refusal.fixable ? `; to let it through, start Orrery with --allow ${name}` : '';
    return { status: 403, kind: 'refused-host', detail: `Orrery refuses ${name}: ${refusal.why}${allow}` };
  }
}

const badTarget = (url: string | undefined): Refusal => ({
  status: 400,
  kind: 'no-target',
  detail: `this is Orrery’s proxy, and ${(url ?? '').slice(0, 100)} is no address to pass a request to`,
});
