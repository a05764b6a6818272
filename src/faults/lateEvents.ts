import { durationMs } from '../duration.ts';
import type { FaultKind } from '../fault.ts';

/** The event arrives, but later. */
export const lateEvents: FaultKind = {
  kind: 'lateEvents',
  says: 'Holds an event back for `by` of the universe’s time.',
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['by'],
    properties: { by: { type: ['string', 'number'], format: 'duration-or-ms' } },
  },
  delivery(effect, params) {
    effect.delayMs += durationMs(params.by as string | number);
  },
};
