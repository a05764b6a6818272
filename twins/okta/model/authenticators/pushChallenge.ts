/** Questions on the screen of somebody's phone, "Did you just try to sign in?", which they answer by a gesture. */
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';
import { PUSH_LASTS_MS } from '../../limits.ts';
import { pushChallenges } from '../../world/signIn.ts';
import { record, type Who } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import { sweep } from '../oauth/usedOnce.ts';
import { findUser, type User, userTarget } from '../people/user.ts';

export type PushResult = 'WAITING' | 'SUCCESS' | 'REJECTED' | 'TIMEOUT';

/** One question. Times in universe milliseconds. */
export interface PushChallenge {
  id: string;
  sequence: number;
  userId: string;
  factorId: string;
  answered?: 'SUCCESS' | 'REJECTED';
  /** The number to be tapped, where the challenge shows one, among those that the phone offers. */
  number?: number;
  expiresAt: number;
}

/** Asks. `numbered`: the person must tap the number that the program shows. */
export function pushTo(
  world: World,
  who: Who,
  factor: { userId: string; id: string },
  numbered = false,
): PushChallenge {
  sweep(world, pushChallenges);
  const sequence = world.next('okta.push');
  const user = findUser(world, factor.userId);
  send(world, { user, by: 'push', to: factor.id, kind: 'PUSH_VERIFY', values: {}, who });
  return world.insert(pushChallenges, {
    id: `v2mst.${world.secret(['okta.push', factor.id, sequence], ID_CHARS)}`,
    sequence,
    userId: factor.userId,
    factorId: factor.id,
    ...(numbered ? { number: world.drawFor('okta.pushNumber', sequence).int(0, NUMBERS - 1) } : {}),
    expiresAt: world.now() + PUSH_LASTS_MS,
  });
}

const ID_CHARS = 22;
const NUMBERS = 100;

/** One question, or E0000007. */
export const findPush = (world: World, factorId: string, id: string): PushChallenge => {
  const found = world.get(pushChallenges, id);
  if (found?.factorId !== factorId) throw notFound(id, 'UserFactorPushTransaction');
  return found;
};

/** How a question stands now. */
export const resultOf = (world: World, { answered, expiresAt }: PushChallenge): PushResult =>
  answered ?? (expiresAt <= world.now() ? 'TIMEOUT' : 'WAITING');

/** The newest question that waits on a person's phone. */
export const waitingPush = (world: World, userId: string): PushChallenge | undefined =>
  world
    .list(pushChallenges, { index: 'user', equals: userId })
    .toArray()
    .filter((one) => resultOf(world, one) === 'WAITING')
    .sort((a, b) => b.sequence - a.sequence)[0];

/** The person taps; a wrong number refuses. Says how the question stands then. */
export function answerPush(
  world: World,
  challenge: PushChallenge,
  approve: boolean,
  number?: number,
): PushResult {
  const right = approve && (challenge.number === undefined || challenge.number === number);
  const changed = world.update(pushChallenges, challenge.id, { answered: right ? 'SUCCESS' : 'REJECTED' });
  return resultOf(world, changed);
}

/** Takes a question off the phone. */
export const cancelPush = (world: World, { id }: PushChallenge): boolean => world.remove(pushChallenges, id);

/** Writes down that somebody said no. */
export function recordDenial(world: World, who: Who, user: User): void {
  record(world, who, {
    eventType: 'user.mfa.okta_verify.deny_push',
    displayMessage: 'User rejected Okta push verify',
    target: [userTarget(user)],
    outcome: { result: 'FAILURE', reason: 'User rejected Okta push verify' },
  });
}
