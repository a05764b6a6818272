/** The phones of a person: factors by text and by call, seen as numbers. */

import type { World } from '../../../../src/world/world.ts';
import { invalid, refuse } from '../../errors.ts';
import { FACTOR_CODE_LASTS_MS, FACTOR_RESEND_AFTER_MS } from '../../limits.ts';
import { factors } from '../../world/security.ts';
import { authenticatorOf } from '../authenticators/authenticator.ts';
import {
  activateFactor,
  enrolFactor,
  type Factor,
  factorsOf,
  keyOf,
  unenrolFactor,
} from '../authenticators/factor.ts';
import { newCode } from '../authenticators/factorProof.ts';
import type { Who } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import type { User } from '../people/user.ts';

export interface PhoneInput {
  profile?: { phoneNumber?: string };
  sendCode?: boolean;
  method?: string;
}

/** The phones of a person, by age. */
export const phonesOf = (world: World, user: User): Factor[] =>
  factorsOf(world, user.id).filter(({ factorType }) => factorType === 'sms' || factorType === 'call');

/** One phone, or E0000008. */
export function findPhone(world: World, user: User, id: string): Factor {
  const found = phonesOf(world, user).find((one) => one.id === id);
  if (!found)
    throw refuse('E0000008', {
      causes: [
        "This operation couldn't be completed as requested due to an issue with the specified authenticator.",
      ],
    });
  return found;
}

/**
 * Adds a phone, which waits for its code. Throws E0000001 for a bad number or method and where there is a phone for the
 * method already, E0000157 for the same number, E0000038 where the org has no phones.
 */
export function addPhone(world: World, who: Who, user: User, input: PhoneInput | undefined): Factor {
  checkPhones(world);
  const method = methodOf(input?.method ?? 'SMS');
  const phoneNumber = numberOf(input?.profile?.phoneNumber);
  const there = phonesOf(world, user);
  if (there.some(({ status, profile }) => status === 'ACTIVE' && profile.phoneNumber === phoneNumber))
    throw refuse('E0000157', {
      args: [phoneNumber],
      causes: ['This phone number is already assigned to the current user account.'],
    });
  if (there.some(({ status, factorType }) => status === 'ACTIVE' && factorType === method))
    throw invalid(
      'Exceeded cardinality max',
      'This user account has reached the maximum number of enrolled phone numbers.',
    );
  const wanted = { factorType: method, provider: 'OKTA', profile: { phoneNumber } };
  if (input?.sendCode !== false) return enrolFactor(world, who, user.id, wanted, false);
  const silent = enrolFactor(world, who, user.id, wanted, true);
  return world.update(factors, keyOf(silent), { status: 'PENDING_ACTIVATION', proof: {} });
}

/** Sends a code by text or call. Throws E0000109 within half a minute of the one before, unless it is a retry. */
export function challengePhone(
  world: World,
  who: Who,
  user: User,
  id: string,
  input: { method?: string; retry?: boolean } | undefined,
): Factor {
  checkPhones(world);
  const by = methodOf(input?.method);
  const phone = findPhone(world, user, id);
  if (world.now() - (phone.proof.sentAt ?? 0) < FACTOR_RESEND_AFTER_MS) throw refuse('E0000109');
  const asked = world.update(factors, keyOf(phone), {
    proof: { ...phone.proof, ...newCode(world, phone.id) },
  });
  const values = { code: asked.proof.code ?? '' };
  send(world, { user, by, to: String(phone.profile.phoneNumber), kind: 'SMS_VERIFY_CODE', values, who });
  return asked;
}

/** Takes the code: the phone is verified. Throws E0000157 where none was sent, E0000004 for a wrong or old one. */
export function verifyPhone(world: World, who: Who, user: User, id: string, code: string | undefined): void {
  checkPhones(world);
  const phone = findPhone(world, user, id);
  const { proof } = phone;
  if (proof.code === undefined)
    throw refuse('E0000157', {
      args: ['transactionHandle'],
      causes: [
        'Failed to find a transaction. Either the challenge was answered or the factor id is invalid.',
      ],
    });
  if (proof.code !== code || world.now() - (proof.sentAt ?? 0) >= FACTOR_CODE_LASTS_MS)
    throw refuse('E0000004', { causes: ['The verification challenge failed due to an invalid code.'] });
  if (phone.status === 'ACTIVE') {
    const { code: _, ...left } = proof;
    world.update(factors, keyOf(phone), { proof: { ...left, lastUsed: code } });
  } else activateFactor(world, who, user.id, id, { passCode: code });
}

/** Removes a phone. Throws E0000008, E0000038. */
export function removePhone(world: World, who: Who, user: User, id: string): void {
  checkPhones(world);
  unenrolFactor(world, who, user.id, findPhone(world, user, id).id);
}

function checkPhones(world: World): void {
  const phones = authenticatorOf(world, 'phone_number');
  if (phones?.status !== 'ACTIVE')
    throw refuse('E0000038', { causes: ['Phone authenticator is not enabled for your org.'] });
}

function methodOf(method: string | undefined): 'sms' | 'call' {
  if (method !== 'SMS' && method !== 'CALL')
    throw invalid('Method', `Invalid method ${method} in the request.`);
  return method === 'SMS' ? 'sms' : 'call';
}

/** The number in the international form, without what people write in between. */
function numberOf(text: unknown): string {
  const bad = (why: string) => invalid(`Error type: ${why}`, 'Invalid phone number.');
  const number = typeof text === 'string' ? text.replace(/[\s().-]/g, '') : '';
  if (!/^\+?\d+$/.test(number))
    throw bad('NOT_A_NUMBER. The string supplied did not seem to be a phone number.');
  if (!/^\+[1-9]/.test(number))
    throw bad('INVALID_COUNTRY_CODE. Could not interpret numbers after plus-sign.');
  if (number.length > NUMBER_CHARS_MAX)
    throw bad('TOO_LONG. The string supplied is too long to be a phone number.');
  return number;
}

/** https://www.itu.int/rec/T-REC-E.164: 15 digits, and the plus sign. */
const NUMBER_CHARS_MAX = 16;
