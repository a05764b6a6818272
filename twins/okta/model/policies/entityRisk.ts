/** What an org does when a person becomes risky: its entity risk policy says. */
import type { World } from '../../../../src/world/world.ts';
import { membershipsOf } from '../groups/group.ts';
import { type LogInput, record, SYSTEM } from '../log/log.ts';
import { type User, userTarget } from '../people/user.ts';
import { endSessionsOf } from '../signIn/session.ts';
import type { RiskLevel } from './policyContext.ts';
import { decidingRule } from './policyDecision.ts';

/**
 * Asks the entity risk policy about a user whose risk has changed, and does what its rule says: ends all sessions, or
 * runs a workflow, which the System Log tells.
 * https://help.okta.com/oie/en-us/content/topics/itp/entity-risk-policy.htm
 */
export function applyEntityRisk(
  world: World,
  user: User,
  userRisk: RiskLevel,
  detections: readonly string[],
): void {
  const groupIds = membershipsOf(world, user.id).map(({ groupId }) => groupId);
  const decision = decidingRule(world, 'ENTITY_RISK', { user, groupIds, userRisk, detections });
  if (!decision) return;
  const { policy, rule } = decision;
  const about = (eventType: string, displayMessage: string): LogInput => ({
    eventType,
    displayMessage,
    target: [
      userTarget(user),
      {
        id: policy.id,
        type: 'PolicyEntity',
        alternateId: 'unknown',
        displayName: policy.name,
        detailEntry: null,
      },
      { id: rule.id, type: 'PolicyRule', alternateId: 'unknown', displayName: rule.name, detailEntry: null },
    ],
    debugData: { risk: `{level=${userRisk}}` },
  });
  record(world, SYSTEM, about('policy.entity_risk.evaluate', 'Entity risk policy evaluation'));
  const { actions = [] } = (rule.actions.entityRisk ?? {}) as { actions?: { action: string }[] };
  for (const { action } of actions) {
    if (action === 'TERMINATE_ALL_SESSIONS') endSessionsOf(world, SYSTEM, user.id);
    record(world, SYSTEM, about('policy.entity_risk.action', `Entity risk policy action: ${action}`));
  }
}
