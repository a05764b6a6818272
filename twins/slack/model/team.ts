/** The workspace itself. */
import { assert } from '../../../src/error.ts';
import type { World } from '../../../src/world/world.ts';
import { type Json, type Team, teams } from '../world.ts';

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
