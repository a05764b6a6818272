/**
 * What apps show of the links in other people's messages. https://docs.slack.dev/reference/methods/chat.unfurl
 */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import {
  type App,
  type Channel,
  channels,
  isObject,
  type Json,
  type Message,
  messages,
  type Token,
} from '../../world.ts';
import { appOf } from '../apps/app.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { attached, NO_PREVIEW } from './attachment.ts';
import { whisper } from './ephemeral.ts';
import { domainOf, linksIn, unfurlId } from './linkShared.ts';
import { replace } from './revision.ts';

/** Which message is meant: by channel and timestamp, or as a `link_shared` event named it. */
export type Place = { channel: string; ts: string } | { unfurlId: string; source: string };

/** What is shown of each address, and whether its reader should let the app in first. */
export interface Unfurling {
  unfurls: Readonly<Record<string, Json>>;
  /** Work objects. */
  entities: readonly Json[];
  prompt?: { text: string; blocks?: Json[] };
}

/**
 * Shows previews under a message; those of a later call take the place of earlier ones. Throws `cannot_find_service`,
 * `cannot_find_channel`, `cannot_find_message`, `invalid_unfurl_id`, `invalid_source`, `cannot_unfurl_message`,
 * `cannot_unfurl_url`, `cannot_parse_attachment`, `cannot_prompt`.
 */
export function unfurl(world: World, actor: Token, place: Place, what: Unfurling): void {
  const app = appOf(world, actor);
  if (!app.unfurl_domains?.length) throw refuse('cannot_find_service');
  const { channel, message } = meant(world, place);
  const links = linksIn(message);
  for (const url of [...Object.keys(what.unfurls), ...what.entities.map(urlOf)]) {
    if (!links.includes(url)) throw refuse('cannot_unfurl_message');
    if (domainOf(app, url) === undefined) throw refuse('cannot_unfurl_url');
  }
  if (what.prompt) invite(world, app, channel, message, what.prompt);
  if (Object.keys(what.unfurls).length > 0 || what.entities.length > 0)
    replace(world, channel, message, { ...message, attachments: shown(world, app, message, what) });
}

const urlOf = (entity: Json): string => String(entity.app_unfurl_url ?? entity.url);

function meant(world: World, place: Place): { channel: Channel; message: Message } {
  if ('unfurlId' in place) requireKnown(place.source);
  const { channel: id, ts } = 'unfurlId' in place ? named(world, place.unfurlId) : place;
  const channel = world.get(channels, id);
  if (!channel) throw refuse('cannot_find_channel');
  const message = world.get(messages, `${id}/${ts}`);
  if (!message || message.subtype === 'tombstone') throw refuse('cannot_find_message');
  return { channel, message };
}

/** Links in a composer are told of to nobody here, so that no name of theirs is right. */
function requireKnown(source: string): void {
  if (source === 'composer') throw refuse('invalid_unfurl_id');
  if (source !== 'conversations_history') throw refuse('invalid_source');
}

/** The message of an unfurl id; its secret has to be right. */
function named(world: World, id: string): { channel: string; ts: string } {
  const [, channel = '', ts = ''] = /^([A-Z0-9]+)\.(\d+\.\d{6})\./.exec(id) ?? [];
  if (unfurlId(world, channel, ts) !== id) throw refuse('invalid_unfurl_id');
  return { channel, ts };
}

/** A message's attachments with these previews, in the place of earlier ones of the same app and address. */
function shown(world: World, app: App, message: Message, { unfurls, entities }: Unfurling): Json[] {
  const made = [
    ...Object.entries(unfurls).map(([url, given]) => preview(app, url, checked(given))),
    ...entities.map((entity) => preview(app, urlOf(entity), { entity })),
  ];
  const fresh = new Set(made.map((one) => one.app_unfurl_url));
  const others = (message.attachments ?? []).filter(
    (one) => one.app_id !== app.id || !fresh.has(one.app_unfurl_url),
  );
  const id = (n: number) =>
    world.drawFor('slack.unfurlBlock', message.channel, message.ts, n).chars('abcdefghijklmnopqrstuvwxyz', 5);
  return attached(world, [...others, ...made], id);
}

const preview = (app: App, url: string, given: Json): Json => ({
  fallback: NO_PREVIEW,
  ...given,
  from_url: url,
  bot_id: app.bot_id,
  app_unfurl_url: url,
  is_app_unfurl: true,
  app_id: app.id,
});

function checked(given: Json): Json {
  if (given.blocks !== undefined && blockErrors(given.blocks).length > 0)
    throw refuse('cannot_parse_attachment');
  return given;
}

/** Asks the writer, unseen by others, to let the app in. */
function invite(
  world: World,
  app: App,
  channel: Channel,
  message: Message,
  { text, blocks }: NonNullable<Unfurling['prompt']>,
): void {
  if (!message.user) throw refuse('cannot_auth_user');
  const author = { user: app.bot_user, bot_id: app.bot_id, app_id: app.id };
  whisper(world, channel, author, message.user, { text, ...(blocks ? { blocks } : {}) });
}

/** Unfurls as given. Throws `invalid_unfurls_format`, `cannot_parse_attachment`. */
export function unfurlsIn(value: unknown): Readonly<Record<string, Json>> {
  if (!isObject(value)) throw refuse('invalid_unfurls_format');
  if (!Object.values(value).every(isObject)) throw refuse('cannot_parse_attachment');
  return value as Record<string, Json>;
}
