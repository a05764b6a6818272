/**
 * What an app says through a response URL: at most five times in thirty minutes.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */

import { ApiError } from '../../../../src/error.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidBlocks, refuse } from '../../errors.ts';
import { RESPONSE_URL_USES_MAX } from '../../limits.ts';
import {
  apps,
  channels,
  ephemerals,
  isObject,
  type Json,
  messages,
  type ResponseUrl,
  responseUrls,
  SLACKBOT,
} from '../../world.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { whisper } from '../messages/ephemeral.ts';
import { content, type Draft, post } from '../messages/message.ts';
import { remove, rewrite } from '../messages/revision.ts';

/** What the app posts. */
export interface Response {
  text?: string;
  blocks?: Json[];
  attachments?: Json[];
  response_type?: string;
  replace_original?: boolean;
  delete_original?: boolean;
  thread_ts?: string;
}

/** Carries out a response. Throws `expired_url`, `used_url` (HTTP 404), `invalid_blocks`, `no_text`. */
export function respond(world: World, id: string, response: Response): void {
  const url = world.require(responseUrls, id, () => gone('expired_url'));
  if (world.now() > url.expires_at) throw gone('expired_url');
  if (url.uses >= RESPONSE_URL_USES_MAX) throw gone('used_url');
  world.update(responseUrls, id, { uses: url.uses + 1 });
  carryOut(world, url, response);
}

function carryOut(world: World, url: ResponseUrl, response: Response): void {
  if (response.blocks) {
    const errors = blockErrors(response.blocks);
    if (errors.length > 0) throw invalidBlocks(errors);
  }
  const draft = draftOf(response);
  // Without a word about it, what was pressed is replaced (an answer to a command has nothing to replace).
  const meant = response.replace_original ?? response.response_type === undefined;
  const replaces = meant && isOwn(world, url);
  if (response.delete_original && isOwn(world, url)) takeBack(world, url);
  else if (replaces && url.message_ts !== undefined) replace(world, url, draft);
  else say(world, url, draft, response.response_type === 'in_channel');
}

/** Did the app write what was used? Under another's message may be its preview of a link. */
function isOwn(world: World, { channel, message_ts, app, ephemeral }: ResponseUrl): boolean {
  return ephemeral || world.get(messages, `${channel}/${message_ts}`)?.app_id === app;
}

/** Does what an app answered to a button of old: as by its response URL, without a use of it. */
export function settleAttachment(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const id = /\/actions\/(.+)$/.exec(String(payload.response_url))?.[1] ?? '';
  const url = world.get(responseUrls, id);
  const answer = failureOf(outcome) ? undefined : answered(outcome.body);
  const says = answer?.text || answer?.blocks || answer?.attachments || answer?.delete_original;
  if (url && answer && says) forgiving(() => carryOut(world, url, answer));
}

/** Posts what an app answered to a slash command: a text or blocks, to whoever called it or (`in_channel`) to all. */
export function settleCommand(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const place = {
    app: String(payload.api_app_id),
    channel: String(payload.channel_id),
    user: String(payload.user_id),
  };
  const answer = answered(outcome.body);
  // Blocks that break the rules are not shown; the person sees that something went wrong.
  const broken = answer?.blocks !== undefined && blockErrors(answer.blocks).length > 0;
  const failed = failureOf(outcome) ?? (broken ? 'invalid_blocks' : undefined);
  if (failed) complain(world, place, `${String(payload.command)} failed with the error "${failed}"`);
  else if (answer?.text || answer?.blocks || answer?.attachments) {
    const toAll = answer.response_type === 'in_channel';
    forgiving(() => say(world, place, draftOf(answer), toAll));
  }
}

/** The channel may be gone, or closed to the app, by now: nobody is there to be told. */
function forgiving(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** What the person is told where the app did not take a command; undefined where it did. */
function failureOf({ failure, status }: DeliveryOutcome): string | undefined {
  if (failure === 'timeout') return 'operation_timeout';
  if (failure) return 'dispatch_failed';
  if (status < 200 || status >= 300) return status < 500 ? 'http_client_error' : 'http_service_error';
  return undefined;
}

/** Slackbot tells one person that something went wrong. */
function complain(world: World, place: Pick<ResponseUrl, 'channel' | 'user'>, text: string): void {
  const channel = world.get(channels, place.channel);
  if (channel) whisper(world, channel, { user: SLACKBOT }, place.user, { text });
}

/** JSON says how it is to be shown; anything else is the text itself. */
function answered(body: string): Response | undefined {
  const value = parsedObject(body);
  if (!value) return body.trim() === '' ? undefined : { text: body };
  const { text, blocks, attachments, response_type, replace_original, delete_original } = value;
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(isObjects(blocks) ? { blocks } : {}),
    ...(isObjects(attachments) ? { attachments } : {}),
    ...(typeof response_type === 'string' ? { response_type } : {}),
    ...(typeof replace_original === 'boolean' ? { replace_original } : {}),
    ...(typeof delete_original === 'boolean' ? { delete_original } : {}),
  };
}

const isObjects = (value: unknown): value is Json[] => Array.isArray(value) && value.every(isObject);

const gone = (name: string): ApiError => new ApiError({ name, status: 404 });

function takeBack(world: World, url: ResponseUrl): void {
  const key = `${url.channel}/${url.message_ts}`;
  if (url.ephemeral) return void world.remove(ephemerals, key);
  const message = world.get(messages, key);
  const channel = world.get(channels, url.channel);
  if (message && channel) remove(world, channel, message);
}

function replace(world: World, url: ResponseUrl, draft: Draft): void {
  const ts = url.message_ts as string;
  const key = `${url.channel}/${ts}`;
  const to = content(world, url.channel, ts, draft);
  if (url.ephemeral) {
    if (world.get(ephemerals, key)) world.update(ephemerals, key, to);
    return;
  }
  const message = world.get(messages, key);
  const channel = world.get(channels, url.channel);
  if (!message || !channel) throw refuse('message_not_found');
  rewrite(world, channel, message, to, undefined);
}

function say(
  world: World,
  url: Pick<ResponseUrl, 'app' | 'channel' | 'user'>,
  draft: Draft,
  toAll: boolean,
): void {
  const app = world.get(apps, url.app);
  const channel = world.get(channels, url.channel);
  if (!app || !channel) throw gone('expired_url');
  const author = { bot_id: app.bot_id, app_id: app.id, user: app.bot_user };
  if (toAll) post(world, channel, author, draft);
  else whisper(world, channel, author, url.user, draft);
}

const draftOf = ({ text, blocks, attachments, thread_ts }: Response): Draft => ({
  ...(text === undefined ? {} : { text }),
  ...(blocks ? { blocks } : {}),
  ...(attachments ? { attachments } : {}),
  ...(thread_ts ? { thread_ts } : {}),
});
