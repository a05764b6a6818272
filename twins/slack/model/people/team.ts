/** The workspace itself. */
import { assert } from '../../../../src/error.ts';
import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Json, SLACKBOT, type Team, teams, type User } from '../../world.ts';

/** The workspace that this universe is. */
export function theTeam(world: World): Team {
  const team = world.get(teams, 'team');
  assert(team, 'a universe without a Slack workspace');
  return team;
}

/** The workspace as `team.info` shows it; `url` is where it lives on the web. */
export function teamView(team: Team, url: string): Json {
  const icon = (size: number) => `https://a.slack-edge.com/80588/img/avatars-teams/ava_0015-${size}.png`;
  return {
    ...team,
    url,
    avatar_base_url: 'https://ca.slack-edge.com/',
    is_verified: false,
    lob_sales_home_enabled: false,
    is_sfdc_auto_slack: false,
    icon: {
      image_34: icon(34),
      image_44: icon(44),
      image_68: icon(68),
      image_88: icon(88),
      image_102: icon(102),
      image_132: icon(132),
      image_230: icon(230),
      image_default: true,
    },
  };
}

/** User groups and logs come with it. https://docs.slack.dev/reference/methods/team.billing.info */
export const PLAN = 'std';

/** What every workspace begins with. https://docs.slack.dev/reference/methods/team.preferences.list */
export const PREFERENCES: Json = {
  msg_edit_window_mins: -1,
  allow_message_deletion: true,
  display_real_names: false,
  disable_file_uploads: 'allow_all',
  who_can_post_general: 'everyone',
};

/** Is a member paid for? Bots are not, nor are closed accounts. */
export const isBilled = (user: User): boolean => !user.deleted && !user.is_bot && user.id !== SLACKBOT;

/** The one time that a member signed in: Slack keeps times, addresses and programs; here they are made up. */
export function loginView(world: World, user: User): Json {
  const byte = () => Number.parseInt(drawn.chars(HEX, 2), 16);
  const drawn = world.drawFor('slack.login', user.id);
  return {
    user_id: user.id,
    username: user.name,
    date_first: user.updated,
    date_last: user.updated,
    count: 1,
    ip: `10.${byte()}.${byte()}.${byte()}`,
    user_agent: 'SlackWeb/1 Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/130.0.0.0 Safari/537.36',
    isp: null,
    country: null,
    region: null,
  };
}
