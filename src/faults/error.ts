import type { FaultKind } from '../fault.ts';

/** The vendor's own error, by the vendor's own name, in place of the work. */
export const error: FaultKind = {
  kind: 'error',
  says: 'Answers with the vendor’s error `name` and does nothing.',
  params: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', minLength: 1 } },
  },
  request(effect, params) {
    effect.refuse ??= { error: 'named', name: String(params.name), params };
  },
};
