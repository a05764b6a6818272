/** `dnd.*`: quiet times. */
import type { Endpoint } from '../../../src/twin.ts';
import { ids, integer, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { DND_USERS_MAX } from '../limits.ts';
import { endQuiet, endSnooze, hoursOf, quietOf, snoozeFor } from '../model/people/dnd.ts';
import { theUser } from '../model/people/user.ts';
import { users } from '../world.ts';
import { both, method } from './method.ts';

export const dndMethods: readonly Endpoint[] = [
  method('dnd.info', { ...both('dnd:read'), tier: 'Tier3' }, ({ world, actor, args }) => {
    const user = theUser(world, text(args, 'user') || actor.user).id;
    return user === actor.user ? quietOf(world, user) : hoursOf(world, user);
  }),
  method('dnd.teamInfo', { ...both('dnd:read'), tier: 'Tier2', required: ['users'] }, ({ world, args }) => {
    const asked = ids(args, 'users');
    if (asked.length === 0) throw refuse('no_users_provided');
    const shown = asked.slice(0, DND_USERS_MAX).filter((id) => world.get(users, id) !== undefined);
    return { users: Object.fromEntries(shown.map((id) => [id, hoursOf(world, id)])) };
  }),
  method(
    'dnd.setSnooze',
    { user: ['dnd:write'], tier: 'Tier2', required: ['num_minutes'] },
    ({ world, actor, args }) => snoozeFor(world, actor.user, integer(args, 'num_minutes') ?? 0),
  ),
  method('dnd.endSnooze', { user: ['dnd:write'], tier: 'Tier2' }, ({ world, actor }) =>
    endSnooze(world, actor.user),
  ),
  method('dnd.endDnd', { user: ['dnd:write'], tier: 'Tier2' }, ({ world, actor }) => {
    endQuiet(world, actor.user);
    return {};
  }),
];
