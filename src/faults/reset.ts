import type { FaultKind } from '../fault.ts';

/** The connection is cut with no answer. */
export const reset: FaultKind = {
  kind: 'reset',
  says: 'Cuts the connection before (or, with `afterCommit`, after) the work is done.',
  params: { type: 'object', additionalProperties: false, properties: { afterCommit: { type: 'boolean' } } },
  request(effect, params) {
    effect.cut ??= { how: 'reset', commit: params.afterCommit === true, holdMs: 0 };
  },
  /** What the program said is lost with the connection. */
  message(effect) {
    effect.cut = true;
  },
};
