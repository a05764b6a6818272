/** A person's own security key or fingerprint: a factor that signs, set up in two steps. */

import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { authenticatorOf } from '../authenticators/authenticator.ts';
import {
  activateFactor,
  enrolFactor,
  type Factor,
  factorsOf,
  unenrolFactor,
} from '../authenticators/factor.ts';
import type { Said } from '../authenticators/factorProof.ts';
import type { Who } from '../log/log.ts';
import type { User } from '../people/user.ts';

/** The keys that a person has set up. */
export const keysOf = (world: World, user: User): Factor[] =>
  ofUser(world, user).filter(({ status }) => status === 'ACTIVE');

/** One key, or E0000007. */
export function findKey(world: World, user: User, id: string): Factor {
  const found = keysOf(world, user).find((one) => one.id === id);
  if (!found) throw notFound(id, 'UserFactor');
  return found;
}

/** Asks for a first statement of a key. Throws E0000038 where the org has none, E0000001 where the person has one. */
export function startKey(world: World, who: Who, user: User): Factor {
  const authenticator = authenticatorOf(world, 'webauthn');
  if (authenticator?.status !== 'ACTIVE')
    throw refuse('E0000038', {
      summary: 'WebAuthn enrollment is not allowed.',
      causes: ['WebAuthn is not enabled for the org.'],
    });
  if (keysOf(world, user).length > 0)
    throw invalid(
      'Exceeded cardinality max',
      'This user account has reached the maximum number of enrolled Passkey authenticators.',
    );
  return enrolFactor(world, who, user.id, { factorType: 'webauthn', provider: 'FIDO' }, false);
}

/** Takes the statement. Throws E0000007 where none was asked for, E0000068 for a wrong one. */
export function finishKey(world: World, who: Who, user: User, said: Said | undefined): Factor {
  const waiting = ofUser(world, user).find(({ status }) => status === 'PENDING_ACTIVATION');
  if (!waiting) throw notFound(user.id, 'UserFactor');
  return activateFactor(world, who, user.id, waiting.id, said);
}

/** Removes a key. Throws E0000007. */
export const removeKey = (world: World, who: Who, user: User, id: string): void =>
  unenrolFactor(world, who, user.id, findKey(world, user, id).id);

const ofUser = (world: World, user: User): Factor[] =>
  factorsOf(world, user.id).filter(({ factorType }) => factorType === 'webauthn');
