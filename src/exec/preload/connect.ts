/** Sockets to the vendors' hosts land at home, still under the vendor's name; those to other hosts fail, and say why. */
import { Socket, type TcpSocketConnectOpts } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { PreloadSetting } from '../transport.ts';
import type { Places } from './places.ts';

type Connect = (this: Socket, options: object, listener?: (() => void) | null) => Socket;

/** As `net.connect` and `tls.connect` hand them over; `servername` is of TLS. */
type Options = Partial<TcpSocketConnectOpts> & { path?: string | null; servername?: string; _host?: string };

/** What `tls.connect` itself calls for its option `servername`. */
type Named = TLSSocket & { setServername(name: string): void };

const HOME = '127.0.0.1';
const ANSWER_CHARS_MAX = 16 * 1024;

/** Puts itself in the way of every connection that this process opens: `net`, `tls`, `http`, `http2` and `fetch` all pass here. */
export function bringHome(places: Places, setting: PreloadSetting): void {
  const connect = Socket.prototype.connect as Connect;
  const instead = function (this: Socket, ...args: unknown[]): Socket {
    const { options, listener } = read(args);
    if (!options || options.path) return Reflect.apply(connect, this, args);
    const asked = String(options.host ?? 'localhost');
    const host = places.nameOf(asked);
    const port = Number(options.port);
    const place = places.placeOf(host, port);
    if (place === 'here') return Reflect.apply(connect, this, args);
    if (place === 'elsewhere') return refuse(this, connect, setting.proxy, host, port);
    // Plain `tls.connect` sends no name unless it is told one; the name is all that tells where it was meant to go.
    if (this instanceof TLSSocket && !options.servername) (this as Named).setServername(host);
    // What a later `tls.connect({ socket })` checks the certificate against.
    (this as { _host?: string })._host = host;
    return connect.call(this, homeward(options, setting.proxy), listener);
  };
  Socket.prototype.connect = instead as typeof Socket.prototype.connect;
}

/** The forms that `connect` takes: (options, listener?), (port, host?, listener?), (path, listener?), or Node's own list of both. */
function read(args: readonly unknown[]): { options?: Options; listener?: (() => void) | null } {
  const given = (Array.isArray(args[0]) ? args[0] : args) as unknown[];
  const last = given.at(-1);
  const listener = typeof last === 'function' ? (last as () => void) : null;
  const [first, second] = given;
  if (typeof first === 'object' && first !== null) return { options: first as Options, listener };
  if (typeof first !== 'number' && !/^\d+$/.test(String(first))) return {};
  return {
    options: { port: Number(first), ...(typeof second === 'string' ? { host: second } : {}) },
    listener,
  };
}

/** The same to our own port: what was said of the way there (addresses, look-ups) does not hold for this machine. */
function homeward(options: Options, port: number): Options {
  const { lookup: _, family: _f, hints: _h, localAddress: _a, localPort: _p, ...rest } = options;
  return { ...rest, host: HOME, port };
}

/** The proxy refuses a tunnel there, says why in words and writes it down; the words become the socket's error. */
function refuse(socket: Socket, connect: Connect, proxy: number, host: string, port: number): Socket {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  (socket as { connecting: boolean }).connecting = true;
  const ask = new Socket();
  let answer = '';
  ask.setEncoding('utf8');
  ask.on('data', (chunk) => {
    answer += chunk;
    if (answer.length > ANSWER_CHARS_MAX) ask.destroy();
  });
  // However the asking ends, it is over then; an error says nothing more.
  ask.on('error', () => {});
  ask.on('close', () => {
    const words = answer.split('\r\n\r\n')[1]?.trim() || `Orrery refuses ${place}`;
    const error = { code: 'ECONNREFUSED', syscall: 'connect', address: host, port };
    socket.destroy(Object.assign(new Error(words), error));
  });
  connect.call(ask, { host: HOME, port: proxy }, () =>
    ask.end(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`),
  );
  return socket;
}
