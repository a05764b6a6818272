/** Where a request without a credential comes from, as the System Log tells it and policies judge it. */
import type { Call } from '../../src/twin.ts';
import { clientOf } from './client.ts';
import { requestId } from './ids.ts';
import type { From } from './model/signIn/passwordAttempt.ts';

/** What there is to tell of a request; whom it is for says `X-Forwarded-For`. */
export const fromOf = ({ world, request }: Pick<Call, 'world' | 'request'>): From => ({
  client: clientOf(world, request.headers),
  requestId: requestId(world),
  requestUri: request.path,
});
