/** How risky a user is, as administrators and detections say. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { userRisks } from '../../world/security.ts';
import { record, type Who } from '../log/log.ts';
import { findUser, userTarget } from '../people/user.ts';
import { applyEntityRisk } from '../policies/entityRisk.ts';

/** The level of a user; `userId` is shown in links. */
export interface UserRisk {
  userId: string;
  riskLevel: 'HIGH' | 'MEDIUM' | 'LOW' | 'NONE';
  reason?: string;
}

/** The level of a user; none where nobody set one. */
export const riskOf = (world: World, userId: string): UserRisk =>
  world.get(userRisks, findUser(world, userId).id) ?? { userId, riskLevel: 'NONE' };

/**
 * Sets the level by hand; says whether it is the first one. What the entity risk policy says of it follows.
 * Throws E0000001 for a level that there is none of, and for a reason that is too long or has other signs.
 */
export function setRisk(
  world: World,
  who: Who,
  userId: string,
  input: { riskLevel?: string; riskReason?: string } | undefined,
): { risk: UserRisk; isNew: boolean } {
  const user = findUser(world, userId);
  const { riskLevel, riskReason } = input ?? {};
  if (riskLevel !== 'HIGH' && riskLevel !== 'MEDIUM' && riskLevel !== 'LOW')
    throw invalid('riskLevel', 'riskLevel: The risk level must be HIGH, MEDIUM or LOW');
  if (riskReason && !REASON.test(riskReason))
    throw invalid('riskReason', 'riskReason: The reason is not valid');
  const old = world.get(userRisks, user.id);
  const risk = world.put(userRisks, { userId: user.id, riskLevel, reason: 'Admin override risk' });
  record(world, who, {
    eventType: 'user.risk.change',
    displayMessage: 'User risk level changed',
    target: [userTarget(user)],
    debugData: {
      risk: `{level=${riskLevel}, previousLevel=${old?.riskLevel ?? 'NONE'}}`,
      ...(riskReason ? { reason: riskReason } : {}),
    },
  });
  if (riskLevel !== old?.riskLevel) applyEntityRisk(world, user, riskLevel, ['ADMIN_REPORTED_USER_RISK']);
  return { risk, isNew: old === undefined };
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserRisk/ */
const REASON = /^[a-zA-Z0-9\s\-,.]{0,500}$/;
