/** Network zones: addresses, places and services that policies tell apart. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { zones } from '../world.ts';
import { record, type Who } from './log.ts';

/** A zone in the vendor's shape, less links; what else it has depends on its type. */
export interface Zone {
  type: 'IP' | 'DYNAMIC' | 'DYNAMIC_V2';
  id: string;
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  usage: 'POLICY' | 'BLOCKLIST';
  created: string;
  lastUpdated: string;
  system: boolean;
  [more: string]: unknown;
}

/** The body of a create or replace. */
export interface ZoneInput {
  type?: Zone['type'];
  name?: string;
  status?: Zone['status'];
  usage?: Zone['usage'];
  [more: string]: unknown;
}

/** The zone with this id, or E0000007. */
export const findZone = (world: World, id: string): Zone =>
  world.require(zones, id, () => notFound(id, 'NetworkZone'));

/** Makes a zone. Throws E0000001 for a missing or taken name, an unknown type, an address that is none. */
export function createZone(world: World, who: Who, input: ZoneInput | undefined): Zone {
  const { name, type } = checked(world, input);
  const sent = input as ZoneInput;
  const now = stamp(world.now());
  const zone = world.insert(zones, {
    type,
    id: newId(world, 'nzo'),
    name,
    status: sent.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
    usage: sent.usage ?? 'POLICY',
    created: now,
    lastUpdated: now,
    system: false,
    ...partsOf(type, sent),
  });
  log(world, who, 'zone.create', 'Create network zone', zone);
  return zone;
}

/** Puts a zone of the system in. */
export function addSystemZone(world: World, name: string, usage: Zone['usage']): Zone {
  const now = stamp(world.now());
  return world.insert(zones, {
    type: 'IP',
    id: newId(world, 'nzo'),
    name,
    status: 'ACTIVE',
    usage,
    created: now,
    lastUpdated: now,
    system: true,
    gateways: null,
    proxies: null,
  });
}

/** Replaces a zone; its type stays. */
export function replaceZone(world: World, who: Who, id: string, input: ZoneInput | undefined): Zone {
  const old = findZone(world, id);
  const { name, type } = checked(world, input, id);
  const sent = input as ZoneInput;
  if (type !== old.type) throw invalid('type', 'type: The type of a network zone cannot be changed.');
  const changed = world.update(zones, id, () => ({
    type,
    id,
    name,
    status: sent.status ?? old.status,
    usage: sent.usage ?? old.usage,
    created: old.created,
    lastUpdated: stamp(world.now()),
    system: old.system,
    ...partsOf(type, sent),
  }));
  log(world, who, 'zone.update', 'Update network zone', changed);
  return changed;
}

/** Turns a zone on or off, and returns it. */
export function setZoneStatus(world: World, who: Who, id: string, status: Zone['status']): Zone {
  findZone(world, id);
  const changed = world.update(zones, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  log(world, who, `zone.${verb}`, `${verb === 'activate' ? 'Activate' : 'Deactivate'} network zone`, changed);
  return changed;
}

/** Removes a zone that is not the system's. */
export function deleteZone(world: World, who: Who, id: string): void {
  const zone = findZone(world, id);
  if (zone.system) throw invalid('system', 'system: A system network zone cannot be deleted.');
  world.remove(zones, id);
  log(world, who, 'zone.delete', 'Delete network zone', zone);
}

const TYPES: ReadonlySet<unknown> = new Set(['IP', 'DYNAMIC', 'DYNAMIC_V2']);
const ADDRESS = /^[0-9a-fA-F.:]+(\/\d{1,3}|-[0-9a-fA-F.:]+)?$/;

function checked(world: World, input: ZoneInput | undefined, own?: string): Pick<Zone, 'name' | 'type'> {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type } = input;
  if (!name) throw blank('name');
  if (!TYPES.has(type)) throw invalid('type', 'type: The type is not valid');
  const other = world.list(zones, { index: 'name', equals: name.toLowerCase() }).first();
  if (other && other.id !== own)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  for (const part of ['gateways', 'proxies'] as const)
    for (const address of (input[part] as { value?: string }[] | null | undefined) ?? [])
      if (!ADDRESS.test(address.value ?? ''))
        throw invalid(part, `${part}: ${address.value} is not a valid IP address`);
  return { name, type: type as Zone['type'] };
}

interface Place {
  country: string;
  region?: string | null;
}
interface Choice {
  include?: unknown[];
  exclude?: unknown[];
}

/** What a zone of each type has. */
function partsOf(type: Zone['type'], sent: ZoneInput): Record<string, unknown> {
  if (type === 'IP') return { gateways: sent.gateways ?? null, proxies: sent.proxies ?? null };
  if (type === 'DYNAMIC')
    return {
      locations: sent.locations ? (sent.locations as Place[]).map(place) : null,
      proxyType: sent.proxyType ?? '',
      ...(sent.asns ? { asns: sent.asns } : {}),
    };
  const { include = [], exclude = [] } = (sent.locations ?? {}) as { include?: Place[]; exclude?: Place[] };
  return {
    locations: { include: include.map(place), exclude: exclude.map(place) },
    ipServiceCategories: choice(sent.ipServiceCategories as Choice | undefined),
    asns: choice(sent.asns as Choice | undefined),
  };
}

const place = ({ country, region }: Place): Place => ({ country, region: region ?? null });
const choice = (sent: Choice | undefined) => ({ include: sent?.include ?? [], exclude: sent?.exclude ?? [] });

function log(world: World, who: Who, eventType: string, displayMessage: string, zone: Zone): void {
  const target = [
    { id: zone.id, type: 'NetworkZone', alternateId: 'unknown', displayName: zone.name, detailEntry: null },
  ];
  record(world, who, { eventType, displayMessage, target });
}
