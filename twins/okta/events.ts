/** Event hooks: the System Log's events, sent to programs that asked for them. */
import type { DeliveryChannel } from '../../src/twin.ts';

/**
 * How the service posts an event: three seconds to answer, one more try where there was no good answer.
 * https://developer.okta.com/docs/concepts/event-hooks/
 */
export const eventHookChannel: DeliveryChannel = {
  timeoutMs: 3_000,
  retriesMs: [0],
  request: (_world, attempt) => ({
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Okta',
      ...(attempt.payload.headers as Record<string, string> | undefined),
    },
    body: JSON.stringify(attempt.payload.body),
  }),
  accepted: (outcome) => outcome.status >= 200 && outcome.status < 300,
};

/** The challenge by which a program shows that the address is its own; sent once. */
export const eventHookVerifyChannel: DeliveryChannel = {
  timeoutMs: 3_000,
  retriesMs: [],
  request: (_world, attempt) => ({
    method: 'GET',
    headers: { accept: 'application/json', ...(attempt.payload.headers as Record<string, string>) },
    body: '',
  }),
  accepted: (outcome) => outcome.status === 200,
};
