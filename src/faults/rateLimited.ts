import type { FaultKind } from '../fault.ts';

/** The vendor's own "too many requests", with its own header of when to come back. */
export const rateLimited: FaultKind = {
  kind: 'rateLimited',
  says: 'Answers that too many requests were made; `retryAfter` in seconds (1 unless said).',
  params: {
    type: 'object',
    additionalProperties: false,
    properties: { retryAfter: { type: 'integer', minimum: 0, maximum: 86_400 } },
  },
  request(effect, params) {
    effect.refuse ??= { error: 'rateLimited', params };
  },
};
