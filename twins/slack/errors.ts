/**
 * Slack's refusals. Nearly all go out with HTTP 200 and `{"ok": false, "error": name}`; what a refusal says
 * besides
 * (`needed`, `errors`, `response_metadata.messages`, …) is its `data`. Source: the error tables of
 * docs.slack.dev.
 */
import { ApiError } from '../../src/error.ts';

/** Names whose answer is not an HTTP 200. */
const STATUSES: Readonly<Record<string, number>> = { ratelimited: 429, page_not_found: 404, moved: 301 };

/** A refusal by Slack's name for it; `data` joins the envelope. */
export const refuse = (name: string, data?: Record<string, unknown>): ApiError =>
  new ApiError({ name, status: STATUSES[name] ?? 200, ...(data ? { data } : {}) });

/** Too many requests; `retryAfter` in whole seconds. */
export const rateLimited = (retryAfter: number): ApiError =>
  new ApiError({ name: 'ratelimited', status: 429, headers: [['retry-after', String(retryAfter)]] });

/** The token lacks scopes: any of `needed` would do. */
export const missingScope = (needed: readonly string[], provided: readonly string[]): ApiError =>
  refuse('missing_scope', { needed: needed.join(','), provided: provided.join(',') });

/** Arguments that break the method's schema; `messages` without their `[ERROR] ` mark. */
export const invalidArguments = (messages: readonly string[]): ApiError =>
  refuse('invalid_arguments', {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });

/** The argument `name` is none of the words that it may be. */
export const mustBe = (name: string, words: readonly string[]): ApiError =>
  invalidArguments([`value must be one of: ${words.join(', ')} [json-pointer:/${name}]`]);

/** Blocks of a message that break Block Kit's rules. */
export const invalidBlocks = (errors: readonly string[]): ApiError => broken('invalid_blocks', errors);

/** Attachments whose blocks break them. */
export const invalidAttachments = (errors: readonly string[]): ApiError =>
  broken('invalid_attachments', errors);

const broken = (name: string, errors: readonly string[]): ApiError =>
  new ApiError({
    name,
    status: 200,
    data: { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } },
    headers: [['x-slack-failure', name]],
  });

/** A page of slack.com that does not exist: HTML, since the path never reaches the API. */
export const pageNotFound = (): ApiError => refuse('page_not_found');

/** What webhooks answer with another status than 400. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const HOOK_STATUSES: Readonly<Record<string, number>> = {
  invalid_token: 403,
  action_prohibited: 403,
  no_team: 404,
  no_service: 404,
  no_active_hooks: 404,
  channel_not_found: 404,
  channel_is_archived: 410,
};

/** A webhook's refusal: its name is all that the answer says. */
export const refuseHook = (name: string): ApiError =>
  new ApiError({ name, status: HOOK_STATUSES[name] ?? 400 });

/** What keeps somebody from the page on which an app asks to be let in; `message` is what the page says. */
export const refuseConsent = (name: string, message: string): ApiError =>
  new ApiError({ name, status: 200, message });

/** A gesture that cannot be made: the person would not find what it needs on the screen. */
export const cannot = (name: string, message: string): ApiError =>
  new ApiError({ name, status: 422, message });
