/** Who is there. People are away until they say otherwise; bots are as their apps set them, or always there. */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import type { Json, Token, User } from '../../world.ts';
import { tellPresence } from '../events/stream.ts';
import { seconds } from '../messages/timestamp.ts';

interface Presence {
  user: string;
  manual_away: boolean;
  /** When it was said, in seconds. */
  at: number;
}

export const presences = table<Presence>({ name: 'slack.presence', key: (row) => row.user });

/** Someone's presence; about oneself Slack says more. */
export function presenceOf(world: World, viewer: Token, user: User): Json {
  const set = world.get(presences, user.id);
  const active = set === undefined ? user.profile.always_active === true : !set.manual_away;
  const presence = active ? 'active' : 'away';
  if (viewer.user !== user.id || viewer.kind === 'bot') return { presence };
  return {
    presence,
    online: active,
    auto_away: set === undefined,
    manual_away: set?.manual_away ?? false,
    connection_count: active ? 1 : 0,
    ...(set ? { last_activity: set.at } : {}),
  };
}

/** Sets one's presence: `auto` or `away`. Throws `invalid_presence`. */
export function setPresence(world: World, user: string, presence: string): void {
  if (presence !== 'auto' && presence !== 'away') throw refuse('invalid_presence');
  world.put(presences, { user, manual_away: presence === 'away', at: seconds(world) });
  tellPresence(world, user, presence === 'away' ? 'away' : 'active');
}
