/** Which kind of licence a user counts for. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { userClassifications } from '../../world/directory.ts';
import { findUser, type User } from './user.ts';

/** What was chosen for a user; `userId` is not shown. */
export interface UserClassification {
  userId: string;
  type: 'LITE' | 'STANDARD';
  lastUpdated: string;
}

/** What a user counts as: STANDARD from the beginning, until somebody says otherwise. */
export const classificationOf = (world: World, user: User): UserClassification =>
  world.get(userClassifications, user.id) ?? {
    userId: user.id,
    type: 'STANDARD',
    lastUpdated: user.created,
  };

/** Says what a user counts as. Throws E0000007 for nobody, E0000001 for a kind that there is none of. */
export function classify(world: World, id: string, input: { type?: string }): UserClassification {
  const user = findUser(world, id);
  const { type } = input;
  if (type !== 'LITE' && type !== 'STANDARD') throw invalid('type', 'type: Must be LITE or STANDARD');
  return world.put(userClassifications, { userId: user.id, type, lastUpdated: stamp(world.now()) });
}
