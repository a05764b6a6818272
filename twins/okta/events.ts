/** What the org sends to programs: events to event hooks and log streams, questions to inline hooks. */
import type { DeliveryChannel, DeliveryOutcome } from '../../src/twin.ts';
import { logUndelivered } from './model/hook/eventHook.ts';

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
  mayRetry: isNotRefused,
  replied: (world, attempt, outcome) => {
    const isAccepted = !outcome.failure && outcome.status >= 200 && outcome.status < 300;
    if (!isAccepted && (attempt.attempt > 1 || !isNotRefused(outcome)))
      logUndelivered(world, attempt.app ?? '', outcome);
  },
};

/** An error of the client's kind is the program's word; it is not asked again. */
function isNotRefused({ failure, status }: DeliveryOutcome): boolean {
  return failure !== undefined || status < 400 || status >= 500;
}

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

/**
 * A question to an inline hook's program, or to the server that lends tokens for it; who asks decides about a second
 * try. https://developer.okta.com/docs/concepts/inline-hooks/
 */
export const inlineHookChannel: DeliveryChannel = {
  timeoutMs: 3_000,
  retriesMs: [],
  request: (_world, { payload }) => ({
    method: String(payload.method),
    headers: {
      accept: 'application/json',
      'user-agent': 'Okta',
      ...(payload.headers as Record<string, string>),
    },
    body: String(payload.body),
  }),
  accepted: (outcome) => outcome.status === 200 || outcome.status === 204,
};
