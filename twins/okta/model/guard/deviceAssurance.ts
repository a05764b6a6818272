/** Device assurance: what a device must be like, by platform. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { deviceAssurances } from '../../world/security.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type Form, inForm } from '../policies/policyShape.ts';
import { rulesNaming } from '../policies/policyUse.ts';
import { postureCheckNamed } from './devicePostureCheck.ts';

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

const COMPUTED: ReadonlySet<string> = new Set([
  ...['id', 'createdDate', 'createdBy', 'lastUpdate', 'lastUpdatedBy', '_links'],
  ...['resourceType', 'resourceId', 'resourceDisplayName'],
]);

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

/** Removes a policy. Throws E0000113 for one that rules of authentication policies ask for. */
export function deleteDeviceAssurance(world: World, who: Who, id: string): void {
  const row = findDeviceAssurance(world, id, 'DeviceAssuranceEntity');
  const rules = rulesNaming(world, id).map(({ name }) => name);
  if (rules.length > 0)
    throw refuse('E0000113', {
      args: ['Device assurance is in use and cannot be deleted'],
      causes: [`Authentication policy rules: ${rules.join(', ')}`],
    });
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
  if (!platform) throw blank('platform');
  const allowed = Object.hasOwn(CHECKS, platform as string) ? CHECKS[platform as string] : undefined;
  if (!allowed) throw notWellFormed();
  const other = world.list(deviceAssurances, { where: (one) => one.name === name && one.id !== own }).first();
  if (other) throw invalid('name', 'name: A device assurance policy with this name exists already.');
  const checks = Object.fromEntries(Object.entries(rest).filter(([key]) => !COMPUTED.has(key)));
  for (const key of Object.keys(checks))
    if (!allowed.includes(key) && !OF_ALL.includes(key))
      throw invalid(key, `${key}: The field is not supported for platform ${platform}`);
  checkValues(world, checks, platform as string);
  const whole = { ...checks, displayRemediationMode: checks.displayRemediationMode ?? 'HIDE' };
  return { name, platform: platform as string, checks: inForm(FORM, whole) as Record<string, unknown> };
}

/** What can be asked of a device of each platform, and of any. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  ANDROID: [
    'osVersion',
    'jailbreak',
    'diskEncryptionType',
    'screenLockType',
    'secureHardwarePresent',
    'callerContext',
  ],
  IOS: ['osVersion', 'jailbreak', 'screenLockType'],
  MACOS: ['osVersion', 'diskEncryptionType', 'screenLockType', 'secureHardwarePresent'],
  WINDOWS: [
    'osVersion',
    'osVersionConstraints',
    'diskEncryptionType',
    'screenLockType',
    'secureHardwarePresent',
  ],
  CHROMEOS: [],
};
const OF_ALL = ['thirdPartySignalProviders', 'devicePostureChecks', 'gracePeriod', 'displayRemediationMode'];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  screenLockType: ['NONE', 'PASSCODE', 'BIOMETRIC'],
  diskEncryptionType: ['ALL_INTERNAL_VOLUMES', 'FULL', 'USER', 'NONE'],
};
const VERSION = /^\d{1,9}(\.\d{1,9}){0,3}$/;

function checkValues(world: World, checks: Record<string, unknown>, platform: string): void {
  const minimum = (checks.osVersion as { minimum?: string } | undefined)?.minimum;
  if (minimum && !VERSION.test(minimum))
    throw invalid('osVersion', `osVersion: ${minimum} is not a valid version`);
  for (const [name, allowed] of Object.entries(WORDS))
    for (const one of (checks[name] as { include?: string[] } | undefined)?.include ?? [])
      if (!allowed.includes(one)) throw notWellFormed();
  if (!['HIDE', 'SHOW', undefined].includes(checks.displayRemediationMode as string | undefined))
    throw notWellFormed();
  const { include = [] } = (checks.devicePostureChecks ?? {}) as { include?: { variableName?: string }[] };
  for (const { variableName = '' } of include)
    if (!postureCheckNamed(world, variableName, platform))
      throw invalid('devicePostureChecks', `devicePostureChecks: ${variableName} does not exist`);
}

const FORM: Form = {
  osVersion: { dynamicVersionRequirement: 1, minimum: 1 },
  osVersionConstraints: 1,
  secureHardwarePresent: 1,
  jailbreak: 1,
  diskEncryptionType: { include: 1 },
  screenLockType: { include: 1 },
  thirdPartySignalProviders: {
    dtc: {
      osVersion: { minimum: 1 },
      diskEncrypted: 1,
      osFirewall: 1,
      screenLockSecured: 1,
      allowScreenLock: 1,
      browserVersion: { minimum: 1 },
      deviceEnrollmentDomain: 1,
      builtInDnsClientEnabled: 1,
      chromeRemoteDesktopAppBlocked: 1,
      safeBrowsingProtectionLevel: 1,
      siteIsolationEnabled: 1,
      passwordProtectionWarningTrigger: 1,
      realtimeUrlCheckMode: 1,
      keyTrustLevel: 1,
    },
  },
  devicePostureChecks: 1,
  gracePeriod: { type: 1, expiry: 1 },
  displayRemediationMode: 1,
};
