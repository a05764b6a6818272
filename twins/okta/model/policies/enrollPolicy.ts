/** Authenticator enrolment policies: which authenticators people must, may or may not set up. */
import type { World } from '../../../../src/world/world.ts';
import { authenticators, policies } from '../../world.ts';
import type { Authenticator } from '../authenticators/authenticator.ts';
import type { Policy } from './policy.ts';

/** What a policy says of one authenticator; custom apps, of which there may be several, are told apart by id. */
export interface EnrollSetting {
  key: string;
  id?: string;
  enroll: { self: 'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED' };
}

/**
 * What a policy says of every authenticator that is on, in the order in which the org has them. Of one that was turned
 * on since, the default policy says that people may set it up, and any other that they may not.
 */
export function enrollSettings(world: World, policy: Policy): EnrollSetting[] {
  const said = (policy.settings?.authenticators ?? []) as EnrollSetting[];
  return world
    .list(authenticators, { where: (one) => one.status === 'ACTIVE' })
    .toArray()
    .map((row) => said.find((one) => isFor(one, row)) ?? unsaid(policy, row));
}

/** The policies by which people may or must set an authenticator up. */
export const policiesEnrolling = (world: World, row: Authenticator): Policy[] =>
  world
    .list(policies, { index: 'type', equals: 'MFA_ENROLL' })
    .toArray()
    .filter((policy) =>
      enrollSettings(world, policy).some((one) => isFor(one, row) && one.enroll?.self !== 'NOT_ALLOWED'),
    );

const isFor = (setting: EnrollSetting, { key, id }: Authenticator): boolean =>
  setting.key === key && (key !== 'custom_app' || setting.id === id);

function unsaid(policy: Policy, { key, id, settings }: Authenticator): EnrollSetting {
  const isOpen = policy.system && settings?.allowedFor !== 'recovery' && settings?.allowedFor !== 'none';
  const self = !isOpen ? 'NOT_ALLOWED' : key === 'okta_password' ? 'REQUIRED' : 'OPTIONAL';
  return { key, ...(key === 'custom_app' ? { id } : {}), enroll: { self } };
}
