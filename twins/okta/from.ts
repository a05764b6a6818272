/** Where a request without a credential comes from, as the System Log tells it and policies judge it. */
import type { Call } from '../../src/twin.ts';
import { header } from '../../src/wire.ts';
import { requestId } from './ids.ts';
import { clientAddress } from './model/address.ts';
import type { From } from './model/signIn/passwordAttempt.ts';

/** What there is to tell of a request; whom it is for says `X-Forwarded-For`. */
export const fromOf = ({ world, request }: Pick<Call, 'world' | 'request'>): From => ({
  client: {
    ipAddress: clientAddress(world, header(request.headers, 'x-forwarded-for')),
    userAgent: header(request.headers, 'user-agent') ?? '',
  },
  requestId: requestId(world),
  requestUri: request.path,
});
