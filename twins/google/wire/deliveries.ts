/**
 * How notifications reach programs: headers without a body, tried again where the receiver is in trouble.
 * https://developers.google.com/workspace/drive/api/guides/push#understanding-notification-message-formats
 */
import type { Attempt, DeliveryChannel } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { PUSH_RETRIES_MS, PUSH_TIMEOUT_MS } from '../limits.ts';

/** What `drive/model/watch.ts` emits. */
interface Message {
  channel: string;
  state: string;
  number: number;
  resourceId: string;
  resourceUri: string;
  expiresAt: number;
  token?: string;
  changed?: string;
}

const TAKEN = new Set([200, 201, 202, 204, 102]);
const IN_TROUBLE = new Set([500, 502, 503, 504]);

export const DELIVERY_CHANNELS: Readonly<Record<string, DeliveryChannel>> = {
  watch: {
    timeoutMs: PUSH_TIMEOUT_MS,
    retriesMs: PUSH_RETRIES_MS,
    request,
    accepted: ({ status }) => TAKEN.has(status),
    mayRetry: ({ status, failure }) => failure !== undefined || IN_TROUBLE.has(status),
  },
};

function request(_world: World, attempt: Attempt) {
  const message = attempt.payload as unknown as Message;
  return {
    method: 'POST',
    headers: {
      accept: '*/*',
      'content-type': 'application/json; utf-8',
      'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
      'x-goog-channel-id': message.channel,
      'x-goog-channel-expiration': new Date(message.expiresAt).toUTCString(),
      ...(message.token === undefined ? {} : { 'x-goog-channel-token': message.token }),
      'x-goog-message-number': String(message.number),
      'x-goog-resource-id': message.resourceId,
      'x-goog-resource-state': message.state,
      'x-goog-resource-uri': message.resourceUri,
      ...(message.changed === undefined ? {} : { 'x-goog-changed': message.changed }),
    },
    body: '',
  };
}
