/** ThreatInsight: what happens to sign-ins from addresses that attacked other orgs. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notWellFormed } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { threatInsights } from '../../world/security.ts';
import { org, zones } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { addressFacts } from './address.ts';
import { isExempt, isInZone } from './zoneMatch.ts';

/** The settings in the vendor's shape, less links. */
export interface ThreatInsight {
  action: 'none' | 'audit' | 'block';
  excludeZones: string[];
  created: string;
  lastUpdated: string;
}

const ACTIONS: ReadonlySet<unknown> = new Set(['none', 'audit', 'block']);

/** The settings; off where nobody turned it on. */
export const threatInsight = (world: World): ThreatInsight =>
  world.get(threatInsights, 'org') ?? {
    action: 'none',
    excludeZones: [],
    created: org(world).created,
    lastUpdated: org(world).created,
  };

/** Replaces the settings. Throws E0000001 for an unknown action or zone. */
export function setThreatInsight(
  world: World,
  who: Who,
  input: { action?: string; excludeZones?: string[] } | undefined,
): ThreatInsight {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { action, excludeZones = [] } = input;
  if (!ACTIONS.has(action)) throw invalid('action', 'action: The action must be none, audit or block');
  for (const id of excludeZones)
    if (world.get(zones, id)?.type !== 'IP')
      throw invalid('excludeZones', `excludeZones: IP network zone ${id} does not exist`);
  const row = world.put(threatInsights, {
    action: action as ThreatInsight['action'],
    excludeZones: [...excludeZones].reverse(),
    created: threatInsight(world).created,
    lastUpdated: stamp(world.now()),
  });
  const thing = { id: org(world).id, type: 'ThreatInsight', name: 'ThreatInsight' };
  recordChange(world, who, 'security.threat.configuration.update', 'Update ThreatInsight', thing);
  return row;
}

/** Takes a zone that is gone out of the settings. */
export function forgetZone(world: World, id: string): void {
  if (threatInsight(world).excludeZones.includes(id))
    world.update(threatInsights, 'org', (row) => ({
      ...row,
      excludeZones: row.excludeZones.filter((one) => one !== id),
    }));
}

/**
 * What ThreatInsight does with a sign-in from an address that attacks were seen from (`placeAddress`): nothing, write
 * it down, or refuse it. Addresses of exempt zones are let be.
 */
export function threatOf(world: World, ip: string): ThreatInsight['action'] {
  const { action, excludeZones } = threatInsight(world);
  if (action === 'none' || !addressFacts(world, ip).threat) return 'none';
  const exempt = excludeZones.some((id) => {
    const zone = world.get(zones, id);
    return zone !== undefined && isInZone(world, zone, ip);
  });
  return exempt || isExempt(world, ip) ? 'none' : action;
}
