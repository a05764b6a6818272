import { durationMs } from '../duration.ts';
import type { FaultKind } from '../fault.ts';

const HOLD_MS = 60_000;

/** Nothing is answered until the client gives up. */
export const timeout: FaultKind = {
  kind: 'timeout',
  says: 'Holds the request unanswered for `for` (60s unless said), then cuts the connection.',
  params: {
    type: 'object',
    additionalProperties: false,
    properties: {
      for: { type: ['string', 'number'], format: 'duration-or-ms' },
      afterCommit: { type: 'boolean' },
    },
  },
  request(effect, params) {
    const holdMs = params.for === undefined ? HOLD_MS : durationMs(params.for as string | number);
    effect.cut ??= { how: 'timeout', commit: params.afterCommit === true, holdMs };
  },
};
