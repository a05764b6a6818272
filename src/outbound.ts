/**
 * How events and webhooks leave the process. Guarded: in local mode to loopback only; with an operator key to public
 * addresses only, resolved once and pinned, so that a program cannot be used to reach what it should not.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type Socket } from 'node:net';
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

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
] as const)
  inside.addSubnet(net, bits, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is private, loopback, link-local or otherwise not of the public network. */
export const isInside = (address: string): boolean =>
  inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Sends by undici; every failure is an outcome, never a throw. */
export function networkOutbound(guard: OutboundGuard): Outbound & { close(): Promise<void> } {
  let loaded: Promise<{ agent: Agent; request: typeof import('undici').request }> | undefined;
  // Loaded at the first delivery: it takes longer to load than the server takes to start.
  const client = () => {
    loaded ??= import('undici').then(({ Agent, buildConnector, request }) => ({
      agent: new Agent({
        ...{ connections: 64, keepAliveTimeout: 4_000, pipelining: 1 },
        ...(guard.dial ? { connect: dialing(guard.dial, buildConnector({})) } : {}),
      }),
      request,
    }));
    return loaded;
  };
  return {
    async send({ url, method, headers, body, timeoutMs }): Promise<DeliveryOutcome> {
      const nothing = { status: 0, headers: {}, body: '' };
      try {
        const target = new URL(url);
        const address = await permitted(target, guard);
        if (!address) return { ...nothing, failure: 'refused' };
        const { hostname } = target;
        if (address !== hostname && target.protocol === 'http:')
          target.hostname = address.includes(':') ? `[${address}]` : address;
        const { agent, request } = await client();
        const response = await request(target, {
          method: method as 'POST',
          headers: { ...headers, host: hostname + (target.port ? `:${target.port}` : '') },
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
        const name = (error as Error).name;
        return {
          ...nothing,
          failure: name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'connection',
        };
      }
    },
    close: async () => (await loaded)?.agent.destroy(),
  };
}

/** Goes the usual way where `dial` has none; TLS, where it is asked for, over what was dialled. */
function dialing(
  dial: NonNullable<OutboundGuard['dial']>,
  usual: buildConnector.connector,
): buildConnector.connector {
  return (options, callback) => {
    const dialled = dial(Number(options.port));
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

/** The address to connect to, or undefined where the guard forbids it. */
async function permitted(target: URL, guard: OutboundGuard): Promise<string | undefined> {
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return undefined;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (guard.allow?.some((one) => one === host || one === target.host)) return host;
  const address = isIP(host) ? host : (await lookup(host)).address;
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (guard.reach === 'loopback') return loopback.check(address, family) ? address : undefined;
  return isInside(address) ? undefined : address;
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
