/** On whose behalf an app hears of an event. https://docs.slack.dev/reference/methods/apps.event.authorizations.list */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, channels } from '../../world.ts';
import { goodTokens } from '../apps/token.ts';
import { canSee, isMember } from '../channels/access.ts';
import { theTeam } from '../people/team.ts';
import { contextIn } from './event.ts';

/** One installation that an event is visible to. */
export interface Hearer {
  enterprise_id: null;
  team_id: string;
  user_id: string;
  is_bot: boolean;
  is_enterprise_install: false;
}

/**
 * The app's bot and the people who let it act for them, of those who see the event that a context is of. Throws
 * `invalid_event_context`, `auth_mismatch`.
 */
export function audienceOf(world: World, app: App, context: string): Hearer[] {
  const event = contextIn(context);
  if (!event || event.team !== theTeam(world).id) throw refuse('invalid_event_context');
  if (event.app !== app.id) throw refuse('auth_mismatch');
  const channel = event.channel === undefined ? undefined : world.get(channels, event.channel);
  const installed = (user_id: string, is_bot: boolean): Hearer => ({
    enterprise_id: null,
    team_id: event.team,
    user_id,
    is_bot,
    is_enterprise_install: false,
  });
  const bot = goodTokens(world, app, 'bot').length > 0;
  const people = [...new Set(goodTokens(world, app, 'user').map((token) => token.user))];
  return [
    ...(bot && (!channel || isMember(world, channel.id, app.bot_user))
      ? [installed(app.bot_user, true)]
      : []),
    ...people
      .filter((user) => !channel || canSee(world, channel, user))
      .map((user) => installed(user, false)),
  ];
}
