/** Named bundles of faults that Slack's clients meet. */
import type { FaultInput } from '../../src/fault.ts';

const API = { twin: 'slack' };

export const presets: Readonly<Record<string, readonly FaultInput[]>> = {
  'slack/ratelimited': [
    { kind: 'rateLimited', match: { ...API, operation: 'chat.*' }, params: { retryAfter: 3 } },
  ],
  'slack/outage': [{ kind: 'outage', match: API }],
  'slack/degraded': [
    { kind: 'latency', match: API, params: { lognormal: { median: '800ms', sigma: 0.6 } } },
    { kind: 'error', match: API, probability: 0.05, params: { name: 'internal_error' } },
  ],
  'slack/commit-then-fail': [
    { kind: 'commitThenFail', match: { ...API, operation: 'chat.*' }, params: { name: 'internal_error' } },
  ],
  'slack/events-doubled': [{ kind: 'doubleEvents', match: API }],
};
