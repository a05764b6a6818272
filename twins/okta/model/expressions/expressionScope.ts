/** What expressions can ask about a user of the org. */
import type { World } from '../../../../src/world/world.ts';
import { groups } from '../../world.ts';
import { membershipsOf } from '../groups/group.ts';
import type { User } from '../people/user.ts';
import type { ExpressionScope } from './expression.ts';

/** The scope of a user. Groups are looked up where an expression asks for them; most ask for the profile alone. */
export function scopeOf(world: World, user: User, others?: ExpressionScope['others']): ExpressionScope {
  let ids: string[] | undefined;
  return {
    user: { ...user.profile, id: user.id, status: user.status },
    get groupIds() {
      ids ??= membershipsOf(world, user.id).map((row) => row.groupId);
      return ids;
    },
    get groupNames() {
      return this.groupIds.flatMap((id) => world.get(groups, id)?.profile.name ?? []);
    },
    ...(others ? { others } : {}),
  };
}
