/** Which policy an app has. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { apps } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { findPolicy } from '../policies/policy.ts';
import { appTarget, findApp } from './app.ts';

/**
 * Gives an app an authentication or enrolment policy. Throws E0000001 for another kind of policy and for the
 * admin console's own, which no other app may have.
 */
export function assignPolicy(world: World, who: Who, appId: string, policyId: string): void {
  const app = findApp(world, appId);
  const policy = findPolicy(world, policyId);
  if (policy.name === 'Okta Admin Console')
    throw invalid(
      'Policy',
      'This policy belongs to "Okta Admin Console", and re-assignment of this policy is not allowed',
    );
  const field =
    policy.type === 'ACCESS_POLICY'
      ? 'accessPolicy'
      : policy.type === 'PROFILE_ENROLLMENT'
        ? 'profileEnrollment'
        : undefined;
  if (!field) throw invalid('Policy', `Policies of type ${policy.type} cannot be assigned to apps`);
  world.update(apps, appId, { [field]: policyId });
  record(world, who, {
    eventType: 'application.policy.sign_on.update',
    displayMessage: 'Update application sign on policy',
    target: [
      appTarget(app),
      {
        id: policy.id,
        type: 'PolicyEntity',
        alternateId: 'unknown',
        displayName: policy.name,
        detailEntry: null,
      },
    ],
  });
}
