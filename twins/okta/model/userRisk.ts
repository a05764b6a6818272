/** How risky a user is, as administrators and detections say. */
import type { World } from '../../../src/world/world.ts';
import { invalid } from '../errors.ts';
import { userRisks } from '../world/security.ts';
import { record, type Who } from './log.ts';
import { findUser, userTarget } from './user.ts';

/** The level of a user; `userId` is shown in links. */
export interface UserRisk {
  userId: string;
  riskLevel: 'HIGH' | 'LOW' | 'NONE';
  reason?: string;
}

/** The level of a user; none where nobody set one. */
export const riskOf = (world: World, userId: string): UserRisk =>
  world.get(userRisks, findUser(world, userId).id) ?? { userId, riskLevel: 'NONE' };

/** Sets the level by hand; says whether it is the first one. Throws E0000001 for a level that there is none of. */
export function setRisk(
  world: World,
  who: Who,
  userId: string,
  input: { riskLevel?: string } | undefined,
): { risk: UserRisk; isNew: boolean } {
  const user = findUser(world, userId);
  const riskLevel = input?.riskLevel;
  if (riskLevel !== 'HIGH' && riskLevel !== 'LOW')
    throw invalid('riskLevel', 'riskLevel: The risk level must be HIGH or LOW');
  const isNew = world.get(userRisks, user.id) === undefined;
  const risk = world.put(userRisks, { userId: user.id, riskLevel, reason: 'Admin override risk' });
  record(world, who, {
    eventType: 'user.risk.change',
    displayMessage: 'User risk level changed',
    target: [userTarget(user)],
    debugData: { risk: `{level=${riskLevel}}` },
  });
  return { risk, isNew };
}
