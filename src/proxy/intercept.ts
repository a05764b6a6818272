/**
 * Conversations that were meant for a vendor and end here: a raw connection (after CONNECT, or come directly) is
 * looked at, TLS is taken off by the local authority, and each request in it, HTTP/1.1 or HTTP/2, is answered by the
 * twin whose host it names.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2Server, type Http2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type Message, type Target, targetOf } from '../door.ts';
import { type Choice, refuse, serveTwin } from '../listener.ts';
import { carriedBy, headersOf } from '../protocol.ts';
import type { Registry } from '../registry.ts';
import type { Twin } from '../twin.ts';
import type { Universe } from '../universe.ts';
import { onUpgrade, refuseUpgrade, upgradeTwin } from '../upgrade.ts';
import { header } from '../wire.ts';
import { type Address, addressOf, addressText, isOwn, originOf, twinOf, vendorTarget } from './address.ts';
import type { Authority } from './authority.ts';
import { type Connection, type ConnectionLimits, Connections } from './connections.ts';

/** What is known of a conversation before it begins. */
export interface Conversation {
  via: 'proxy' | 'host';
  /** The host that it is with, where that is settled (CONNECT); else the name in TLS or the Host header says. */
  host?: Address;
  /** Whose it is. A function looks at the whole request, where its head does not tell. */
  universe(target: Target, req: IncomingMessage): Choice | ((message: Message) => Choice | Promise<Choice>);
  /** Orrery's own address, `http://127.0.0.1:4700`: there the universe's own paths are answered, nothing else. */
  own?: string | undefined;
  /** Told of a name in TLS (`example.com:443`) that no twin answers to. */
  refused?(host: string, why: string): void;
  /** Told of a program that does not take our certificates, and what to do. */
  untrusted?(host: string, why: string): void;
}

export interface InterceptorOptions {
  registry: Registry;
  authority: Authority;
  limits?: Partial<ConnectionLimits>;
  /** Where connections are counted together with others. */
  connections?: Connections;
}

/** Bytes of a request's head. */
export const HEADERS_BYTES_MAX = 64 * 1024;
const STREAMS_MAX = 250;
const TLS_HANDSHAKE = 0x16;
const GRACE_MS = 10_000;
/** Alerts of clients that know our authority not. */
const UNTRUSTED = /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)/;

interface Talk extends Conversation {
  scheme: 'http' | 'https';
  connection: Connection;
}

/** Takes conversations over. One serves any number of ports. */
export class Interceptor {
  readonly #registry: Registry;
  readonly #authority: Authority;
  readonly #connections: Connections;
  readonly #twins: readonly Twin[];
  readonly #http: Server;
  readonly #http2: Http2Server;
  readonly #talks = new WeakMap<Duplex | Http2Session, Talk>();

  constructor({ registry, authority, limits, connections }: InterceptorOptions) {
    this.#registry = registry;
    this.#authority = authority;
    this.#connections = connections ?? new Connections(limits);
    this.#twins = [...registry.twins.values()].map(({ twin }) => twin);
    this.#http = createServer({ maxHeaderSize: HEADERS_BYTES_MAX, keepAliveTimeout: 0 }, (req, res) =>
      this.#request(this.#talks.get(req.socket), req, res),
    );
    onUpgrade(this.#http, (req, socket, head) => this.#upgrade(req, socket, head));
    this.#http2 = createHttp2Server(
      { settings: { maxConcurrentStreams: STREAMS_MAX, maxHeaderListSize: HEADERS_BYTES_MAX } },
      (req, res) =>
        this.#request(
          req.stream.session && this.#talks.get(req.stream.session),
          req as unknown as IncomingMessage,
          res as unknown as ServerResponse,
        ),
    );
    this.#http2.on('sessionError', () => {});
  }

  /** Takes `socket` over; answers, refuses or ends it. Never throws. */
  take(socket: Duplex, conversation: Conversation): void {
    const connection = this.#connections.of(socket);
    if (!connection) return;
    connection.restart();
    firstBytes(socket, (chunk) => {
      if (chunk[0] !== TLS_HANDSHAKE) {
        this.#talks.set(socket, { ...conversation, scheme: 'http', connection });
        handOver(socket, this.#http);
      } else
        this.#secure(socket, { ...conversation, scheme: 'https', connection }).catch(() => socket.destroy());
    });
  }

  /** Answers one request that a forward proxy was given whole (`GET http://slack.com/…`). */
  serve(
    req: IncomingMessage,
    res: ServerResponse,
    conversation: Conversation,
    scheme: 'http' | 'https',
  ): void {
    const connection = this.#connections.of(req.socket);
    if (connection) this.#request({ ...conversation, scheme, connection }, req, res);
  }

  /** The same for an upgrade. */
  serveUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer, conversation: Conversation): void {
    const connection = this.#connections.of(socket);
    if (!connection) return;
    this.#talks.set(socket, { ...conversation, scheme: 'http', connection });
    this.#upgrade(req, socket, head);
  }

  /** Finishes what is in flight, at most `graceMs`, and ends every connection. */
  close(graceMs = GRACE_MS): Promise<void> {
    return this.#connections.close(graceMs);
  }

  async #secure(socket: Duplex, talk: Talk): Promise<void> {
    const named = talk.host?.name;
    // A client that names no host in TLS named one before, or nobody can know what it wants.
    const secureContext = this.#mayBe(named) ? await this.#authority.secureContext(named) : nobody();
    if (socket.destroyed) return;
    const secure = new TLSSocket(socket as never, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['h2', 'http/1.1'],
      SNICallback: (name, done) => {
        const host = addressOf(name)?.name;
        if (this.#mayBe(host) && (named === undefined || host === named))
          return void this.#authority.secureContext(host).then((context) => done(null, context), done);
        if (host !== undefined) talk.refused?.(`${host}:443`, notOurs(talk));
        done(new Error(`no certificate for ${name}`));
      },
    });
    secure.on('error', (error: NodeJS.ErrnoException) => {
      if (UNTRUSTED.test(error.code ?? '')) this.#untrusted(talk, secure);
      socket.destroy();
    });
    // The carrier may stay half-open for HTTP's sake; TLS that has ended has ended.
    secure.once('end', () => secure.end(() => socket.destroy()));
    secure.once('secure', () => {
      settle(secure);
      this.#secured(secure, socket, talk);
    });
  }

  #untrusted(talk: Talk, secure: TLSSocket): void {
    const host = talk.host ?? addressOf(nameOf(secure), 443);
    if (host)
      talk.untrusted?.(
        addressText(host),
        `the program does not trust Orrery’s certificates: give it ${this.#authority.certificatePath}`,
      );
  }

  #secured(secure: TLSSocket, socket: Duplex, talk: Talk): void {
    carriedBy(secure, socket);
    const host = talk.host ?? addressOf(nameOf(secure));
    if (!host) return void socket.destroy();
    const settled = { ...talk, host };
    if (secure.alpnProtocol !== 'h2') {
      this.#talks.set(secure, settled);
      this.#http.emit('connection', secure);
      return;
    }
    this.#http2.once('session', (session) => this.#talks.set(session, settled));
    this.#http2.emit('connection', secure);
  }

  #mayBe(name: string | undefined): name is string {
    return name !== undefined && this.#authority.covers(name) && twinOf(this.#twins, name) !== undefined;
  }

  #request(talk: Talk | undefined, req: IncomingMessage, res: ServerResponse): void {
    if (!talk) return void req.socket.destroy();
    res.once('close', talk.connection.request(req));
    const place = this.#place(talk, req);
    if ('status' in place) refuse(res, place.status, place.detail, place.kind);
    else serveTwin(this.#registry, place.universe, place.target, req, res);
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const talk = this.#talks.get(socket);
    if (!talk) return void socket.destroy();
    talk.connection.release();
    const place = this.#place(talk, req);
    if ('status' in place) return void refuseUpgrade(socket, place.status, place.detail);
    const { universe, target } = place;
    const go = (choice: Choice) => {
      if ('universe' in choice) upgradeTwin(this.#registry, choice.universe, target, req, socket, head);
      else refuseUpgrade(socket, choice.refusal.status, choice.refusal.detail);
    };
    if (typeof universe !== 'function') return void go({ universe });
    const message = { method: 'GET', query: queryOf(req.url ?? ''), headers: req.headers, body: undefined };
    Promise.resolve(universe(message)).then(go, () => socket.destroy());
  }

  /** Where a request leads, or why nowhere. */
  #place(talk: Talk, req: IncomingMessage): Place | { status: number; kind: string; detail: string } {
    const named = addressOf(header(headersOf(req), 'host'));
    const host = named && talk.host && named.port === undefined ? { ...named, port: talk.host.port } : named;
    if (!host)
      return { status: 400, kind: 'no-host', detail: 'the request names no host, or none that can be' };
    if (talk.host && talk.host.name !== host.name)
      return {
        status: 421,
        kind: 'other-host',
        detail: `this connection is with ${talk.host.name}, not with ${host.name}`,
      };
    // RFC 9112, 3.2.2: a server takes the absolute form too.
    req.url = (req.url ?? '/').replace(/^[a-z]+:\/\/[^/?#]*(?=[/?#]|$)/i, '').replace(/^(?=\?|$)/, '/');
    const path = req.url.split('?', 1)[0] as string;
    const own = isOwn(talk.own, host);
    const target = own ? this.#ownTarget(talk, host, path) : this.#vendorTarget(talk, host, path);
    if (!target)
      return own
        ? {
            status: 403,
            kind: 'own-only',
            detail: 'through the proxy only /u/{universe}/{twin}/… of its own is open',
          }
        : { status: 421, kind: 'no-twin', detail: `${host.name} is no host of a twin` };
    const universe = talk.universe(target, req);
    if (typeof universe === 'function') return { target, universe };
    if ('refusal' in universe) return universe.refusal;
    if (own && target.universe !== universe.universe.id)
      return {
        status: 403,
        kind: 'own-only',
        detail: `through the proxy only /u/${universe.universe.id}/… is open`,
      };
    return { target, universe: universe.universe };
  }

  #ownTarget({ scheme }: Talk, host: Address, path: string): Target | undefined {
    const target = targetOf(originOf(scheme, host), path, addressText(host), this.#twins);
    return target?.via === 'path' ? target : undefined;
  }

  #vendorTarget({ scheme, via }: Talk, host: Address, path: string): Target | undefined {
    const twin = twinOf(this.#twins, host.name);
    return twin && vendorTarget(twin, host, { scheme, via, path });
  }
}

interface Place {
  target: Target;
  universe: Universe | ((message: Message) => Choice | Promise<Choice>);
}

const notOurs = ({ host }: Talk): string =>
  host ? `TLS names it in a connection with ${host.name}` : 'it is no host of a twin';

let empty: SecureContext | undefined;

/** Has no certificate: a handshake that names no host of ours ends. */
function nobody(): SecureContext {
  empty ??= createSecureContext();
  return empty;
}

/**
 * What `tls.Server` does when a handshake is done, and a socket made by itself lacks: HTTP/2 waits for the one, errors
 * are kept back until the other. A server per connection would do, but costs as much as the handshake.
 */
function settle(secure: TLSSocket): void {
  const internal = secure as TLSSocket & { secureConnecting?: boolean; _releaseControl?(): boolean };
  internal.secureConnecting = false;
  internal._releaseControl?.();
}

/** The name that a TLS client asked for. */
const nameOf = (secure: TLSSocket): string | undefined =>
  (secure as { servername?: string | false }).servername || undefined;

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

/** Gives a connection whose beginning was looked at to a server of Node's. */
export function handOver(socket: Duplex, server: Server): void {
  server.emit('connection', socket);
  // It was paused by name, so that a listener alone does not start it again.
  socket.resume();
}

/** Looks at how a connection begins, and leaves it there, paused, for whoever reads it. */
export function firstBytes(socket: Duplex, then: (chunk: Buffer) => void): void {
  const ended = () => void socket.destroy();
  const data = (chunk: Buffer) => {
    socket.off('end', ended);
    socket.pause();
    socket.unshift(chunk);
    then(chunk);
  };
  socket.once('end', ended);
  socket.once('data', data);
  // Where it was looked at before, it is paused.
  socket.resume();
}
