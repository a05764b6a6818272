/** What people are sent about their factors: codes to show, and that a factor of theirs came or went. */
import type { World } from '../../../../src/world/world.ts';
import type { Who } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import type { User } from '../people/user.ts';
import type { Factor } from './factor.ts';

/** Tells a person by mail that a factor of theirs came or went. */
export function tellOfFactor(world: World, who: Who, user: User, kind: string, { factorType }: Factor): void {
  const values = { authenticatorName: NAMES[factorType] ?? factorType };
  send(world, { user, by: 'email', to: user.profile.email, kind, values, who });
}

const NAMES: Readonly<Record<string, string>> = {
  'token:software:totp': 'Okta Verify',
  push: 'Okta Verify',
  sms: 'SMS Authentication',
  call: 'Voice Call Authentication',
  email: 'Email Authentication',
  question: 'Security Question',
  webauthn: 'Security Key or Biometric',
  'token:hardware': 'YubiKey',
};

/** Sends the code of a factor to where the factor is: a mail says whether it is set up or used. */
export function sendCode(
  world: World,
  who: Who,
  user: User,
  { factorType, profile, status, proof }: Factor,
): void {
  const { code } = proof;
  if (!code || (factorType !== 'sms' && factorType !== 'call' && factorType !== 'email')) return;
  const isMail = factorType === 'email';
  const template = status === 'ACTIVE' ? 'EmailChallenge' : 'EmailFactorVerification';
  send(world, {
    user,
    by: factorType,
    to: String(isMail ? profile.email : profile.phoneNumber),
    kind: isMail ? template : 'SMS_VERIFY_CODE',
    values: { code, ...(isMail ? { oneTimePassword: code, verificationToken: code } : {}) },
    who,
  });
}
