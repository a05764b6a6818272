import type { FaultKind } from '../fault.ts';

/** The event is never sent; the vendor believes that it was. */
export const dropEvents: FaultKind = {
  kind: 'dropEvents',
  says: 'Loses an event: nothing is sent and nothing is tried again.',
  params: { type: 'object', additionalProperties: false, properties: {} },
  delivery(effect) {
    effect.drop = true;
  },
};
