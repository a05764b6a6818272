/**
 * Addresses that mails came back from: nothing more is sent there until an administrator takes them off the list.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/EmailCustomization/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank } from '../../errors.ts';
import { bounces } from '../../world/delivery.ts';
import { users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { userTarget } from '../people/user.ts';

/** An address, in lower case. */
export interface Bounce {
  address: string;
}

/** Why an address was not taken off. */
export interface BounceError {
  emailAddress: string;
  reason: string;
}

/** RFC 3696 leaves more room; the service asks for one `@`, and a domain with a dot. */
const ADDRESS = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/;

/** Mails to this address come back from now on. */
export const bounce = (world: World, address: string): Bounce =>
  world.put(bounces, { address: address.toLowerCase() });

/** Whether mails to an address come back. */
export const isBouncing = (world: World, address: string): boolean =>
  world.get(bounces, address.toLowerCase()) !== undefined;

/** Takes addresses off the list; returns those that cannot be, with reasons. Throws E0000001 where none are sent. */
export function removeBounces(
  world: World,
  who: Who,
  input: { emailAddresses?: string[] } | undefined,
): BounceError[] {
  const addresses = input?.emailAddresses;
  if (!addresses || addresses.length === 0) throw blank('emailAddresses');
  return addresses.flatMap((emailAddress) => {
    if (!ADDRESS.test(emailAddress))
      return [
        {
          emailAddress,
          reason: 'Invalid email address. The provided email address failed validation against RFC 3696.',
        },
      ];
    const user = world.list(users, { index: 'email', equals: emailAddress.toLowerCase() }).first();
    if (!user)
      return [
        { emailAddress, reason: 'This email address does not belong to any user in your organization.' },
      ];
    world.remove(bounces, emailAddress.toLowerCase());
    record(world, who, {
      eventType: 'system.email.bounce.removal',
      displayMessage: 'Remove email from bounce list',
      target: [userTarget(user)],
      debugData: { emailAddress },
    });
    return [];
  });
}
