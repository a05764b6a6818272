/** Devices on which people have set up the vendor's authenticator app. */
import { uuid } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { devices } from '../../world/security.ts';
import { recordChange, type Who } from '../log/log.ts';
import type { User } from '../people/user.ts';
import { matcher } from '../search/match.ts';
import { parseFilter } from '../search/parse.ts';

/** A device in the vendor's shape, less links; `userIds` are shown as its users. */
export interface Device {
  id: string;
  status: DeviceStatus;
  created: string;
  lastUpdated: string;
  profile: {
    displayName: string;
    platform: string;
    manufacturer: string;
    model: string;
    osVersion: string;
    serialNumber: string;
    udid: string;
    registered: boolean;
    secureHardwarePresent: boolean;
    authenticatorAppKey: string;
    diskEncryptionType?: string;
    screenLockType?: string;
    integrityJailbreak?: boolean;
  };
  resourceType: 'UDDevice';
  resourceDisplayName: { value: string; sensitive: boolean };
  resourceAlternateId: null;
  resourceId: string;
  users: { id: string; created: string }[];
  /** A management service of the org's has it. */
  managed?: boolean;
  /** What services and checks tell of it, by the name of the signal. */
  signals?: Readonly<Record<string, unknown>>;
}

export type DeviceStatus = 'ACTIVE' | 'SUSPENDED' | 'DEACTIVATED';
export type DeviceAction = 'activate' | 'deactivate' | 'suspend' | 'unsuspend';

/** https://developer.okta.com/docs/concepts/device-lifecycle/ */
export const DEVICE_LIFECYCLE: readonly (readonly [DeviceStatus, DeviceAction, DeviceStatus])[] = [
  ['ACTIVE', 'suspend', 'SUSPENDED'],
  ['SUSPENDED', 'unsuspend', 'ACTIVE'],
  ['ACTIVE', 'deactivate', 'DEACTIVATED'],
  ['SUSPENDED', 'deactivate', 'DEACTIVATED'],
  ['DEACTIVATED', 'activate', 'ACTIVE'],
];

/** What people have in their pockets, by platform. */
const MAKES: Readonly<Record<string, readonly [string, string, string]>> = {
  IOS: ['APPLE', 'iPhone16,1', '18.5.0'],
  MACOS: ['APPLE', 'Mac15,3', '15.5.0'],
  ANDROID: ['Google', 'Pixel 8', '15'],
  WINDOWS: ['LENOVO', '21HM', '10.0.26100'],
};

/** The device with this id. Throws E0000007, with the class that the caller's operation names. */
export const findDevice = (world: World, id: string, kind = 'Device'): Device =>
  world.require(devices, id, () => notFound(id, kind));

/** Devices by age that match a search expression, or E0000031. */
export const findDevices = (world: World, search: string | null): Range<Device> =>
  world.list(devices, search ? { where: matcher(parseFilter(search, () => refuse('E0000031'))) } : {});

/** The devices that somebody has set up. */
export const devicesOf = (world: World, userId: string): Device[] =>
  world.list(devices, { index: 'user', equals: userId }).toArray();

/** Moves a device along its lifecycle. Throws E0000152 where its status does not allow it. */
export function turnDevice(world: World, who: Who, id: string, action: DeviceAction): void {
  const device = findDevice(world, id);
  const step = DEVICE_LIFECYCLE.find(([from, by]) => from === device.status && by === action);
  if (!step) throw refuse('E0000152');
  const changed = world.update(devices, id, { status: step[2], lastUpdated: stamp(world.now()) });
  log(world, who, `device.lifecycle.${action}`, changed);
}

/** Removes a device that is deactivated. Throws E0000152 for another one. */
export function deleteDevice(world: World, who: Who, id: string): void {
  const device = findDevice(world, id);
  if (device.status !== 'DEACTIVATED') throw refuse('E0000152');
  world.remove(devices, id);
  log(world, who, 'device.lifecycle.delete', device);
}

/** Somebody sets up the authenticator app on a new device. */
export function enrolDevice(world: World, who: Who, user: User, platform: string, name?: string): Device {
  const make = MAKES[platform];
  if (!make) throw invalid('platform', `platform: One of ${Object.keys(MAKES).join(', ')}`);
  const [manufacturer, model, osVersion] = make;
  const id = newId(world, 'guo');
  const draw = world.drawFor('okta.device', id);
  const serialNumber = draw.chars('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', SERIAL_CHARS);
  const displayName = name ?? serialNumber;
  const now = stamp(world.now());
  const device = world.insert(devices, {
    id,
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    profile: {
      displayName,
      platform,
      manufacturer,
      model,
      osVersion,
      serialNumber,
      udid: uuid(draw).toUpperCase(),
      registered: true,
      secureHardwarePresent: true,
      authenticatorAppKey: uuid(draw).toUpperCase(),
    },
    resourceType: 'UDDevice',
    resourceDisplayName: { value: displayName, sensitive: false },
    resourceAlternateId: null,
    resourceId: id,
    users: [{ id: user.id, created: now }],
  });
  log(world, who, 'device.enrollment.create', device);
  return device;
}

/** What changes about a device while people use it. */
export interface DeviceChange {
  managed?: boolean;
  osVersion?: string;
  secureHardwarePresent?: boolean;
  diskEncryptionType?: string;
  screenLockType?: string;
  jailbreak?: boolean;
  signals?: Readonly<Record<string, unknown>>;
}

/** Changes what a device is like, as its own service reports it. */
export function changeDevice(world: World, id: string, change: DeviceChange): Device {
  const { managed, jailbreak, signals, ...profile } = change;
  return world.update(devices, id, (row) => ({
    ...row,
    ...(managed === undefined ? {} : { managed }),
    ...(signals ? { signals: { ...row.signals, ...signals } } : {}),
    profile: {
      ...row.profile,
      ...profile,
      ...(jailbreak === undefined ? {} : { integrityJailbreak: jailbreak }),
    },
    lastUpdated: stamp(world.now()),
  }));
}

const SERIAL_CHARS = 10;

function log(world: World, who: Who, eventType: string, device: Device): void {
  const thing = { id: device.id, type: 'Device', name: device.profile.displayName };
  recordChange(world, who, eventType, 'Device changed', thing);
}
