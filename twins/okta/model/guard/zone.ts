/** Network zones: addresses, places and services that policies tell apart. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { ZONE_NAME_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { apiTokens, zones } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { rulesNaming } from '../policies/policyUse.ts';
import { forgetZone } from './threatInsight.ts';
import { EXEMPT } from './zoneMatch.ts';
import { checkParts, partsOf } from './zoneParts.ts';

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

/**
 * Makes a zone. Throws E0000001 for a missing or taken name, a type that there is not, a zone that nothing is in, and
 * addresses and places that are none; E0000003 for another word that there is not.
 */
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
  logBlocking(world, who, undefined, zone);
  return zone;
}

/** Puts a zone of the system in. */
export function addSystemZone(
  world: World,
  name: string,
  usage: Zone['usage'],
  parts: Record<string, unknown> = { gateways: null, proxies: null },
  type: Zone['type'] = 'IP',
): Zone {
  const now = stamp(world.now());
  return world.insert(zones, {
    type,
    id: newId(world, 'nzo'),
    name,
    status: 'ACTIVE',
    usage,
    created: now,
    lastUpdated: now,
    system: true,
    ...parts,
  });
}

/** Replaces a zone; its type stays, and what a zone of the system is for. */
export function replaceZone(world: World, who: Who, id: string, input: ZoneInput | undefined): Zone {
  const old = findZone(world, id);
  const { name, type } = checked(world, input, old);
  const sent = input as ZoneInput;
  if (type !== old.type) throw invalid('type', 'type: The type of a network zone cannot be changed.');
  if (old.name === EXEMPT && sent.useAsExemptList !== true)
    throw invalid(
      'useAsExemptList',
      `useAsExemptList: The network zone does not allow usage changes for ${EXEMPT}.`,
    );
  const changed = world.update(zones, id, () => ({
    type,
    id,
    name: old.system ? old.name : name,
    status: sent.status ?? old.status,
    usage: sent.usage ?? old.usage,
    created: old.created,
    lastUpdated: stamp(world.now()),
    system: old.system,
    ...(old.name === EXEMPT ? EXEMPT_PARTS : {}),
    ...partsOf(type, sent),
  }));
  log(world, who, 'zone.update', 'Update network zone', changed);
  logBlocking(world, who, old, changed);
  return changed;
}

/** What the zone has of its own whose addresses are always let in. */
export const EXEMPT_PARTS = { useAsBlackList: false, useAsExemptList: true } as const;

/** Turns a zone on or off, and returns it. */
export function setZoneStatus(world: World, who: Who, id: string, status: Zone['status']): Zone {
  findZone(world, id);
  const changed = world.update(zones, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  log(world, who, `zone.${verb}`, `${verb === 'activate' ? 'Activate' : 'Deactivate'} network zone`, changed);
  return changed;
}

/** Removes a zone. Throws E0000001 for one of the system, one that is on, and one that policies or others name. */
export function deleteZone(world: World, who: Who, id: string): void {
  const zone = findZone(world, id);
  if (zone.system) throw invalid('system', 'system: A system network zone cannot be deleted.');
  if (zone.status === 'ACTIVE')
    throw invalid(
      `The zone: ${zone.name} is an active zone. Active zones cannot be deleted.`,
      `id: The zone: ${id} is an active zone. Active zones cannot be deleted.`,
    );
  for (const [users, what] of [
    [rulesNaming(world, id), 'policy rules'],
    [world.list(apiTokens, { index: 'zone', equals: id }).toArray(), 'API tokens'],
  ] as const)
    if (users.length > 0)
      throw invalid(
        `The zone: ${zone.name} is used in ${what}. Zones in use cannot be deleted.`,
        `id: The zone: ${id} is used in ${what}: ${users.map(({ name }) => name).join(', ')}`,
      );
  world.remove(zones, id);
  forgetZone(world, id);
  log(world, who, 'zone.delete', 'Delete network zone', zone);
}

const TYPES: ReadonlySet<unknown> = new Set(['IP', 'DYNAMIC', 'DYNAMIC_V2']);
const USAGES: ReadonlySet<unknown> = new Set([undefined, null, 'POLICY', 'BLOCKLIST']);
const STATUSES: ReadonlySet<unknown> = new Set([undefined, null, 'ACTIVE', 'INACTIVE']);

function checked(world: World, input: ZoneInput | undefined, old?: Zone): Pick<Zone, 'name' | 'type'> {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type } = input;
  if (!name) throw blank('name');
  if (name.length > ZONE_NAME_CHARS_MAX) throw invalid('name', 'name: The field is too long');
  if (!type) throw blank('type');
  if (!TYPES.has(type)) throw invalid('type', 'type: The type is not valid');
  if (!USAGES.has(input.usage) || !STATUSES.has(input.status)) throw notWellFormed();
  const other = world.list(zones, { index: 'name', equals: name.toLowerCase() }).first();
  if (other && other.id !== old?.id)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  checkParts(input, type, old?.system ?? false);
  return { name, type };
}

/** A zone that keeps addresses out is an event of its own, and so is that it no longer does. */
function logBlocking(world: World, who: Who, old: Zone | undefined, zone: Zone): void {
  if ((old?.usage ?? 'POLICY') === zone.usage) return;
  const blocks = zone.usage === 'BLOCKLIST';
  const says = blocks ? 'Add network zone to blacklist' : 'Remove network zone from blacklist';
  log(world, who, blocks ? 'zone.make_blacklist' : 'zone.remove_blacklist', says, zone);
}

function log(world: World, who: Who, eventType: string, displayMessage: string, zone: Zone): void {
  const target = [
    { id: zone.id, type: 'NetworkZone', alternateId: 'unknown', displayName: zone.name, detailEntry: null },
  ];
  record(world, who, { eventType, displayMessage, target });
}
