/**
 * How events and webhooks leave the process. Guarded: in local mode to loopback only; with an operator key to public
 * addresses only, resolved once and pinned, so that a program cannot be used to reach what it should not.
 */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import type { Outbound } from './outbox.ts';
import type { DeliveryOutcome } from './twin.ts';

/** A reply is read to this length; the rest is dropped. */
const REPLY_BYTES_MAX = 1024 * 1024;

export interface OutboundGuard {
  /** `loopback`: only this machine. `public`: anything but private, loopback, link-local and metadata addresses. */
  reach: 'loopback' | 'public';
  /** Hosts (or host:port) that are let through whatever their address is. */
  allow?: readonly string[];
  /** Connects to a port of loopback where a program listens out of reach; undefined: in the usual way. */
  dial?: (port: number) => Promise<Socket> | undefined;
}

/** Not of the public network: IANA's registries of special addresses. An IPv4 net covers its form in IPv6, too. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['fc00::', 7],
  // Of a link, and what was of a site.
  ['fe80::', 9],
  ['ff00::', 8],
  // These lead on to an IPv4 address within them, which may be any.
  ['64:ff9b::', 32],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
] as const)
  inside.addSubnet(net, bits, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isLoopback = (address: string): boolean =>
  loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address is private, loopback, link-local or otherwise not of the public network. */
export const isInside = (address: string): boolean =>
  inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Sends by undici, which follows no redirect; every failure is an outcome, never a throw. */
export function networkOutbound(
  guard: OutboundGuard,
  resolve: Resolve = (host) => lookup(host, { all: true }),
): Outbound & { close(): Promise<void> } {
  let loaded: Promise<{ agent: Agent; request: typeof import('undici').request }> | undefined;
  // Loaded at the first delivery: it takes longer to load than the server takes to start.
  const client = () => {
    loaded ??= import('undici').then(({ Agent, buildConnector, request }) => {
      const connect = guarded(guard, resolve, buildConnector);
      return {
        agent: new Agent({ connections: 64, keepAliveTimeout: 4_000, pipelining: 1, connect }),
        request,
      };
    });
    return loaded;
  };
  return {
    async send({ url, method, headers, body, timeoutMs }): Promise<DeliveryOutcome> {
      const nothing = { status: 0, headers: {}, body: '' };
      try {
        const target = new URL(url);
        if (!/^https?:$/.test(target.protocol)) return { ...nothing, failure: 'refused' };
        const { agent, request } = await client();
        const response = await request(target, {
          method: method as 'POST',
          headers: { ...headers, host: target.host },
          body,
          dispatcher: agent,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return {
          status: response.statusCode,
          headers: flat(response.headers),
          body: await bounded(response.body),
        };
      } catch (error) {
        return { ...nothing, failure: failureOf(error as Error) };
      }
    },
    close: async () => (await loaded)?.agent.destroy(),
  };
}

/** How a name is looked up: all addresses that it has. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** Names that are this machine's, whoever is asked (RFC 6761). */
const LOCAL_NAME = /(^|\.)localhost$/;

class Refused extends Error {
  override readonly message = 'the guard forbids this address';
}

function failureOf(error: Error): DeliveryOutcome['failure'] {
  if (error instanceof Refused) return 'refused';
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timeout' : 'connection';
}

/**
 * Connects to allowed addresses only. A name is looked up once, and what was found is what is connected to, so that
 * no second answer leads elsewhere; TLS still asks for the name.
 */
function guarded(
  { allow, reach, dial }: OutboundGuard,
  resolve: Resolve,
  connectorFor: typeof buildConnector,
): buildConnector.connector {
  const good = (address: string) => (reach === 'loopback' ? isLoopback(address) : !isInside(address));
  const free = dialing(dial, connectorFor({}));
  const pinned = connectorFor({ lookup: lookingUp(good, resolve) });
  const local = reach === 'loopback' ? dialing(dial, pinned) : pinned;
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    if (
      allow?.some((one) => one === host || one === options.hostname || one === `${options.hostname}:${port}`)
    )
      return free(options, callback);
    if (!isIP(host)) return (LOCAL_NAME.test(host) ? local : pinned)(options, callback);
    return good(host) ? free(options, callback) : callback(new Refused(), null);
  };
}

/** A look-up as sockets ask for it. One address of a name that is not `good` is enough to refuse the name. */
function lookingUp(good: (address: string) => boolean, resolve: Resolve): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => good(address))) callback(new Refused(), '');
        else if (all) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}

/** Goes the usual way where `dial` has none; TLS, where it is asked for, over what was dialled. */
function dialing(dial: OutboundGuard['dial'], usual: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const dialled = dial?.(Number(options.port));
    if (!dialled) return void usual(options, callback);
    dialled.then(
      (httpSocket) =>
        options.protocol === 'https:'
          ? usual({ ...options, httpSocket }, callback)
          : callback(null, httpSocket),
      (error: Error) => callback(error, null),
    );
  };
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

async function bounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > REPLY_BYTES_MAX) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
