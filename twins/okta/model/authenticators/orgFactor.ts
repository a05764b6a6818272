/** Factors that a Classic Engine org lets its people set up. https://developer.okta.com/docs/reference/api/factor-admin/ */
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';
import { orgFactors } from '../../world/security.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A factor of the org in the vendor's shape, less links. */
export interface OrgFactor {
  id: string;
  provider: string;
  factorType: string;
  status: 'ACTIVE' | 'INACTIVE';
}

const FACTORS: readonly OrgFactor[] = (
  [
    ['okta_otp', 'OKTA', 'token:software:totp'],
    ['okta_push', 'OKTA', 'push'],
    ['okta_sms', 'OKTA', 'sms'],
    ['okta_call', 'OKTA', 'call'],
    ['okta_email', 'OKTA', 'email'],
    ['okta_question', 'OKTA', 'question'],
    ['google_otp', 'GOOGLE', 'token:software:totp'],
    ['yubikey_token', 'YUBICO', 'token:hardware'],
    ['fido_webauthn', 'FIDO', 'webauthn'],
  ] as const
).map(([id, provider, factorType]) => ({ id, provider, factorType, status: 'INACTIVE' }));

/** All factors of the org. */
export const findOrgFactors = (world: World): OrgFactor[] =>
  FACTORS.map((one) => world.get(orgFactors, one.id) ?? one);

/** One factor of the org, or E0000007. */
export function findOrgFactor(world: World, id: string): OrgFactor {
  const found = findOrgFactors(world).find((one) => one.id === id);
  if (!found) throw notFound(id, 'OrgFactor');
  return found;
}

/** Turns a factor on or off, and returns it. */
export function setOrgFactorStatus(
  world: World,
  who: Who,
  id: string,
  status: OrgFactor['status'],
): OrgFactor {
  const row = world.put(orgFactors, { ...findOrgFactor(world, id), status });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  recordChange(world, who, `system.mfa.factor.${verb}`, `${verb} factor for org`, {
    id,
    type: 'OrgFactor',
    name: id,
  });
  return row;
}
