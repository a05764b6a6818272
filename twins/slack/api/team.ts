/** `team.*`: the workspace, what it pays for, who signed in, which apps came. */
import { type Endpoint, list } from '../../../src/twin.ts';
import { type Args, integer, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { type IntegrationQuery, integrationView, isLogged } from '../model/apps/integrationLog.ts';
import { isBilled, loginView, PLAN, PREFERENCES, teamView, theTeam } from '../model/people/team.ts';
import { theUser } from '../model/people/user.ts';
import { teamUrl } from '../model/url.ts';
import { apps, SLACKBOT, type User, users } from '../world.ts';
import { both, method } from './method.ts';

const administering = { user: ['admin'], tier: 'Tier2' };
const ROWS = { default: 100, max: LIST_LIMIT_MAX };

export const teamMethods: readonly Endpoint[] = [
  method('team.info', { ...both('team:read'), tier: 'Tier3' }, ({ world, args }) => {
    const team = theTeam(world);
    if (text(args, 'domain') && !text(args, 'team')) throw refuse('team_not_on_enterprise');
    if ((text(args, 'team') || team.id) !== team.id) throw refuse('team_not_found');
    return { team: teamView(team, teamUrl(world)) };
  }),
  method('team.billing.info', { ...both('team.billing:read'), tier: 'Tier3' }, () => ({ plan: PLAN })),
  method(
    'team.billableInfo',
    { ...administering, page: { ...ROWS, style: 'keyed', key: 'billable_info' }, cursor: 'user' },
    ({ world, args }) => {
      const user = text(args, 'user');
      const range = world.list(users, user ? { prefix: theUser(world, user).id } : {});
      return list(range, (row) => [row.id, { billing_active: isBilled(row) }]);
    },
  ),
  method(
    'team.preferences.list',
    { ...both('team.preferences:read'), tier: 'Tier3', support: 'stored' },
    () => PREFERENCES,
  ),
  method(
    'team.accessLogs',
    {
      ...administering,
      page: { ...ROWS, style: 'counted', key: 'logins' },
      cursor: 'user',
      support: 'stored',
    },
    ({ world, args }) => {
      const before = integer(args, 'before') ?? Number.POSITIVE_INFINITY;
      const signedIn = (row: User) => !row.is_bot && row.id !== SLACKBOT && row.updated <= before;
      return list(world.list(users, { index: 'roll', where: signedIn }), (row) => loginView(world, row));
    },
  ),
  method(
    'team.integrationLogs',
    { ...administering, page: { ...ROWS, style: 'counted', key: 'logs' }, cursor: 'app' },
    ({ world, args }) => {
      const asked = integrationAsked(args);
      const logs = world.list(apps, { index: 'order', where: (row) => isLogged(world, row, asked) });
      return list(logs, (row) => integrationView(world, row));
    },
  ),
];

const integrationAsked = (args: Args): IntegrationQuery => ({
  app: text(args, 'app_id') || undefined,
  change: text(args, 'change_type') || undefined,
  user: text(args, 'user') || undefined,
});
