/**
 * A call of an inline hook: three seconds for an answer, then once more where the hook's kind allows it, and a line in
 * the System Log however it ended. https://developer.okta.com/docs/concepts/inline-hooks/#inline-hook-timeout-behavior
 */
import { BASE64URL } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import { jwt } from '../../../../src/jwt.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { requestId } from '../../ids.ts';
import { HOOK_ANSWER_BYTES_MAX, HOOK_ASSERTION_SECONDS } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { hookKeys } from '../../world/delivery.ts';
import { clientAddress } from '../guard/address.ts';
import { record, type Who } from '../log/log.ts';
import { type HookOAuth, headersOf } from './channel.ts';
import type { InlineHook } from './inlineHook.ts';

/** What a program wants done: `value` is as its command has it. */
export interface HookCommand {
  type: string;
  value: unknown;
}

/** What a program answered. `error` is its refusal, in its own words. */
export interface HookAnswer {
  commands: HookCommand[];
  error?: { errorSummary?: string; errorCauses?: unknown };
  /** The whole answer. */
  body: Record<string, unknown>;
}

/** An answer, or why there is none. */
export type HookReply = HookAnswer | { failure: string };

/**
 * Calls a hook's program with `payload`. `tries`: 2 where a timeout, a lost connection or an error of the server is
 * tried once more. A request calls a hook once.
 */
export function callHook(
  world: World,
  who: Who,
  hook: InlineHook,
  payload: Record<string, unknown>,
  tries: 1 | 2,
): HookReply {
  const reply = exchanged(world, hook, payload, tries);
  const failed = 'failure' in reply ? reply.failure : reply.error && 'HOOK_RESPONSE_ERROR';
  logCall(world, who, hook, 'executed', failed);
  return reply;
}

/** Writes down what became of a call, or of the commands that were in its answer. */
export function logCall(
  world: World,
  who: Who,
  { id, name, type }: InlineHook,
  what: 'executed' | 'response.processed',
  failure: string | undefined,
): void {
  record(world, who, {
    eventType: `inline_hook.${what}`,
    displayMessage: what === 'executed' ? 'Inline hook executed' : 'Inline hook response processed',
    target: [{ id, type: 'InlineHook', alternateId: type, displayName: name, detailEntry: null }],
    outcome: failure ? { result: 'FAILURE', reason: failure } : { result: 'SUCCESS', reason: null },
    severity: failure ? 'WARN' : 'INFO',
    debugData: { inlineHookType: type },
  });
}

/** What every call says of itself, in the order of the vendor's. `source` is what caused it. */
export const envelope = (
  world: World,
  { id, type }: InlineHook,
  data: Record<string, unknown>,
  more: { source?: string; requestType?: string } = {},
): Record<string, unknown> => ({
  eventId: world.draw('okta.hookEvent').chars(BASE64URL, 22),
  eventTime: stamp(world.now()),
  eventType: type,
  eventTypeVersion: '1.0',
  contentType: 'application/json',
  cloudEventVersion: '0.1',
  source: more.source ?? `${world.base()}/api/v1/inlineHooks/${id}`,
  ...(more.requestType ? { requestType: more.requestType } : {}),
  data,
});

/** `data.context.request`: the request that the org is answering. */
export const requestContext = (world: World, absolute = false): Record<string, unknown> => ({
  id: requestId(world),
  method: world.behind?.method ?? 'POST',
  url: { value: (absolute ? world.base() : '') + (world.behind?.path ?? '') },
  ipAddress: clientAddress(world, String(world.behind?.headers['x-forwarded-for'] ?? '')),
});

function exchanged(
  world: World,
  hook: InlineHook,
  payload: Record<string, unknown>,
  tries: number,
): HookReply {
  const { config } = hook.channel;
  const name = `okta.inlineHook ${hook.id}`;
  const bearer = config.oauth && bearerOf(world, config.oauth, name);
  if (bearer && 'failure' in bearer) return bearer;
  const request = {
    channel: 'inlineHook',
    event: hook.type,
    to: config.uri,
    app: hook.id,
    payload: {
      method: config.method,
      headers: headersOf(hook.channel, {
        'content-type': 'application/json',
        ...(bearer ? { authorization: `Bearer ${bearer.token}` } : {}),
      }),
      body: JSON.stringify(payload),
    },
  };
  let outcome = world.ask(`${name} 1`, request);
  if (tries > 1 && mayTryAgain(outcome)) outcome = world.ask(`${name} 2`, request);
  return read(outcome);
}

/** An error of the client's kind is the program's word; it is not asked again. */
const mayTryAgain = ({ failure, status }: DeliveryOutcome): boolean => failure !== undefined || status >= 500;

function read({ failure, status, body }: DeliveryOutcome): HookReply {
  if (failure) return { failure: failure === 'timeout' ? 'TIMEOUT' : 'COMMUNICATION_ERROR' };
  if (status === 204 || (status === 200 && body.trim() === '')) return { commands: [], body: {} };
  if (status !== 200) return { failure: `UNEXPECTED_STATUS_CODE: ${status}` };
  if (Buffer.byteLength(body) >= HOOK_ANSWER_BYTES_MAX) return { failure: 'RESPONSE_TOO_LARGE' };
  const answer = parsedObject(body);
  const commands = answer?.commands ?? [];
  if (!answer || !Array.isArray(commands) || !commands.every(isCommand))
    return { failure: 'MALFORMED_RESPONSE' };
  const error = [answer.error].flat()[0] as HookAnswer['error'];
  return { commands, body: answer, ...(error ? { error } : {}) };
}

const isCommand = (one: unknown): one is HookCommand =>
  typeof one === 'object' && one !== null && typeof (one as HookCommand).type === 'string';

/** A token of the program's own authorization server, by secret or by an assertion that a hook key signs. */
function bearerOf(world: World, oauth: HookOAuth, name: string): { token: string } | { failure: string } {
  const { clientId, tokenUrl, authType, scope, sharedSecret = '' } = oauth;
  const proof: Record<string, string> =
    authType === 'client_secret_post'
      ? { client_id: clientId, client_secret: sharedSecret }
      : {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion(world, oauth),
        };
  const form = { grant_type: 'client_credentials', ...(scope ? { scope } : {}), ...proof };
  const { failure, status, body } = world.ask(`${name} token`, {
    channel: 'inlineHook',
    event: 'inline_hook.token',
    to: tokenUrl,
    payload: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams(form)),
    },
  });
  const token = failure || status !== 200 ? undefined : parsedObject(body)?.access_token;
  return typeof token === 'string' ? { token } : { failure: `TOKEN_REQUEST_FAILED: ${failure ?? status}` };
}

function assertion(world: World, { clientId, tokenUrl, hookKeyId = '' }: HookOAuth): string {
  const keyid = world.get(hookKeys, hookKeyId)?.keyId ?? '';
  const iat = Math.floor(world.now() / 1_000);
  const jti = world.draw('okta.hookAssertion').chars(BASE64URL, 32);
  const claims = { iss: clientId, sub: clientId, aud: tokenUrl, iat, exp: iat + HOOK_ASSERTION_SECONDS, jti };
  return jwt().sign(claims, world.rsaKey(0).privateKey, { algorithm: 'RS256', keyid });
}
