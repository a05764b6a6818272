/** Named lists of faults, as Jira goes wrong. */
import type { FaultInput } from '../../src/fault.ts';

const match = { twin: 'jira' };

export const presets: Readonly<Record<string, readonly FaultInput[]>> = {
  'jira/rate-limited': [{ kind: 'rateLimited', match, probability: 0.3, params: { retryAfter: 2 } }],
  'jira/outage': [{ kind: 'outage', match }],
  'jira/degraded': [
    { kind: 'latency', match, params: { lognormal: { median: '800ms', sigma: 0.7 } } },
    { kind: 'error', match, probability: 0.02, params: { name: 'serviceUnavailable' } },
  ],
  'jira/commit-then-fail': [
    {
      kind: 'commitThenFail',
      match: { twin: 'jira', operation: 'createIssue' },
      count: 1,
      params: { name: 'internalError' },
    },
  ],
  'jira/events-doubled': [{ kind: 'doubleEvents', match }],
};
