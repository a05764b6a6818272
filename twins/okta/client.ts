/** Where a request comes from, and by what program. */
import { type HeaderMap, header } from '../../src/wire.ts';
import type { World } from '../../src/world/world.ts';
import { clientAddress } from './model/guard/address.ts';
import type { Client } from './model/policies/policyContext.ts';

/** The client of a request, for the System Log, for zones and for the conditions of policies (`contextOf`). */
export const clientOf = (world: World, headers: HeaderMap): Client => ({
  ipAddress: clientAddress(world, header(headers, 'x-forwarded-for')),
  userAgent: header(headers, 'user-agent') ?? '',
});
