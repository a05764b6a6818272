/** Whether a device is as device assurance policies ask. */
import type { World } from '../../../../src/world/world.ts';
import { deviceAssurances } from '../../world/security.ts';
import type { Device } from './device.ts';
import type { DeviceAssurance } from './deviceAssurance.ts';

/** Ids of the policies that a device satisfies. */
export const assurancesMet = (world: World, device: Device): string[] =>
  world
    .list(deviceAssurances, { where: (one) => one.platform === device.profile.platform })
    .toArray()
    .filter((one) => isMet(one, device))
    .map(({ id }) => id);

interface Choice {
  include?: readonly string[];
}

/** Every check of a policy must hold; what is not known of a device does not. */
function isMet({ checks }: DeviceAssurance, { profile, signals = {} }: Device): boolean {
  const { osVersion, jailbreak, secureHardwarePresent, diskEncryptionType, screenLockType } = checks as {
    osVersion?: { minimum?: string };
    jailbreak?: boolean;
    secureHardwarePresent?: boolean;
    diskEncryptionType?: Choice;
    screenLockType?: Choice;
  };
  const { thirdPartySignalProviders, devicePostureChecks } = checks as {
    thirdPartySignalProviders?: { dtc?: Record<string, unknown> };
    devicePostureChecks?: { include?: { variableName: string; value: string }[] };
  };
  return (
    isAtLeast(profile.osVersion, osVersion?.minimum) &&
    (jailbreak !== false || profile.integrityJailbreak !== true) &&
    (secureHardwarePresent !== true || profile.secureHardwarePresent) &&
    isAmong(diskEncryptionType, profile.diskEncryptionType) &&
    isAmong(screenLockType, profile.screenLockType) &&
    Object.entries(thirdPartySignalProviders?.dtc ?? {}).every(([name, wanted]) =>
      isSignal(wanted, signals[name]),
    ) &&
    (devicePostureChecks?.include ?? []).every(
      ({ variableName, value }) => String(signals[variableName] ?? '') === value,
    )
  );
}

const isAmong = (choice: Choice | undefined, value: string | undefined): boolean =>
  !choice?.include?.length || (value !== undefined && choice.include.includes(value));

const isSignal = (wanted: unknown, held: unknown): boolean =>
  typeof wanted === 'object' && wanted !== null
    ? isAtLeast(String(held ?? ''), (wanted as { minimum?: string }).minimum)
    : wanted === held;

/** Part by part, as numbers: `10.0.19045` is at least `10.0.9`. */
export function isAtLeast(version: string, least: string | undefined): boolean {
  if (!least) return true;
  const [own, asked] = [version, least].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < asked.length; i++) {
    const difference = (own[i] ?? 0) - (asked[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
