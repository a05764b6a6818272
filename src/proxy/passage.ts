/**
 * What leaves the machine through the proxy: hosts that were allowed by name, untouched. A name is resolved once, and
 * that address is connected to, so that a name cannot lead inside by changing its answer.
 */
import { lookup } from 'node:dns/promises';
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { BlockList, connect, isIP } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { ApiError } from '../error.ts';
import { isLoopback } from '../loopback.ts';
import { isInside } from '../outbound.ts';
import { wallTimer } from '../wall.ts';
import { type Address, addressOf } from './address.ts';
import { end } from './say.ts';

/** Where to connect, or why not. */
export type Permission = { address: string; port: number } | { why: string; fixable: boolean };

const CONNECT_MS_MAX = 20_000;
const IDLE_MS_MAX = 300_000;
const UPSTREAM_SOCKETS_MAX = 256;
/** Where clouds hand their machines' credentials to whoever asks. */
const METADATA_NAMES = /^(metadata|instance-data|metadata\.goog|(metadata|instance-data)\..*internal)$/;
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addAddress('100.100.100.200', 'ipv4');
metadata.addAddress('168.63.129.16', 'ipv4');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('fd20:ce::254', 'ipv6');
metadata.addSubnet('fe80::', 10, 'ipv6');
/** Named one by one, they lead nowhere outside. */
const HOP_HEADERS =
  /^(connection|keep-alive|proxy-(connection|authorization|authenticate)|te|trailer|transfer-encoding|upgrade)$/i;

/** All addresses of a name; rejects or gives none where there are none. */
export type Resolve = (name: string) => Promise<string[]>;

const addressesOf: Resolve = async (name) => (await lookup(name, { all: true })).map((one) => one.address);

/** The way out for what is allowed. */
export class Passage {
  readonly #allow: readonly { host: string; port: number | undefined }[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: UPSTREAM_SOCKETS_MAX, timeout: IDLE_MS_MAX });

  readonly #resolve: Resolve;

  /** `allow`: `example.com`, `example.com:443`, `*.example.com`. Throws an ApiError (422) for what is none of that. */
  constructor(allow: readonly string[] = [], resolve: Resolve = addressesOf) {
    this.#resolve = resolve;
    this.#allow = allow.map((text) => {
      const wild = text.startsWith('*.');
      const address = addressOf(wild ? text.slice(2) : text);
      if (!address)
        throw new ApiError({
          name: 'bad-host',
          status: 422,
          message: `${text} is no host to allow: write example.com or example.com:443`,
        });
      return { host: `${wild ? '*.' : ''}${address.name}`, port: address.port };
    });
  }

  /** Looks a host up where it is allowed. `fixable`: allowing it would help. */
  async permit({ name, port = 80 }: Address): Promise<Permission> {
    if (METADATA_NAMES.test(name) || (isIP(name) && isMetadata(name)))
      return { why: 'addresses of cloud metadata are never let through', fixable: false };
    const rule = this.#allow.find((one) => (one.port ?? port) === port && fits(one.host, name));
    if (!rule) return { why: 'it is no host of a twin', fixable: true };
    if (isIP(name)) return { address: name, port };
    const addresses = await this.#resolve(name).catch(() => []);
    if (addresses.length === 0) return { why: 'its name does not resolve', fixable: false };
    // Whoever names localhost means this machine; any other name that leads here is a trick or a mistake.
    const good = isLoopback(name) ? addresses.filter(isLoopback) : addresses.some(isInside) ? [] : addresses;
    const [address] = good;
    return address === undefined
      ? { why: `its name leads to ${addresses[0]}, an address that is not public`, fixable: false }
      : { address, port };
  }

  /** Joins a client that asked for CONNECT with its host; says `200` when there is one to talk with, else `502`. */
  tunnel(client: Duplex, to: { address: string; port: number }): void {
    const upstream = connect({
      host: to.address,
      port: to.port,
      allowHalfOpen: true,
      timeout: IDLE_MS_MAX,
    });
    const connected = wallTimer(CONNECT_MS_MAX, () => upstream.destroy());
    let joined = false;
    upstream.once('connect', () => {
      joined = true;
      connected();
      upstream.setNoDelay(true);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      pipeline(client, upstream, () => {});
      pipeline(upstream, client, () => {});
    });
    upstream.on('error', () => upstream.destroy());
    upstream.once('timeout', () => upstream.destroy());
    upstream.once('close', () => {
      connected();
      if (!joined) end(client, { status: 502, kind: 'no-answer', detail: `${to.address} does not answer` });
    });
    client.once('close', () => upstream.destroy());
  }

  /** Passes on a request that came in absolute form, and its reply. */
  forward(
    req: IncomingMessage,
    res: ServerResponse,
    to: { address: string; port: number },
    path: string,
  ): void {
    const upstream = request({
      host: to.address,
      port: to.port,
      method: req.method ?? 'GET',
      path,
      agent: this.#agent,
      setHost: false,
      headers: endToEnd(req.rawHeaders),
    });
    upstream.on('response', (reply) => {
      res.sendDate = false;
      res.writeHead(reply.statusCode ?? 502, reply.statusMessage, endToEnd(reply.rawHeaders));
      pipeline(reply, res, () => {});
    });
    upstream.on('timeout', () => upstream.destroy());
    res.once('close', () => upstream.destroy());
    pipeline(req, upstream, (error) => {
      if (!error || res.headersSent) return;
      res.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
      res.end(`no answer from ${req.headers.host}: ${error.message}\n`);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

const isMetadata = (address: string): boolean =>
  metadata.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const fits = (host: string, name: string): boolean =>
  host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host;

function endToEnd(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < raw.length; i += 2)
    if (!HOP_HEADERS.test(raw[i] as string)) kept.push(raw[i] as string, raw[i + 1] as string);
  return kept;
}
