/**
 * What an app says through a response URL: at most five times in thirty minutes.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
import { ApiError } from '../../../src/error.ts';
import type { DeliveryOutcome } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { invalidBlocks, refuse } from '../errors.ts';
import { RESPONSE_URL_USES_MAX } from '../limits.ts';
import {
  apps,
  channels,
  ephemerals,
  isObject,
  type Json,
  messages,
  type ResponseUrl,
  responseUrls,
} from '../world.ts';
import { blockErrors } from './blocks/grammar.ts';
import { whisper } from './ephemeral.ts';
import { content, type Draft, post, remove, rewrite } from './message.ts';

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
  if (response.blocks) {
    const errors = blockErrors(response.blocks);
    if (errors.length > 0) throw invalidBlocks(errors);
  }
  const draft = draftOf(response);
  // Without a word about it, what was pressed is replaced (an answer to a command has nothing to replace).
  const replaces = response.replace_original ?? response.response_type === undefined;
  if (response.delete_original) takeBack(world, url);
  else if (replaces && url.message_ts !== undefined) replace(world, url, draft);
  else say(world, url, draft, response.response_type === 'in_channel');
}

/** Posts what an app answered to a slash command: a text or blocks, to whoever called it or (`in_channel`) to all. */
export function settleCommand(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const answer = outcome.failure ? undefined : answered(outcome.body);
  if (!answer?.text && !answer?.blocks && !answer?.attachments) return;
  // Blocks that break the rules are not shown; the person sees that something went wrong.
  if (answer.blocks && blockErrors(answer.blocks).length > 0) return;
  const place = {
    app: String(payload.api_app_id),
    channel: String(payload.channel_id),
    user: String(payload.user_id),
  };
  try {
    say(world, place, draftOf(answer), answer.response_type === 'in_channel');
  } catch (error) {
    // The channel may be gone, or closed to the app, by now.
    if (!(error instanceof ApiError)) throw error;
  }
}

function answered(body: string): Response | undefined {
  const value: unknown = body.startsWith('{') ? JSON.parse(body) : undefined;
  if (!isObject(value)) return undefined;
  const { text, blocks, attachments, response_type } = value;
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(isObjects(blocks) ? { blocks } : {}),
    ...(isObjects(attachments) ? { attachments } : {}),
    ...(typeof response_type === 'string' ? { response_type } : {}),
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
