/** What is in a zone: addresses, or places, networks, proxies and services. */
import { invalid } from '../../errors.ts';
import { ZONE_ADDRESSES_BLOCKED_MAX, ZONE_ADDRESSES_MAX, ZONE_CHOICES_MAX } from '../../limits.ts';
import { rangeOf } from './address.ts';
import type { Zone, ZoneInput } from './zone.ts';

interface Place {
  country: string;
  region?: string | null;
}
interface Choice<T> {
  include?: readonly T[] | null;
  exclude?: readonly T[] | null;
}
interface Range {
  type?: string;
  value?: string;
}

/** What a zone of each type has, as it is kept. */
export function partsOf(type: Zone['type'], sent: ZoneInput): Record<string, unknown> {
  if (type === 'IP') return { gateways: rangesOf(sent.gateways), proxies: rangesOf(sent.proxies) };
  if (type === 'DYNAMIC')
    return {
      locations: sent.locations ? placed(sent.locations as Place[]) : null,
      proxyType: sent.proxyType ?? '',
      ...(sent.asns ? { asns: sent.asns } : {}),
    };
  const { include, exclude } = (sent.locations ?? {}) as Choice<Place>;
  return {
    locations: { include: placed(include ?? []), exclude: placed(exclude ?? []) },
    ipServiceCategories: choice(sent.ipServiceCategories as Choice<string> | undefined),
    asns: choice(sent.asns as Choice<string> | undefined),
  };
}

/** Whole countries come after regions. */
const placed = (places: readonly Place[]): Place[] => {
  const rows = places.map(({ country, region }) => ({ country, region: region || null }));
  return [...rows.filter((one) => one.region), ...rows.filter((one) => !one.region)];
};
const choice = <T>(sent: Choice<T> | undefined) => ({
  include: sent?.include ?? [],
  exclude: sent?.exclude ?? [],
});

/** A range of one address is written as one from it to itself. */
function rangesOf(sent: unknown): Range[] | null {
  if (!sent) return null;
  return (sent as Range[]).map(({ type = 'CIDR', value = '' }) => ({
    type,
    value: type === 'RANGE' && !value.includes('-') ? `${value}-${value}` : value,
  }));
}

/**
 * Checks that something is in a zone, and that it is what the type takes; a zone of the system may be empty.
 * Throws E0000001.
 */
export function checkParts(input: ZoneInput, type: Zone['type'], isSystem: boolean): void {
  if (!isSystem && NEEDED[type].every((part) => isEmpty(input[part])))
    throw invalid(
      NEEDED[type][0] as string,
      `${NEEDED[type][0]}: Define at least one of ${NEEDED[type].join(', ')}`,
    );
  if (type === 'IP') checkRanges(input);
  else checkChoices(input, type);
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/NetworkZone/#operation/createNetworkZone */
const NEEDED: Readonly<Record<Zone['type'], readonly string[]>> = {
  IP: ['gateways', 'proxies'],
  DYNAMIC: ['asns', 'locations', 'proxyType'],
  DYNAMIC_V2: ['asns', 'locations', 'ipServiceCategories'],
};

const isEmpty = (part: unknown): boolean =>
  part === undefined ||
  part === null ||
  part === '' ||
  (typeof part === 'object' && Object.values(part).every((one) => Array.isArray(one) && one.length === 0));

function checkRanges(input: ZoneInput): void {
  const most = input.usage === 'BLOCKLIST' ? ZONE_ADDRESSES_BLOCKED_MAX : ZONE_ADDRESSES_MAX;
  for (const part of ['gateways', 'proxies'] as const) {
    const ranges = (input[part] ?? []) as Range[];
    if (ranges.length > most) throw invalid(part, `${part}: At most ${most} IP addresses are allowed`);
    for (const { type, value = '' } of ranges)
      if (
        !rangeOf(value) ||
        (type === 'CIDR' && value.includes('-')) ||
        (type === 'RANGE' && value.includes('/'))
      )
        throw invalid(part, `${part}: ${value} is not a valid IP address`);
  }
}

function checkChoices(input: ZoneInput, type: Zone['type']): void {
  const places = listed<Place>(input.locations);
  for (const { country, region } of places)
    if (!/^[A-Z]{2}$/.test(country) || (region && !region.startsWith(`${country}-`)))
      throw invalid('locations', `locations: ${region ?? country} is not a valid location`);
  for (const asn of listed<string>(input.asns))
    if (!/^\d{1,10}$/.test(asn)) throw invalid('asns', `asns: ${asn} is not a valid ASN`);
  for (const part of ['locations', 'asns', 'ipServiceCategories'])
    if (listed(input[part]).length > ZONE_CHOICES_MAX)
      throw invalid(part, `${part}: At most ${ZONE_CHOICES_MAX} values are allowed`);
  if (type === 'DYNAMIC' && !PROXY_TYPES.has(input.proxyType))
    throw invalid('proxyType', 'proxyType: The proxy type is not valid');
  for (const service of listed<string>(input.ipServiceCategories))
    if (!/^[A-Z0-9_]+$/.test(service))
      throw invalid(
        'ipServiceCategories',
        `ipServiceCategories: ${service} is not a valid IP service category`,
      );
}

const PROXY_TYPES: ReadonlySet<unknown> = new Set([
  ...[undefined, null, '', 'null', 'Any', 'Tor', 'TorAnonymizer', 'NotTorAnonymizer'],
]);

/** The values of a list, or of both lists of a zone of the newer kind. */
function listed<T>(part: unknown): T[] {
  if (Array.isArray(part)) return part;
  const { include, exclude } = (part ?? {}) as Choice<T>;
  return [...(include ?? []), ...(exclude ?? [])];
}
