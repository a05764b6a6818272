/** What members ask for who may not invite other companies themselves. https://docs.slack.dev/reference/methods/conversations.requestSharedInvite.list */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { CONNECT_INVITE_SECONDS, CONNECT_MESSAGE_CHARS_MAX } from '../../limits.ts';
import { type Channel, channels, channelType, type Json, type User } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { theUser } from '../people/user.ts';
import { type ConnectInvite, inviteShared } from './connectInvite.ts';
import { connected, externalTeams, teamBrief, userBrief } from './externalTeam.ts';

/** A member's wish to invite somebody. Dates in seconds. */
export interface InviteRequest {
  id: string;
  nth: number;
  channel: string;
  user: string;
  email: string;
  is_external_limited: boolean;
  date_created: number;
  date_last_updated: number;
  expires_at: number;
  date_approved?: number;
  date_denied?: number;
}

export const inviteRequests = table<InviteRequest>({
  name: 'slack.inviteRequests',
  key: (row) => row.id,
  indexes: { order: (row) => sortable(row.nth) },
});

/** Asks to have somebody invited, of which the apps hear. */
export function requestInvite(world: World, user: User, channel: Channel, email: string): InviteRequest {
  const now = seconds(world);
  const request = world.insert(inviteRequests, {
    id: shaped(world.draw('slack.connectInvite'), 'I0', 9, UPPER36),
    nth: world.next('slack.inviteRequestOrder'),
    channel: channel.id,
    user: user.id,
    email: email.trim().toLowerCase(),
    is_external_limited: true,
    date_created: now,
    date_last_updated: now,
    expires_at: now + CONNECT_INVITE_SECONDS,
  });
  tell(world, {
    type: 'shared_channel_invite_requested',
    event_type: 'slack#/events/shared_channel_invite_requested',
    actor: actorView(user),
    channel_id: channel.id,
    channel_name: channel.name,
    channel_type: channelType(channel) === 'public_channel' ? 'public' : 'private',
    target_users: [{ email: request.email, invite_id: request.id }],
    teams_in_channel: teamsIn(world, channel.id),
    is_external_limited: true,
    channel_date_created: channel.created,
    channel_message_latest_counted_timestamp: 0,
    event_ts: eventTs(world),
  });
  return request;
}

/** Grants a request: the invitation goes out, into another channel or with other rights where the approver says so. */
export function approveRequest(
  world: World,
  id: string,
  to: { channel: Channel | undefined; limited: boolean | undefined },
): ConnectInvite {
  const request = waiting(world, id);
  const channel = to.channel ?? world.require(channels, request.channel, () => refuse('channel_not_found'));
  const limited = to.limited ?? request.is_external_limited;
  const invite = inviteShared(world, request.user, channel, { email: request.email, limited });
  world.update(inviteRequests, id, { date_approved: seconds(world), date_last_updated: seconds(world) });
  return invite;
}

/** Refuses a request. */
export function denyRequest(world: World, id: string): void {
  waiting(world, id);
  world.update(inviteRequests, id, { date_denied: seconds(world), date_last_updated: seconds(world) });
}

/** Throws `message_too_long` for a word to the other side that is longer than Slack takes. */
export function requireShort(message: string): void {
  if ([...message].length > CONNECT_MESSAGE_CHARS_MAX) throw refuse('message_too_long');
}

/** Which requests are asked for; those that are settled or over only where it is said. */
export interface RequestQuery {
  user: string | undefined;
  ids: readonly string[];
  expired: boolean;
  approved: boolean;
  denied: boolean;
}

/** The requests asked for, the oldest first. */
export const requestsOf = (world: World, asked: RequestQuery) =>
  world.list(inviteRequests, {
    index: 'order',
    where: (row) =>
      (asked.user === undefined || row.user === asked.user) &&
      (asked.ids.length === 0 || asked.ids.includes(row.id)) &&
      (asked.approved || row.date_approved === undefined) &&
      (asked.denied || row.date_denied === undefined) &&
      (asked.expired || !isOver(world, row)),
  });

/** A request as Slack shows it. */
export function requestView(world: World, request: InviteRequest): Json {
  const { nth: _, user, email, channel: id, ...said } = request;
  const channel = world.get(channels, id);
  return {
    ...said,
    inviting_team: teamBrief(world),
    inviting_user: userBrief(theUser(world, user)),
    ...(channel
      ? {
          channel: {
            id,
            is_im: false,
            is_private: channel.is_private,
            date_created: channel.created,
            name: channel.name,
            connections: teamsIn(world, id).map((team) => ({ team, is_private: false })),
          },
        }
      : {}),
    is_sponsored: false,
    recipient_email: email,
    target_user: { recipient_email: email },
  };
}

/** A request that can still be settled. Throws `invite_not_found`, `invite_already_…`, `invite_expired`. */
function waiting(world: World, id: string): InviteRequest {
  const request = world.require(inviteRequests, id, () => refuse('invite_not_found'));
  if (request.date_approved !== undefined) throw refuse('invite_already_approved');
  if (request.date_denied !== undefined) throw refuse('invite_already_denied');
  if (isOver(world, request)) throw refuse('invite_expired');
  return request;
}

const isOver = (world: World, request: InviteRequest): boolean => request.expires_at <= seconds(world);

const teamsIn = (world: World, channel: string): Json[] => [
  teamBrief(world),
  ...connected(world, channel).map((id) => teamBrief(world, world.get(externalTeams, id))),
];

const actorView = ({ id, name, is_bot, team_id, tz, real_name, profile }: User): Json => ({
  id,
  name,
  is_bot,
  team_id,
  timezone: tz,
  real_name,
  display_name: profile.display_name,
});
