/** Who is in a network zone: by address, place, network number, proxy or service. */
import type { World } from '../../../../src/world/world.ts';
import { zones } from '../../world.ts';
import { type Address, addressFacts, isAmong } from './address.ts';
import type { Zone } from './zone.ts';

/** Whether an address is in a zone that is on. */
export function isInZone(world: World, zone: Zone, ip: string): boolean {
  if (zone.status !== 'ACTIVE') return false;
  if (zone.type === 'IP') return isAmong(ip, values(zone.gateways));
  const facts = addressFacts(world, ip);
  return zone.type === 'DYNAMIC' ? isInDynamic(zone, facts) : isInEnhanced(zone, facts);
}

/** Ids of the zones that policies may name and that an address is in. */
export const zonesOf = (world: World, ip: string): string[] =>
  world
    .list(zones, { index: 'usage', equals: 'POLICY' })
    .toArray()
    .filter((zone) => isInZone(world, zone, ip))
    .map(({ id }) => id);

/**
 * The zone that keeps an address out of the org; undefined where none does. `DefaultExemptIpZone` lets in whom others
 * would keep out. https://help.okta.com/oie/en-us/content/topics/security/network/about-ip-exempt-zone.htm
 */
export function blockingZone(world: World, ip: string): Zone | undefined {
  const found = world
    .list(zones, { index: 'usage', equals: 'BLOCKLIST' })
    .toArray()
    .find((zone) => isInZone(world, zone, ip));
  return found && !isExempt(world, ip) ? found : undefined;
}

/** Whether an address is always let in. */
export function isExempt(world: World, ip: string): boolean {
  const zone = world.list(zones, { index: 'name', equals: EXEMPT.toLowerCase() }).first();
  return zone !== undefined && isInZone(world, zone, ip);
}

/** The zone whose addresses are always let in. */
export const EXEMPT = 'DefaultExemptIpZone';

const values = (parts: unknown): string[] =>
  ((parts ?? []) as { value?: string }[]).map(({ value = '' }) => value);

interface Place {
  country: string;
  region?: string | null;
}
interface Choice<T> {
  include?: readonly T[];
  exclude?: readonly T[];
}

/** All that a dynamic zone names must hold; a list that is empty or missing asks for nothing. */
function isInDynamic({ locations, asns, proxyType }: Zone, facts: Address): boolean {
  const places = (locations ?? []) as Place[];
  const networks = (asns ?? []) as string[];
  if (places.length === 0 && networks.length === 0 && !proxyType) return false;
  return (
    (places.length === 0 || places.some((one) => isAt(one, facts))) &&
    (networks.length === 0 || networks.includes(facts.asn ?? '')) &&
    (!proxyType || isProxy(proxyType as string, facts))
  );
}

function isProxy(wanted: string, { proxyType }: Address): boolean {
  if (proxyType === undefined) return false;
  if (wanted === 'Any') return true;
  const isTor = TOR.test(proxyType);
  return wanted === 'NotTorAnonymizer' ? !isTor : isTor;
}

const TOR = /tor/i;

function isInEnhanced(zone: Zone, facts: Address): boolean {
  const locations = (zone.locations ?? {}) as Choice<Place>;
  const networks = (zone.asns ?? {}) as Choice<string>;
  const services = (zone.ipServiceCategories ?? {}) as Choice<string>;
  const has = [locations, networks, services].some((one) => one.include?.length || one.exclude?.length);
  return (
    has &&
    chosen(locations, (one) => isAt(one, facts)) &&
    chosen(networks, (one) => one === facts.asn) &&
    chosen(services, (one) => isService(one, facts))
  );
}

const chosen = <T>({ include = [], exclude = [] }: Choice<T>, holds: (one: T) => boolean): boolean =>
  (include.length === 0 || include.some(holds)) && !exclude.some(holds);

/** A category may stand for a group of services, as `ALL_ANONYMIZERS`. */
const isService = (wanted: string, { serviceCategories = [] }: Address): boolean =>
  serviceCategories.some((one) => one === wanted || GROUPS[wanted]?.test(one));

const GROUPS: Readonly<Record<string, RegExp>> = {
  ALL_ANONYMIZERS: /./,
  ALL_ANONYMIZERS_EXCEPT_TOR: /^(?!ANONYMIZER_TOR$)/,
  ALL_IP_SERVICES: /./,
  ALL_PROXIES_VPNS: /_(PROXY|VPN)$/,
};

const isAt = ({ country, region }: Place, facts: Address): boolean =>
  country === facts.country && (!region || region === facts.region);
