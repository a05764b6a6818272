/**
 * What Slack sends to apps: events, interactions, the check of a new request URL; signed as of the moment
 * of sending.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHmac } from 'node:crypto';
import { socketTarget } from '../../../src/socket/kind.ts';
import type { Attempt, DeliveryChannel, DeliveryOutcome } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { DELIVERY_TIMEOUT_MS, EVENT_RETRIES_MS } from '../limits.ts';
import { noteAttempt } from '../model/events/eventRecord.ts';
import { forgetStream } from '../model/events/stream.ts';
import { settleVerification } from '../model/events/verification.ts';
import { settleDialog } from '../model/interactivity/dialog.ts';
import { settleAttachment, settleCommand } from '../model/interactivity/response.ts';
import { settleSubmission } from '../model/interactivity/submission.ts';
import { settleSuggestion } from '../model/interactivity/suggestion.ts';
import { apps } from '../world.ts';
import { envelope, farewell } from './link.ts';
import { encoded } from './reply.ts';
import { streamed } from './stream.ts';

const took = (outcome: DeliveryOutcome): boolean => outcome.status >= 200 && outcome.status < 300;

/** The channels by name. */
export const DELIVERY_CHANNELS: Readonly<Record<string, DeliveryChannel>> = {
  events: {
    timeoutMs: DELIVERY_TIMEOUT_MS,
    retriesMs: EVENT_RETRIES_MS,
    request: (world, attempt) =>
      signed(world, attempt, 'application/json', encoded(attempt.payload), retried(attempt)),
    message: envelope('events_api', false),
    accepted: (outcome) => took(outcome) || outcome.headers['x-slack-no-retry'] === '1',
    replied: (world, { app, to, attempt }, outcome) => {
      const answered = !outcome.failure && took(outcome);
      if (app !== undefined && !socketTarget(to)) noteAttempt(world, app, attempt === 1, answered);
    },
  },
  verification: {
    timeoutMs: DELIVERY_TIMEOUT_MS,
    retriesMs: [],
    request: (world, attempt) => signed(world, attempt, 'application/json', encoded(attempt.payload), {}),
    accepted: took,
    replied: (world, attempt, outcome) => settleVerification(world, attempt.payload, outcome),
  },
  interactivity: { ...forms(), message: envelope('interactive', false), accepted: took },
  commands: {
    ...forms(),
    message: envelope('slash_commands', true),
    accepted: took,
    replied: (world, attempt, outcome) => settleCommand(world, attempt.payload, outcome),
  },
  submissions: {
    ...forms(),
    message: envelope('interactive', true),
    accepted: took,
    replied: (world, attempt, outcome) => settleSubmission(world, attempt.payload, outcome),
  },
  attachments: {
    ...forms(),
    message: envelope('interactive', true),
    accepted: took,
    replied: (world, attempt, outcome) => settleAttachment(world, attempt.payload, outcome),
  },
  suggestions: {
    ...forms(),
    message: envelope('interactive', true),
    accepted: took,
    replied: (world, attempt, outcome) => settleSuggestion(world, attempt.payload, outcome),
  },
  dialogs: {
    ...forms(),
    message: envelope('interactive', true),
    accepted: took,
    replied: (world, attempt, outcome) => settleDialog(world, attempt.payload, outcome),
  },
  streams: {
    timeoutMs: DELIVERY_TIMEOUT_MS,
    retriesMs: [],
    request: (world, attempt) => signed(world, attempt, 'application/json', encoded(attempt.payload), {}),
    message: streamed,
    accepted: took,
    // A world that was restored may know of connections that are no more.
    replied: (world, attempt, { failure }) => {
      const { topic = '', connection = '' } = socketTarget(attempt.to) ?? {};
      if (failure === 'connection') forgetStream(world, topic, connection);
    },
  },
  links: {
    timeoutMs: DELIVERY_TIMEOUT_MS,
    retriesMs: [],
    request: (world, attempt) => signed(world, attempt, 'application/json', encoded(attempt.payload), {}),
    message: farewell,
    accepted: took,
  },
};

function forms(): Pick<DeliveryChannel, 'timeoutMs' | 'retriesMs' | 'request'> {
  return {
    timeoutMs: DELIVERY_TIMEOUT_MS,
    retriesMs: [],
    request: (world, attempt) => {
      const fields =
        attempt.channel === 'commands'
          ? (attempt.payload as Record<string, string>)
          : { payload: encoded(attempt.payload) };
      const body = new URLSearchParams(fields).toString();
      return signed(world, attempt, 'application/x-www-form-urlencoded', body, {});
    },
  };
}

function retried(attempt: Attempt): Record<string, string> {
  if (attempt.attempt === 1) return {};
  const last = attempt.lastFailure ?? '';
  const reason = last.startsWith('http_') ? 'http_error' : (REASONS[last] ?? 'unknown_error');
  return { 'x-slack-retry-num': String(attempt.attempt - 1), 'x-slack-retry-reason': reason };
}

const REASONS: Readonly<Record<string, string>> = {
  timeout: 'http_timeout',
  connection: 'connection_failed',
  refused: 'connection_failed',
};

function signed(world: World, attempt: Attempt, type: string, body: string, more: Record<string, string>) {
  const app = attempt.app === undefined ? undefined : world.get(apps, attempt.app);
  const timestamp = String(Math.floor(world.now() / 1_000));
  const base = `v0:${timestamp}:${body}`;
  const digest = createHmac('sha256', app?.signing_secret ?? '')
    .update(base)
    .digest('hex');
  return {
    method: 'POST',
    headers: {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
      ...more,
    },
    body,
  };
}
