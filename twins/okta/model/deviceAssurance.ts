/** Device assurance: what a device must be like, by platform. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { deviceAssurances } from '../world.ts';
import { recordChange, type Who } from './log.ts';

/** A policy in the vendor's shape, less computed parts; what else it has depends on its platform. */
export interface DeviceAssurance {
  id: string;
  name: string;
  platform: string;
  createdDate: string;
  createdBy: string;
  lastUpdate: string;
  lastUpdatedBy: string;
  /** What it asks for: `osVersion`, `jailbreak`, `diskEncryptionType` … */
  checks: Record<string, unknown>;
}

const PLATFORMS: ReadonlySet<unknown> = new Set(['ANDROID', 'IOS', 'MACOS', 'WINDOWS', 'CHROMEOS']);
const COMPUTED = new Set(['id', 'createdDate', 'createdBy', 'lastUpdate', 'lastUpdatedBy', '_links']);

/** The policy with this id, or E0000007; readers and writers name another class. */
export const findDeviceAssurance = (world: World, id: string, kind = 'DeviceAssuranceRuleManagerImpl') =>
  world.require(deviceAssurances, id, () => notFound(id, kind));

/** Makes a policy. Throws E0000001 for a missing or taken name or an unknown platform. */
export function createDeviceAssurance(world: World, who: Who, input: unknown): DeviceAssurance {
  const { name, platform, checks } = checked(world, input);
  const now = stamp(world.now());
  const row = world.insert(deviceAssurances, {
    id: newId(world, 'dae'),
    name,
    platform,
    createdDate: now,
    createdBy: who.id,
    lastUpdate: now,
    lastUpdatedBy: who.id,
    checks,
  });
  log(world, who, 'add', row);
  return row;
}

/** Replaces a policy; its platform stays. */
export function replaceDeviceAssurance(world: World, who: Who, id: string, input: unknown): DeviceAssurance {
  const old = findDeviceAssurance(world, id, 'DeviceAssuranceEntity');
  const { name, platform, checks } = checked(world, input, id);
  if (platform !== old.platform) throw invalid('platform', 'platform: The platform cannot be changed.');
  const changed = world.update(deviceAssurances, id, {
    name,
    checks,
    lastUpdate: stamp(world.now()),
    lastUpdatedBy: who.id,
  });
  log(world, who, 'update', changed);
  return changed;
}

/** Removes a policy. */
export function deleteDeviceAssurance(world: World, who: Who, id: string): void {
  const row = findDeviceAssurance(world, id, 'DeviceAssuranceEntity');
  world.remove(deviceAssurances, id);
  log(world, who, 'delete', row);
}

function log(world: World, who: Who, verb: string, row: DeviceAssurance): void {
  const thing = { id: row.id, type: 'DeviceAssurancePolicy', name: row.name };
  recordChange(world, who, `device.assurance.policy.${verb}`, `Device assurance policy ${verb}`, thing);
}

function checked(world: World, input: unknown, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, platform, ...rest } = input as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw blank('name');
  if (!PLATFORMS.has(platform)) throw invalid('platform', 'platform: The platform is not valid');
  const other = world.list(deviceAssurances, { where: (one) => one.name === name && one.id !== own }).first();
  if (other) throw invalid('name', 'name: A device assurance policy with this name exists already.');
  const checks = Object.fromEntries(Object.entries(rest).filter(([key]) => !COMPUTED.has(key)));
  return { name, platform: platform as string, checks: { displayRemediationMode: 'HIDE', ...checks } };
}
