/** Addresses that requests come from, and what a service that knows addresses tells of them. */
import { BlockList, isIP } from 'node:net';
import type { World } from '../../../../src/world/world.ts';
import { addresses } from '../../world/security.ts';
import { zones } from '../../world.ts';

/** What is known of an address; the gesture `placeAddress` says it. Coordinates in degrees. */
export interface Address {
  ip: string;
  /** ISO 3166-1, and with it ISO 3166-2, as `US` and `US-CA`. */
  country?: string;
  region?: string;
  city?: string;
  latitude?: number;
  longitude?: number;
  /** The network's number, as `15169`. */
  asn?: string;
  /** What kind of proxy it is, as `TorAnonymizer`. */
  proxyType?: string;
  /** Services behind it, as `NORD_VPN`. */
  serviceCategories?: readonly string[];
  /** How dangerous a sign-in from there is. */
  risk?: 'LOW' | 'MEDIUM' | 'HIGH';
  /** ThreatInsight has seen attacks come from there. */
  threat?: boolean;
}

/** Where every program is that does not say, as a proxy does, for whom it asks. */
export const LOOPBACK = '127.0.0.1';

/** What is known of an address; nothing but the address where nobody has said more. */
export const addressFacts = (world: World, ip: string): Address => world.get(addresses, ip) ?? { ip };

/**
 * The client's address by the chain of `X-Forwarded-For`: the last one that no zone names as a proxy that is trusted.
 * https://help.okta.com/oie/en-us/content/topics/security/network/ip-zones.htm
 */
export function clientAddress(world: World, forwardedFor: string | undefined): string {
  const chain = (forwardedFor ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => isIP(part) !== 0)
    .slice(-CHAIN_MAX);
  if (chain.length < 2) return chain[0] ?? LOOPBACK;
  const proxies = world
    .list(zones, { where: (zone) => zone.status === 'ACTIVE' && Array.isArray(zone.proxies) })
    .toArray()
    .flatMap((zone) => zone.proxies as { value: string }[])
    .map(({ value }) => value);
  return chain.findLast((ip) => !isAmong(ip, proxies)) ?? (chain[0] as string);
}

/** Addresses of a chain that are looked at. */
const CHAIN_MAX = 20;

/** Whether an address is one of these addresses, ranges (`a-b`) or networks (`a/n`). */
export function isAmong(ip: string, parts: readonly string[]): boolean {
  if (parts.length === 0) return false;
  const family = familyOf(ip);
  const list = new BlockList();
  for (const part of parts) {
    const range = rangeOf(part);
    if (range) add(list, range);
  }
  return list.check(ip, family);
}

type AddressRange = { from: string; to?: string; bits?: number };

/** The parts of an address, range or network as people write them; undefined for what is none. */
export function rangeOf(text: string): AddressRange | undefined {
  const [from = '', bits, more] = text.split('/');
  if (more !== undefined) return undefined;
  if (bits !== undefined) {
    const width = isIP(from) === 6 ? 128 : 32;
    return isIP(from) && /^\d{1,3}$/.test(bits) && Number(bits) <= width
      ? { from, bits: Number(bits) }
      : undefined;
  }
  const [first = '', last, rest] = text.split('-');
  if (rest !== undefined || !isIP(first)) return undefined;
  if (last === undefined) return { from: first };
  return isIP(last) === isIP(first) ? { from: first, to: last } : undefined;
}

function add(list: BlockList, { from, to, bits }: AddressRange): void {
  const family = familyOf(from);
  if (bits !== undefined) list.addSubnet(from, bits, family);
  else if (to === undefined) list.addAddress(from, family);
  else if (isOrdered(from, to)) list.addRange(from, to, family);
}

/** Node throws for a range that ends before it begins; the service just finds nobody in it. */
function isOrdered(from: string, to: string): boolean {
  try {
    new BlockList().addRange(from, to, familyOf(from));
    return true;
  } catch {
    return false;
  }
}

const familyOf = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');
