import type { FaultKind } from '../fault.ts';

/** The same event, with the same id, arrives more than once. */
export const doubleEvents: FaultKind = {
  kind: 'doubleEvents',
  says: 'Delivers an event `copies` times (2 unless said).',
  params: {
    type: 'object',
    additionalProperties: false,
    properties: { copies: { type: 'integer', minimum: 2, maximum: 10 } },
  },
  delivery(effect, params) {
    effect.copies = Math.max(effect.copies, typeof params.copies === 'number' ? params.copies : 2);
  },
};
