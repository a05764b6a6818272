/** Slack Connect: channels shared with other companies, by invitation, and those companies. */
import { type Endpoint, list } from '../../../src/twin.ts';
import { type Args, flag, ids, json, limit, required, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { theChannel, theOwnChannel } from '../model/channels/access.ts';
import {
  acceptInvite,
  approveInvite,
  connectInvites,
  declineInvite,
  inviteSecrets,
  inviteShared,
  inviteView,
} from '../model/channels/connectInvite.ts';
import {
  disconnectTeam,
  externalTeams,
  externalTeamView,
  permitInvites,
} from '../model/channels/externalTeam.ts';
import {
  approveRequest,
  denyRequest,
  requestsOf,
  requestView,
  requireShort,
} from '../model/channels/inviteRequest.ts';
import { isObject } from '../world.ts';
import { method } from './method.ts';

const writing = { bot: ['conversations.connect:write'], tier: 'Tier2' };
const managing = { bot: ['conversations.connect:manage'], tier: 'Tier2' };
const INVITES_COUNT = 100;

export const connectMethods: readonly Endpoint[] = [
  method('conversations.inviteShared', { ...writing, required: ['channel'] }, ({ world, actor, args }) => {
    const channel = theOwnChannel(world, actor, required(args, 'channel'));
    const limited = flag(args, 'external_limited', true);
    const invite = inviteShared(world, actor.user, channel, { email: recipient(args), limited });
    return { invite_id: invite.id, ...inviteSecrets(world, invite), is_legacy_shared_channel: false };
  }),
  method(
    'conversations.acceptSharedInvite',
    { ...writing, required: ['channel_name'] },
    ({ world, actor, args }) => {
      const invite = acceptInvite(world, actor, {
        id: text(args, 'invite_id') || undefined,
        channel: text(args, 'channel_id') || undefined,
        name: required(args, 'channel_name'),
        isPrivate: flag(args, 'is_private'),
      });
      return {
        implicit_approval: true,
        channel_id: invite.channel,
        invite_id: invite.id,
        can_open_scdm: false,
      };
    },
  ),
  method(
    'conversations.approveSharedInvite',
    { ...managing, tier: 'Tier3', required: ['invite_id'] },
    ({ world, actor, args }) => {
      approveInvite(world, actor, required(args, 'invite_id'), text(args, 'target_team') || undefined);
      return {};
    },
  ),
  method(
    'conversations.declineSharedInvite',
    { ...managing, tier: 'Tier3', required: ['invite_id'] },
    ({ world, actor, args }) => {
      declineInvite(world, actor, required(args, 'invite_id'), text(args, 'target_team') || undefined);
      return {};
    },
  ),
  method('conversations.listConnectInvites', { ...managing, tier: 'Tier1' }, ({ world, args }) => {
    const range = world.list(connectInvites, { index: 'order' });
    const count = limit({ limit: args.count }, INVITES_COUNT, LIST_LIMIT_MAX);
    const { items, next } = range.page({ limit: count, after: opened(args, 'invite') });
    return {
      invites: items.map((row) => inviteView(world, row)),
      response_metadata: { next_cursor: next === undefined ? '' : sealed('invite', next) },
    };
  }),
  method(
    'conversations.externalInvitePermissions.set',
    { ...managing, required: ['channel', 'target_team', 'action'] },
    ({ world, actor, args }) => {
      const channel = theChannel(world, actor, required(args, 'channel'));
      permitInvites(world, channel, required(args, 'target_team'), required(args, 'action'));
      return {};
    },
  ),
  method(
    'conversations.requestSharedInvite.list',
    {
      ...managing,
      page: { style: 'cursor', key: 'invite_requests', default: 200, max: LIST_LIMIT_MAX },
      cursor: 'invite',
    },
    ({ world, args }) =>
      list(
        requestsOf(world, {
          user: text(args, 'user_id') || undefined,
          ids: ids(args, 'invite_ids'),
          expired: flag(args, 'include_expired'),
          approved: flag(args, 'include_approved'),
          denied: flag(args, 'include_denied'),
        }),
        (row) => requestView(world, row),
      ),
  ),
  method(
    'conversations.requestSharedInvite.approve',
    { ...managing, required: ['invite_id'] },
    ({ world, actor, args }) => {
      requireShort(messageIn(args));
      const into = text(args, 'channel_id');
      const channel = into ? theChannel(world, actor, into) : undefined;
      const limited = args.is_external_limited === undefined ? undefined : flag(args, 'is_external_limited');
      const invite = approveRequest(world, required(args, 'invite_id'), { channel, limited });
      const { url, conf_code } = inviteSecrets(world, invite);
      return { invite_id: invite.id, confirmation_code: conf_code, url };
    },
  ),
  method(
    'conversations.requestSharedInvite.deny',
    { ...managing, required: ['invite_id'] },
    ({ world, args }) => {
      requireShort(text(args, 'message') ?? '');
      const invite_id = required(args, 'invite_id');
      denyRequest(world, invite_id);
      return { invite_id };
    },
  ),
  method(
    'team.externalTeams.list',
    {
      bot: ['conversations.connect:manage', 'team:read'],
      tier: 'Tier2',
      page: { style: 'cursor', key: 'organizations', default: 20, max: LIST_LIMIT_MAX },
      cursor: 'team',
    },
    ({ world, args }) => {
      if ((text(args, 'sort_field') || 'team_name') !== 'team_name')
        throw invalidArguments(['invalid sort_field']);
      const reverse = text(args, 'sort_direction') === 'desc';
      const range = world.list(externalTeams, { index: 'name', reverse });
      return list(range, (row) => externalTeamView(world, row), { total_count: range.count() });
    },
  ),
  method(
    'team.externalTeams.disconnect',
    { ...managing, tier: 'Tier1', required: ['target_team'] },
    ({ world, args }) => {
      disconnectTeam(world, required(args, 'target_team'));
      return { job_enqueued: true };
    },
  ),
];

/** The one address that is invited; people of other workspaces are known by nothing else here. */
function recipient(args: Args): string {
  const emails = ids(args, 'emails');
  if (emails.length > 1) throw refuse('too_many_emails');
  if (emails.length === 0)
    throw refuse(ids(args, 'user_ids').length > 0 ? 'user_not_found' : 'recipients_not_specified');
  return emails[0] as string;
}

/** The word that goes with an approval: `{text, is_override}`. */
function messageIn(args: Args): string {
  const message = json(args, 'message', 'invalid_arguments');
  return isObject(message) ? String(message.text ?? '') : '';
}
