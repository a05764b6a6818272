/**
 * Channels: how they are made, named, described and put away.
 * https://docs.slack.dev/apis/web-api/using-the-conversations-api
 */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { CHANNEL_NAME_CHARS_MAX, TOPIC_CHARS_MAX } from '../../limits.ts';
import { type Channel, channels, type Json, type Note, type Token } from '../../world.ts';
import { tell } from '../events/event.ts';
import { say } from '../messages/notice.ts';
import { kept } from '../messages/text.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { administers } from '../people/user.ts';
import { canSee, requireNoGuest, requireOpen } from './access.ts';
import { channelView } from './conversation.ts';
import { enrol, join, tellJoined } from './membership.ts';

/** A new channel with its creator in it. Throws `restricted_action`, `name_taken`, `invalid_name_…`. */
export function createChannel(world: World, actor: Token, name: string, isPrivate: boolean): Channel {
  requireNoGuest(world, actor.user, 'restricted_action');
  const channel = newChannel(world, {
    id: shaped(world.draw('slack.channel'), 'C0', 9, UPPER36),
    name: freeName(world, name),
    creator: actor.user,
    isPrivate,
  });
  enrol(world, channel.id, actor.user);
  if (!isPrivate)
    tell(world, {
      type: 'channel_created',
      channel: channelView(world, actor, channel, []),
      event_ts: eventTs(world),
    });
  tellJoined(world, channel, actor.user);
  say(world, channel, actor.user, 'join', `<@${actor.user}> has joined the channel`);
  return channel;
}

/** Writes a channel's row, with nobody in it. */
export function newChannel(
  world: World,
  init: { id: string; name: string; creator: string; isPrivate: boolean; isGeneral?: boolean },
): Channel {
  return world.insert(channels, {
    id: init.id,
    name: init.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: init.isPrivate,
    created: seconds(world),
    is_archived: false,
    is_general: init.isGeneral ?? false,
    creator: init.creator,
    topic: NO_NOTE,
    purpose: NO_NOTE,
    previous_names: [],
    updated: world.now(),
  });
}

export const NO_NOTE: Note = { value: '', creator: '', last_set: 0 };

/** Has the caller join a public channel; says whether they were not in it before. */
export function joinChannel(world: World, actor: Token, channel: Channel): boolean {
  if (channel.is_im || channel.is_private) throw refuse('method_not_supported_for_channel_type');
  if (channel.is_archived) throw refuse('is_archived');
  return join(world, channel, actor.user);
}

/** Sets topic or purpose, and the channel says so. Throws `user_is_restricted`, `too_long`. */
export function describe(
  world: World,
  actor: Token,
  channel: Channel,
  what: 'topic' | 'purpose',
  text: string,
): Channel {
  if (channel.is_im) throw refuse('method_not_supported_for_channel_type');
  requireNoGuest(world, actor.user, 'user_is_restricted');
  if ([...text].length > TOPIC_CHARS_MAX) throw refuse('too_long');
  const value = kept(world, text);
  if (value === channel[what].value) return channel;
  const note: Note = { value, creator: actor.user, last_set: seconds(world) };
  const said = value === '' ? `cleared the channel ${what}` : `set the channel ${what}: ${value}`;
  const described = change(world, channel, { [what]: note });
  say(world, described, actor.user, what, said, { [what]: value });
  return described;
}

/**
 * Gives a channel another name, which its creator and administrators may. Throws `is_archived`, `not_authorized`,
 * `name_taken`, `invalid_name_…`.
 */
export function rename(world: World, actor: Token, channel: Channel, name: string): Channel {
  if (channel.is_im || channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  requireOpen(channel);
  if (channel.creator !== actor.user && !administers(world, actor)) throw refuse('not_authorized');
  if (name.trim().toLowerCase() === channel.name) return channel;
  const free = freeName(world, name);
  const renamed = change(world, channel, {
    name: free,
    previous_names: [channel.name, ...channel.previous_names],
  });
  const text = `has renamed the channel from "${channel.name}" to "${free}"`;
  say(world, renamed, actor.user, 'name', text, { old_name: channel.name, name: free });
  const { id, is_channel, created } = channel;
  announce(world, channel, 'rename', {
    channel: { id, is_channel, is_mpim: false, name: free, name_normalized: free, created },
  });
  return renamed;
}

/** Puts a channel away, or back. Throws `restricted_action`, `cant_archive_general`, `already_archived`, `not_archived`. */
export function archive(world: World, actor: Token, channel: Channel, away: boolean): Channel {
  if (channel.is_im || channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  requireNoGuest(world, actor.user, 'restricted_action');
  if (away && channel.is_general) throw refuse('cant_archive_general');
  if (away && channel.is_archived) throw refuse('already_archived');
  if (!away && !channel.is_archived) throw refuse('not_archived');
  const changed = change(world, channel, { is_archived: away });
  const kind = away ? 'archive' : 'unarchive';
  say(world, changed, actor.user, kind, `${away ? 'archived' : 'un-archived'} the channel`);
  announce(world, channel, kind, {
    channel: channel.id,
    user: actor.user,
    ...(away ? { is_moved: 0 } : {}),
  });
  return changed;
}

/** Everybody's apps hear of public channels, of private ones those that are in them. */
function announce(world: World, channel: Channel, what: string, more: Json): void {
  const type = `${channel.is_private ? 'group' : 'channel'}_${what}`;
  tell(world, { type, ...more, event_ts: eventTs(world) }, channel.is_private ? channel : undefined);
}

/**
 * The channel that a program means by an id or by a name with or without `#`; undefined where there is none
 * that the
 * caller can see.
 */
export function channelMeant(world: World, user: string, text: string): Channel | undefined {
  const byId = world.get(channels, text);
  const name = text.startsWith('#') ? text.slice(1) : text;
  const channel = byId ?? world.list(channels, { index: 'name', equals: name }).first();
  return channel && canSee(world, channel, user) ? channel : undefined;
}

/** A channel's name if it may be one and is free. */
function freeName(world: World, given: string): string {
  const name = given.trim().replace(/^#/, '');
  if (name === '') throw refuse('invalid_name_required', nameDetail('required'));
  if ([...name].length > CHANNEL_NAME_CHARS_MAX) throw refuse('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+$/u.test(name)) throw refuse('invalid_name_specials');
  if (/^[-_]+$/.test(name)) throw refuse('invalid_name_punctuation');
  if (world.list(channels, { index: 'name', equals: name }).first()) throw refuse('name_taken');
  return name;
}

const nameDetail = (why: string): Json => ({ detail: `Value passed for \`name\` was ${why}.` });

const change = (world: World, channel: Channel, to: Partial<Channel>): Channel =>
  world.update(channels, channel.id, { ...to, updated: world.now() });
