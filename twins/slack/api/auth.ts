/** `auth.*`, `api.test`, `bots.info`: who am I, and where. */
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import type { Args } from '../args.ts';
import { flag, limit, text } from '../args.ts';
import { opened } from '../cursor.ts';
import { refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { appByBot, botView } from '../model/apps/app.ts';
import { revoke } from '../model/apps/revocation.ts';
import { teamView, theTeam } from '../model/people/team.ts';
import { theUser } from '../model/people/user.ts';
import { teamUrl } from '../model/url.ts';
import type { Token } from '../world.ts';
import { both, method } from './method.ts';

const TEAMS_LIMIT = 100;

export const authMethods: readonly Endpoint[] = [
  method('api.test', { tier: 'Tier4', auth: 'none' }, ({ args }) => tested(args)),
  method('auth.test', { ...both(), app: [], config: [], tier: 'SpecialTier' }, ({ world, actor }) =>
    self(world, actor),
  ),
  method('auth.teams.list', { ...both(), tier: 'Tier2' }, ({ world, args }) => {
    limit(args, TEAMS_LIMIT, LIST_LIMIT_MAX);
    opened(args, 'team');
    const team = theTeam(world);
    const icon = flag(args, 'include_icon') ? { icon: teamView(team, '').icon } : {};
    return { teams: [{ id: team.id, name: team.name, ...icon }], response_metadata: { next_cursor: '' } };
  }),
  method('auth.revoke', { ...both(), app: [], config: [], tier: 'Tier3' }, ({ world, actor, args }) => ({
    revoked: !flag(args, 'test') && revoke(world, actor.id),
  })),
  method('bots.info', { ...both('users:read'), tier: 'Tier3' }, ({ world, args }) => {
    const bot = text(args, 'bot');
    const app = bot === undefined ? undefined : appByBot(world, bot);
    if (!app) throw refuse('bot_not_found');
    return { bot: botView(app) };
  }),
];

/** Says back what it was asked, or the error that it was asked for. */
function tested(args: Args): unknown {
  const { token: _, ...said } = args;
  const error = text(args, 'error');
  if (error) throw refuse(error, { args: said });
  return { args: said };
}

function self(world: World, actor: Token): unknown {
  const team = theTeam(world);
  if (actor.kind === 'app') return { app_name: actor.label, app_id: actor.app };
  return {
    url: teamUrl(world),
    team: team.name,
    user: theUser(world, actor.user).name,
    team_id: team.id,
    user_id: actor.user,
    ...(actor.kind === 'bot' ? { bot_id: actor.bot } : {}),
    ...(actor.expires_at === undefined
      ? {}
      : { expires_in: Math.ceil((actor.expires_at - world.now()) / 1_000) }),
    is_enterprise_install: false,
  };
}
