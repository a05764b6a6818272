import { durationMs } from '../duration.ts';
import type { FaultKind } from '../fault.ts';
import { STALE_MS_MAX } from '../past.ts';

/** What was written a moment ago cannot be read yet: how searches lag behind in services that index later. */
export const staleReads: FaultKind = {
  kind: 'staleReads',
  says: 'Answers reads (GET) as they were `by` of the universe’s time ago, ten minutes at most.',
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['by'],
    properties: { by: { type: ['string', 'number'], format: 'duration-or-ms' } },
  },
  looksBack: true,
  request(effect, params) {
    const by = Math.min(durationMs(params.by as string | number), STALE_MS_MAX);
    effect.staleMs = Math.max(effect.staleMs ?? 0, by);
  },
};
