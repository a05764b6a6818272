/** Named lists of faults, as an org's bad days go. */
import type { FaultInput } from '../../src/fault.ts';

const match = { twin: 'okta' } as const;

export const presets: Readonly<Record<string, readonly FaultInput[]>> = {
  'okta/rate-limited': [{ kind: 'rateLimited', match, probability: 0.3, params: { retryAfter: 2 } }],
  'okta/outage': [{ kind: 'outage', match, window: { for: 60_000 } }],
  'okta/degraded': [
    { kind: 'latency', match, probability: 0.5, params: { lognormal: { median: '800ms', sigma: 0.8 } } },
    { kind: 'error', match, probability: 0.05, params: { name: 'E0000009' } },
  ],
  'okta/commit-then-fail': [
    {
      kind: 'commitThenFail',
      match: { ...match, operation: 'assignUserToGroup' },
      count: 1,
      params: { name: 'E0000009' },
    },
  ],
  // The service's searches find a change some moments after it was made.
  'okta/search-lag': ['listUsers', 'listGroups'].map((operation) => ({
    kind: 'staleReads',
    match: { ...match, operation, when: 'request.query.search != ""' },
    params: { by: '5s' },
  })),
  'okta/events-doubled': [{ kind: 'doubleEvents', match }],
};
