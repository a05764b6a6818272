/** What people have set up, told by authenticator: their password, their address, their factors, codes for a while. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { preregistrations, signInTraces, temporaryCodes } from '../../world/security.ts';
import { authenticators } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { hasNoPassword } from '../people/password.ts';
import { findUser, type User, userTarget } from '../people/user.ts';
import { type Authenticator, findAuthenticator } from './authenticator.ts';
import { enrolFactor, type Factor, factorsOf, unenrolFactor } from './factor.ts';
import { kindOf } from './factorKind.ts';

/** An enrolment in the vendor's shape, less links. */
export interface AuthenticatorEnrollment {
  id: string;
  userId: string;
  authenticatorId: string;
  type: string;
  key: string;
  status: string;
  name: string;
  profile?: Record<string, unknown>;
  created: string;
  lastUpdated: string;
}

/** A code that lets somebody in for a while; a new one ends the one before. */
export interface TemporaryCode {
  userId: string;
  id: string;
  authenticatorId: string;
  code: string;
  multiUse: boolean;
  created: string;
  expiresAt: string;
}

/** Everything that somebody has set up. */
export function enrollmentsOf(world: World, userId: string): AuthenticatorEnrollment[] {
  const user = findUser(world, userId);
  const rows = world.list(authenticators, { where: (one) => one.status === 'ACTIVE' }).toArray();
  const byKey = (key: string) => rows.find((one) => one.key === key);
  const password = byKey('okta_password');
  const email = byKey('okta_email');
  return [
    ...(email ? [built(user, email, 'eae', { email: user.profile.email })] : []),
    ...(password && !hasNoPassword(world, user.id) ? [built(user, password, 'lae')] : []),
    ...factorsOf(world, user.id).flatMap((factor) => {
      const row = byKey(kindOf(factor).key);
      return row && row.key !== 'okta_email' ? [ofFactor(user, row, factor)] : [];
    }),
    ...codesOf(world, user).map((code) => ofCode(world, user, code)),
  ];
}

/** One of them, or E0000007. */
export function findEnrollment(world: World, userId: string, id: string): AuthenticatorEnrollment {
  const found = enrollmentsOf(world, userId).find((one) => one.id === id);
  if (!found) throw notFound(id, 'AuthenticatorEnrollment');
  return found;
}

/** Sets up a phone that counts at once. Throws E0000001 for an authenticator that is no phone or is off. */
export function enrolPhoneNumber(
  world: World,
  who: Who,
  userId: string,
  input: { authenticatorId?: string; profile?: { phoneNumber?: string } } | undefined,
): AuthenticatorEnrollment {
  const user = findUser(world, userId);
  const row = authenticatorFor(world, input, 'phone_number');
  const phoneNumber = input?.profile?.phoneNumber;
  if (!phoneNumber) throw blank('phoneNumber');
  const body = { factorType: 'sms', provider: 'OKTA', profile: { phoneNumber } };
  return ofFactor(user, row, enrolFactor(world, who, user.id, body, true));
}

/** Removes one. Throws E0000001 for a password or an address: those stay. */
export function deleteEnrollment(world: World, who: Who, userId: string, id: string): void {
  const user = findUser(world, userId);
  const found = findEnrollment(world, user.id, id);
  if (found.key === 'okta_password' || found.key === 'okta_email')
    throw invalid('enrollmentId', `enrollmentId: Enrollments of ${found.name} cannot be deleted`);
  if (found.key === 'tac') {
    world.remove(temporaryCodes, `${user.id}/${id}`);
    log(world, who, user, 'user.mfa.factor.deactivate', 'Reset factor for user');
  } else unenrolFactor(world, who, user.id, id);
}

/**
 * Gives somebody a code for a while. Throws E0000001 for an authenticator that is off or another, a time that it does
 * not allow, and use more than once where it does not allow that.
 */
export function giveTemporaryCode(
  world: World,
  who: Who,
  userId: string,
  input: { authenticatorId?: string; profile?: { ttl?: string | number; multiUse?: boolean } } | undefined,
): { enrollment: AuthenticatorEnrollment; code: string } {
  const user = findUser(world, userId);
  if (user.status !== 'ACTIVE') throw refuse('E0000038');
  const row = authenticatorFor(world, input, 'tac');
  const terms = (row.provider?.configuration ?? {}) as unknown as CodeTerms;
  const minutes = Number(input?.profile?.ttl ?? terms.defaultTtl);
  if (!(minutes >= terms.minTtl && minutes <= terms.maxTtl))
    throw invalid('ttl', `ttl: The value must be between ${terms.minTtl} and ${terms.maxTtl}`);
  const multiUse = input?.profile?.multiUse ?? false;
  if (multiUse && !terms.multiUseAllowed) throw invalid('multiUse', 'multiUse: Multi-use is not allowed');
  for (const old of codesOf(world, user)) world.remove(temporaryCodes, `${user.id}/${old.id}`);
  const { length, complexity } = terms;
  const signs = Object.entries(SIGNS).flatMap(([name, some]) => (complexity?.[name] === false ? [] : [some]));
  const made = world.insert(temporaryCodes, {
    userId: user.id,
    id: newId(world, 'tac'),
    authenticatorId: row.id,
    code: world.secret(['okta.tac', world.next('okta.tac')], length, signs.join('') || SIGNS.numbers),
    multiUse,
    created: stamp(world.now()),
    expiresAt: stamp(world.now() + minutes * 60_000),
  });
  log(world, who, user, 'user.mfa.factor.activate', 'Enroll user for factor');
  return { enrollment: ofCode(world, user, made), code: made.code };
}

interface CodeTerms {
  minTtl: number;
  maxTtl: number;
  defaultTtl: number;
  length: number;
  complexity?: Readonly<Record<string, boolean>>;
  multiUseAllowed?: boolean;
}

const SIGNS = {
  numbers: '0123456789',
  letters: 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  specialCharacters: '!@#$%^&*',
} as const;

/** Removes what a person who is gone was given, and what is remembered of their sign-ins. */
export function removeEnrollments(world: World, userId: string): void {
  const prefix = `${userId}/`;
  for (const { id } of world.list(temporaryCodes, { prefix }).toArray())
    world.remove(temporaryCodes, prefix + id);
  for (const { id } of world.list(preregistrations, { prefix }).toArray())
    world.remove(preregistrations, prefix + id);
  world.remove(signInTraces, userId);
}

/** The codes of a user that are not over. */
const codesOf = (world: World, user: User): TemporaryCode[] =>
  world
    .list(temporaryCodes, { prefix: `${user.id}/` })
    .toArray()
    .filter((one) => Date.parse(one.expiresAt) > world.now());

function authenticatorFor(
  world: World,
  input: { authenticatorId?: string } | undefined,
  key: string,
): Authenticator {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.authenticatorId) throw blank('authenticatorId');
  const row = findAuthenticator(world, input.authenticatorId);
  if (row.key !== key || row.status !== 'ACTIVE')
    throw invalid('authenticatorId', 'authenticatorId: The authenticator is not valid for this enrollment');
  return row;
}

const built = (
  user: User,
  { id, type, key, name }: Authenticator,
  prefix: string,
  profile?: Record<string, unknown>,
): AuthenticatorEnrollment => ({
  type,
  id: prefix + user.id.slice(3),
  userId: user.id,
  authenticatorId: id,
  key,
  status: 'ACTIVE',
  name,
  ...(profile ? { profile } : {}),
  created: user.created,
  lastUpdated: user.lastUpdated,
});

const ofFactor = (user: User, row: Authenticator, factor: Factor): AuthenticatorEnrollment => ({
  type: row.type,
  id: factor.id,
  userId: user.id,
  authenticatorId: row.id,
  key: row.key,
  status: factor.status,
  name: row.name,
  profile: factor.profile,
  created: factor.created,
  lastUpdated: factor.lastUpdated,
});

function ofCode(world: World, user: User, code: TemporaryCode): AuthenticatorEnrollment {
  const { type, key, name } = findAuthenticator(world, code.authenticatorId);
  return {
    type,
    id: code.id,
    userId: user.id,
    authenticatorId: code.authenticatorId,
    key,
    status: 'ACTIVE',
    name,
    profile: { multiUse: code.multiUse, expiresAt: code.expiresAt },
    created: code.created,
    lastUpdated: code.created,
  };
}

function log(world: World, who: Who, user: User, eventType: string, displayMessage: string): void {
  record(world, who, { eventType, displayMessage, target: [userTarget(user)], debugData: { factor: 'TAC' } });
}
