/** Invitations to share a channel with another company. https://docs.slack.dev/apis/slack-connect/using-slack-connect-api-methods */
import { BASE62, shaped, UPPER36 } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidArguments, refuse } from '../../errors.ts';
import { CONNECT_INVITE_SECONDS } from '../../limits.ts';
import { type Channel, channels, type Json, type Token, users } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { isEmail, theUser } from '../people/user.ts';
import { isMember } from './access.ts';
import { createChannel } from './channel.ts';
import {
  connect,
  connected,
  type ExternalTeam,
  externalTeams,
  requireRoom,
  teamBrief,
  teamOfEmail,
  userBrief,
} from './externalTeam.ts';

/** An invitation that the workspace sent or got. Dates in seconds. */
export interface ConnectInvite {
  id: string;
  nth: number;
  direction: 'outgoing' | 'incoming';
  status: 'invited' | 'pending_approval' | 'approved' | 'declined';
  /** Of an outgoing one: what is shared. Of an incoming one: what came of it. */
  channel?: string;
  /** Of an incoming one: what the channel is called over there. */
  channel_name?: string;
  /** Of an outgoing one: the member or bot that sent it. */
  inviting_user?: string;
  /** The address that it went to or came from. */
  email: string;
  external_limited: boolean;
  /** The company that took an outgoing one, or that an incoming one is from. */
  team?: string;
  date_accepted?: number;
  date_created: number;
  date_invalid: number;
  date_last_updated: number;
}

export const connectInvites = table<ConnectInvite>({
  name: 'slack.connectInvites',
  key: (row) => row.id,
  indexes: {
    order: (row) => sortable(row.nth),
    /** Who waits for what; an address may be invited to many channels. */
    waiting: (row) => (row.status === 'invited' ? `${row.email}/${row.channel ?? ''}` : undefined),
  },
});

/**
 * Invites somebody of another company into a channel. Throws `invalid_channel_type`, `cannot_share_mandatory_channel`,
 * `channel_archived`, `invalid_email`, `connection_limit_exceeded`, `connection_limit_exceeded_pending`.
 */
export function inviteShared(
  world: World,
  by: string,
  channel: Channel,
  given: { email: string; limited: boolean },
): ConnectInvite {
  if (channel.is_im || channel.is_mpim) throw refuse('invalid_channel_type');
  if (channel.is_general) throw refuse('cannot_share_mandatory_channel');
  if (channel.is_archived) throw refuse('channel_archived');
  const email = given.email.trim().toLowerCase();
  if (!isEmail(email)) throw refuse('invalid_email');
  const member = world.list(users, { index: 'email', equals: email }).first();
  if (member) throw refuse(isMember(world, channel.id, member.id) ? 'already_in_channel' : 'invalid_email');
  requireRoom(world, channel);
  const waiting = world.list(connectInvites, { index: 'waiting', equals: `${email}/${channel.id}` }).first();
  if (waiting && !isOver(world, waiting)) throw refuse('connection_limit_exceeded_pending');
  return write(world, {
    direction: 'outgoing',
    channel: channel.id,
    inviting_user: by,
    email,
    external_limited: given.limited,
  });
}

/** An invitation that came from another company. */
export const receiveInvite = (world: World, email: string, channel: string): ConnectInvite =>
  write(world, {
    direction: 'incoming',
    channel_name: channel,
    email: email.toLowerCase(),
    external_limited: false,
    team: teamOfEmail(world, email).id,
  });

/** The other side takes an outgoing invitation; with `review` it waits for the workspace's approval. */
export function takeInvite(world: World, invite: ConnectInvite, review: boolean): ConnectInvite {
  if (isOver(world, invite)) throw refuse('invalid_link');
  const team = teamOfEmail(world, invite.email);
  const taken = change(world, invite, {
    status: review ? 'pending_approval' : 'approved',
    team: team.id,
    date_accepted: seconds(world),
  });
  announce(world, 'accepted', taken, {
    approval_required: review,
    accepting_user: outsider(world, invite.email, team),
  });
  if (!review) connect(world, channelOf(world, taken), team);
  return taken;
}

/** Approves what the other side took. Throws `invite_not_found`, `already_approved`, `approval_…`, `missing_target_team`. */
export function approveInvite(world: World, actor: Token, id: string, target: string | undefined): void {
  const invite = reviewed(world, id, target, 'already_approved');
  const team = world.require(externalTeams, invite.team ?? '', () => refuse('approval_not_found'));
  const approved = change(world, invite, { status: 'approved' });
  const approving_user = userBrief(theUser(world, actor.user));
  announce(world, 'approved', approved, { approving_team_id: actor.team, approving_user });
  connect(world, channelOf(world, approved), team);
}

/** Declines what came, or what the other side took. Throws `invite_not_found`, `inactive_invite`, `approval_…`. */
export function declineInvite(world: World, actor: Token, id: string, target: string | undefined): void {
  const known = theInvite(world, id);
  if (known.status === 'declined' || isOver(world, known)) throw refuse('inactive_invite');
  const waits = known.direction === 'incoming' && known.status === 'invited';
  const invite = waits ? known : reviewed(world, id, target, 'approval_inactive');
  const declined = change(world, invite, { status: 'declined' });
  const declining_user = userBrief(theUser(world, actor.user));
  announce(world, 'declined', declined, { declining_team_id: actor.team, declining_user });
}

/** Takes an invitation that came: a channel of this name is made. Throws `invite_not_found`, `invite_used`, `name_taken` … */
export function acceptInvite(
  world: World,
  actor: Token,
  asked: { id: string | undefined; channel: string | undefined; name: string; isPrivate: boolean },
): ConnectInvite {
  if (!asked.id && !asked.channel) throw invalidArguments(['Either `sig` or `invite_id` must be specified.']);
  const invite = asked.id ? theInvite(world, asked.id) : undefined;
  if (!invite) throw refuse('invite_not_found');
  if (invite.direction === 'outgoing') throw refuse('invite_from_same_org');
  if (invite.status === 'approved') throw refuse('invite_used');
  if (invite.status === 'declined' || isOver(world, invite)) throw refuse('invalid_link');
  const channel = createChannel(world, actor, asked.name, asked.isPrivate);
  const team = world.require(externalTeams, invite.team ?? '', () => refuse('invalid_host_team'));
  const taken = change(world, invite, {
    status: 'approved',
    channel: channel.id,
    date_accepted: seconds(world),
  });
  connect(world, channel, team);
  return taken;
}

/** An invitation as `conversations.listConnectInvites` shows it. */
export function inviteView(world: World, invite: ConnectInvite): Json {
  const { direction, status, date_last_updated, date_accepted, date_invalid, team } = invite;
  const other = team === undefined ? undefined : world.get(externalTeams, team);
  const acceptance = {
    approval_status: status,
    date_accepted,
    date_invalid,
    date_last_updated,
    accepting_team: direction === 'outgoing' ? teamBrief(world, other) : teamBrief(world),
    reviews: [],
  };
  return {
    direction,
    status: isOver(world, invite) && status === 'invited' ? 'expired' : status,
    date_last_updated,
    invite_type: 'channel',
    invite: inviteBrief(world, invite),
    channel: channelBrief(world, invite),
    ...(date_accepted === undefined ? {} : { acceptances: [acceptance] }),
  };
}

/** Where an invitation leads, and the code that confirms it. */
export const inviteSecrets = (world: World, { id }: ConnectInvite): { url: string; conf_code: string } => ({
  url: `https://join.slack.com/share/enQt${world.drawFor('slack.connectLink', id).chars(BASE62, 64)}`,
  conf_code: world.drawFor('slack.connectCode', id).chars(UPPER36, 6),
});

/** The invitation itself, as events and lists tell of it. */
export function inviteBrief(world: World, invite: ConnectInvite): Json {
  const { id, direction, date_created, date_invalid, email, inviting_user, team } = invite;
  const host = direction === 'incoming' && team ? world.get(externalTeams, team) : undefined;
  const inviter = inviting_user
    ? userBrief(theUser(world, inviting_user))
    : host && outsider(world, email, host);
  return {
    id,
    date_created,
    date_invalid,
    inviting_team: teamBrief(world, host),
    ...(inviter ? { inviting_user: inviter } : {}),
    ...(direction === 'outgoing' ? { recipient_email: email } : {}),
  };
}

/** The channel of an invitation, by its name here or over there. */
export function channelBrief(world: World, invite: ConnectInvite): Json {
  const channel = invite.channel === undefined ? undefined : world.get(channels, invite.channel);
  const id = channel?.id ?? shaped(world.drawFor('slack.awayChannel', invite.id), 'C0', 9, UPPER36);
  const is_private = channel?.is_private ?? false;
  return { id, is_private, is_im: false, name: channel?.name ?? invite.channel_name ?? '' };
}

function write(
  world: World,
  draft: Omit<ConnectInvite, 'id' | 'nth' | 'status' | `date_${string}`>,
): ConnectInvite {
  const now = seconds(world);
  return world.insert(connectInvites, {
    ...draft,
    id: shaped(world.draw('slack.connectInvite'), 'I0', 9, UPPER36),
    nth: world.next('slack.connectInviteOrder'),
    status: 'invited',
    date_created: now,
    date_invalid: now + CONNECT_INVITE_SECONDS,
    date_last_updated: now,
  });
}

/** What the other side took and the workspace has yet to review. */
function reviewed(world: World, id: string, target: string | undefined, approved: string): ConnectInvite {
  const invite = theInvite(world, id);
  if (invite.status === 'approved') throw refuse(approved);
  if (invite.status === 'declined') throw refuse('approval_inactive');
  if (invite.status === 'invited') throw refuse('approval_not_found');
  if (!target) throw refuse('missing_target_team');
  if (target !== invite.team) throw refuse('approval_not_found');
  return invite;
}

const theInvite = (world: World, id: string): ConnectInvite =>
  world.require(connectInvites, id, () => refuse('invite_not_found'));

const isOver = (world: World, invite: ConnectInvite): boolean => invite.date_invalid <= seconds(world);

const change = (world: World, invite: ConnectInvite, to: Partial<ConnectInvite>): ConnectInvite =>
  world.update(connectInvites, invite.id, { ...to, date_last_updated: seconds(world) });

const channelOf = (world: World, invite: ConnectInvite): Channel =>
  world.require(channels, invite.channel ?? '', () => refuse('channel_not_found'));

function announce(
  world: World,
  what: 'accepted' | 'approved' | 'declined',
  invite: ConnectInvite,
  more: Json,
): void {
  tell(world, {
    type: `shared_channel_invite_${what}`,
    invite: inviteBrief(world, invite),
    channel: channelBrief(world, invite),
    teams_in_channel: connected(world, invite.channel ?? '').map((id) =>
      teamBrief(world, world.get(externalTeams, id)),
    ),
    ...more,
    event_ts: eventTs(world),
  });
}

/** Somebody of another company, of whom no more is known than an address. */
function outsider(world: World, email: string, team: ExternalTeam): Json {
  const name = email.split('@')[0] ?? '';
  return {
    id: shaped(world.drawFor('slack.outsider', email), 'U0', 9, UPPER36),
    team_id: team.id,
    name,
    updated: team.since,
    profile: { real_name: name, display_name: name, team: team.id, email },
  };
}
