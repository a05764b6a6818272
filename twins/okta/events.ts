/** What the org sends to programs: events to event hooks and log streams, questions to inline hooks. */
import type { DeliveryChannel, DeliveryOutcome } from '../../src/twin.ts';
import { logUndelivered } from './model/hooks/eventHook.ts';

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

/**
 * Events as Splunk's collector takes them: one JSON object after the other.
 * https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector
 */
export const logStreamChannel: DeliveryChannel = {
  timeoutMs: 10_000,
  retriesMs: [1_000, 10_000, 60_000, 600_000],
  request: (world, { payload }) => ({
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Splunk ${String(payload.token)}`,
      'user-agent': 'Okta',
    },
    body: (payload.events as { published: string }[])
      .map((event) =>
        JSON.stringify({
          time: Date.parse(event.published) / 1_000,
          host: new URL(world.base()).host,
          source: 'Okta',
          sourcetype: 'OktaIM2:log',
          event,
        }),
      )
      .join('\n'),
  }),
  accepted: (outcome) => outcome.status === 200,
  mayRetry: ({ failure, status }) => failure !== undefined || status === 429 || status >= 500,
};

/** A question to another server that a request waits for: keys, tokens, what a provider knows of a person. */
export const fetchChannel: DeliveryChannel = {
  timeoutMs: 5_000,
  retriesMs: [],
  request: (_world, { payload }) => ({
    method: (payload.method as string | undefined) ?? 'GET',
    headers: {
      accept: 'application/json',
      'user-agent': 'Okta',
      ...(payload.headers as Record<string, string> | undefined),
    },
    body: (payload.body as string | undefined) ?? '',
  }),
  accepted: (outcome) => outcome.status === 200,
};

/** A security event token on its way to a receiver. RFC 8935, 2 */
export const securityEventChannel: DeliveryChannel = {
  timeoutMs: 10_000,
  retriesMs: [1_000, 10_000, 60_000],
  request: (_world, { payload }) => ({
    method: 'POST',
    headers: {
      'content-type': 'application/secevent+jwt',
      accept: 'application/json',
      'user-agent': 'Okta',
      ...(payload.authorization ? { authorization: String(payload.authorization) } : {}),
    },
    body: String(payload.token),
  }),
  accepted: (outcome) => outcome.status >= 200 && outcome.status < 300,
  mayRetry: isNotRefused,
};
