/** Other companies and the channels that are shared with them. https://docs.slack.dev/apis/slack-connect */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { CONNECTIONS_PER_CHANNEL_MAX } from '../../limits.ts';
import { type Channel, channels, channelType, type Json, type User } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { teamView, theTeam } from '../people/team.ts';

/** A company whose people are in channels of the workspace. `since` in seconds. */
export interface ExternalTeam {
  id: string;
  name: string;
  domain: string;
  since: number;
}

/** That a channel is shared with a company, and whether its people may invite others. */
interface Sharing {
  channel: string;
  team: string;
  can_invite: boolean;
}

export const externalTeams = table<ExternalTeam>({
  name: 'slack.externalTeams',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
export const sharings = table<Sharing>({
  name: 'slack.sharings',
  key: (row) => `${row.channel}/${row.team}`,
  indexes: { team: (row) => row.team },
});

/** The company that an e-mail address is of; made known where it was not. */
export function teamOfEmail(world: World, email: string): ExternalTeam {
  const host = email.split('@')[1] ?? '';
  const domain = host.replace(/\.[^.]*$/, '').replace(/[^a-z0-9]+/gi, '-') || host;
  const id = shaped(world.drawFor('slack.externalTeam', host), 'T0', 9, UPPER36);
  const name = domain.charAt(0).toUpperCase() + domain.slice(1);
  return (
    world.get(externalTeams, id) ?? world.insert(externalTeams, { id, name, domain, since: seconds(world) })
  );
}

/** Shares a channel with a company, and tells the apps in it. Throws `connection_limit_exceeded`. */
export function connect(world: World, channel: Channel, team: ExternalTeam): void {
  if (world.get(sharings, `${channel.id}/${team.id}`)) return;
  requireRoom(world, channel);
  world.insert(sharings, { channel: channel.id, team: team.id, can_invite: false });
  tell(
    world,
    { type: 'channel_shared', connected_team_id: team.id, channel: channel.id, event_ts: eventTs(world) },
    channel,
  );
}

/** Throws `connection_limit_exceeded` where a channel is shared with as many companies as can be. */
export function requireRoom(world: World, channel: Channel): void {
  if (connected(world, channel.id).length >= CONNECTIONS_PER_CHANNEL_MAX)
    throw refuse('connection_limit_exceeded');
}

/** Ends all sharing with a company. Throws `invalid_target_team`. */
export function disconnectTeam(world: World, id: string): void {
  const team = world.require(externalTeams, id, () => refuse('invalid_target_team'));
  for (const { channel } of world.list(sharings, { index: 'team', equals: id }).toArray()) {
    world.remove(sharings, `${channel}/${id}`);
    const row = world.get(channels, channel);
    if (!row) continue;
    const event = {
      type: 'channel_unshared',
      previously_connected_team_id: team.id,
      channel,
      is_ext_shared: connected(world, channel).length > 0,
      event_ts: eventTs(world),
    };
    tell(world, event, row);
  }
  world.remove(externalTeams, id);
}

/** Lets a company's people invite others into a channel, or no longer. Throws `invalid_action`, `invalid_target_team`. */
export function permitInvites(world: World, channel: Channel, team: string, action: string): void {
  if (action !== 'upgrade' && action !== 'downgrade') throw refuse('invalid_action');
  const key = `${channel.id}/${team}`;
  if (!world.get(sharings, key)) throw refuse('invalid_target_team');
  world.update(sharings, key, { can_invite: action === 'upgrade' });
}

/** The companies that a channel is shared with, by id. */
export const connected = (world: World, channel: string): string[] =>
  world
    .list(sharings, { prefix: `${channel}/` })
    .toArray(CONNECTIONS_PER_CHANNEL_MAX)
    .map((row) => row.team);

/** A company as `team.externalTeams.list` shows it. */
export function externalTeamView(world: World, team: ExternalTeam): Json {
  const shared = world.list(sharings, { index: 'team', equals: team.id }).toArray();
  const count = (kind: string) =>
    shared.filter((row) => channelType(world.get(channels, row.channel) as Channel) === kind).length;
  return {
    team_id: team.id,
    team_name: team.name,
    team_domain: team.domain,
    public_channel_count: count('public_channel'),
    private_channel_count: count('private_channel'),
    im_channel_count: 0,
    mpim_channel_count: 0,
    connected_workspaces: [{ workspace_id: theTeam(world).id, workspace_name: theTeam(world).name }],
    slack_connect_prefs: {},
    connection_status: shared.length > 0 ? 'CONNECTED' : 'DISCONNECTED',
    last_active_timestamp: team.since,
    is_sponsored: false,
  };
}

/** A company in an invitation: this workspace, or another. */
export function teamBrief(world: World, other?: ExternalTeam): Json {
  const { id, name, domain } = other ?? theTeam(world);
  const { icon, avatar_base_url } = teamView(theTeam(world), '');
  const date_created = other?.since ?? world.list(channels).first()?.created ?? 0;
  return {
    id,
    name,
    icon,
    avatar_base_url,
    is_verified: false,
    domain,
    date_created,
    requires_sponsorship: false,
  };
}

/** A person in an invitation. */
export function userBrief({ id, team_id, name, updated, who_can_share_contact_card, profile }: User): Json {
  const { image_24, image_32, image_48, image_72, image_192, image_512, ...said } = profile;
  const { real_name, display_name, real_name_normalized, display_name_normalized, team, avatar_hash, email } =
    said;
  const names = { real_name, display_name, real_name_normalized, display_name_normalized };
  const images = { image_24, image_32, image_48, image_72, image_192, image_512 };
  const shown = { ...names, team, avatar_hash, ...(email ? { email } : {}), ...images };
  return { id, team_id, name, updated, who_can_share_contact_card, profile: shown };
}
