import type { FaultKind } from '../fault.ts';

/** The change is made and kept, and the answer says that it failed: what a lost reply looks like to a client. */
export const commitThenFail: FaultKind = {
  kind: 'commitThenFail',
  says: 'Does what was asked, then answers with an error (params.name, else the vendor’s 5xx) or cuts the connection.',
  params: {
    type: 'object',
    additionalProperties: false,
    properties: { name: { type: 'string' }, cut: { type: 'boolean' } },
  },
  request(effect, params) {
    if (params.cut === true) effect.cut = { how: 'reset', commit: true, holdMs: 0 };
    else if (typeof params.name === 'string')
      effect.afterCommit = { error: 'named', name: params.name, params };
    else effect.afterCommit = { error: 'outage' };
  },
};
