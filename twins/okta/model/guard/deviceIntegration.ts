/** Device integrations: services that tell an org about devices, each on or off. */
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { deviceIntegrations } from '../../world/security.ts';
import { org } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** An integration in the vendor's shape, less links. */
export interface DeviceIntegration {
  id: string;
  name: string;
  displayName: string;
  platform: 'ANDROID' | 'CHROMEOS' | 'IOS' | 'MACOS' | 'WINDOWS';
  status: 'ACTIVE' | 'DEACTIVATED';
  metadata?: Record<string, unknown>;
}

/** What every org can turn on. */
const OFFERED: readonly (readonly [string, string, DeviceIntegration['platform']])[] = [
  ['com.okta.device.osquery', 'OSQuery', 'MACOS'],
  ['com.okta.device.osquery', 'OSQuery', 'WINDOWS'],
  ['com.okta.windowssecuritycenter', 'Windows Security Center', 'WINDOWS'],
  ['com.crowdstrike.zta', 'CrowdStrike', 'MACOS'],
  ['com.crowdstrike.zta', 'CrowdStrike', 'WINDOWS'],
  ['com.google.dtc', 'Chrome Device Trust', 'CHROMEOS'],
  ['com.google.dtc', 'Chrome Device Trust', 'MACOS'],
  ['com.google.dtc', 'Chrome Device Trust', 'WINDOWS'],
  ['com.android.zero.trust', 'Android Device Trust', 'ANDROID'],
];

/** Puts in what a new org has, all of it off. */
export function addDeviceIntegrations(world: World): void {
  for (const [name, displayName, platform] of OFFERED)
    world.insert(deviceIntegrations, {
      id: newId(world, 'din'),
      name,
      displayName,
      platform,
      status: 'DEACTIVATED',
    });
}

/** The integration with this id, or E0000007. */
export const findDeviceIntegration = (world: World, id: string): DeviceIntegration =>
  world.require(deviceIntegrations, id, () => notFound(id, 'DeviceIntegration'));

/** Turns an integration on, with the account that it works by, or off. */
export function setDeviceIntegration(
  world: World,
  who: Who,
  id: string,
  status: DeviceIntegration['status'],
): DeviceIntegration {
  const old = findDeviceIntegration(world, id);
  const account = `okta-gci-${org(world).id}`;
  const isChrome = old.name === 'com.google.dtc' && status === 'ACTIVE';
  const row = world.update(deviceIntegrations, id, {
    status,
    ...(isChrome
      ? {
          metadata: {
            type: 'CHROME',
            serviceAccountName: account,
            serviceAccountEmail: `${account}@okta-device-trust.example`,
          },
        }
      : {}),
  });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  const thing = { id, type: 'DeviceIntegration', name: row.displayName };
  recordChange(
    world,
    who,
    `device.integration.endpoint_security.${verb}`,
    `Device integration ${verb}`,
    thing,
  );
  return row;
}
