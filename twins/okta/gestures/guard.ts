/** What the world knows of addresses and devices, which an org's guards look at. */
import type { Gesture } from '../../../src/twin.ts';
import type { Address } from '../model/address.ts';
import { addresses } from '../world/security.ts';
import { administrator, closed, text } from './named.ts';

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
};
