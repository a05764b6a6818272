/** Conversations of every kind as Slack shows them, and the direct ones between people and bots. */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { GROUP_DM_OTHERS_MAX, UNREAD_COUNT_MAX } from '../../limits.ts';
import {
  type Channel,
  channelCounts,
  channels,
  type Json,
  members,
  messages,
  readings,
  type Token,
  users,
} from '../../world.ts';
import { tell } from '../events/event.ts';
import { canvasOf } from '../files/channelCanvas.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';
import { theUser } from '../people/user.ts';
import { isMember } from './access.ts';
import { connected } from './externalTeam.ts';
import { memberCount } from './membership.ts';

/** Parts of a conversation that some methods show and others do not. */
export type Part = 'num_members' | 'last_read' | 'priority' | 'properties' | 'latest';

/** A conversation as the caller sees it. */
export function channelView(world: World, actor: Token, channel: Channel, parts: readonly Part[]): Json {
  if (channel.is_im) return directView(world, actor, channel, parts);
  const team = theTeam(world).id;
  const member = isMember(world, channel.id, actor.user);
  const { party: _, user: __, ...row } = channel;
  const others = connected(world, channel.id);
  return {
    ...row,
    name_normalized: channel.name,
    unlinked: 0,
    context_team_id: team,
    parent_conversation: null,
    is_shared: others.length > 0,
    is_org_shared: false,
    is_ext_shared: others.length > 0,
    is_pending_ext_shared: false,
    shared_team_ids: [team, ...others],
    pending_shared: [],
    pending_connected_team_ids: [],
    ...(others.length > 0 ? { conversation_host_id: team, connected_team_ids: others } : {}),
    is_member: member,
    ...(channel.is_private && member ? { is_open: true } : {}),
    ...(parts.includes('last_read') && member ? { last_read: lastRead(world, channel.id, actor.user) } : {}),
    ...(parts.includes('num_members') ? { num_members: memberCount(world, channel.id) } : {}),
    ...(parts.includes('priority') ? { priority: 0 } : {}),
    ...(channel.is_mpim && member && parts.includes('latest') ? unread(world, actor, channel) : {}),
    ...(parts.includes('properties') ? { properties: properties(world, channel) } : {}),
  };
}

/**
 * The direct conversation of these users, made where there is none. `party` holds all of them, the caller
 * too.
 */
export function directConversation(
  world: World,
  party: readonly string[],
  prevent: boolean = false,
): { channel: Channel; made: boolean } {
  const key = [...new Set(party)].sort().join(',');
  const known = world.list(channels, { index: 'party', equals: key }).first();
  if (known) return { channel: known, made: false };
  if (prevent) throw refuse('channel_not_found');
  const channel = beginDirect(world, key);
  const { id, created, is_im, is_mpim } = channel;
  const event = { user: party[0], event_ts: eventTs(world) };
  if (is_mpim) tell(world, { type: 'group_open', ...event, channel: id }, channel);
  else tell(world, { type: 'im_created', ...event, channel: { id, created, is_im, is_mpim } }, channel);
  return { channel, made: true };
}

/** Begins the direct conversation of those whose ids `key` joins, without a word. */
export function beginDirect(world: World, key: string): Channel {
  const party = key.split(',');
  const channel = world.insert(channels, party.length > 2 ? groupRow(world, key) : pairRow(world, key));
  for (const user of party) world.insert(members, { channel: channel.id, user });
  world.insert(channelCounts, { channel: channel.id, members: party.length, pins: 0 });
  return channel;
}

/**
 * Opens what `conversations.open` asks for: an existing conversation or one with `others`.
 * Throws `users_list_not_supplied`, `too_many_users`, `user_not_found`, `user_disabled`, `cannot_dm_bot`,
 * `channel_not_found`.
 */
export function open(
  world: World,
  actor: Token,
  others: readonly string[],
  prevent: boolean,
): { channel: Channel; made: boolean; reopened: boolean } {
  if (others.length === 0) throw refuse('users_list_not_supplied');
  if (others.length > GROUP_DM_OTHERS_MAX) throw refuse('too_many_users');
  for (const id of others) {
    const { deleted, is_bot } = theUser(world, id);
    if (deleted) throw refuse('user_disabled');
    if (is_bot && actor.kind === 'bot' && others.length === 1) throw refuse('cannot_dm_bot');
  }
  const { channel, made } = directConversation(world, [actor.user, ...others], prevent);
  return { channel, made, reopened: reopen(world, channel, actor.user) };
}

/** Closes a direct conversation for the caller; says whether it was open. */
export function close(world: World, actor: Token, channel: Channel): boolean {
  if (!channel.is_im && !channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  const member = world.get(members, `${channel.id}/${actor.user}`);
  if (!member || member.closed) return false;
  world.update(members, `${channel.id}/${actor.user}`, { closed: true });
  turned(world, channel, actor.user, 'close');
  return true;
}

/** Notes how far the caller has read. */
export function mark(world: World, actor: Token, channel: Channel, ts: string): void {
  world.put(readings, { channel: channel.id, user: actor.user, last_read: ts });
}

/** Until where a user has read a conversation. */
export const lastRead = (world: World, channel: string, user: string): string =>
  world.get(readings, `${channel}/${user}`)?.last_read ?? '0000000000.000000';

/** Opens a direct conversation again by its id. Throws `method_not_supported_for_channel_type`. */
export function resume(
  world: World,
  actor: Token,
  channel: Channel,
): { channel: Channel; made: boolean; reopened: boolean } {
  if (!channel.is_im && !channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  return { channel, made: false, reopened: reopen(world, channel, actor.user) };
}

function reopen(world: World, channel: Channel, user: string): boolean {
  if (!world.get(members, `${channel.id}/${user}`)?.closed) return false;
  world.update(members, `${channel.id}/${user}`, { closed: false });
  turned(world, channel, user, 'open');
  return true;
}

/** The apps hear that somebody opened or closed a direct conversation. */
function turned(world: World, channel: Channel, user: string, how: 'open' | 'close'): void {
  const type = `${channel.is_im ? 'im' : 'group'}_${how}`;
  tell(world, { type, user, channel: channel.id, event_ts: eventTs(world) }, channel);
}

function directView(world: World, actor: Token, channel: Channel, parts: readonly Part[]): Json {
  const [one = '', other = one] = (channel.party ?? '').split(',');
  const user = one === actor.user ? other : one;
  const shown = {
    id: channel.id,
    created: channel.created,
    is_archived: false,
    is_im: true,
    is_org_shared: false,
    context_team_id: theTeam(world).id,
    updated: channel.updated,
    user,
    is_user_deleted: world.get(users, user)?.deleted ?? false,
    priority: 0,
  };
  return parts.includes('latest') ? { ...shown, ...unread(world, actor, channel) } : shown;
}

/** Until where the caller has read a direct conversation, and what others said behind it. */
function unread(world: World, actor: Token, channel: Channel): Json {
  const read = lastRead(world, channel.id, actor.user);
  const count = world
    .list(messages, {
      from: `${channel.id}/${read}\u0002`,
      to: `${channel.id}/~`,
      where: (message) => message.user !== actor.user,
    })
    .toArray(UNREAD_COUNT_MAX).length;
  const latest = world.list(messages, { prefix: `${channel.id}/`, reverse: true }).first();
  const { channel: _, ...last } = latest ?? { channel: '' };
  return {
    last_read: read,
    latest: latest ? last : null,
    unread_count: count,
    unread_count_display: count,
    is_open: !world.get(members, `${channel.id}/${actor.user}`)?.closed,
  };
}

function pairRow(world: World, key: string): Channel {
  const pair = key.split(',');
  const [first = '', second = first] = pair;
  const person = world.get(users, first)?.is_bot ? second : first;
  return {
    ...row(world, shaped(world.draw('slack.im'), 'D0', 9, UPPER36), person),
    is_im: true,
    user: person,
    party: key,
    updated: 0,
  };
}

function groupRow(world: World, key: string): Channel {
  const handles = key.split(',').map((id) => world.get(users, id)?.name ?? id);
  return {
    ...row(world, shaped(world.draw('slack.mpim'), 'C0', 9, UPPER36), key.split(',')[0] as string),
    name: `mpdm-${handles.join('--')}-1`,
    is_channel: true,
    is_mpim: true,
    is_private: true,
    purpose: {
      value: `Group messaging with: ${handles.map((name) => `@${name}`).join(' ')}`,
      creator: key.split(',')[0] as string,
      last_set: seconds(world),
    },
    party: key,
  };
}

function row(world: World, id: string, creator: string): Channel {
  const note = { value: '', creator: '', last_set: 0 };
  return {
    id,
    name: '',
    is_channel: false,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    created: seconds(world),
    is_archived: false,
    is_general: false,
    creator,
    topic: note,
    purpose: note,
    previous_names: [],
    updated: world.now(),
  };
}

function properties(world: World, channel: Channel): Json {
  const canvas = canvasOf(world, channel);
  return {
    ...(canvas ? { canvas } : {}),
    tabs: [{ type: 'bookmarks', label: '', id: 'bookmarks' }],
    tabz: [{ type: 'bookmarks' }],
    ...(channel.is_general ? { use_case: 'welcome' } : {}),
  };
}
