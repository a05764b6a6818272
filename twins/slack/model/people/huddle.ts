/** Who is in a huddle, as far as a profile says so. https://docs.slack.dev/reference/events/user_huddle_changed */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { HUDDLE_SHOWN_SECONDS } from '../../limits.ts';
import type { User } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { changeUser } from './user.ts';

/** A person enters a huddle, or leaves the one that they are in; nothing where that is so already. */
export function huddle(world: World, user: User, inOne: boolean): User {
  const { huddle_state, huddle_state_expiration_ts: _, huddle_state_call_id: __, ...rest } = user.profile;
  if ((huddle_state === 'in_a_huddle') === inOne) return user;
  const state = inOne
    ? {
        huddle_state: 'in_a_huddle' as const,
        huddle_state_expiration_ts: seconds(world) + HUDDLE_SHOWN_SECONDS,
        huddle_state_call_id: shaped(world.draw('slack.huddle'), 'R0', 9, UPPER36),
      }
    : { huddle_state: 'default_unset' as const, huddle_state_expiration_ts: 0 };
  return changeUser(world, user, { profile: { ...rest, ...state } }, ['user_huddle_changed']);
}
