/** What the world knows of addresses and devices, which an org's guards look at. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { Address } from '../model/guard/address.ts';
import { changeDevice, type DeviceChange, devicesOf } from '../model/guard/device.ts';
import { addresses } from '../world/security.ts';
import { administrator, closed, text, userNamed } from './named.ts';

export const guardGestures: Readonly<Record<string, Gesture>> = {
  placeAddress: {
    input: closed(
      {
        ip: text,
        country: text,
        region: text,
        city: text,
        latitude: { type: 'number', minimum: -90, maximum: 90 },
        longitude: { type: 'number', minimum: -180, maximum: 180 },
        asn: text,
        proxyType: text,
        serviceCategories: { type: 'array', maxItems: 75, items: text },
        risk: { enum: ['LOW', 'MEDIUM', 'HIGH'] },
        threat: { type: 'boolean' },
      },
      ['ip'],
    ),
    says: 'Says where an address is (country, region, city), whose it is (asn), what is behind it and how risky it is.',
    perform(world, as, input: Address) {
      administrator(world, as);
      world.put(addresses, input);
    },
  },
  changeDevice: {
    input: closed(
      {
        device: text,
        managed: { type: 'boolean' },
        osVersion: text,
        secureHardwarePresent: { type: 'boolean' },
        diskEncryptionType: text,
        screenLockType: text,
        jailbreak: { type: 'boolean' },
        signals: { type: 'object', maxProperties: 100 },
      },
      ['device'],
    ),
    says: 'Changes what a device of theirs (its name or id) is like: managed, version, encryption, lock, signals.',
    perform(world, as, { device, ...change }: DeviceChange & { device: string }) {
      const own = devicesOf(world, userNamed(world, as).id);
      const found = own.find((one) => one.id === device || one.profile.displayName === device);
      if (!found)
        throw new ApiError({ name: 'unknown-device', status: 422, message: `${as} has no device ${device}` });
      changeDevice(world, found.id, change);
    },
  },
};
