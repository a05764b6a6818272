import type { FaultKind } from '../fault.ts';

/** The vendor is down: every matched request gets its 5xx. */
export const outage: FaultKind = {
  kind: 'outage',
  says: 'Answers what the vendor answers when it is down.',
  params: { type: 'object', additionalProperties: false, properties: {} },
  request(effect) {
    effect.refuse ??= { error: 'outage' };
  },
};
